package io.github.clearice.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Native code is loaded only from folders that nobody else can write to. */
@DisabledOnOs(OS.WINDOWS)
class NativeCacheTest {

	@TempDir
	Path place;

	@Test
	void makesAFolderOfTheUserAloneAndTakesItAgain() throws IOException {
		final Path folder = NativeCache.privateFolder(place, "somebody");
		assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
		assertEquals(folder, NativeCache.privateFolder(place, "somebody"));
	}

	@Test
	void refusesAFolderThatOthersCanWriteTo() throws IOException {
		final Path folder = Files.createDirectory(place.resolve(".javacpp-somebody"));
		Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
		refused();
		Files.delete(folder);
		// A link leads to a folder that may be somebody else's tomorrow.
		Files.createSymbolicLink(folder, Files.createDirectory(place.resolve("elsewhere")));
		refused();
	}

	private void refused() {
		final NetworkException refusal = assertThrows(NetworkException.class, () -> NativeCache.privateFolder(place,
			"somebody"));
		assertTrue(refusal.getMessage().contains(
			"Name one of your own by JAVA_TOOL_OPTIONS=-Dorg.bytedeco.javacpp.cachedir="), refusal.getMessage());
	}
}
