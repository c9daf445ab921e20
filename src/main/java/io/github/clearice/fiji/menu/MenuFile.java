package io.github.clearice.fiji.menu;

import io.github.clearice.command.Commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Writes the menu entries for an ImageJ without SciJava, which that reads from a
 * jar in its plugins folder whose name has an underscore. Fiji finds the commands
 * by their annotations, from which this file is made when ClearIce is built.
 */
public final class MenuFile {

	/** The file's name, in the root of the jar. */
	public static final String NAME = "plugins.config";

	private static final String MACRO = ".ijm";

	private MenuFile() {}

	/** @param folders that of the compiled classes, which receives the file, and that of the macros */
	public static void main(final String... folders) throws IOException {
		Files.writeString(Path.of(folders[0], NAME), text(Path.of(folders[1])));
	}

	/** One line for each command, in the order of the menus, and for each macro of a folder. */
	public static String text(final Path macros) throws IOException {
		final StringBuilder text = new StringBuilder();
		for (final Commands.Entry command : Commands.all().values()) {
			final String path = command.menuPath().replace(" > ", ">");
			final int leaf = path.lastIndexOf('>');
			append(text, path.substring(0, leaf), path.substring(leaf + 1), MenuPlugin.class, command.name());
		}
		try (Stream<Path> files = Files.list(macros)) {
			files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(MACRO)).sorted().forEach(name -> {
				final String macro = name.substring(0, name.length() - MACRO.length());
				append(text, "Plugins>ClearIce>Macros", macro.replace('_', ' '), MacroPlugin.class, macro);
			});
		}
		return text.toString();
	}

	private static void append(final StringBuilder text, final String menu, final String label, final Class<?> plugin,
		final String argument)
	{
		text.append(menu).append(", \"").append(label).append("\", ").append(plugin.getName()).append("(\"").append(
			argument).append("\")\n");
	}
}
