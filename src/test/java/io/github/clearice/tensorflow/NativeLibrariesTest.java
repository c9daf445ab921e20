package io.github.clearice.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries are unpacked once, by whichever program comes first. */
class NativeLibrariesTest {

	private static final String IN_JAR = "natives/here/";

	@TempDir
	Path folder;

	private final byte[] library = new byte[3_000_000];
	private Path jar;

	@BeforeEach
	void pack() throws IOException {
		new Random(5).nextBytes(library);
		jar = folder.resolve("libraries-1.0.jar");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
			zip.putNextEntry(new ZipEntry(IN_JAR));
			store(zip, IN_JAR + "libone.so", library);
			store(zip, IN_JAR + "libtwo.so.2", "two".getBytes(StandardCharsets.UTF_8));
			store(zip, IN_JAR + "licences/one", new byte[9]);
			store(zip, "natives/there/libone.so", new byte[9]);
		}
	}

	/** As it is, so that a byte can be changed. */
	private static void store(final ZipOutputStream zip, final String name, final byte[] content) throws IOException {
		final ZipEntry entry = new ZipEntry(name);
		final CRC32 sum = new CRC32();
		sum.update(content);
		entry.setMethod(ZipEntry.STORED);
		entry.setSize(content.length);
		entry.setCrc(sum.getValue());
		zip.putNextEntry(entry);
		zip.write(content);
	}

	private static NativeLibraries libraries(final Path jar, final Path cache) throws IOException {
		final URL one = new URL("jar:" + jar.toUri() + "!/" + IN_JAR + "libone.so");
		return NativeLibraries.in(one, IN_JAR, name -> true, cache).orElseThrow();
	}

	@Test
	void unpacksTheFilesOfOneFolderAndNeverAgain() throws IOException {
		final NativeLibraries first = libraries(jar, folder.resolve("cache"));
		assertFalse(first.isUnpacked());
		first.unpack();
		assertTrue(first.folder().getFileName().toString().matches("libraries-1\\.0-[0-9a-f]{8}"));
		assertEquals(List.of("libone.so", "libtwo.so.2", "lock"), files(first.folder()));
		assertArrayEquals(library, Files.readAllBytes(first.folder().resolve("libone.so")));
		final Object before = key(first.folder());
		final TimeZone here = TimeZone.getDefault();
		try {
			// The times of entries in a jar are local.
			TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
			final NativeLibraries elsewhere = libraries(jar, folder.resolve("cache"));
			assertTrue(elsewhere.isUnpacked());
			elsewhere.unpack();
			assertEquals(first.folder(), elsewhere.folder());
			assertEquals(before, key(first.folder()));
		}
		finally {
			TimeZone.setDefault(here);
		}
	}

	@Test
	void otherContentsOfTheSameNameGoToAnotherFolder() throws IOException {
		final Path before = libraries(jar, folder).folder();
		library[7]++;
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(Files.createDirectory(folder.resolve("new"))
			.resolve("libraries-1.0.jar"))))
		{
			store(zip, IN_JAR + "libone.so", library);
		}
		assertFalse(before.equals(libraries(folder.resolve("new/libraries-1.0.jar"), folder).folder()));
	}

	@Test
	void programsThatStartTogetherGetTheSameFile() throws Exception {
		final List<Process> programs = new ArrayList<>();
		for (final String zone : List.of("UTC", "Pacific/Chatham")) programs.add(new ProcessBuilder(Path.of(System
			.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-Duser.timezone=" + zone, "-cp",
			System.getProperty("java.class.path"), NativeLibrariesTest.class.getName(), jar.toString(), folder.resolve(
				"cache").toString()).redirectErrorStream(true).start());
		final List<String> keys = new ArrayList<>();
		for (final Process program : programs) {
			keys.add(new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
			assertEquals(0, program.waitFor(), keys.toString());
		}
		assertEquals(keys.get(0), keys.get(1));
		final Path unpacked = libraries(jar, folder.resolve("cache")).folder();
		assertEquals(List.of("libone.so", "libtwo.so.2", "lock"), files(unpacked));
		assertArrayEquals(library, Files.readAllBytes(unpacked.resolve("libone.so")));
	}

	/** A program that unpacks. */
	public static void main(final String[] args) throws IOException {
		final NativeLibraries libraries = libraries(Path.of(args[0]), Path.of(args[1]));
		libraries.unpack();
		System.out.println(key(libraries.folder()));
	}

	@Test
	void refusesADamagedJar() throws IOException {
		final byte[] content = Files.readAllBytes(jar);
		content[content.length / 2]++;
		Files.write(jar, content);
		final NativeLibraries damaged = libraries(jar, folder.resolve("cache"));
		final String refusal = assertThrows(NetworkException.class, damaged::unpack).getMessage();
		assertTrue(refusal.contains("libraries-1.0.jar is damaged: its libone.so"), refusal);
		assertEquals(List.of("lock"), files(damaged.folder()));
	}

	/** The file itself, whatever its name: another one that replaces it has another key, where the system has keys. */
	private static Object key(final Path unpacked) throws IOException {
		final BasicFileAttributes file = Files.readAttributes(unpacked.resolve("libone.so"), BasicFileAttributes.class);
		return file.fileKey() + " " + file.lastModifiedTime();
	}

	private static List<String> files(final Path of) throws IOException {
		try (Stream<Path> files = Files.list(of)) {
			return files.map(file -> file.getFileName().toString()).sorted().toList();
		}
	}
}
