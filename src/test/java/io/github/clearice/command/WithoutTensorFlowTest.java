package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.command.verb.TrainCommand;
import io.github.clearice.denoise.FilterParameters;
import io.github.clearice.fiji.menu.HelpCommand;
import io.github.clearice.fiji.menu.MacroOptions;
import io.github.clearice.fiji.menu.ParameterField;
import io.github.clearice.worker.Worker;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

/**
 * In Fiji, TensorFlow is where only the worker sees it: dialogs, help texts, macros and the recorder must work without
 * it.
 */
class WithoutTensorFlowTest {

	/** All classes but those of hidden packages. */
	private static final class PartialClasses extends URLClassLoader {

		static {
			registerAsParallelCapable();
		}

		private final List<String> hidden;

		PartialClasses(final String... hidden) throws IOException {
			super(classPath(), ClassLoader.getPlatformClassLoader());
			this.hidden = List.of(hidden);
		}

		private static URL[] classPath() throws IOException {
			final List<URL> urls = new ArrayList<>();
			for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator)) urls.add(Path.of(entry)
				.toUri().toURL());
			return urls.toArray(new URL[0]);
		}

		@Override
		protected Class<?> findClass(final String name) throws ClassNotFoundException {
			if (hidden.stream().anyMatch(name::startsWith)) throw new ClassNotFoundException(name);
			return super.findClass(name);
		}
	}

	/** Runs the code of a supplier class without TensorFlow on the class path. */
	private static List<?> inFiji(final Class<? extends Supplier<List<String>>> what) throws Exception {
		return without(what, "org.tensorflow.", "org.bytedeco.");
	}

	private static List<?> without(final Class<? extends Supplier<List<String>>> what, final String... hidden)
		throws Exception
	{
		final Thread thread = Thread.currentThread();
		final ClassLoader before = thread.getContextClassLoader();
		try (PartialClasses classes = new PartialClasses(hidden)) {
			thread.setContextClassLoader(classes);
			return (List<?>) ((Supplier<?>) classes.loadClass(what.getName()).getDeclaredConstructor().newInstance()).get();
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	@Test
	void itIsNotThere() throws IOException {
		try (PartialClasses fiji = new PartialClasses("org.tensorflow.")) {
			assertThrows(ClassNotFoundException.class, () -> fiji.loadClass("org.tensorflow.Graph"));
		}
	}

	@Test
	void everyCommandIsAskedForDescribedAndRecorded() throws Exception {
		assertEquals(List.of(), inFiji(EveryCommand.class));
	}

	@Test
	void helpIsComplete() throws Exception {
		final String help = inFiji(Help.class).get(0).toString();
		for (final String verb : Commands.verbs().keySet()) assertTrue(help.contains("\nclearice " + verb + " - "), verb);
	}

	@Test
	void refusesWorkThatNeedsTensorFlowInOneLine() throws Exception {
		final List<?> said = inFiji(NetworkInProcess.class);
		assertEquals(1, said.size());
		assertTrue(said.get(0).toString().matches(
			"A library is missing or of another version \\(org/tensorflow/[\\w/]+\\). " +
				"Install ClearIce again, in Fiji by Help > Update..., and start anew; .*"), said.get(0).toString());
	}

	/** The jar of the launcher has none of Fiji's own classes, of which some of our plugins are a kind. */
	@Test
	void methodsAreListedWhereFijiIsNot() throws Exception {
		assertTrue(without(Methods.class, "net.imagej.").containsAll(List.of("general", "halving")));
	}

	/** The denoising methods, those of other libraries included. */
	public static final class Methods implements Supplier<List<String>> {

		@Override
		public List<String> get() {
			return FilterParameters.methods();
		}
	}

	/** Runs every stage of a command except its work; supplies the errors found. */
	public static final class EveryCommand implements Supplier<List<String>> {

		@Override
		public List<String> get() {
			final List<String> wrong = new ArrayList<>();
			Commands.all().forEach((name, entry) -> {
				try {
					ask(entry.create());
					if (Commands.verbs().containsKey(name)) HelpText.ofVerb(name);
				}
				catch (final LinkageError e) {
					wrong.add(name + ": " + e);
				}
			});
			return wrong;
		}

		private static void ask(final ClearIceCommand command) {
			final ClearIceCommand fresh = command.fresh();
			CommandParameter.bySection(command.getClass()).values().forEach(section -> section.forEach(parameter -> {
				new ParameterField(parameter, command).text();
				parameter.defaultText(fresh);
				parameter.set(command, parameter.hasValue(fresh) ? parameter.defaultText(fresh) : "");
			}));
			MacroOptions.of(command);
			command.usesNetwork();
			command.outputs();
		}
	}

	/** ClearIce Help, run. */
	public static final class Help implements Supplier<List<String>> {

		@Override
		public List<String> get() {
			final ClearIceCommand help = new HelpCommand();
			help.run();
			return List.of(String.valueOf(help.report()));
		}
	}

	/** A training in the process that has no TensorFlow; supplies its refusal. */
	public static final class NetworkInProcess implements Supplier<List<String>> {

		@Override
		public List<String> get() {
			final String before = System.setProperty(Worker.WANTED, "false");
			try {
				final ClearIceCommand command = new TrainCommand();
				MacroOptions.parse("map=sample-data/betagal_5a1a_64_4A.mrc model=never.clearice", command);
				command.run();
				return List.of(String.valueOf(command.getCancelReason()));
			}
			finally {
				if (before == null) System.clearProperty(Worker.WANTED);
				else System.setProperty(Worker.WANTED, before);
			}
		}
	}
}
