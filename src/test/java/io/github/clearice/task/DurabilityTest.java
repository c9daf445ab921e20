package io.github.clearice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.clearice.task.Leftovers.OwnerMark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The system calls when an output is finished; man fsync explains why the folder is synced too. */
@EnabledOnOs(OS.LINUX)
class DurabilityTest {

	private static final Pattern CALL = Pattern.compile(
		"(fsync|fdatasync|rename|unlink)(?:at2?)?\\((?:\\d+<([^>]*)>|\"([^\"]*)\"(?:, \"([^\"]*)\")?)");

	@TempDir
	Path folder;

	@Test
	void contentsAreOnTheDiskBeforeTheirNameAndTheNameBeforeWhatItReplacesIsDeleted() throws Exception {
		final List<String> calls = trace(folder.resolve("new"));
		assertEquals(List.of("fsync .m-MARK.part", "rename .m-MARK.part m", "fsync new", "fsync FOLDER",
			"unlink m.checkpoint", "fsync new"), calls);
	}

	private List<String> trace(final Path target) throws IOException, InterruptedException {
		final Path log = folder.resolve("calls");
		final Process traced;
		try {
			traced = new ProcessBuilder("strace", "-f", "-y", "-o", log.toString(), "-e",
				"trace=fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat", Path.of(System.getProperty("java.home"),
					"bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				DurabilityTest.class.getName(), target.toString()).redirectErrorStream(true).start();
		}
		catch (final IOException e) {
			assumeTrue(false, "Skipped: no strace");
			throw e;
		}
		final String said = new String(traced.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assumeTrue(traced.waitFor() == 0, "Skipped: strace may not trace here: " + said);
		final List<String> calls = new ArrayList<>();
		for (final String line : Files.readAllLines(log)) {
			final Matcher call = CALL.matcher(line);
			if (!line.contains(folder.toString()) || !call.find()) continue;
			final StringBuilder text = new StringBuilder(call.group(1));
			for (int group = 2; group <= 4; group++)
				if (call.group(group) != null) text.append(' ').append(name(call.group(group)));
			calls.add(text.toString());
		}
		return calls;
	}

	private String name(final String path) {
		return Path.of(path).equals(folder) ? "FOLDER" : Path.of(path).getFileName().toString().replaceAll(
			OwnerMark.PATTERN, "MARK");
	}

	/** A model that takes the place of its checkpoint, in a folder that has to be made. */
	public static void main(final String[] args) throws IOException {
		final Path folder = Path.of(args[0]);
		try (AtomicOutput output = new AtomicOutput(folder.resolve("m"))) {
			Files.writeString(output.temporary(), "model");
			Files.writeString(folder.resolve("m.checkpoint"), "checkpoint");
			output.commit();
		}
		AtomicOutput.delete(folder.resolve("m.checkpoint"));
	}
}
