package io.github.clearice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Temporary folders are the user's alone and do not outlive the program, however it ends. */
class TemporaryFolderTest {

	@TempDir
	Path place;

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void isClosedToOthers() throws IOException {
		try (TemporaryFolder folder = new TemporaryFolder("test")) {
			assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())));
		}
	}

	@Test
	void isDeletedWithAllThatIsInIt() throws IOException {
		final TemporaryFolder folder = new TemporaryFolder("test");
		Files.createDirectories(folder.resolve("a/b"));
		Files.writeString(folder.resolve("a/b/c"), "pixels");
		folder.close();
		folder.close();
		assertTrue(Files.notExists(folder.path()));
	}

	@Test
	void isDeletedWhenTheProgramIsEnded() throws IOException, InterruptedException {
		final Process program = start();
		// SIGTERM, as by a shutdown of the system.
		program.destroy();
		program.waitFor();
		assertEquals(List.of(), left());
	}

	@Test
	void isDeletedByTheNextProgramWhereTheFirstWasKilled() throws IOException, InterruptedException {
		final Process killed = start();
		final Process lives = start();
		killed.destroyForcibly().waitFor();
		assertEquals(2, folders());
		Files.createDirectory(place.resolve("clearice-of-somebody-else"));
		Leftovers.remove(place);
		assertEquals(1, folders());
		assertTrue(Files.exists(place.resolve("clearice-of-somebody-else")));
		lives.destroy();
		lives.waitFor();
		assertEquals(0, folders());
	}

	private long folders() throws IOException {
		return left().stream().filter(name -> name.matches("clearice-test-[0-9a-f-]+")).count();
	}

	private List<String> left() throws IOException {
		try (Stream<Path> files = Files.list(place)) {
			return files.map(file -> file.getFileName().toString()).toList();
		}
	}

	private Process start() throws IOException {
		final Process program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + place, "-cp", System.getProperty("java.class.path"),
			TemporaryFolderTest.class.getName()).redirectErrorStream(true).start();
		final BufferedReader out = program.inputReader();
		assertEquals("made", out.readLine());
		return program;
	}

	/** A program with a folder, which waits to be ended. */
	public static void main(final String[] args) throws IOException, InterruptedException {
		Files.writeString(new TemporaryFolder("test").resolve("file"), "pixels");
		System.out.println("made");
		Thread.sleep(Long.MAX_VALUE);
	}
}
