package io.github.clearice.command;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.scijava.annotations.Index;
import org.scijava.annotations.IndexItem;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/**
 * All commands of ClearIce, as their {@code @Plugin} annotations declare them.
 * <p>
 * They are read from the index that SciJava's annotation processor writes when
 * ClearIce is compiled, so that a class is loaded only when its command is made.
 * Other programs' commands are in other indexes and never appear here.
 */
public final class Commands {

	/** The attribute of a command that is in ImageJ's menus alone and no verb of the launcher. */
	public static final String MENU_ONLY = "menu-only";

	private static final Map<String, Entry> ALL = read();

	/** A command whose class need not be loaded. */
	public record Entry(Plugin plugin, String className) {

		/** One word: the verb, where the command is one. */
		public String name() {
			return plugin.name();
		}

		/** Whether the launcher runs it. */
		public boolean isVerb() {
			return Arrays.stream(plugin.attrs()).noneMatch(attribute -> attribute.name().equals(MENU_ONLY));
		}

		/** The path in the menus, such as {@code Plugins > ClearIce > Denoise...}. */
		public String menuPath() {
			return Arrays.stream(plugin.menu()).map(Menu::label).collect(Collectors.joining(" > "));
		}

		/** Its place in the menus, and among the verbs. */
		double weight() {
			return plugin.menu()[plugin.menu().length - 1].weight();
		}

		/** A command with all its defaults. */
		public ClearIceCommand create() {
			try {
				return Class.forName(className).asSubclass(ClearIceCommand.class).getDeclaredConstructor().newInstance();
			}
			catch (final ReflectiveOperationException e) {
				throw new IllegalStateException(e);
			}
		}
	}

	/** A view of the class path on which only ClearIce's own index can be seen. */
	private static final class OwnIndex extends ClassLoader {

		OwnIndex() {
			super(Commands.class.getClassLoader());
		}

		@Override
		public Enumeration<URL> getResources(final String name) throws IOException {
			final String path = Commands.class.getName().replace('.', '/') + ".class";
			final String here = getParent().getResource(path).toString();
			final String root = here.substring(0, here.length() - path.length());
			return Collections.enumeration(Collections.list(super.getResources(name)).stream().filter(url -> url.toString()
				.startsWith(root)).toList());
		}
	}

	private Commands() {}

	private static Map<String, Entry> read() {
		final List<Entry> entries = new ArrayList<>();
		for (final IndexItem<Plugin> item : Index.load(Plugin.class, new OwnIndex())) {
			// Entries without a name are plugins of another kind.
			if (!item.annotation().name().isEmpty()) entries.add(new Entry(item.annotation(), item.className()));
		}
		if (entries.isEmpty()) throw new IllegalStateException("The index of ClearIce's commands is missing.");
		entries.sort(Comparator.comparingDouble(Entry::weight));
		final Map<String, Entry> all = new LinkedHashMap<>();
		entries.forEach(entry -> all.put(entry.name(), entry));
		return Collections.unmodifiableMap(all);
	}

	/** All commands by their names, in the order of the menus. */
	public static Map<String, Entry> all() {
		return ALL;
	}

	/** The verbs of the launcher by their names, in the order of the work. */
	public static Map<String, Entry> verbs() {
		final Map<String, Entry> verbs = new LinkedHashMap<>(ALL);
		verbs.values().removeIf(entry -> !entry.isVerb());
		return verbs;
	}
}
