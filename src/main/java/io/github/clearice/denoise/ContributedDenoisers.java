package io.github.clearice.denoise;

import io.github.clearice.task.InputException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

import org.scijava.annotations.Index;
import org.scijava.annotations.IndexItem;
import org.scijava.plugin.Plugin;

/** The denoising methods of other libraries and scripts, by name. */
public final class ContributedDenoisers {

	private static final Map<String, DenoiserFactory> REGISTERED = new LinkedHashMap<>();
	private static Map<String, DenoiserFactory> found;

	private ContributedDenoisers() {}

	/**
	 * Adds a method until the program ends; one of the same name is replaced.
	 *
	 * @throws InputException if its name is no lower-case word, or one of ClearIce
	 */
	public static synchronized void register(final DenoiserFactory factory) {
		REGISTERED.put(requireWord(factory.name()), factory);
	}

	/** Removes a method that was registered. */
	public static synchronized void unregister(final String name) {
		REGISTERED.remove(name);
	}

	/** The names of all contributed methods. */
	public static synchronized List<String> names() {
		return List.copyOf(all().keySet());
	}

	/** The method of this name; empty if none is contributed. */
	public static synchronized Optional<DenoiserFactory> named(final String name) {
		return Optional.ofNullable(all().get(name));
	}

	private static Map<String, DenoiserFactory> all() {
		if (found == null) found = load();
		final Map<String, DenoiserFactory> all = new LinkedHashMap<>(found);
		all.putAll(REGISTERED);
		return all;
	}

	private static Map<String, DenoiserFactory> load() {
		// Fiji's class loader knows the jars in plugins/, which the context class loader of a thread need not know.
		final ClassLoader loader = ContributedDenoisers.class.getClassLoader();
		final Map<String, DenoiserFactory> factories = new LinkedHashMap<>();
		try {
			for (final IndexItem<Plugin> item : Index.load(Plugin.class, loader)) {
				if (!isDenoiser(item)) continue;
				add(factories, (DenoiserFactory) loader.loadClass(item.className()).getDeclaredConstructor().newInstance());
			}
			for (final DenoiserFactory factory : ServiceLoader.load(DenoiserFactory.class, loader)) add(factories, factory);
		}
		catch (final ReflectiveOperationException | LinkageError | ServiceConfigurationError | ClassCastException e) {
			throw new InputException("A denoising method of another library cannot be loaded (" + e +
				"). Remove or update the jar that contributes it.");
		}
		return factories;
	}

	private static boolean isDenoiser(final IndexItem<Plugin> item) {
		try {
			return item.annotation().type() == DenoiserPlugin.class;
		}
		catch (final ClassCastException e) {
			// SciJava leaves the name of a type that is not here as a text: plugins for parts of Fiji, in the launcher.
			return false;
		}
	}

	private static void add(final Map<String, DenoiserFactory> factories, final DenoiserFactory factory) {
		factories.putIfAbsent(requireWord(factory.name()), factory);
	}

	private static String requireWord(final String name) {
		if (name == null || !name.matches("[a-z][a-z0-9]*")) throw new InputException("The denoising method \"" + name +
			"\" needs a name that is one lower-case word, such as median.");
		if (FilterParameters.isTaken(name)) throw new InputException("The name " + name +
			" is taken by ClearIce; give the denoising method another one.");
		return name;
	}
}
