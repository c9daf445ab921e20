package io.github.clearice.tensorflow;

import io.github.clearice.task.OutputException;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Opens the CUDA libraries that TensorFlow's GPU build looks for by name, before
 * TensorFlow does: libraries that are open already are found wherever they lie.
 * <p>
 * Where the jar of redistributable libraries ({@code org.bytedeco:cuda}, platform
 * {@code linux-x86_64-redist}) is on the class path, all come from there, since
 * they fit each other; otherwise from the system.
 */
final class CudaLibraries {

	/** A folder to look in first, by system property. */
	static final String FOLDER_PROPERTY = "clearice.cuda";

	/**
	 * A library in the order of opening: each after those that it needs.
	 *
	 * @param required whether TensorFlow refuses to use a GPU without it; the others are opened by cuDNN when it
	 *          needs them, from beside it
	 */
	record Item(String name, boolean required) {}

	static final List<Item> ITEMS = List.of(new Item("libcudart.so.12", true), new Item("libnvJitLink.so.12", false),
		new Item("libcublasLt.so.12", true), new Item("libcublas.so.12", true), new Item("libcufft.so.11", true), new Item(
			"libcusparse.so.12", true), new Item("libcusolver.so.11", true), new Item("libnvrtc-builtins.so.12.6", false),
		new Item("libnvrtc.so.12", false), new Item("libcudnn_graph.so.9", false), new Item("libcudnn_ops.so.9", false),
		new Item("libcudnn_cnn.so.9", false), new Item("libcudnn_adv.so.9", false), new Item(
			"libcudnn_engines_precompiled.so.9", false), new Item("libcudnn_engines_runtime_compiled.so.9", false), new Item(
				"libcudnn_heuristic.so.9", false), new Item("libcudnn.so.9", true));

	private static final String REDISTRIBUTABLE = "org/bytedeco/cuda/linux-x86_64/";
	/** TensorFlow 2.18 was built with this version of cuDNN and refuses older ones of the same series. */
	private static final long LEAST_CUDNN = 90300;

	private CudaLibraries() {}

	/**
	 * Opens all libraries.
	 *
	 * @return where they come from, for reports
	 * @throws NetworkException whose message names the first library that is missing or does not fit
	 */
	static String open(final SharedLibraries.Opener linker, final ClassLoader classPath) {
		final boolean redistributable = classPath.getResource(REDISTRIBUTABLE + ITEMS.get(0).name()) != null;
		if (redistributable) openUnpacked(linker, classPath);
		else openInstalled(linker, System.getProperty(FOLDER_PROPERTY), usualFolders());
		final NativeLibrary cudnn = NativeLibrary.getInstance("libcudnn.so.9");
		requireCudnn(((Number) cudnn.getFunction("cudnnGetVersion", Function.C_CONVENTION).invoke(Long.class,
			new Object[0])).longValue());
		return redistributable ? "the jar of redistributable libraries" : "this system";
	}

	private static void openUnpacked(final SharedLibraries.Opener linker, final ClassLoader classPath) {
		final Set<String> names = ITEMS.stream().map(Item::name).collect(Collectors.toSet());
		final NativeLibraries libraries = NativeLibraries.in(classPath.getResource(REDISTRIBUTABLE + ITEMS.get(0).name()),
			REDISTRIBUTABLE, names::contains, NativeCache.prepare()).orElseThrow(() -> new NetworkException(
				"the libraries of CUDA are on the class path, but not in their jar"));
		try {
			libraries.unpack();
		}
		catch (final OutputException e) {
			throw new NetworkException("the libraries of CUDA could not be unpacked (" + e.getMessage() +
				"); 2.5 GB are needed where org.bytedeco.javacpp.cachedir points to", e);
		}
		for (final Item item : ITEMS) {
			final Path library = libraries.folder().resolve(item.name());
			if (Files.notExists(library)) throw new NetworkException("the jar of CUDA libraries lacks " + item.name());
			final String reason = linker.open(library.toAbsolutePath().toString());
			if (reason != null) throw doesNotLoad(item, reason);
		}
	}

	/**
	 * Opens the installed libraries.
	 *
	 * @param preferred the folder to look in first, or null
	 * @param usual folders to look in where the linker finds nothing
	 */
	static void openInstalled(final SharedLibraries.Opener linker, final String preferred, final List<Path> usual) {
		for (final Item item : ITEMS) {
			final List<String> places = new ArrayList<>();
			if (preferred != null) addExisting(places, Path.of(preferred), item);
			places.add(item.name());
			for (final Path folder : usual) addExisting(places, folder, item);
			final String reason = openAnywhere(linker, places);
			if (reason != null && item.required()) throw doesNotLoad(item, reason);
		}
	}

	private static void addExisting(final List<String> places, final Path folder, final Item item) {
		final Path path = folder.resolve(item.name());
		if (Files.exists(path)) places.add(path.toString());
	}

	/** Null where one of the places has it; otherwise the reason why a file does not open, if any place has a file. */
	private static String openAnywhere(final SharedLibraries.Opener linker, final List<String> places) {
		String reason = null;
		for (final String place : places) {
			final String now = linker.open(place);
			if (now == null) return null;
			if (reason == null || !reason.startsWith("/")) reason = now;
		}
		return reason;
	}

	private static NetworkException doesNotLoad(final Item item, final String reason) {
		return new NetworkException("the CUDA library " + item.name() + " does not load (" + reason + ")");
	}

	/** @param version as {@code cudnnGetVersion} gives it: 90501 for 9.5.1 */
	static void requireCudnn(final long version) {
		if (version / 10000 != LEAST_CUDNN / 10000 || version < LEAST_CUDNN) throw new NetworkException(String.format(
			Locale.ROOT, "the CUDA library libcudnn.so.9 is version %d.%d, and TensorFlow needs 9.3 or a later 9", version /
				10000, version % 10000 / 100));
	}

	/** The usual places of CUDA that the linker does not search. */
	private static List<Path> usualFolders() {
		final List<Path> folders = new ArrayList<>();
		for (final String variable : List.of("CUDA_HOME", "CUDA_PATH")) {
			if (System.getenv(variable) != null) folders.add(Path.of(System.getenv(variable), "lib64"));
		}
		for (final String place : List.of("/usr/local/cuda", "/usr/local/cuda-12", "/opt/cuda")) {
			folders.add(Path.of(place, "lib64"));
		}
		return folders;
	}
}
