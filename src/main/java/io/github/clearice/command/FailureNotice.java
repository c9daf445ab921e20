package io.github.clearice.command;

import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;

import ij.IJ;
import ij.Macro;

/** Tells the user why something did not work, and ends the macro that asked for it. */
public final class FailureNotice {

	private FailureNotice() {}

	/**
	 * In a macro, the macro ends with the reason and the line; otherwise a window
	 * shows it. Without a display it is printed.
	 *
	 * @param title the command's label, or who it is that tells
	 * @param reason one line
	 */
	public static void show(final String title, final String reason) {
		final boolean headless = GraphicsEnvironment.isHeadless();
		if (headless) IJ.log(title + ": " + reason);
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
}
