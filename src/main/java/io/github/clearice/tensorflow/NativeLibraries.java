package io.github.clearice.tensorflow;

import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.OutputException;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

import org.bytedeco.javacpp.Loader;

/**
 * Native libraries in a folder of a jar, and the folder that they are unpacked into, once and for all programs.
 * <p>
 * JavaCPP would unpack them by itself. But it tells by the time of a file whether that is the one in the jar, and jars
 * have local times: a program in another time zone, or in the same place after its rules have changed, unpacks again,
 * while others may just be loading the file. Here, a folder belongs to contents, files appear in it when they are
 * whole, and none is ever replaced.
 */
final class NativeLibraries {

	/** System property of JavaCPP, read once: whether it looks into folders before jars. */
	static final String FOLDERS_FIRST = "org.bytedeco.javacpp.pathsfirst";

	private static final String FOLDER_OF_TENSORFLOW = "org/tensorflow/internal/c_api/";
	private static final String GPU = "-gpu";

	private final JarFile jar;
	private final List<JarEntry> entries;
	private final Path folder;

	private NativeLibraries(final JarFile jar, final List<JarEntry> entries, final Path folder) {
		this.jar = jar;
		this.entries = entries;
		this.folder = folder;
	}

	/**
	 * Those of TensorFlow for this platform. {@link #FOLDERS_FIRST} must be set before, as this asks JavaCPP.
	 *
	 * @param cache the folder for all unpacked libraries
	 * @return empty if there are none, or none in a jar
	 */
	static Optional<NativeLibraries> ofTensorFlow(final ClassLoader classPath, final Path cache) {
		final String library = System.mapLibraryName("jnitensorflow"), platform = Loader.getPlatform();
		final String extension = System.getProperty(Gpu.GpuSetup.EXTENSION_PROPERTY, GPU);
		for (final String name : List.of(platform + extension, platform)) {
			final String inJar = FOLDER_OF_TENSORFLOW + name + "/";
			final URL found = classPath.getResource(inJar + library);
			if (found != null) return in(found, inJar, file -> true, cache);
		}
		return Optional.empty();
	}

	/**
	 * Those beside one of them.
	 *
	 * @param one a library in a jar
	 * @param inJar the folder in the jar, with a slash at its end
	 * @param wanted the names of the files to unpack
	 * @param cache the folder for all unpacked libraries
	 * @return empty if that one is not in a jar
	 */
	static Optional<NativeLibraries> in(final URL one, final String inJar, final Predicate<String> wanted,
		final Path cache)
	{
		try {
			if (!(one.openConnection() instanceof JarURLConnection connection)) return Optional.empty();
			final JarFile jar = connection.getJarFile();
			final List<JarEntry> entries = jar.stream().filter(entry -> !entry.isDirectory() && entry.getName().startsWith(
				inJar) && entry.getName().indexOf('/', inJar.length()) < 0 && wanted.test(name(entry))).toList();
			final String jarName = Path.of(jar.getName()).getFileName().toString().replaceFirst("\\.jar$", "");
			return Optional.of(new NativeLibraries(jar, entries, cache.resolve(jarName + "-" + contents(entries))));
		}
		catch (final IOException e) {
			throw new NetworkException("The native libraries could not be read (" + e.getMessage() +
				"). Install ClearIce again.", e);
		}
	}

	private static String name(final JarEntry entry) {
		return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
	}

	/** Eight digits that change with the files. */
	private static String contents(final List<JarEntry> entries) {
		final CRC32 sum = new CRC32();
		for (final JarEntry entry : entries) sum.update((entry.getName() + " " + entry.getSize() + " " + entry.getCrc() +
			"\n").getBytes(StandardCharsets.UTF_8));
		return String.format("%08x", sum.getValue());
	}

	/** Where they are, or will be. */
	Path folder() {
		return folder;
	}

	/** Whether all are there. */
	boolean isUnpacked() {
		return entries.stream().allMatch(this::isUnpacked);
	}

	private boolean isUnpacked(final JarEntry entry) {
		final File file = folder.resolve(name(entry)).toFile();
		return file.isFile() && file.length() == entry.getSize();
	}

	/**
	 * Unpacks what is missing; where another program is doing that, waits for it.
	 *
	 * @throws NetworkException if the jar is damaged
	 * @throws OutputException if a file cannot be written
	 */
	void unpack() {
		if (isUnpacked()) return;
		try {
			Files.createDirectories(folder);
			try (FileChannel file = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE))
			{
				lock(file);
				for (final JarEntry entry : entries) if (!isUnpacked(entry)) unpack(entry);
			}
		}
		catch (final IOException e) {
			throw OutputException.of(folder, e);
		}
	}

	/** Some network disks have no locks: there, two programs unpack the same, and the last one's stays. */
	private static void lock(final FileChannel file) {
		try {
			// Released when the file is closed.
			file.lock();
		}
		catch (final IOException | OverlappingFileLockException e) {
			return;
		}
	}

	private void unpack(final JarEntry entry) throws IOException {
		OutputException.requireSpace(folder, entry.getSize());
		try (AtomicOutput output = AtomicOutput.ofEachProcess(folder.resolve(name(entry))); InputStream packed = jar
			.getInputStream(entry); CheckedInputStream checked = new CheckedInputStream(packed, new CRC32()))
		{
			Files.copy(checked, output.temporary(), StandardCopyOption.REPLACE_EXISTING);
			if (checked.getChecksum().getValue() != entry.getCrc()) throw new NetworkException(jar.getName() +
				" is damaged: its " + name(entry) + " has another checksum. Install ClearIce again.");
			output.commit();
		}
	}

	/** Makes JavaCPP look for libraries here first. */
	void use() {
		Loader.loadProperties().setProperty("platform.preloadpath", folder.toAbsolutePath().toString());
	}
}
