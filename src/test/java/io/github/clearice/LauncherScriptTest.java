package io.github.clearice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shell script of the launcher, with a stand-in for Java that prints its arguments and creates the archive.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherScriptTest {

	private static final String JAVA = """
		#!/bin/sh
		for word in "$@"; do case $word in -XX:ArchiveClassesAtExit=*) : > "${word#*=}" ;; esac; done
		for word in "$@"; do echo "$word"; done
		""";

	@TempDir
	Path folder;

	private Path home;
	private Path java;
	private Path script;

	@BeforeEach
	void install() throws IOException {
		home = Files.createDirectory(folder.resolve("a home"));
		java = Files.createDirectories(folder.resolve("a java/bin")).getParent();
		Files.writeString(java.resolve("release"), "JAVA_VERSION=\"17\"\n");
		executable(java.resolve("bin/java"), JAVA);
		Files.createDirectories(folder.resolve("clear ice/lib"));
		script = Files.createDirectory(folder.resolve("clear ice/bin")).resolve("clearice");
		executable(script, Files.readString(Path.of("src/assembly/bin/clearice")));
	}

	@Test
	void passesTheWordsOnAndMakesNoArchiveBeforeTensorFlowIsThere() throws Exception {
		final List<String> words = run("map", "structure=a b.pdb");
		assertEquals(List.of("-cp", folder.toRealPath().resolve("clear ice/lib") + "/*",
			"io.github.clearice.ClearIce", "map", "structure=a b.pdb"), words.subList(words.indexOf("-cp"), words.size()));
		assertEquals(List.of(), archives());
	}

	@Test
	void makesAnArchiveOnceForOneJavaAndUsesIt() throws Exception {
		Files.createDirectories(home.resolve(".javacpp/cache/tensorflow-core-native-1.0-linux-x86_64.jar"));
		assertTrue(run("help").stream().noneMatch(word -> word.startsWith("-XX:SharedArchiveFile=")));
		final Path first = awaitArchive(null);
		assertTrue(run("help").stream().anyMatch(word -> word.startsWith("-XX:SharedArchiveFile=" + home.resolve(
			".cache/clearice/classes-"))));
		Files.writeString(java.resolve("release"), "JAVA_VERSION=\"21\"\n");
		assertTrue(run("help").stream().noneMatch(word -> word.startsWith("-XX:SharedArchiveFile=")));
		// Else the folder of the test would be deleted while the archive of the other Java is written into it.
		awaitArchive(first);
	}

	/** Java 17 would take the option, too, but start later. */
	@Test
	void newerJavasAreToldThatNativeCodeIsUsed() throws Exception {
		final String option = "--enable-native-access=ALL-UNNAMED";
		assertFalse(run("help").contains(option));
		Files.writeString(java.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
		final List<String> words = run("help");
		assertTrue(words.contains(option) && words.indexOf(option) < words.indexOf("-cp"), words.toString());
	}

	/** Waits for an archive, which is made in the background. */
	private Path awaitArchive(final Path other) throws IOException {
		while (true) {
			for (final Path archive : archives())
				if (!archive.equals(other)) return archive;
			Thread.onSpinWait();
		}
	}

	private List<Path> archives() throws IOException {
		final Path cache = home.resolve(".cache/clearice");
		if (Files.notExists(cache)) return List.of();
		try (Stream<Path> files = Files.list(cache)) {
			return files.filter(file -> file.toString().endsWith(".jsa")).toList();
		}
	}

	private List<String> run(final String... words) throws IOException, InterruptedException {
		final ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(script.toString()), Stream.of(words))
			.toList());
		builder.environment().put("HOME", home.toString());
		builder.environment().put("JAVA_HOME", java.toString());
		builder.environment().remove("XDG_CACHE_HOME");
		final Process process = builder.redirectErrorStream(true).start();
		final List<String> said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
			.toList();
		assertEquals(0, process.waitFor(), said.toString());
		return said;
	}

	private static void executable(final Path file, final String text) throws IOException {
		Files.writeString(file, text);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
	}
}
