package io.github.clearice.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.task.InputException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rcsb.cif.CifIO;

class StructureReaderTest {

	private static final String PDB =
		"ATOM      2  CA  VAL A   2     114.370  27.980 -26.088  1.00143.49           C  \n";
	private static final String MMCIF = "data_X\nloop_\n_atom_site.type_symbol\n_atom_site.auth_asym_id\n" +
		"_atom_site.Cartn_x\n_atom_site.Cartn_y\n_atom_site.Cartn_z\nC Q 1 2 3\nN Q 2 3 4\n";

	@TempDir
	Path folder;

	/**
	 * Count, mean position and mean B factor, PDB files:
	 * {@code zcat 1wcm*.gz | grep -E '^(ATOM|HETATM)' | awk '{x+=substr($0,31,8);y+=substr($0,39,8);z+=substr($0,47,8);b+=substr($0,61,6)} END {print NR,x/NR,y/NR,z/NR,b/NR}'};
	 * mmCIF files:
	 * {@code zcat 5a1a*.gz | awk '$1=="ATOM"||$1=="HETATM" {x+=$11;y+=$12;z+=$13;b+=$15;n++} END {print n,x/n,y/n,z/n,b/n}'}.
	 */
	@ParameterizedTest
	@CsvSource({ //
		"1wcm_rnapii_12subunit.pdb.gz, 30945, 108.2254, 51.8986, -1.8682, 98.8349", //
		"6vyb_spike_open.pdb.gz, 22365, 209.3928, 209.8825, 204.5684, 47.9947", //
		"5a1a_betagal.cif.gz, 33696, 93.0020, 93.0020, 93.0020, 19.4194", //
		"4ake_open.cif.gz, 3459, -3.0865, 0.6584, 0.4975, 42.6728", //
		"6vxx_spike_closed.cif.gz, 23694, 210.0000, 210.0000, 206.5954, 28.7208", //
		"1ake_closed.cif.gz, 3816, 20.1771, 25.5284, 20.3239, 43.2710", //
	})
	void readsRealEntries(final String file, final int atoms, final double x, final double y, final double z,
		final double b)
	{
		final Structure structure = StructureReader.read(TestData.file("structures/" + file));
		assertEquals(atoms, structure.atoms().size());
		assertEquals(x, mean(structure, Atom::xAngstrom), 1e-4);
		assertEquals(y, mean(structure, Atom::yAngstrom), 1e-4);
		assertEquals(z, mean(structure, Atom::zAngstrom), 1e-4);
		assertEquals(b, mean(structure, Atom::bFactorSquareAngstrom), 1e-4);
	}

	@Test
	void namesChainsAsAuthorsDo() {
		assertEquals(List.of("A", "B", "C", "D"), StructureReader.read(TestData.file("structures/5a1a_betagal.cif.gz"))
			.chains());
	}

	@ParameterizedTest
	@ValueSource(strings = { "a.pdb", "a.cif.gz", "a.mrc", "a" })
	void detectsFormatsByContentNotByName(final String name) throws IOException {
		final Path file = folder.resolve(name);
		Files.writeString(file, MMCIF);
		assertEquals(List.of("Q"), StructureReader.read(file).chains());
		Files.write(file, gzip(MMCIF));
		assertEquals(List.of("Q"), StructureReader.read(file).chains());
		Files.write(file, gzip(PDB));
		assertEquals(List.of("A"), StructureReader.read(file).chains());
		Files.writeString(file, "\ufeff" + PDB + PDB);
		assertEquals(2, StructureReader.read(file).atoms().size());
		Files.writeString(file, "\ufeff\n# a comment\n" + MMCIF);
		assertEquals(List.of("Q"), StructureReader.read(file).chains());
	}

	@Test
	void readsBinaryCif() throws IOException {
		final Path text = TestData.file("structures/4ake_open.cif.gz");
		final Path binary = folder.resolve("4ake.bcif");
		try (InputStream stream = new GZIPInputStream(Files.newInputStream(text))) {
			Files.write(binary, CifIO.writeBinary(CifIO.readFromInputStream(stream)));
		}
		final List<Atom> expected = StructureReader.read(text).atoms();
		final List<Atom> found = StructureReader.read(binary).atoms();
		assertEquals(expected.size(), found.size());
		for (int i = 0; i < found.size(); i++) {
			final Atom atom = expected.get(i);
			// Fixed-point numbers come back with errors of rounding.
			assertEquals(atom.xAngstrom(), found.get(i).xAngstrom(), 1e-9);
			assertEquals(atom.bFactorSquareAngstrom(), found.get(i).bFactorSquareAngstrom(), 1e-9);
			assertEquals(atom.name() + atom.residueName() + atom.residueNumber() + atom.element().symbol() + atom.hetero(),
				found.get(i).name() + found.get(i).residueName() + found.get(i).residueNumber() + found.get(i).element()
					.symbol() + found.get(i).hetero());
		}
		final byte[] bytes = Files.readAllBytes(binary);
		Files.write(binary, Arrays.copyOf(bytes, bytes.length / 2));
		assertTrue(refusal(binary).contains("BinaryCIF"), refusal(binary));
	}

	@Test
	void refusesWhatIsNoStructure() throws IOException {
		final Path file = folder.resolve("x.pdb");
		assertTrue(refusal(file).endsWith("x.pdb does not exist. Check the path."));
		assertTrue(refusal(folder).endsWith("is not a file. Name a PDB or mmCIF file."));
		Files.write(file, new byte[0]);
		assertTrue(refusal(file).endsWith("x.pdb is empty. Fetch the file again."));
		Files.write(file, gzip(""));
		assertTrue(refusal(file).endsWith("x.pdb is empty. Fetch the file again."));
		Files.writeString(file, "REMARK nothing here\n");
		assertEquals("x.pdb holds no atoms (no ATOM or HETATM records). Is it a PDB or mmCIF file of a structure?", refusal(
			file));
		Files.writeString(file, "<?xml version='1.0'?>\n<PDBx:datablock/>");
		assertEquals("x.pdb is XML (PDBML or a web page). Fetch the entry as PDB or mmCIF.", refusal(file));
		Files.write(file, new byte[] { 'M', 'A', 'P', 0, 0, 1 });
		assertEquals("x.pdb, line 1: holds binary data. Choose a PDB or mmCIF file.", refusal(file));
	}

	@Test
	void refusesTruncatedGzip() throws IOException {
		final Path file = folder.resolve("x.pdb.gz");
		final byte[] whole = gzip(PDB.repeat(500));
		Files.write(file, Arrays.copyOf(whole, whole.length - 12));
		assertTrue(refusal(file).contains("is damaged or cut short: its gzip data cannot be unpacked"), refusal(file));
		whole[whole.length - 20] ^= 0x55;
		Files.write(file, whole);
		assertTrue(refusal(file).contains("x.pdb.gz"), refusal(file));
	}

	@Test
	void refusesAStructureTooLongForTheMemory() throws IOException {
		final Path file = folder.resolve("endless.cif.gz");
		try (OutputStream stream = new GZIPOutputStream(Files.newOutputStream(file))) {
			final byte[] comment = ("data_X\n" + "# nothing\n".repeat(100_000)).getBytes(StandardCharsets.ISO_8859_1);
			for (long sent = 0; sent < Runtime.getRuntime().maxMemory() / 16 + 1; sent += comment.length)
				stream.write(comment);
		}
		assertTrue(refusal(file).contains("Start Java with a larger -Xmx"), refusal(file));
	}

	private static String refusal(final Path file) {
		final String message = assertThrows(InputException.class, () -> StructureReader.read(file)).getMessage();
		assertEquals(1, message.lines().count(), message);
		return message;
	}

	private static byte[] gzip(final String text) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream stream = new GZIPOutputStream(bytes)) {
			stream.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

	private static double mean(final Structure structure, final ToDoubleFunction<Atom> figure) {
		return structure.atoms().stream().mapToDouble(figure).average().orElseThrow();
	}
}
