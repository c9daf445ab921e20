package io.github.clearice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ShutdownTest {

	@TempDir
	Path place;

	/** As a training whose last validation takes long: nothing but the work itself says when it is done. */
	@Test
	@DisabledOnOs(OS.WINDOWS)
	void aProgramThatIsEndedWaitsForItsWorkAndDeletesNothingThatTheWorkNeeds() throws IOException, InterruptedException {
		final Path result = place.resolve("result");
		final Process program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Djava.io.tmpdir=" + place, "-cp", System.getProperty("java.class.path"), ShutdownTest.class.getName(), result
				.toString()).redirectErrorStream(true).start();
		try (BufferedReader out = program.inputReader(); BufferedWriter in = program.outputWriter()) {
			assertEquals("working", out.readLine());
			program.toHandle().destroy();
			assertEquals("asked to stop", out.readLine());
			assertTrue(program.isAlive() && Files.notExists(result));
			in.write("go on\n");
			in.flush();
			assertEquals("kept", out.readLine());
			assertEquals(143, program.waitFor());
		}
		finally {
			program.destroyForcibly();
		}
		assertEquals("weights", Files.readString(result));
	}

	/** Work that keeps its result when it is asked to stop. */
	public static void main(final String[] words) throws IOException, InterruptedException {
		final CountDownLatch asked = new CountDownLatch(1);
		final Path file = new TemporaryFolder("test").resolve("file");
		Files.writeString(file, "weights");
		final Shutdown.Work work = Shutdown.begin(asked::countDown);
		System.out.println("working");
		asked.await();
		System.out.println("asked to stop");
		System.in.read();
		Files.copy(file, Path.of(words[0]));
		System.out.println("kept");
		work.close();
	}
}
