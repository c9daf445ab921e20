package io.github.clearice.endurance;

import io.github.clearice.hostile.HostileInput;

import com.code_intelligence.jazzer.junit.FuzzTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzing of one kind of input, guided by coverage: {@code mvn -Pendurance test -Dtest=InputFuzz -Dfuzz=PARTICLES}. */
class InputFuzz {

	private static final HostileInput KIND = HostileInput.valueOf(System.getProperty("fuzz.input"));
	private static final Path FOLDER = folder();

	static Stream<Arguments> seeds() {
		return KIND.seeds().stream().map(Arguments::of);
	}

	@MethodSource("seeds")
	@FuzzTest(maxDuration = "24h")
	void input(final byte[] bytes) {
		KIND.accepts(bytes, FOLDER);
	}

	/** In memory where the system has such a place: a disk would set the pace. */
	private static Path folder() {
		try {
			final Path memory = Path.of("/dev/shm");
			return Files.isDirectory(memory) ? Files.createTempDirectory(memory, "clearice-fuzz") : Files.createTempDirectory(
				"clearice-fuzz");
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
