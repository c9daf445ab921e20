package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.worker.SmallTraining;
import io.github.clearice.worker.WorkerJava;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands in a process with the folders of a Fiji: ClearIce among the jars of its class path, where the TensorFlow of
 * another plugin comes first, and ours in {@code lib/clearice}.
 */
class OtherTensorFlowTest {

	private static final Pattern OURS = Pattern.compile("(tensorflow-core|ndarray|javacpp|protobuf-java)-.*\\.jar");

	@TempDir
	Path folder;

	@Test
	void trainsAndDenoisesBesideIt() throws IOException, InterruptedException {
		final SmallTraining training = new SmallTraining(Files.createDirectory(folder.resolve("files")));
		final List<String> classPath = new ArrayList<>(List.of(compileOther().toString()));
		final Path jars = Files.createDirectories(folder.resolve("jars"));
		final Path libraries = Files.createDirectories(folder.resolve("lib/clearice"));
		for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			final Path file = Path.of(entry);
			if (!entry.endsWith(".jar")) continue;
			final boolean ours = OURS.matcher(file.getFileName().toString()).matches();
			Files.createSymbolicLink((ours ? libraries : jars).resolve(file.getFileName()), file);
		}
		pack(Path.of("target", "classes"), jars.resolve("clearice.jar"));
		classPath.add(jars + File.separator + "*");
		classPath.add(Path.of("target", "test-classes").toString());
		// A home of its own; where the folder of preferences is there, Java does not report that it made it.
		final Path home = folder.resolve("home");
		Files.createDirectories(home.resolve(".java/.userPrefs"));
		final Process fiji = new ProcessBuilder(WorkerJava.here().program().toString(), "-Duser.home=" + home,
			"-XX:TieredStopAtLevel=1", "-D" + WorkerJava.OPTIONS + "=" + System.getProperty(WorkerJava.OPTIONS, ""),
			"-Dorg.bytedeco.javacpp.cachedir=" + System.getProperty("org.bytedeco.javacpp.cachedir"), "-cp", String.join(
				File.pathSeparator, classPath), FijiWithOtherTensorFlow.class.getName(), training.folder().toString())
					.redirectErrorStream(true).start();
		final String said = new String(fiji.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, fiji.waitFor(), said);
		// Such a short training gives a warning; reports are in the log, and the driver prints them, too.
		final List<String> lines = said.lines().filter(line -> !line.startsWith("Warning: ")).distinct().toList();
		assertEquals("Graph from other", lines.get(0), said);
		assertTrue(lines.get(1).startsWith(training.model() + ": a network of"), said);
		assertTrue(lines.get(2).startsWith("60 particles denoised with "), said);
		assertTrue(Files.exists(training.folder().resolve("noisy-denoised.mrcs")));
		// The cleaning of the folder would warn of links that lead out of it.
		for (final Path links : List.of(jars, libraries)) {
			for (final File link : links.toFile().listFiles()) Files.delete(link.toPath());
		}
	}

	private static void pack(final Path classes, final Path jar) throws IOException {
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
				Stream<Path> files = Files.walk(classes))
		{
			zip.setLevel(Deflater.NO_COMPRESSION);
			for (final Path file : files.filter(Files::isRegularFile).toList()) {
				zip.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
				Files.copy(file, zip);
				zip.closeEntry();
			}
		}
	}

	/** A different TensorFlow that shares only the name of a class with ours. */
	private Path compileOther() throws IOException {
		final Path source = Files.createDirectories(folder.resolve("source/org/tensorflow")).resolve("Graph.java");
		Files.writeString(source,
			"package org.tensorflow; public final class Graph { public String version() { return \"1.15\"; } }");
		final Path classes = Files.createDirectory(folder.resolve("other"));
		assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d", classes.toString(),
			source.toString()));
		return classes;
	}
}
