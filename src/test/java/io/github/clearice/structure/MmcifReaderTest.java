package io.github.clearice.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.structure.StructureOptions.Plddt;
import io.github.clearice.task.InputException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;

class MmcifReaderTest {

	private static final String HEADER =
		"data_TEST\n#\nloop_\n_atom_site.group_PDB\n_atom_site.id\n_atom_site.type_symbol\n" +
			"_atom_site.label_atom_id\n_atom_site.label_alt_id\n_atom_site.label_comp_id\n_atom_site.label_asym_id\n" +
			"_atom_site.label_seq_id\n_atom_site.pdbx_PDB_ins_code\n_atom_site.Cartn_x\n" +
			"_atom_site.Cartn_y\n_atom_site.Cartn_z\n" +
			"_atom_site.occupancy\n_atom_site.B_iso_or_equiv\n_atom_site.auth_seq_id\n_atom_site.auth_asym_id\n" +
			"_atom_site.pdbx_PDB_model_num\n";

	private static final String ATOM = "ATOM 1 C CA . MET A 1 ? 1.5 -2.5 3.5 0.75 40.83 214 XB 1\n";

	@Test
	void readsEveryColumnWithTheAuthorsNames() {
		assertEquals(new Atom("XB", 214, ' ', "MET", "CA", Element.of("C").orElseThrow(), false, 1.5, -2.5, 3.5, 0.75,
			40.83), read(HEADER + ATOM + "#\n").atoms().get(0));
	}

	@Test
	void fallsBackToTheDepositionsNames() {
		final Atom atom = read(
			"data_X\nloop_\n_atom_site.label_asym_id\n_atom_site.label_seq_id\n_atom_site.label_atom_id\n" +
				"_atom_site.label_comp_id\n_atom_site.Cartn_x\n_atom_site.Cartn_y\n_atom_site.Cartn_z\nAA 7 CB ALA 1 2 3\n")
			.atoms().get(0);
		assertEquals("AA", atom.chain());
		assertEquals(7, atom.residueNumber());
		assertEquals("C", atom.element().symbol());
		assertEquals(1, atom.occupancy());
	}

	@Test
	void readsQuotedNames() {
		assertEquals("O5'", read(HEADER + ATOM.replace(" CA ", " \"O5'\" ").replace(" C ", " O ")).atoms().get(0).name());
	}

	@Test
	void deducesMissingElements() {
		assertEquals("C", read(HEADER + ATOM.replace(" C ", " ? ")).atoms().get(0).element().symbol());
		assertEquals("Ca", read(HEADER + ATOM.replace(" C ", " ? ").replace("MET", "CA")).atoms().get(0).element()
			.symbol());
		assertEquals("Zn", read(HEADER + ATOM.replace(" C ", " ZN2+ ")).atoms().get(0).element().symbol());
		assertEquals("C", read(HEADER + ATOM.replace(" C ", " . ").replace(" CA ", " C1 ").replace("MET", "LIG")).atoms()
			.get(0).element().symbol());
	}

	@Test
	void keepsAllAlternateLocationsOrTheHighestWithTheOccupancyOfAll() {
		final String low = ATOM.replace(" . ", " A ").replace("0.75", "0.125"), text = HEADER + low + ATOM.replace(" . ",
			" B ");
		assertEquals(List.of(0.125, 0.75), read(text).atoms().stream().map(Atom::occupancy).toList());
		assertEquals(List.of(0.875), read(text, StructureOptions.DEFAULT.withAlternates(StructureOptions.HIGHEST)).atoms()
			.stream().map(Atom::occupancy).toList());
	}

	@Test
	void readsTheFirstModelOrTheOneAskedFor() {
		final String text = HEADER + ATOM + ATOM.replace("XB 1", "XC 2");
		assertEquals(List.of("XB"), read(text).chains());
		assertEquals(List.of("XC"), readModel(text, 2).chains());
		assertThrows(InputException.class, () -> readModel(text, 3));
	}

	@Test
	void refusesDamagedValuesByLine() {
		final String bad = HEADER + ATOM + ATOM.replace("-2.5", "-2.5x");
		assertEquals("test.cif, line 22: the atom has the Cartn_y '-2.5x', which is not a number. Correct it or fetch the" +
			" file again.", refusal(bad));
		assertEquals(
			"test.cif, line 21: the atom has the Cartn_x '', which is not a number. Correct it or fetch the file again.",
			refusal(HEADER + ATOM.replace("1.5", "?")));
		assertEquals(
			"test.cif, line 21: the atom has no known element: type_symbol is 'Qq' and the name is 'CA'. Correct " +
				"it or fetch the file again.", refusal(HEADER + ATOM.replace(" C ", " Qq ")));
	}

	@Test
	void refusesATableThatIsCutShort() {
		final String whole = HEADER + ATOM + ATOM;
		assertEquals("test.cif, line 22 or before: an atom has too few or too many values. The file is damaged or cut " +
			"short: fetch it again.", refusal(whole.substring(0, whole.length() - 20)));
	}

	@Test
	void refusesFilesWithoutAtomsOrCoordinates() {
		assertTrue(refusal("data_X\n_cell.length_a 1\n").contains("holds no atoms"));
		assertTrue(refusal(HEADER).contains("test.cif"));
		assertEquals("test.cif has no column _atom_site.Cartn_z. Fetch the file again.", refusal(HEADER.replace("Cartn_z",
			"other") + ATOM));
	}

	private static String refusal(final String text) {
		final String message = assertThrows(InputException.class, () -> read(text)).getMessage();
		assertEquals(1, message.lines().count(), message);
		return message;
	}

	private static Structure readModel(final String text, final int model) {
		return read(text, new StructureOptions(OptionalInt.of(model), StructureOptions.ALL, Plddt.IGNORED, ""));
	}

	private static Structure read(final String text) {
		return read(text, StructureOptions.DEFAULT);
	}

	private static Structure read(final String text, final StructureOptions options) {
		try {
			return MmcifReader.readText(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test.cif", options);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
