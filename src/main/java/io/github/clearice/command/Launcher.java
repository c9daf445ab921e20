package io.github.clearice.command;

import io.github.clearice.task.ClearIceException;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs one verb from the words of a command line.
 * <p>
 * Results go to standard output, progress and the one line of an error to
 * standard error.
 */
public final class Launcher {

	/** Everything was done. */
	public static final int DONE = 0;
	/** The work was refused or failed; one line says why. */
	public static final int FAILED = 1;
	/** There is no such verb or parameter. */
	public static final int UNKNOWN = 2;

	private static final Set<String> HELP = Set.of("help", "--help", "-h");
	private static final Set<String> VERSION = Set.of("version", "--version");
	private static final long SECONDS_TO_STOP = 60;

	private final PrintStream out;
	private final PrintStream err;
	private final boolean live;

	/** @param live whether standard error is a terminal that can overwrite its last line */
	public Launcher(final PrintStream out, final PrintStream err, final boolean live) {
		this.out = out;
		this.err = err;
		this.live = live;
	}

	/** Runs a command line in this process's terminal; returns the exit code. */
	public static int runInTerminal(final String... words) {
		final boolean unfiltered = List.of(words).contains("verbose=true");
		try (NativeLog log = unfiltered ? null : NativeLog.open()) {
			return new Launcher(System.out, log == null ? System.err : log.err(), System.console() != null).run(words);
		}
	}

	/** Runs {@code verb name=value ...}; returns the exit code. */
	public int run(final String... words) {
		final String verb = words.length == 0 ? "help" : words[0];
		if (HELP.contains(verb)) return help(words);
		if (VERSION.contains(verb)) {
			out.print(Versions.report());
			return DONE;
		}
		return Verbs.all().containsKey(verb) ? runVerb(verb, words) : unknownVerb(verb);
	}

	private int help(final String[] words) {
		if (words.length < 2) {
			out.print(HelpText.ofAllVerbs());
			return DONE;
		}
		if (!Verbs.all().containsKey(words[1])) return unknownVerb(words[1]);
		out.print(HelpText.ofVerb(words[1]));
		return DONE;
	}

	private int unknownVerb(final String verb) {
		err.println("There is no verb '" + verb + "'. Did you mean '" + NearestName.of(verb, Verbs.all().keySet()) +
			"'? 'clearice help' lists all.");
		return UNKNOWN;
	}

	private int runVerb(final String verb, final String[] words) {
		if (words.length == 2 && HELP.contains(words[1])) return help(new String[] { words[1], verb });
		final ClearIceCommand command = Verbs.all().get(verb).get();
		final Map<String, CommandParameter> parameters = new LinkedHashMap<>();
		for (final CommandParameter parameter : CommandParameter.of(command.getClass())) {
			parameters.put(parameter.name(), parameter);
		}
		final Map<String, String> given = new LinkedHashMap<>();
		for (int i = 1; i < words.length; i++) {
			final int equals = words[i].indexOf('=');
			if (equals < 1) {
				err.println("'" + words[i] + "' is no parameter. Write name=value; 'clearice help " + verb +
					"' lists the names.");
				return UNKNOWN;
			}
			final String name = words[i].substring(0, equals);
			if (given.put(name, words[i].substring(equals + 1)) != null) {
				err.println("The parameter " + name + "= is given twice. Give it once.");
				return FAILED;
			}
		}
		final boolean verbose = Boolean.parseBoolean(given.remove("verbose"));
		final boolean quiet = Boolean.parseBoolean(given.remove("quiet"));
		for (final String name : given.keySet()) {
			if (parameters.containsKey(name)) continue;
			final List<String> names = new ArrayList<>(parameters.keySet());
			names.add("verbose");
			names.add("quiet");
			err.println("The verb " + verb + " has no parameter '" + name + "'. Did you mean '" + NearestName.of(name,
				names) + "'? 'clearice help " + verb + "' lists all.");
			return UNKNOWN;
		}
		return execute(command, given, parameters, verbose, quiet);
	}

	private int execute(final ClearIceCommand command, final Map<String, String> given,
		final Map<String, CommandParameter> parameters, final boolean verbose, final boolean quiet)
	{
		final TerminalListener listener = new TerminalListener(quiet ? new PrintStream(PrintStream.nullOutputStream())
			: err, live);
		final CountDownLatch finished = new CountDownLatch(1);
		// An interrupt asks the work to stop and waits, so that it can keep its model or clean up.
		final Thread interrupt = new Thread(() -> {
			listener.cancel();
			try {
				finished.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}, "stop-on-interrupt");
		Runtime.getRuntime().addShutdownHook(interrupt);
		try {
			for (final Map.Entry<String, String> parameter : given.entrySet()) {
				parameters.get(parameter.getKey()).set(command, parameter.getValue());
			}
			command.execute(listener);
			listener.end();
			if (command.report() != null) out.println(command.report());
			return command.exitCode();
		}
		catch (final RuntimeException | Error e) {
			listener.end();
			err.println(oneLine(e));
			if (verbose) e.printStackTrace(err);
			return FAILED;
		}
		finally {
			finished.countDown();
			removeHook(interrupt);
		}
	}

	private static String oneLine(final Throwable e) {
		if (e instanceof OutOfMemoryError) return "There is not enough memory (" + Runtime.getRuntime().maxMemory() /
			(1 << 20) + " MiB allowed). Give Java more, for example JAVA_TOOL_OPTIONS=-Xmx8g, or use a smaller box.";
		final boolean meant = e instanceof ClearIceException || e instanceof UncheckedIOException ||
			e instanceof IllegalArgumentException && e.getMessage() != null;
		final String message = meant ? e.getMessage() : "Unexpected failure: " + e +
			". Please report it with what verbose=true prints.";
		return message.replaceAll("\\s*\\R\\s*", " ");
	}

	private static void removeHook(final Thread hook) {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (final IllegalStateException alreadyStopping) {
			// The interrupt is what ended the work; the hook is running and about to return.
		}
	}
}
