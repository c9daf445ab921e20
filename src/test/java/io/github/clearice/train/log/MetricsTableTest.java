package io.github.clearice.train.log;

import static io.github.clearice.train.TinyTraining.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.train.log.RunDirectory.MetricsTable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTableTest {

	@TempDir
	Path folder;
	private Path file;

	@BeforeEach
	void nameFile() {
		file = folder.resolve("metrics.tsv");
	}

	@Test
	void eachRowIsOnDiskWhenItIsWritten() throws IOException {
		final MetricsTable table = new MetricsTable(file, 0);
		assertFalse(MetricsTable.isBegun(file));
		table.add(20, Map.of("epoch", 1.0, "loss", 0.0312345678));
		assertTrue(MetricsTable.isBegun(file));
		assertEquals(List.of(
			"step\tepoch\tseconds\trate\tloss\tpixel\tadversarial\treal\tfake\tpenalty\tpsnr\tgradient_ratio\timages_per_second",
			"20\t1\tnan\tnan\t0.0312346\tnan\tnan\tnan\tnan\tnan\tnan\tnan\tnan"), Files.readAllLines(file));
	}

	@Test
	void aValidationTakesThePlaceOfTheRowOfItsUpdate() throws IOException {
		final MetricsTable table = new MetricsTable(file, 0);
		table.add(20, Map.of());
		table.add(40, Map.of());
		table.add(40, Map.of("psnr", 22.5));
		assertEquals(List.of("20", "40"), steps());
		assertTrue(Files.readAllLines(file).get(2).contains("\t22.5000\t"), Files.readString(file));
	}

	@Test
	void resumedTableHasNoRowAfterTheCheckpointAndNoTornOne() throws IOException {
		final MetricsTable table = new MetricsTable(file, 0);
		for (int step = 20; step <= 100; step += 20) table.add(step, Map.of());
		Files.writeString(file, Files.readString(file) + "60\t1");
		final MetricsTable resumed = new MetricsTable(file, 65);
		resumed.add(80, Map.of());
		assertEquals(List.of("20", "40", "60", "80"), steps());
	}

	@Test
	void aRowThatTheDiskCutShortIsTakenBack() throws IOException {
		final MetricsTable table = new MetricsTable(file, 0);
		table.add(20, Map.of());
		Files.writeString(file, Files.readString(file) + "40\t1\t0.3");
		table.add(60, Map.of());
		assertEquals(List.of("20", "60"), steps());
	}

	@Test
	void refusesToWriteWhereTheFileIsGoneOrIsAnotherTable() throws IOException {
		final MetricsTable table = new MetricsTable(file, 0);
		Files.delete(file);
		assertMessage("Cannot write " + file, () -> table.add(20, Map.of()));
		Files.writeString(file, "image\tmse\n1\t0.5\n");
		assertMessage("its columns are not those of this version", () -> new MetricsTable(file, 5));
		assertEquals("image\tmse\n1\t0.5\n", Files.readString(file));
	}

	private List<String> steps() throws IOException {
		return Files.readAllLines(file).stream().skip(1).map(line -> line.split("\t")[0]).toList();
	}
}
