package io.github.clearice.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.structure.StructureOptions.Plddt;
import io.github.clearice.task.InputException;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PdbReaderTest {

	private static final String CARBON =
		"ATOM      2  CA  VAL A   2     114.370  27.980 -26.088  1.00143.49           C  \n";

	@Test
	void readsEveryColumn() {
		final Atom atom = read("HETATM30949 ZN    ZN B2456A     94.029  72.652 -54.307  0.50 86.89          ZN2+\n")
			.atoms().get(0);
		assertEquals(new Atom("B", 2456, 'A', "ZN", "ZN", Element.of("Zn").orElseThrow(), true, 94.029, 72.652, -54.307,
			0.5, 86.89), atom);
	}

	@ParameterizedTest
	@CsvSource(ignoreLeadingAndTrailingWhitespace = false, delimiter = '|', value = { //
		" CA |VAL|ATOM  |C", // alpha carbon
		"CA  | CA|HETATM|Ca", // calcium
		"CA  |VAL|ATOM  |C", // alpha carbon, written from the first column
		"HG11|VAL|ATOM  |H", // not mercury
		"1HG1|VAL|ATOM  |H", //
		" D  |VAL|ATOM  |D", //
		"HG  | HG|HETATM|Hg", //
		"FE  |HEM|HETATM|Fe", //
		" NA |HEM|HETATM|N", // a nitrogen of haem
		"NA  | NA|HETATM|Na", //
		"CL12|LIG|HETATM|Cl", //
		"C101|LIG|HETATM|C", //
		"SE  |MSE|HETATM|Se", //
		" O5'| DA|ATOM  |O", //
		" P  | DA|ATOM  |P", //
	})
	void deducesMissingElements(final String name, final String residue, final String record, final String element) {
		final String line = record + "    1 " + name + " " + residue + " A   2     114.370  27.980 -26.088  1.00 43.49";
		assertEquals(element, read(line + "\n").atoms().get(0).element().symbol());
		// Before version 2.1 the entry's name and a line number stood where the element does now.
		assertEquals(element, read(line + "      1ABC 145\n").atoms().get(0).element().symbol());
	}

	@Test
	void keepsTheAlternateLocationThatIsAskedFor() {
		final String text = //
			"ATOM      1  CA  SER A   2       1.000   0.000   0.000  1.00 10.00           C  \n" + //
				"ATOM      2  CB ASER A   2       2.000   0.000   0.000  0.40 10.00           C  \n" + //
				"ATOM      3  CB BSER A   2       3.000   0.000   0.000  0.60 10.00           C  \n" + //
				"ATOM      4  OG ASER A   2       4.000   0.000   0.000  0.40 10.00           O  \n" + //
				"ATOM      5  OG BSER A   2       5.000   0.000   0.000  0.60 10.00           O  \n" + //
				"ATOM      6  CB ASER A   3       6.000   0.000   0.000  0.50 10.00           C  \n" + //
				"ATOM      7  CB BSER A   3       7.000   0.000   0.000  0.50 10.00           C  \n" + //
				"ATOM      8  OG BSER A   3       8.000   0.000   0.000  0.50 10.00           O  \nEND\n";
		assertEquals(8, read(text).atoms().size());
		final Structure structure = read(text, StructureOptions.DEFAULT.withAlternates(StructureOptions.HIGHEST));
		assertEquals(List.of(1.0, 3.0, 5.0, 6.0, 8.0), structure.atoms().stream().map(Atom::xAngstrom).collect(Collectors
			.toList()));
		assertEquals(1, structure.atoms().get(1).occupancy(), 1e-12, "all of the molecules");
		assertEquals(0.5, structure.atoms().get(4).occupancy(), "an atom that location A lacks");
		assertEquals(1, structure.warnings().size());
		assertEquals(List.of(1.0, 2.0, 4.0, 6.0, 8.0), read(text, StructureOptions.DEFAULT.withAlternates("A")).atoms()
			.stream().map(Atom::xAngstrom).toList());
		assertTrue(assertThrows(InputException.class, () -> read(text, StructureOptions.DEFAULT.withAlternates("C")))
			.getMessage().contains("Its labels are A, B"));
	}

	@Test
	void readsTheFirstModelOrTheOneAskedFor() {
		final String text = "MODEL        5\n" + CARBON + "ENDMDL\nMODEL        7\n" + CARBON + CARBON + "ENDMDL\nEND\n";
		assertEquals(1, read(text).atoms().size());
		assertEquals(2, readModel(text, 7).atoms().size());
		assertEquals("test.pdb has no model 6. Its models are 5 to 7.", assertThrows(InputException.class,
			() -> readModel(text, 6)).getMessage());
		assertEquals(1, read(CARBON + "END\n" + CARBON + "END\n").atoms().size());
	}

	@ParameterizedTest
	@CsvSource({ "'9999', 9999", "' -12', -12", "A000, 10000", "A001, 10001", "ZZZZ, 1223055", "a000, 1223056",
		"zzzz, 2436111", "'    ', 0" })
	void readsResidueNumbersInHybrid36(final String columns, final int number) {
		assertEquals(number, read("ATOM  A000A  CA  VAL A" + columns +
			"     114.370  27.980 -26.088  1.00143.49           C  \n").atoms().get(0).residueNumber());
	}

	@Test
	void findsChainNamesOutsideTheirColumn() {
		assertEquals(List.of("BC", "SEGA", "_"), read( //
			"ATOM      1  CA  VALBC   2     114.370  27.980 -26.088  1.00 43.49           C  \n" + //
				"ATOM      1  CA  VAL     2     114.370  27.980 -26.088  1.00 43.49      SEGA C  \n" + //
				"ATOM      1  CA  VAL     2     114.370  27.980 -26.088  1.00 43.49           C  \n").chains());
		final Atom water = read("ATOM      1  OH2 TIP3W   2     114.370  27.980 -26.088  1.00  0.00\n").atoms().get(0);
		assertEquals(ResidueClass.WATER, water.residueClass());
		assertEquals("W", water.chain());
	}

	@Test
	void fillsInBlankOccupancyAndBFactor() {
		final Atom atom = read("ATOM      2  CA  VAL A   2     114.370  27.980 -26.088\r\nEND\r\n").atoms().get(0);
		assertEquals(1, atom.occupancy());
		assertEquals(0, atom.bFactorSquareAngstrom());
	}

	@Test
	void takesUnknownElementsForOxygen() {
		final Structure structure = read(
			"HETATM    1 UNK  UNX A   2     114.370  27.980 -26.088  1.00 43.49           X  \n");
		assertEquals("O", structure.atoms().get(0).element().symbol());
		assertEquals(List.of("test.pdb has 1 atoms of unknown element (X), taken for oxygen."), structure.warnings());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"ATOM      2  CA  VAL A   2     11a.370  27.980 -26.088  1.00 43.49           C|has the x coordinate '11a.370' (columns 31-38), which is not a number", //
		"ATOM      2  CA  VAL A   2     114.370  27.980********  1.00 43.49           C|has the z coordinate '********' (columns 47-54), which is not a number", //
		"ATOM      2  CA  VAL A   2         NaN  27.980 -26.088  1.00 43.49           C|has the x coordinate 'NaN' (columns 31-38), which is not a number", //
		"ATOM      2  CA  VAL A   2     114.370  27.980 -26.088  1.00******           C|has the B factor '******' (columns 61-66), which is not a number", //
		"ATOM      2  CA  VAL A   2     114.370  27.980 -26.088 -1.00 43.49           C|has the negative occupancy -1.0", //
		"ATOM      2  CA  VAL A  2x     114.370  27.980 -26.088  1.00 43.49           C|has the residue number '2x' (columns 23-26), which is not a number", //
		"ATOM      2  CA  VAL A   2     114.370  27.980|ends before the z coordinate (columns 47-54)", //
		"ATOM      2  Q   VAL A   2     114.370  27.980 -26.088  1.00 43.49           Q|has no known element: columns 77-78 hold 'Q' and the name (columns 13-16) is ' Q  '", //
	})
	void refusesDamagedLinesByNumber(final String line, final String what) {
		assertEquals("test.pdb, line 2: the atom " + what + ". Correct the line or fetch the file again.", assertThrows(
			InputException.class, () -> read(CARBON + line + "\n")).getMessage());
	}

	@Test
	void refusesAFileThatEndsInMidLine() {
		final String whole = CARBON + CARBON;
		final InputException refused = assertThrows(InputException.class, () -> read(whole.substring(0, whole
			.length() - 30)));
		assertTrue(refused.getMessage().startsWith("test.pdb, line 2: the atom ends in mid-line"), refused.getMessage());
		assertEquals(2, read(whole.substring(0, whole.length() - 1)).atoms().size());
	}

	@Test
	void warnsOfAnArchiveFileWithoutItsEnd() {
		assertEquals(List.of("test.pdb has a HEADER but no END record: it may be cut short."), read("HEADER    X\n" +
			CARBON).warnings());
	}

	@Test
	void refusesAnEndlessLine() {
		final InputException refused = assertThrows(InputException.class, () -> read("REMARK" + "x".repeat(
			10_000)));
		assertEquals("test.pdb, line 1: is longer than 4096 characters. Choose a PDB or mmCIF file.", refused.getMessage());
	}

	private static Structure readModel(final String text, final int model) {
		return read(text, new StructureOptions(OptionalInt.of(model), StructureOptions.ALL, Plddt.IGNORED, ""));
	}

	private static Structure read(final String text) {
		return read(text, StructureOptions.DEFAULT);
	}

	private static Structure read(final String text, final StructureOptions options) {
		try {
			return new PdbReader(new BufferedInputStream(new ByteArrayInputStream(text.getBytes(
				StandardCharsets.ISO_8859_1))), "test.pdb", options).read();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
