package io.github.clearice.task;

import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;

/** The messages for users about failures: one line for any exception. */
public final class FailureMessage {

	private FailureMessage() {}

	/** The one-line message for any failure: what is wrong, where, and what to do. */
	public static String of(final Throwable failure) {
		return PrintableText.of(sentence(failure).replaceAll("\\s*\\R\\s*", " "));
	}

	private static String sentence(final Throwable failure) {
		if (failure instanceof OutOfMemoryError) return "There is not enough memory (" + Runtime.getRuntime().maxMemory() /
			(1 << 20) + " MiB allowed). Give Java more, by Edit > Options > Memory & Threads... in ImageJ or for example" +
			" JAVA_TOOL_OPTIONS=-Xmx8g in a terminal, or use a smaller box.";
		if (failure instanceof LinkageError) return "A library is missing or of another version (" + failure.getMessage() +
			"). Install ClearIce again, in Fiji by Help > Update..., and start anew; in a terminal, allow more open files" +
			" too (ulimit -n" +
			" 1024).";
		if (failure instanceof InvalidPathException path) return InputFile.invalid(path);
		return isMeant(failure) ? failure.getMessage() : "Unexpected failure: " + failure +
			". Please report it with the lines that the Console shows, or a terminal with verbose=true.";
	}

	/** Whether the message was written for users. */
	public static boolean isMeant(final Throwable failure) {
		return failure instanceof ClearIceException || failure instanceof UncheckedIOException ||
			failure instanceof IllegalArgumentException && failure.getMessage() != null;
	}

	/** Text of files, such as cells of tables and cards of models, for a terminal or a window. */
	public static final class PrintableText {

		private PrintableText() {}

		/**
		 * The text with a question mark for each character that would steer a terminal or turn the direction of writing,
		 * and for each that is none. Tabs and line breaks stay.
		 */
		public static String of(final String text) {
			StringBuilder changed = null;
			for (int at = 0; at < text.length();) {
				final int code = text.codePointAt(at), length = Character.charCount(code);
				if (!isPrintable(code)) {
					if (changed == null) changed = new StringBuilder(text.substring(0, at));
					changed.append('?');
				}
				else if (changed != null) changed.appendCodePoint(code);
				at += length;
			}
			return changed == null ? text : changed.toString();
		}

		private static boolean isPrintable(final int code) {
			if (code == '\n' || code == '\t') return true;
			final int type = Character.getType(code);
			return type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE &&
				type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR;
		}
	}
}
