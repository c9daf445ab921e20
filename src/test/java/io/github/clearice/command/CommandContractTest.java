package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fiji.menu.MenuFile;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.plugin.Plugin;

/** The contract with macros, headless runs and the launcher, for every command. */
class CommandContractTest {

	private static final Map<String, String> LABELS = Map.ofEntries(Map.entry("map", "Map from Structure..."), Map.entry(
		"simulate", "Simulate Particles..."), Map.entry("micrograph", "Simulate Micrographs..."), Map.entry("pick",
			"Pick Particles..."), Map.entry("mask", "Make Mask..."), Map.entry("prepare", "Prepare Particles..."), Map.entry(
				"train", "Train Denoiser..."), Map.entry("denoise", "Denoise..."), Map.entry("evaluate", "Evaluate..."), Map
					.entry("contamination", "Contamination Test..."), Map.entry("trust", "Trust Report..."), Map.entry("cluster",
						"Cluster Conformations..."), Map.entry("reconstruct", "Reconstruct..."), Map.entry("fsc",
							"Compare Volumes (FSC)..."), Map.entry("pose", "Match Poses..."), Map.entry("refine", "Refine..."), Map
								.entry("halves", "Split-Half Test..."), Map.entry("validate", "Validate MRC..."), Map.entry(
									"experiment", "Reproduce Published Figures..."), Map.entry("info", "File Information..."), Map.entry(
										"device", "Device Report"), Map.entry("demo", "Demo"), Map
											.entry("export", "Export Model..."), Map.entry("card", "Model Card..."));

	/** Commands that exist in Fiji only, by their names in plugins.config. */
	private static final Map<String, String> MENU_PATHS = Map.of("import", "File>Import>MRC Stack (virtual)...", "save",
		"File>Save As>MRC...", "samplemap", "File>Open Samples>ClearIce>Map of Beta-Galactosidase", "sampleparticles",
		"File>Open Samples>ClearIce>Particles of Beta-Galactosidase", "help", "Plugins>ClearIce>ClearIce Help", "window",
		"Plugins>ClearIce>Training Window", "cite", "Plugins>ClearIce>Cite ClearIce");

	private static final Set<Class<?>> TYPES = Set.of(File.class, String.class, Integer.class, Long.class, Double.class,
		Boolean.class);

	static Stream<String> verbs() {
		return Commands.verbs().keySet().stream();
	}

	static Stream<String> commands() {
		return Commands.all().keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("commands")
	void standsInTheMenuAndRunsHeadless(final String name) {
		final Plugin plugin = Commands.all().get(name).plugin();
		assertEquals(MENU_PATHS.getOrDefault(name, "Plugins>ClearIce>" + LABELS.get(name)), menuPath(name));
		assertEquals(plugin.menu()[plugin.menu().length - 1].label(), plugin.label());
		assertTrue(plugin.headless());
		assertFalse(plugin.description().isBlank());
	}

	private static String menuPath(final String name) {
		return Commands.all().get(name).menuPath().replace(" > ", ">");
	}

	/** ImageJ's Executer runs the command before, or undoes, or ends, where a label begins like that. */
	@ParameterizedTest
	@MethodSource("commands")
	void noLabelIsTakenForACommandOfImageJ(final String name) {
		final String label = Commands.all().get(name).plugin().label();
		for (final String reserved : List.of("Repeat", "Undo", "Redo", "Quit", "Close", "Duplicate Image", "Revert",
			"New...", "Open", "Save"))
			assertFalse(label.startsWith(reserved), label);
	}

	/** Fiji sorts items without a weight, or with equal weights, alphabetically. */
	@Test
	void eachCommandHasItsOwnPlaceInTheMenus() {
		assertEquals(Commands.all().size(), Commands.all().values().stream().map(Commands.Entry::weight).distinct()
			.count());
	}

	/** Fiji reads a plugins.config of any jar and would have each command twice. */
	@Test
	void menusOfAnImageJWithoutSciJavaAreInItsOwnJarAlone() throws IOException {
		final String pom = Files.readString(Path.of("pom.xml"));
		final String main = pom.substring(pom.indexOf("<id>default-jar</id>"), pom.indexOf("<id>imagej-jar</id>"));
		assertTrue(main.contains("<exclude>plugins.config</exclude>"));
		assertTrue(pom.substring(pom.indexOf("<id>imagej-jar</id>")).contains("<include>plugins.config</include>"));
	}

	@ParameterizedTest
	@MethodSource("commands")
	void parametersSuitMacros(final String verb) {
		final Set<String> names = new HashSet<>();
		for (final CommandParameter parameter : CommandParameter.of(Commands.all().get(verb).create().getClass())) {
			final String name = verb + " " + parameter.name();
			assertTrue(parameter.name().matches("[a-z]+[0-9]*"), name + " is one lower-case word");
			assertTrue(names.add(parameter.name()), name + " is unique");
			assertTrue(TYPES.contains(parameter.type()), name + " is of a type that dialogs and macros know");
			assertFalse(parameter.persisted(), name + " must not leak from one run to the next");
			assertFalse(parameter.label().isBlank(), name + " has a label");
			assertFalse(parameter.description().isBlank(), name + " has a description");
			assertTrue(parameter.description().endsWith("."), name + " is described in sentences");
		}
	}

	@ParameterizedTest
	@MethodSource("commands")
	void firstChoiceIsTheDefaultOrEmpty(final String name) {
		final ClearIceCommand fresh = Commands.all().get(name).create();
		for (final CommandParameter parameter : CommandParameter.of(fresh.getClass())) {
			if (parameter.choices().isEmpty()) continue;
			final String what = name + " " + parameter.name();
			assertEquals(String.class, parameter.type(), what + " shows its default in Fiji only as a text");
			if (parameter.hasValue(fresh)) assertTrue(parameter.choices().contains(parameter.text(fresh)), what);
		}
	}

	@ParameterizedTest
	@MethodSource("commands")
	void outputsAreMarkedAsSuch(final String name) {
		for (final CommandParameter parameter : CommandParameter.of(Commands.all().get(name).create().getClass())) {
			if (parameter.resultEnding() != null) assertTrue(parameter.isOutput() && !parameter.required(), name + " " +
				parameter.name());
			if (parameter.takesImages()) assertFalse(parameter.isOutput(), name + " " + parameter.name());
			if (parameter.takesActiveImage()) assertFalse(parameter.mustBeGiven(), name + " " + parameter.name() +
				" is the active image where it is left out");
		}
	}

	@ParameterizedTest
	@MethodSource("commands")
	void standsInTheMenuOfAnImageJWithoutSciJava(final String name) throws IOException {
		final int leaf = menuPath(name).lastIndexOf('>');
		final String line = menuPath(name).substring(0, leaf) + ", \"" + Commands.all().get(name).plugin().label() +
			"\", io.github.clearice.fiji.menu.MenuPlugin(\"" + name + "\")";
		assertTrue(MenuFile.text(Path.of("macros")).lines().toList().contains(line), "there is no line " + line);
	}

	@ParameterizedTest
	@MethodSource("commands")
	void numbersThatMayBeLeftOutCanBeTold(final String verb) {
		final ClearIceCommand fresh = Commands.all().get(verb).create();
		for (final CommandParameter parameter : CommandParameter.of(fresh.getClass())) {
			final boolean number = Number.class.isAssignableFrom(parameter.type());
			if (number && !parameter.required() && !parameter.hasValue(fresh)) assertTrue(parameter.canBeZero(), verb + " " +
				parameter.name() + " would silently become its least value");
		}
	}

	@Test
	void sciJavaFindsEveryCommand() {
		try (Context context = new Context(CommandService.class)) {
			final Set<String> found = new HashSet<>();
			for (final CommandInfo info : context.service(CommandService.class).getCommands()) {
				if (info.getDelegateClassName().startsWith("io.github.clearice.")) found.add(info.getLabel());
			}
			final Set<String> expected = new HashSet<>(LABELS.values());
			for (final String path : MENU_PATHS.values()) expected.add(path.substring(path.lastIndexOf('>') + 1));
			assertEquals(expected, found);
		}
	}

	/** Another jar's index names a command of SciJava, which is no verb of ours. */
	@Test
	void commandsOfOthersAreNoVerbs(@TempDir final Path others) throws Exception {
		final Path index = others.resolve("META-INF/json/" + Plugin.class.getName());
		Files.createDirectories(index.getParent());
		Files.writeString(index, "{\"class\":\"org.example.Foreign\",\"values\":{\"name\":\"foreign\"," +
			"\"menu\":[{\"label\":\"Foreign\",\"weight\":1.0}],\"type\":\"org.scijava.command.Command\"}}");
		final List<URL> urls = new ArrayList<>(List.of(others.toUri().toURL()));
		for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator)) urls.add(Path.of(entry)
			.toUri().toURL());
		try (URLClassLoader loader = new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
			assertEquals(index.toUri().toURL(), loader.getResources("META-INF/json/" + Plugin.class.getName()).nextElement());
			final Map<?, ?> all = (Map<?, ?>) loader.loadClass(Commands.class.getName()).getMethod("all").invoke(null);
			assertEquals(new ArrayList<>(Commands.all().keySet()), new ArrayList<>(all.keySet()));
		}
	}

	@Test
	void theListOfVerbsLoadsNoCommand() throws Exception {
		final Process help = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Xlog:class+load", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
			"io.github.clearice.ClearIce", "help").redirectErrorStream(true).start();
		final String loaded = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertTrue(loaded.contains(" " + Commands.class.getName() + " "), loaded);
		for (final Commands.Entry entry : Commands.all().values())
			assertFalse(loaded.contains(" " + entry.className() + " "), entry.className());
	}
}
