package io.github.clearice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.task.Leftovers.OwnerMark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who made a temporary file, and whether it may be deleted. */
class OwnerMarkTest {

	@TempDir
	Path folder;

	/** The mark of an earlier process with the number of this one. */
	static String dead() {
		final String[] parts = OwnerMark.next().split("-");
		return String.join("-", parts[0], parts[1], "1", parts[3]);
	}

	@Test
	void knowsProgramsThatHaveEnded() {
		assertTrue(OwnerMark.next().matches(OwnerMark.PATTERN), OwnerMark.next());
		assertFalse(OwnerMark.isAbandoned(OwnerMark.next()));
		assertTrue(OwnerMark.isAbandoned(dead()));
		// The state of processes on another machine is unknown.
		assertFalse(OwnerMark.isAbandoned("00000000" + dead().substring(8)));
	}

	@Test
	void theNextOutputInAFolderDeletesWhatDeadProgramsHaveLeft() throws IOException {
		final String own = ".b.mrcs-" + OwnerMark.next() + ".part";
		for (final String name : List.of(".a.mrcs-" + dead() + ".part", own, ".a.mrcs-1234.part", "a.mrcs"))
			Files.writeString(folder.resolve(name), "pixels");
		Files.writeString(Files.createDirectory(folder.resolve(".comparison-" + dead())).resolve("denoised.mrcs"),
			"pixels");
		TextFile.write(folder.resolve("c.tsv"), "text");
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(Stream.of(".a.mrcs-1234.part", own, "a.mrcs", "c.tsv").sorted().toList(), files.map(file -> file
				.getFileName().toString()).sorted().toList());
		}
	}
}
