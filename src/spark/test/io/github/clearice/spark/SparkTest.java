package io.github.clearice.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.cli.Launcher;
import io.github.clearice.denoise.ContributedDenoisers;
import io.github.clearice.mrc.MrcFile;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standalone cluster, master and two workers as processes on loopback, against this process alone. */
class SparkTest {

	private static final Path MAP = Path.of("sample-data/betagal_5a1a_64_4A.mrc").toAbsolutePath();

	private static final List<Process> CLUSTER = new ArrayList<>();

	@TempDir
	static Path folder;

	private static SparkProcess spark;
	private static String master;

	@BeforeAll
	static void startCluster() throws IOException, InterruptedException {
		ContributedDenoisers.register(new Troubled());
		alone("simulate", "source=" + MAP, "count=40", "snr=0.2", "ctf=true", "output=" + folder.resolve("set"));
		Files.createDirectories(folder.resolve(Troubled.FOLDER));
		spark = new SparkProcess(folder);
		master = started("master", "Starting Spark master at (spark://\\S+)", "-Dspark.master.rest.enabled=false",
			"org.apache.spark.deploy.master.Master",
			"--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
		final Path gpus = folder.resolve("gpus.sh");
		Files.writeString(gpus, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"3\"]}'\n");
		Files.setPosixFilePermissions(gpus, PosixFilePermissions.fromString("rwx------"));
		// Spark does no slow task again on the machine where it is slow: to it, each address is a machine.
		for (final String address : List.of("127.0.0.1", "127.0.0.2")) started(address,
			"(Successfully registered) with master", "-Dspark.worker.resource.gpu.amount=1",
			"-Dspark.worker.resource.gpu.discoveryScript=" + gpus, "org.apache.spark.deploy.worker.Worker", "--host", address,
			"--webui-port", "0", "--cores", "1", "--memory", "1g", "--work-dir", folder.resolve("work-" + address)
				.toString(), master);
	}

	/** Starts a process, and waits for a line of its log. */
	private static String started(final String name, final String line, final String... words) throws IOException,
		InterruptedException
	{
		final Path log = folder.resolve(name + ".txt");
		final Process process = spark.start(log, List.of(words));
		CLUSTER.add(process);
		final Pattern pattern = Pattern.compile(line);
		while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
			final Matcher matcher = pattern.matcher(text(log));
			if (matcher.find()) return matcher.group(1);
		}
		throw new IllegalStateException(text(log));
	}

	@AfterAll
	static void stopCluster() throws InterruptedException {
		ContributedDenoisers.unregister("troubled");
		for (final Process process : CLUSTER) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly().waitFor();
		}
	}

	/** The process of a range is killed, and it fails twice; another range hangs, and is done on the other machine. */
	@Test
	void clusterGivesTheSameBytesWhateverHappens() throws IOException, InterruptedException {
		final List<String> troubles = List.of("kill", "fail-1", "fail-2", "slow");
		for (final String trouble : troubles) Files.createFile(trouble(trouble));
		final Path target = folder.resolve("denoised.mrcs"), expected = folder.resolve("expected.mrcs");
		// Names from the working folder mean the same in every process.
		final SparkProcess.Ended ended = spark.launch(master, Map.of("spark.speculation", "true",
			"spark.speculation.multiplier", "1", "spark.speculation.quantile", "0.5", "spark.speculation.minTaskRuntime",
			"100ms"), "denoise", "input=set/particles.star", "method=troubled", "output=denoised.mrcs");
		assertEquals(0, ended.code(), ended::err);
		for (final String trouble : troubles) assertTrue(Files.notExists(trouble(trouble)), trouble);
		alone("denoise", "input=" + folder.resolve("set/particles.star"), "method=troubled", "output=" + expected);
		assertSame(expected, target);
	}

	@Test
	void workThatFailsEverywhereEndsWithOneLineAndNoFile() throws IOException, InterruptedException {
		Files.createFile(trouble("fail-always"));
		final SparkProcess.Ended ended = spark.launch(master, Map.of(), "denoise", "input=set/particles.star",
			"method=troubled", "output=failed.mrcs");
		Files.delete(trouble("fail-always"));
		assertEquals(1, ended.code());
		assertTrue(ended.err().endsWith("All disks are full. Free some space.\n"), ended::err);
		try (Stream<Path> files = Files.list(folder)) {
			assertTrue(files.noneMatch(file -> file.getFileName().toString().contains("failed")));
		}
	}

	@Test
	void aRequestToEndIsACancel() throws IOException, InterruptedException {
		Files.createFile(trouble("slow"));
		final Path log = folder.resolve("cancelled.txt");
		final Process process = spark.begin("local[2]", Map.of(), log, "denoise", "input=set/particles.star",
			"method=troubled", "output=cancelled.mrcs");
		while (Files.exists(trouble("slow"))) assertFalse(process.waitFor(100, TimeUnit.MILLISECONDS), () -> text(log));
		process.destroy();
		assertEquals(143, process.waitFor());
		assertTrue(text(log).endsWith("Denoising particles was cancelled; nothing was written.\n"), () -> text(log));
		try (Stream<Path> files = Files.list(folder)) {
			assertTrue(files.noneMatch(file -> file.getFileName().toString().contains("cancelled.mrcs")));
		}
	}

	private static String text(final Path file) {
		try {
			return Files.readString(file);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@Test
	void covarianceIsLearnedByAllWorkersTogether() throws IOException, InterruptedException {
		final SparkProcess.Ended ended = spark.launch(master, Map.of(), "denoise", "input=set/noisy.mrcs", "method=cwf",
			"output=cwf.mrcs");
		assertEquals(0, ended.code(), ended::err);
		alone("denoise", "input=" + folder.resolve("set/noisy.mrcs"), "method=cwf", "output=" + folder.resolve(
			"expected-cwf.mrcs"));
		assertSame(folder.resolve("expected-cwf.mrcs"), folder.resolve("cwf.mrcs"));
	}

	@Test
	void executorsSeeTheGpuThatTheyAreGiven() throws IOException, InterruptedException {
		Files.createFile(trouble("gpu"));
		final SparkProcess.Ended ended = spark.launch(master, Map.of("spark.executor.resource.gpu.amount", "1"), "denoise",
			"input=set/particles.star", "method=troubled", "output=by-gpu.mrcs");
		assertEquals(0, ended.code(), ended::err);
		assertEquals("3", Files.readString(trouble("seen-gpu")));
	}

	@Test
	void mapsOfAllWorkersAddUp() throws IOException, InterruptedException {
		final SparkProcess.Ended ended = spark.launch(master, Map.of(), "reconstruct", "star=set/particles.star",
			"halves=false", "output=map.mrc");
		assertEquals(0, ended.code(), ended::err);
		alone("reconstruct", "star=" + folder.resolve("set/particles.star"), "halves=false", "output=" + folder.resolve(
			"expected-map.mrc"));
		final float[] expected = voxels(folder.resolve("expected-map.mrc")), actual = voxels(folder.resolve("map.mrc"));
		float largest = 0;
		for (final float voxel : expected) largest = Math.max(largest, Math.abs(voxel));
		assertArrayEquals(expected, actual, 1e-6f * largest);
	}

	@Test
	void threadsOfOneProcessGiveTheSameBytes() throws IOException, InterruptedException {
		final SparkProcess.Ended ended = spark.launch("local[2]", Map.of(), "simulate", "source=" + MAP, "count=40",
			"snr=0.2", "ctf=true", "output=local");
		assertEquals(0, ended.code(), ended::err);
		for (final String name : List.of("clean.mrcs", "noisy.mrcs", "particles.star")) assertSame(folder.resolve("set")
			.resolve(name), folder.resolve("local").resolve(name));
	}

	private static float[] voxels(final Path map) {
		try (MrcFile file = MrcFile.open(map)) {
			return file.readVolume().voxels();
		}
	}

	private static Path trouble(final String name) {
		return folder.resolve(Troubled.FOLDER).resolve(name);
	}

	private static void assertSame(final Path expected, final Path actual) throws IOException {
		assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(actual), actual.toString());
	}

	private static void alone(final String... words) {
		final PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
		assertEquals(0, new Launcher(nowhere, System.err, false).run(words));
	}
}
