package io.github.clearice.star;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.task.InputException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of files that do not stay in memory. */
class TextChunksTest {

	/** Some two megabytes, which are eight chunks. */
	private static final int ROWS = 30_000;

	@TempDir
	Path folder;

	private Path file;

	/** A table of which two chunks stay in memory; some rows are as long as a chunk, and one ends in a comment. */
	private StarTable table(final String end) throws IOException {
		final StringBuilder text = new StringBuilder("data_particles\n\nloop_\n_rlnImageName\n_rlnDefocusU\n");
		for (int i = 0; i < ROWS; i++) text.append(name(i)).append('\t').append(i).append(i == 7 ? " # by hand\n" : "\n");
		file = folder.resolve("long.star");
		Files.writeString(file, text.substring(0, text.length() - 1) + end);
		try (InputStream in = Files.newInputStream(file)) {
			return new StarReader("long.star", in, Files.size(file), new TextChunks(file, 2), null).read().get(0);
		}
	}

	private static String name(final int row) {
		return row % 10_000 == 9 ? "x".repeat(TextChunks.CHUNK + row) : "stack-of-a-session/" + row +
			"@a-name-that-takes-room-for-itself.mrcs";
	}

	@Test
	void rowsAreTheSameWhereverTheyAreAskedFor() throws IOException {
		for (final String end : List.of("\n", "", "\n\n")) {
			final StarTable table = table(end);
			assertEquals(ROWS, table.rows());
			for (int i = 0; i < ROWS; i++) {
				final int row = (int) (7919L * i % ROWS);
				if (i % 50 > 0 && row != 7 && row != ROWS - 1) continue;
				assertEquals(name(row), table.get(row, "rlnImageName"));
				assertEquals(row, table.getInt(row, "rlnDefocusU"));
			}
			assertEquals(List.of(name(7), "7"), table.row(7));
		}
	}

	@Test
	void aFileThatHasChangedMeanwhileIsRefused() throws IOException {
		final StarTable table = table("\n");
		Files.writeString(file, Files.readString(file) + "1@more.mrcs 1\n");
		final String message = assertThrows(InputException.class, () -> table.get(100, "rlnDefocusU")).getMessage();
		assertTrue(message.contains("was changed while it was in use"), message);
	}
}
