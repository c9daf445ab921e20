package io.github.clearice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicOutputTest {

	@TempDir
	Path folder;

	@Test
	void appearsOnlyWhenCommitted() throws IOException {
		final Path target = folder.resolve("new/out.txt");
		try (AtomicOutput output = new AtomicOutput(target)) {
			Files.writeString(output.temporary(), "done");
			assertTrue(Files.notExists(target));
			output.commit();
		}
		assertEquals("done", Files.readString(target));
		assertEquals(List.of("out.txt"), names(target.getParent()));
	}

	@Test
	void leavesTheOldFileWholeWithoutCommit() throws IOException {
		final Path target = folder.resolve("out.txt");
		Files.writeString(target, "old");
		try (AtomicOutput output = new AtomicOutput(target)) {
			Files.writeString(output.temporary(), "half");
		}
		assertEquals("old", Files.readString(target));
		assertEquals(List.of("out.txt"), names(folder));
	}

	@Test
	void takesBackTheFoldersItMadeWithoutCommit() throws IOException {
		AtomicOutput.requireWritable(folder.resolve("new/deep/out.txt"));
		assertEquals(List.of(), names(folder));
	}

	@Test
	void refusesADiskWithoutRoomBeforeAnythingIsWritten() throws IOException {
		OutputException.requireSpace(folder.resolve("new/out.txt"), 1);
		final OutputException refused = assertThrows(OutputException.class, () -> OutputException.requireSpace(folder
			.resolve("new/out.txt"), Long.MAX_VALUE));
		assertTrue(refused.getMessage().contains("Free some space"), refused.getMessage());
		assertEquals(List.of(), names(folder));
	}

	@Test
	void refusesAFolderThatIsAFile() throws IOException {
		Files.writeString(folder.resolve("file"), "");
		final OutputException refused = assertThrows(OutputException.class, () -> new AtomicOutput(folder.resolve(
			"file/out.txt")));
		assertTrue(refused.getMessage().contains("is a file, not a folder"), refused.getMessage());
	}

	@Test
	void refusesDevices() {
		final Path device = Path.of("/dev/null");
		assumeTrue(Files.exists(device), "Skipped: no /dev/null");
		final OutputException refused = assertThrows(OutputException.class, () -> new AtomicOutput(device));
		assertTrue(refused.getMessage().contains("is a pipe or device"), refused.getMessage());
	}

	private static List<String> names(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
		}
	}
}
