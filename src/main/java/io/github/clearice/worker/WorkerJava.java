package io.github.clearice.worker;

import io.github.clearice.task.ClearIceException;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How to start Java with the launcher and its own TensorFlow.
 * <p>
 * In a Fiji, the libraries that must not meet those of other plugins lie in
 * {@code lib/clearice}, which is not on Fiji's class path; they come first on the
 * worker's, so that what else is there under the same class names is never seen.
 * The rest comes from where ClearIce itself was loaded.
 *
 * @param program the Java executable
 * @param classPath entries in the order of the search; those that end with {@code *} stand for all jars of a folder
 * @param options of the Java machine, such as {@code -Xmx8g}
 */
public record WorkerJava(Path program, List<String> classPath, List<String> options) {

	/** System property: options of the worker's Java, such as {@code -Xmx8g}, separated by blanks. */
	public static final String OPTIONS = "clearice.worker.options";
	/** System property: the folder with the worker's own libraries, where it is not {@code lib/clearice} of the Fiji. */
	public static final String LIBRARIES = "clearice.worker.lib";

	/** System property: folders of shared models, see the command package. */
	public static final String MODELS = "clearice.models";

	private static final String LAUNCHER = "io.github.clearice.ClearIce";
	private static final Path FOLDER = Path.of("lib", "clearice");
	/** Settings for folders that a Fiji, or a test of it, has got, and that its worker needs as well. */
	private static final List<String> INHERITED = List.of("user.home", "java.io.tmpdir",
		"org.bytedeco.javacpp.cachedir", "org.bytedeco.javacpp.platform.extension", MODELS);

	public WorkerJava {
		classPath = List.copyOf(classPath);
		options = List.copyOf(options);
	}

	/**
	 * The same Java as this one, with the libraries of this Fiji or class path.
	 *
	 * @throws WorkerException if the Java that runs has no executable
	 */
	public static WorkerJava here() {
		final boolean windows = File.separatorChar == '\\';
		final Path program = Path.of(System.getProperty("java.home"), "bin", windows ? "java.exe" : "java");
		if (!Files.isExecutable(program)) throw new WorkerException("There is no " + program +
			", which training and networks need: they run in a Java of their own. Install a complete Java.", false);
		return new WorkerJava(program, new ArrayList<>(findClassPath()), findOptions());
	}

	private static Set<String> findClassPath() {
		final Set<String> entries = new LinkedHashSet<>();
		final Path own = ownPlace(), application = applicationFolder().orElse(null);
		final String given = System.getProperty(LIBRARIES);
		final Path libraries = given != null ? Path.of(given) : application == null ? FOLDER : application.resolve(FOLDER);
		final boolean installed = Files.isDirectory(libraries);
		if (installed) entries.add(libraries + File.separator + "*");
		entries.add(own.toString());
		for (ClassLoader loader = WorkerJava.class.getClassLoader(); loader != null; loader = loader.getParent()) {
			if (loader instanceof URLClassLoader) for (final URL url : ((URLClassLoader) loader).getURLs()) addFile(url,
				entries);
		}
		if (installed && given == null) entries.add(application.resolve("jars") + File.separator + "*");
		for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (!entry.isEmpty()) entries.add(entry);
		}
		return entries;
	}

	private static void addFile(final URL url, final Set<String> entries) {
		try {
			if (url.getProtocol().equals("file")) entries.add(Path.of(url.toURI()).toString());
		}
		catch (final URISyntaxException e) {
			throw new WorkerException("The class path has an entry that is not a file name: " + url + ". Remove it.", e);
		}
	}

	/** The folder of the Fiji, or of the program, in one of whose folders the jar of ClearIce lies. */
	public static Optional<Path> applicationFolder() {
		return Optional.ofNullable(ownPlace().getParent()).map(Path::getParent);
	}

	/** The jar or folder that this class was loaded from. */
	private static Path ownPlace() {
		try {
			final URI place = WorkerJava.class.getProtectionDomain().getCodeSource().getLocation().toURI();
			return Path.of(place).toAbsolutePath();
		}
		catch (final URISyntaxException e) {
			throw new WorkerException("ClearIce cannot tell where it is installed. Install it in a folder on this computer.",
				e);
		}
	}

	private static List<String> findOptions() {
		final List<String> options = new ArrayList<>(List.of("-Djava.awt.headless=true",
			// JavaCPP would refuse memory beyond a limit derived from Java's heap.
			"-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
			// While it waits, it gives memory back to the system.
			"-XX:G1PeriodicGCInterval=30000"));
		options.addAll(nativeAccess(Runtime.version().feature()));
		for (final String name : INHERITED) {
			final String value = System.getProperty(name);
			if (value != null) options.add("-D" + name + "=" + value);
		}
		for (final String option : System.getProperty(OPTIONS, "").trim().split("\\s+")) {
			if (!option.isEmpty()) options.add(option);
		}
		return options;
	}

	/**
	 * What keeps a Java from warning, in four lines at each start, that the launcher uses native code.
	 *
	 * @param feature the number of the Java's version, such as 17
	 */
	public static List<String> nativeAccess(final int feature) {
		return feature < 24 ? List.of() : List.of("--enable-native-access=ALL-UNNAMED");
	}

	/** These options and more. */
	WorkerJava with(final String... more) {
		final List<String> all = new ArrayList<>(options);
		all.addAll(List.of(more));
		return new WorkerJava(program, classPath, all);
	}

	/**
	 * Starts the launcher with these words.
	 *
	 * @throws ClearIceException if the system does not start it
	 */
	Process start(final List<String> words) {
		final List<String> line = new ArrayList<>();
		line.add(program.toString());
		line.addAll(options);
		line.add("-cp");
		line.add(String.join(File.pathSeparator, classPath));
		line.add(LAUNCHER);
		line.addAll(words);
		final ProcessBuilder builder = new ProcessBuilder(line);
		builder.environment().putIfAbsent("TF_CPP_MIN_LOG_LEVEL", "2");
		try {
			return builder.start();
		}
		catch (final IOException e) {
			throw new WorkerException("A Java for the network could not be started: " + e.getMessage() +
				". Free memory, or give it less with -D" + OPTIONS + "=-Xmx2g.", e);
		}
	}
}
