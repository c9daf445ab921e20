package io.github.clearice.fiji.ui;

import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;

/** Shows the user why something failed, and ends the macro that called it. */
public final class FailureNotice {

	/** Longest line of the window, which ImageJ makes as wide: a screen may have only 1,280 pixels. */
	private static final int LINE_LENGTH = 90;

	private FailureNotice() {}

	/**
	 * In a macro, the macro ends with the reason and the line; otherwise a window
	 * shows it. Without a display it is one line on standard error.
	 *
	 * @param title the label of the command, or another sender of the message
	 * @param reason one line
	 */
	public static void show(final String title, final String reason) {
		final boolean headless = GraphicsEnvironment.isHeadless();
		// Fiji's exit code is 0 and its log is off without a display: this is all that a batch job sees of a failure.
		if (headless) System.err.println(title + ": " + reason);
		if (headless && !IJ.isMacro()) return;
		try {
			if (isMacroThread()) Interpreter.getInstance().abort(reason);
			else IJ.error(title, headless ? reason : inLines(reason));
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

	/** Broken between words, so that the remedy, which comes last, is on the screen. A path is never broken. */
	static String inLines(final String reason) {
		final StringBuilder lines = new StringBuilder();
		int length = 0;
		for (final String word : reason.split(" ")) {
			final boolean fits = length + word.length() < LINE_LENGTH;
			if (!lines.isEmpty()) lines.append(fits ? ' ' : '\n');
			lines.append(word);
			length = fits ? length + word.length() + 1 : word.length() + 1;
		}
		return lines.toString();
	}

	/** Whether a macro waits for this thread, as in open(): ImageJ's error would let it continue there. */
	private static boolean isMacroThread() {
		return Interpreter.getInstance() != null && StackWalker.getInstance().walk(frames -> frames.anyMatch(frame -> frame
			.getClassName().equals(Interpreter.class.getName())));
	}
}
