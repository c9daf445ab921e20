package io.github.clearice.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Processes of Spark with the class path of this one and {@link Troubled}, on loopback, in a folder of their own. */
final class SparkProcess {

	/** What Java 17 and later must allow Spark. */
	private static final List<String> OPENED = List.of("java.lang", "java.lang.invoke", "java.lang.reflect", "java.io",
		"java.net", "java.nio", "java.util", "java.util.concurrent", "java.util.concurrent.atomic", "jdk.internal.ref",
		"sun.nio.ch", "sun.nio.cs", "sun.security.action", "sun.util.calendar");

	private final Path folder;
	private final String classPath;

	/** @param folder the working folder */
	SparkProcess(final Path folder) throws IOException {
		this.folder = folder;
		final Path service = folder.resolve("services/META-INF/services/io.github.clearice.denoise.DenoiserFactory");
		Files.createDirectories(service.getParent());
		Files.writeString(service, Troubled.class.getName());
		// A worker puts it before the jars of a Spark of which there is no more than the folder.
		Files.createDirectories(folder.resolve("spark/jars"));
		// The log that tests do without tells when a process is ready.
		classPath = folder.resolve("services") + ":" + Stream.of(System.getProperty("java.class.path").split(":")).filter(
			entry -> !entry.contains("slf4j-nop")).map(entry -> Path.of(entry).toAbsolutePath().toString()).collect(Collectors
				.joining(":"));
	}

	/** What a launcher came to. */
	record Ended(int code, String err) {}

	/** Runs a verb to its end. */
	Ended launch(final String master, final Map<String, String> settings, final String... words) throws IOException,
		InterruptedException
	{
		final Path err = folder.resolve("driver.txt");
		final Process process = begin(master, settings, err, words);
		return new Ended(process.waitFor(), Files.readString(err));
	}

	/** Begins a verb. */
	Process begin(final String master, final Map<String, String> settings, final Path log, final String... words)
		throws IOException
	{
		final List<String> line = new ArrayList<>();
		line.add("-Dspark.master=" + master);
		line.add("-Dspark.ui.enabled=false");
		line.add("-Dspark.driver.host=127.0.0.1");
		line.add("-Dspark.driver.bindAddress=127.0.0.1");
		line.add("-Dspark.executor.memory=512m");
		line.add("-Dspark.executor.extraClassPath=" + classPath);
		line.add("-Dspark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1");
		line.add("-Dspark.log.level=OFF");
		settings.forEach((name, value) -> line.add("-D" + name + "=" + value));
		line.add(ClearIceSpark.class.getName());
		line.addAll(List.of(words));
		return start(log, line);
	}

	/** Starts a class of Spark. */
	Process start(final Path log, final List<String> line) throws IOException {
		final List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java",
			"-XX:TieredStopAtLevel=1", "-Xmx1g", "-cp", classPath));
		for (final String name : OPENED) command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
		command.addAll(line);
		final ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
			.redirectOutput(log.toFile());
		builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
		builder.environment().put("SPARK_SCALA_VERSION", "2.13");
		// An executor has the address of its worker.
		builder.environment().remove("SPARK_LOCAL_IP");
		return builder.start();
	}
}
