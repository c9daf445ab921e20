package io.github.clearice.cli;

import io.github.clearice.command.Commands;
import io.github.clearice.command.HelpText;
import io.github.clearice.command.NearestName;
import io.github.clearice.command.Versions;
import io.github.clearice.task.FailureMessage;
import io.github.clearice.task.FailureMessage.PrintableText;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Provenance;
import io.github.clearice.task.Shutdown;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.worker.EventWriter;
import io.github.clearice.worker.LauncherOutput;
import io.github.clearice.worker.StopRequest;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Runs one verb from the words of a command line.
 * <p>
 * Results go to standard output, progress and the one line of an error to
 * standard error. With {@code progress=json} all of it goes to standard output as
 * events, for a program that watches.
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
	private static final String EVENTS = "progress=json";
	private static final String SCRATCH = "scratch=";

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
		final List<String> all = List.of(words);
		try (NativeLog log = all.contains("verbose=true") || onlyTells(all) ? null : NativeLog.open()) {
			final PrintStream err = log == null ? System.err : log.err();
			final boolean serves = !all.isEmpty() && all.get(0).equals(VerbServer.WORD);
			if (!serves && !all.contains(EVENTS)) return written(System.out, err, new Launcher(System.out, err,
				isTerminal(System.console())).run(words));
			final PrintStream events = new PrintStream(System.out, true, StandardCharsets.UTF_8);
			// Nothing else may come between events.
			System.setOut(err);
			final Launcher launcher = new Launcher(events, err, false);
			if (!serves) return written(events, err, launcher.run(words));
			new VerbServer(launcher, events, scratch(all)).serve(System.in);
			return DONE;
		}
	}

	/** Whether these words ask for help or the version: no native library will say anything, and these come sooner. */
	private static boolean onlyTells(final List<String> words) {
		return words.isEmpty() || HELP.contains(words.get(0)) || VERSION.contains(words.get(0)) || words.size() == 2 && HELP
			.contains(words.get(1));
	}

	/** From Java 22 on there is a console where the output goes to a file, too, and a method that tells. */
	private static boolean isTerminal(final Console console) {
		if (console == null) return false;
		try {
			return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
		}
		catch (final ReflectiveOperationException e) {
			return true;
		}
	}

	/** A code of success is true only where the results have arrived, which a full disk prevents. */
	private static int written(final PrintStream results, final PrintStream err, final int code) {
		if (!results.checkError()) return code;
		err.println("Results could not be written to standard output. Free some space on its disk, or send it elsewhere.");
		return code == DONE ? FAILED : code;
	}

	private static Path scratch(final List<String> words) {
		return words.stream().filter(word -> word.startsWith(SCRATCH)).map(word -> Path.of(word.substring(SCRATCH
			.length()))).findFirst().orElse(null);
	}

	/** Runs {@code verb name=value ...}; returns the exit code. */
	public int run(final String... words) {
		final String verb = words.length == 0 ? "help" : words[0];
		if (HELP.contains(verb)) return help(words);
		if (VERSION.contains(verb)) {
			out.print(Versions.report());
			return DONE;
		}
		return Commands.verbs().containsKey(verb) ? runVerb(verb, words) : unknownVerb(verb);
	}

	private int help(final String[] words) {
		if (words.length < 2) {
			out.print(HelpText.ofAllVerbs());
			return DONE;
		}
		if (!Commands.verbs().containsKey(words[1])) return unknownVerb(words[1]);
		out.print(HelpText.ofVerb(words[1]));
		return DONE;
	}

	private int unknownVerb(final String verb) {
		err.println(PrintableText.of(unknown(verb)));
		return UNKNOWN;
	}

	private static String unknown(final String verb) {
		return "There is no verb '" + verb + "'." + NearestName.question(verb, Commands.verbs().keySet()) +
			" 'clearice help' lists all.";
	}

	private int runVerb(final String verb, final String[] words) {
		if (words.length == 2 && HELP.contains(words[1])) return help(new String[] { words[1], verb });
		final List<String> all = List.of(words);
		if (all.contains(EVENTS)) return run(new EventWriter(out, null), words);
		return run(new TerminalListener(out, all.contains("quiet=true") ? nowhere() : err, live), words);
	}

	/** Runs {@code verb name=value ...} and reports to the output; returns the exit code. */
	int run(final LauncherOutput output, final String... words) {
		// An interrupt asks the work to stop and waits, so that it can keep its model or clean up, and report its end.
		final Shutdown.Work work = Shutdown.begin(() -> stop(output));
		try {
			final int code = execute(output, words);
			output.exit(code);
			return code;
		}
		finally {
			work.close();
		}
	}

	/**
	 * Does the work of a command line that this launcher does in another process, too, without a word.
	 *
	 * @throws io.github.clearice.task.ClearIceException if it cannot be done
	 */
	public static void repeat(final String... words) {
		// Of files that are parts of the work, too.
		Provenance.begin(List.of(words));
		try {
			Series.run(CommandLine.parse(words), new TerminalListener(nowhere(), nowhere(), false));
		}
		catch (final CommandLine.Refusal e) {
			throw new ParameterException(e.getMessage(), e);
		}
	}

	private static PrintStream nowhere() {
		return new PrintStream(PrintStream.nullOutputStream());
	}

	private void stop(final LauncherOutput output) {
		if (InterruptSignal.endsAtOnce() && live) err.println("Stopping. Press Ctrl-C again to end at once.");
		output.request(StopRequest.STOP);
	}

	private int execute(final LauncherOutput output, final String... words) {
		try {
			if (words.length == 0 || !Commands.verbs().containsKey(words[0])) throw new CommandLine.Refusal(UNKNOWN, unknown(
				words.length == 0 ? "" : words[0]));
			Provenance.begin(List.of(words));
			return Series.run(CommandLine.parse(words), output);
		}
		catch (final CommandLine.Refusal e) {
			output.error(e.getMessage(), false);
			err.println(PrintableText.of(e.getMessage()));
			return e.exitCode();
		}
		catch (final RuntimeException | Error e) {
			output.error(FailureMessage.of(e), e instanceof TaskCancelledException);
			err.println(FailureMessage.of(e));
			if (List.of(words).contains("verbose=true")) e.printStackTrace(err);
			return FAILED;
		}
		finally {
			Provenance.begin(List.of());
		}
	}
}
