package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.task.OutputException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFolderTest {

	@TempDir
	Path folder;

	@Test
	void putsOldFilesBackWhereOneCannotBeMoved() throws IOException {
		for (final String name : new String[] { "a", "c" }) Files.writeString(folder.resolve(name), "old " + name);
		try (StagedFolder stage = new StagedFolder(folder)) {
			Files.writeString(stage.resolve("a"), "new a");
			Files.writeString(stage.resolve("b"), "new b");
			// "c" was never written, so that moving it fails after "a" and "b" have been moved.
			assertThrows(OutputException.class, () -> stage.publish("a", "b", "c"));
		}
		assertEquals("old a", Files.readString(folder.resolve("a")));
		assertEquals("old c", Files.readString(folder.resolve("c")));
		assertTrue(Files.notExists(folder.resolve("b")));
		assertEquals(2, folder.toFile().list().length);
	}
}
