package io.github.clearice.command;

import io.github.clearice.task.ClearIceException;

import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.io.UncheckedIOException;

import ij.IJ;
import ij.Macro;

/** Tells the user why something did not work, and ends the macro that asked for it. */
public final class FailureNotice {

	private FailureNotice() {}

	/**
	 * In a macro, the macro ends with the reason and the line; otherwise a window
	 * shows it. Without a display it is one line on standard error.
	 *
	 * @param title the command's label, or who it is that tells
	 * @param reason one line
	 */
	public static void show(final String title, final String reason) {
		final boolean headless = GraphicsEnvironment.isHeadless();
		// Fiji's exit code is 0 and its log is off without a display: this is all that a batch job sees of a failure.
		if (headless) System.err.println(title + ": " + reason);
		if (headless && !IJ.isMacro()) return;
		try {
			IJ.error(title, reason);
		}
		catch (final HeadlessException e) {
			// Plain ImageJ has ended the macro by then, and only misses the window for the message.
			IJ.log(title + ": the macro was ended.");
		}
		catch (final RuntimeException e) {
			// This is how ImageJ leaves a macro from within; the command is at its end anyway.
			if (!Macro.MACRO_CANCELED.equals(e.getMessage())) throw e;
		}
	}

	/** What to tell of any failure, in one line: what is wrong, where, and what to do. */
	static String oneLine(final Throwable failure) {
		return sentence(failure).replaceAll("\\s*\\R\\s*", " ");
	}

	private static String sentence(final Throwable failure) {
		if (failure instanceof OutOfMemoryError) return "There is not enough memory (" + Runtime.getRuntime().maxMemory() /
			(1 << 20) + " MiB allowed). Give Java more, by Edit > Options > Memory & Threads... in ImageJ or for example" +
			" JAVA_TOOL_OPTIONS=-Xmx8g in a terminal, or use a smaller box.";
		if (failure instanceof LinkageError) return "A library is missing or of another version (" + failure.getMessage() +
			"). Install ClearIce again, in Fiji by Help > Update..., and start anew; in a terminal, allow more open files too" +
			" (ulimit -n 1024).";
		return isMeant(failure) ? failure.getMessage() : "Unexpected failure: " + failure +
			". Please report it with the lines that the Console shows, or a terminal with verbose=true.";
	}

	/** Whether the message was written for users. */
	static boolean isMeant(final Throwable failure) {
		return failure instanceof ClearIceException || failure instanceof UncheckedIOException ||
			failure instanceof IllegalArgumentException && failure.getMessage() != null;
	}
}
