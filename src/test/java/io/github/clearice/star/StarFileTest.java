package io.github.clearice.star;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.clearice.TestData;
import io.github.clearice.task.InputException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StarFileTest {

	@TempDir
	Path folder;

	/**
	 * Columns and rows of each table, counted by {@code awk '/^data_/{b=$1} /^_/{c[b]++}
	 * /^[^_#d]/&&NF>1&&!/^loop/{r[b]++} END{for(x in c) print x,c[x],r[x]}' FILE}.
	 */
	@ParameterizedTest(name = "{0}")
	@CsvSource({ //
		"maps-and-stacks/aspire__rln_proj_64.star, particles 7x5", //
		"maps-and-stacks/aspire__sample_particles_relion30.star, model_class_1 29x17", //
		"maps-and-stacks/aspire__sample_particles_relion31.star, optics 8x2 particles 26x17", //
		"maps-and-stacks/cryodrgn__relion31.6opticsgroups.star, optics 18x6 particles 23x139", //
		"maps-and-stacks/iospi__test.star, optics 9x1 particles 26x452", //
		"maps-and-stacks/simplecryoem__relion_proj_batch.star, optics 8x1 particles 33x24", //
		"maps-and-stacks/starfile__default_pipeline.star, " +
			"pipeline_general 1x1 pipeline_processes 4x31 pipeline_nodes 2x74 pipeline_input_edges 2x48 pipeline_output_edges 2x72", //
		"maps-and-stacks/starfile__empty_loop.star, ' 1x0'", //
		"maps-and-stacks/starfile__loop_double_quote.star, ' 8x2'", //
		"maps-and-stacks/starfile__loop_single_quote.star, ' 8x2'", //
		"maps-and-stacks/starfile__one_loop.star, ' 12x16'", //
		"maps-and-stacks/starfile__postprocess.star, general 6x1 fsc 7x49 guinier 3x49", //
		"maps-and-stacks/starfile__rln3.1_data_style.star, block_1 7x1 block_2 5x2 block_3 5x2", //
		"maps-and-stacks/starfile__single_line_middle_of_multiblock.star, block_1 5x1 block_2 5x1", //
		"maps-and-stacks/starfile__two_single_line_loop_blocks.star, block_0 3x1 block_1 3x1", //
		"relion/betagal_64_clean.star, optics 7x1 particles 7x300", //
		"relion/betagal_64_ctf_shift.star, optics 8x1 particles 10x100", //
		"relion/betagal_64_noctf_shift.star, optics 8x1 particles 10x100", //
		"relion/betagal_64_fsc.star, fsc 4x33", //
	})
	void readsRealFilesAndWritesThemUnchanged(final String name, final String shapes) {
		final StarFile first = StarFile.read(TestData.file(name));
		final StringBuilder found = new StringBuilder();
		for (final StarTable table : first.tables())
			found.append(found.length() > 0 ? " " : "").append(table.name()).append(" ").append(table.columns().size())
				.append("x").append(table.rows());
		assertEquals(shapes, found.toString());
		final Path copy = folder.resolve("copy.star");
		first.write(copy);
		assertSame(first, StarFile.read(copy));
	}

	@Test
	void readsQuotedValues() {
		for (final String quotes : List.of("double", "single")) {
			final StarTable table = StarFile.read(TestData.file("maps-and-stacks/starfile__loop_" + quotes + "_quote.star"))
				.tables().get(0);
			assertEquals(List.of("noquote", "quote string", " ", "", "4.0", "5.0", "6.0", ""), table.row(0));
		}
	}

	@Test
	void keepsSingleValuesApartFromLoops() {
		final StarFile file = StarFile.read(TestData.file("maps-and-stacks/starfile__postprocess.star"));
		final StarTable general = file.table("general").orElseThrow();
		assertFalse(general.isLoop());
		assertEquals(16.363636, general.getDouble(0, "rlnFinalResolution"));
		assertTrue(file.table("fsc").orElseThrow().isLoop());
	}

	@Test
	void keepsRelionsVersionMark() throws IOException {
		final StarFile file = parse("\n# version 50001\n\ndata_a\n_x 1\n\ndata_b\n_y 2\n");
		assertEquals(50001, file.tables().get(0).version());
		assertEquals(0, file.tables().get(1).version());
		file.write(folder.resolve("b.star"));
		assertTrue(Files.readString(folder.resolve("b.star")).contains("\n# version 50001\n\ndata_a\n"));
		assertSame(file, StarFile.read(folder.resolve("b.star")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "two words", "tab\there", "#hash", "_label", "data_x", "DATA_x", "loop_", "'", "\"",
		"it's", "say \"yes\" now", "'a' b", ";semicolon", "µm Å 粒子", "a#b", "1e-300" })
	void writesAnyTextSoThatItReadsBack(final String value) {
		final Path path = folder.resolve("a.star");
		new StarFile(List.of(StarTable.loop("t", "a", "b").add("1", value).add(value, "2").build())).write(path);
		final StarTable back = StarFile.read(path).tables().get(0);
		assertEquals(List.of("1", value), back.row(0));
		assertEquals(List.of(value, "2"), back.row(1));
		parse("data_\n_x " + StarText.quoted(value) + "\n").write(path);
		assertEquals(value, StarFile.read(path).tables().get(0).get(0, "x"));
	}

	@Test
	void refusesValuesThatStarCannotHold() {
		assertThrows(InputException.class, () -> StarTable.loop("t", "a").add("two\nlines"));
		assertTrue(assertThrows(InputException.class, () -> StarTable.loop("t", "a").add("a\" b' c")).getMessage().contains(
			"both kinds of quotes"));
	}

	@Test
	void readsCommentsBlankLinesAndWindowsLineEnds() {
		final StarFile file = parse(
			"\ufeff# made by hand\r\n\r\ndata_p # the block\r\n\r\nloop_\r\n_a #1 [words]\r\n_b\r\n" +
				"1 2 # two\r\n\r\n# between\r\n3 4\r\n\r\n_single 'a value'\r\n");
		assertEquals(2, file.tables().size());
		assertEquals(List.of("a", "b"), file.tables().get(0).columns());
		assertEquals(List.of("3", "4"), file.tables().get(0).row(1));
		assertEquals(11, file.tables().get(0).line(1));
		assertEquals("a value", file.tables().get(1).get(0, "single"));
		file.write(folder.resolve("b.star"));
		assertSame(file, StarFile.read(folder.resolve("b.star")));
	}

	@Test
	void keepsAnEmptyBlock() {
		final StarFile file = parse("data_a\n\ndata_b\n_x 1\n");
		file.write(folder.resolve("b.star"));
		assertSame(file, StarFile.read(folder.resolve("b.star")));
		assertEquals("a", file.tables().get(0).name());
	}

	static Map<String, String> brokenFiles() {
		final Map<String, String> files = new TreeMap<>();
		files.put("", "has no data_ block");
		files.put("# only a comment\n", "has no data_ block");
		files.put("hello\n", "line 1: \"hello\" stands before any data_ block");
		files.put("data_\nloop_\n_a\n_b\n1 2\n3\n", "line 6, column b: is missing: the row has 1 values for the 2 columns");
		files.put("data_\nloop_\n_a\n1 2\n", "line 4: the row has 2 values for the 1 columns");
		files.put("data_\nloop_\n1 2\n", "line 3: the loop_ has no labels");
		files.put("data_\nloop_\n", "line 2: the loop_ of data_ has no labels");
		files.put("data_\nloop_\n_a\n_a\n", "line 4, column a: occurs twice");
		files.put("data_\n_a\n", "line 2, column a: has no value");
		files.put("data_\n_a b c\n", "line 2, column a: has 2 values");
		files.put("data_\n_a 'open\n", "line 2: a quote (') is opened but not closed");
		files.put("data_\n_a 1\nb\n", "line 3: \"b\" is neither a label nor a value");
		files.put("data_\nloop_\n_a\n;text\n;\n", "line 5: begins a text of several lines");
		files.put("data_\n_a \0\n", "line 2: holds binary data");
		files.put("data_ x\n", "line 1: text follows data_");
		return files;
	}

	@ParameterizedTest
	@MethodSource("brokenKeys")
	void refusesBrokenSyntaxWithItsLine(final String text) {
		final String message = assertThrows(InputException.class, () -> parse(text)).getMessage();
		assertTrue(message.contains(brokenFiles().get(text)), message);
		assertTrue(message.startsWith(folder.resolve("a.star").toString()), message);
		assertFalse(message.contains("\n"), message);
	}

	static List<String> brokenKeys() {
		return List.copyOf(brokenFiles().keySet());
	}

	@ParameterizedTest
	@CsvSource({ "abc", "1d", "0x1p3", "NaN", "Infinity", "''", "1.2.3" })
	void refusesTextsInNumericColumnsWithLineAndColumn(final String text) {
		final StarTable table = parse("data_\nloop_\n_a\n_rlnDefocusU\n1 2\n1 '" + text + "'\n").tables().get(0);
		final String message = assertThrows(InputException.class, () -> table.getDouble(1, "rlnDefocusU")).getMessage();
		assertTrue(message.contains("line 6, column rlnDefocusU: \"" + text + "\" is not a number"), message);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "-2.50, -2.5", "1e3, 1000", "1.322898e+05, 132289.8", "+7, 7", "5., 5" })
	void readsNumbersAsProgramsWriteThem(final String text, final double expected) {
		assertEquals(expected, parse("data_\n_a " + text + "\n").tables().get(0).getDouble(0, "a"));
	}

	@Test
	void namesTheColumnsWhereOneIsMissing() {
		final StarTable table = parse("data_p\n_a 1\n_b 2\n").tables().get(0);
		final String message = assertThrows(InputException.class, () -> table.get(0, "c")).getMessage();
		assertTrue(message.contains("data_p has no column c. Its columns are a b."), message);
	}

	@Test
	void refusesWhatIsNoFile() throws Exception {
		assertTrue(assertThrows(InputException.class, () -> StarFile.read(folder)).getMessage().contains("is a folder"));
		assertTrue(assertThrows(InputException.class, () -> StarFile.read(folder.resolve("absent.star"))).getMessage()
			.contains("no such file"));
		final Path pipe = folder.resolve("pipe.star");
		assumeTrue(Files.exists(Path.of("/dev/zero")), "Skipped: no devices on this system");
		assertTimeoutPreemptively(Duration.ofMinutes(10), () -> assertThrows(InputException.class, () -> StarFile.read(Path
			.of("/dev/zero"))));
		assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "Skipped: no mkfifo");
		assertTimeoutPreemptively(Duration.ofMinutes(10), () -> assertThrows(InputException.class, () -> StarFile.read(
			pipe)));
	}

	@Test
	void refusesAFileWithoutLineEnds() throws IOException {
		final byte[] junk = new byte[17 << 20];
		Arrays.fill(junk, (byte) 'x');
		Files.write(folder.resolve("junk.star"), junk);
		assertTrue(assertThrows(InputException.class, () -> StarFile.read(folder.resolve("junk.star"))).getMessage()
			.contains("longer than 16 million characters"));
	}

	/**
	 * As RELION 3.1.3 reads them: {@code relion_star_handler --i rows.star --o out.star} lists five rows of a table with
	 * these first names. (It takes #mic3.mrc for a comment and stops, for a value is missing then.)
	 */
	@Test
	void takesALineWithAllValuesForARowWhateverItBeginsWith() throws IOException {
		final List<String> names = List.of("data_20240101/mic1.mrc", "_mic2.mrc", "#mic3.mrc", ";mic4.mrc", "loop_",
			"mic6#a.mrc", "save_7", "'8", "DATA_");
		final StringBuilder text = new StringBuilder("data_micrographs\n\nloop_\n_rlnMicrographName #1\n_a #2\n_b #3\n");
		for (final String name : names) text.append(name).append(" 1 2 # a comment\n");
		final StarFile file = parse(text + "\n\ndata_next\n\n_c 3\n");
		assertEquals(2, file.tables().size());
		final StarTable table = file.tables().get(0);
		assertEquals(names, IntStream.range(0, table.rows()).mapToObj(row -> table.get(row, "rlnMicrographName")).toList());
		assertEquals(List.of("#mic3.mrc", "1", "2"), table.row(2));
		file.write(folder.resolve("b.star"));
		assertSame(file, StarFile.read(folder.resolve("b.star")));
	}

	/** {@code relion_star_handler --i one.star --o out.star} keeps both rows. */
	@Test
	void separatesRowsOfOneColumnFromTheNextBlock() throws IOException {
		final StarFile file = parse("data_a\nloop_\n_x #1\ndata_20240101/mic1.mrc\ndata_20240101/mic2.mrc\n\n\n" +
			"data_b\n\nloop_\n_y\ndata_1\ndata_c\n_z 1\n\ndata_d\n\ndata_e # empty, too\n");
		assertEquals(List.of("a 2", "b 1", "c 1", "d 0", "e 0"), file.tables().stream().map(table -> table.name() + " " +
			table.rows()).toList());
		file.write(folder.resolve("b.star"));
		assertSame(file, StarFile.read(folder.resolve("b.star")));
	}

	@Test
	void takesLabelsThatAreCommentedOutForComments() {
		final StarTable table = parse(
			"data_\nloop_\n_a #1\n_b #2\n#_c #3\n_d #4\n1 2 3\n#4 5 6\n# 7 8\n9 '#' 0 #\n10 11 #12\n").tables().get(0);
		assertEquals(List.of("a", "b", "d"), table.columns());
		assertEquals(List.of("#4", "5", "6"), table.row(1));
		assertEquals(List.of("10", "11", "#12"), table.row(3));
	}

	/** {@code relion_star_handler} writes the byte ef of a name as it came. */
	@Test
	void keepsBytesOfOtherEncodings() throws IOException {
		final byte[] text =
			"data_p\n\nloop_\n_rlnImageName #1\n_m\u00fc #2\n1@a.mrcs 'M\u00fcller \u00e9/m.mrc'\n\n_k\u00ef \u00ef\u00bf\n"
				.getBytes(StandardCharsets.ISO_8859_1);
		final StarFile file = StarFile.read(Files.write(folder.resolve("a.star"), text));
		final StarTable table = file.tables().get(0), renamed = table.withColumn("rlnImageName", row -> "2@ä.mrcs")
			.withRows(0);
		final StarTable copied = StarTable.loop("c", "a").add(table.get(0, table.columns().get(1))).build();
		final Path copy = folder.resolve("b.star");
		new StarFile(List.of(renamed, file.tables().get(1), copied)).write(copy);
		final String written = Files.readString(copy, StandardCharsets.ISO_8859_1);
		final String utf8 = new String("ä".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
		assertTrue(written.contains("2@" + utf8 + ".mrcs\t'M\u00fcller \u00e9/m.mrc'\n"), written);
		assertTrue(written.contains("_m\u00fc #2\n") && written.contains("_k\u00ef\t\u00ef\u00bf\n"), written);
		assertTrue(written.contains("\n\"M\u00fcller \u00e9/m.mrc\"\n"), written);
	}

	@Test
	void refusesOtherUnicodeFormats() {
		final byte[] text = "\ufeffdata_\n_a 1\n".getBytes(StandardCharsets.UTF_16LE);
		assertTrue(assertThrows(InputException.class, () -> StarFile.read(Files.write(folder.resolve("a.star"), text)))
			.getMessage().contains("is UTF-16 text"));
	}

	/** A table without rows takes a few hundred bytes, not a buffer. */
	@Test
	void readsManyBlocksInLittleMemory() throws IOException {
		final StringBuilder text = new StringBuilder();
		for (int i = 0; i < 50_000; i++) text.append("data_").append(i).append('\n');
		final Path path = Files.writeString(folder.resolve("blocks.star"), text);
		final long before = allocatedBytes();
		assertEquals(50_000, StarFile.read(path).tables().size());
		assertTrue(allocatedBytes() - before < 100 << 20, allocatedBytes() - before + " bytes");
	}

	/** Looking every label up in all earlier ones took 41 s, and 25 times as long for five times as many. */
	@Test
	void readsAndWritesManyColumnsInLinearTime() throws IOException {
		final long few = processorTimeOfColumns(20_000), many = processorTimeOfColumns(100_000);
		assertTrue(many < 12 * few, many / 1e9 + " s for five times as many columns, " + few / 1e9 + " s for the few");
	}

	private long processorTimeOfColumns(final int columns) throws IOException {
		final StringBuilder text = new StringBuilder("data_\nloop_\n"), values = new StringBuilder();
		for (int i = 0; i < columns; i++) {
			text.append("_c").append(i).append('\n');
			values.append(i).append(' ');
		}
		final String pairs = text.substring(text.indexOf("_c")).replaceAll("(?m)$", " 1").strip().replaceAll(" 1$", "");
		final Path path = Files.writeString(folder.resolve("columns.star"), text.append(values) + "\n\n\ndata_pairs\n" +
			pairs + "\n");
		// Time of this thread alone, which other programs do not lengthen.
		final long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		final StarFile file = StarFile.read(path);
		assertEquals(Integer.toString(columns - 1), file.tables().get(0).get(0, "c" + (columns - 1)));
		file.write(folder.resolve("copy.star"));
		assertSame(file, StarFile.read(folder.resolve("copy.star")));
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
	}

	/** Two million cells must not become two million strings. */
	@Test
	void readsManyRowsInLittleMemory() throws IOException {
		final StringBuilder text = new StringBuilder("data_particles\n\nloop_\n");
		for (int i = 0; i < 20; i++) text.append("_rlnColumn").append(i).append(" #").append(i + 1).append('\n');
		for (int row = 0; row < 100_000; row++) {
			for (int i = 0; i < 19; i++) text.append(row + i).append(".250000 ");
			text.append(row).append('\n');
		}
		final Path path = Files.writeString(folder.resolve("large.star"), text, StandardCharsets.ISO_8859_1);
		final long before = allocatedBytes();
		final StarTable table = StarFile.read(path).tables().get(0);
		final long allocated = allocatedBytes() - before;
		assertEquals(100_000, table.rows());
		assertEquals("99999", table.get(99_999, "rlnColumn19"));
		assertTrue(allocated < 1.5 * Files.size(path), allocated + " bytes for a file of " + Files.size(path));
	}

	private StarFile parse(final String text) {
		try {
			return StarFile.read(Files.writeString(folder.resolve("a.star"), text));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static void assertSame(final StarFile expected, final StarFile actual) {
		assertArrayEquals(expected.tables().stream().map(StarTable::name).toArray(), actual.tables().stream().map(
			StarTable::name).toArray());
		for (int t = 0; t < expected.tables().size(); t++) {
			final StarTable a = expected.tables().get(t), b = actual.tables().get(t);
			assertEquals(a.isLoop(), b.isLoop());
			assertEquals(a.version(), b.version());
			assertEquals(a.columns(), b.columns());
			assertEquals(a.rows(), b.rows());
			for (int row = 0; row < a.rows(); row++) assertEquals(a.row(row), b.row(row));
		}
	}

	private static long allocatedBytes() {
		return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
			.getThreadAllocatedBytes(Thread.currentThread().getId());
	}
}
