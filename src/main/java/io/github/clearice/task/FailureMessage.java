package io.github.clearice.task;

import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;

/** What users are told of failures: one line each, whatever was thrown. */
public final class FailureMessage {

	private FailureMessage() {}

	/** What to tell of any failure, in one line: what is wrong, where, and what to do. */
	public static String of(final Throwable failure) {
		return PrintableText.of(sentence(failure).replaceAll("\\s*\\R\\s*", " "));
	}

	private static String sentence(final Throwable failure) {
		if (failure instanceof OutOfMemoryError) return "There is not enough memory (" + Runtime.getRuntime().maxMemory() /
			(1 << 20) + " MiB allowed). Give Java more, by Edit > Options > Memory & Threads... in ImageJ or for example" +
			" JAVA_TOOL_OPTIONS=-Xmx8g in a terminal, or use a smaller box.";
		if (failure instanceof LinkageError) return "A library is missing or of another version (" + failure.getMessage() +
			"). Install ClearIce again, in Fiji by Help > Update..., and start anew; in a terminal, allow more open files" +
			" too" +
			" (ulimit -n 1024).";
		if (failure instanceof InvalidPathException path) return InputFile.invalid(path);
		return isMeant(failure) ? failure.getMessage() : "Unexpected failure: " + failure +
			". Please report it with the lines that the Console shows, or a terminal with verbose=true.";
	}

	/** Whether the message was written for users. */
	public static boolean isMeant(final Throwable failure) {
		return failure instanceof ClearIceException || failure instanceof UncheckedIOException ||
			failure instanceof IllegalArgumentException && failure.getMessage() != null;
	}
}
