package io.github.clearice.cli;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Keeps TensorFlow's remarks about itself out of the terminal.
 * <p>
 * The library writes them to file descriptor 2, past Java, and most cannot be
 * switched off by any setting. While this is open, what reaches that descriptor
 * is read line by line: information is dropped, everything else passed on. Where
 * this cannot be done (Windows), nothing is changed.
 */
final class NativeLog implements AutoCloseable {

	/**
	 * Information lines of TensorFlow's two loggers, the line that announces them, two things that its build for
	 * GPUs takes for errors: that it registers its own parts twice, and that there is no driver, which we say better;
	 * and that it does without an optimisation which cannot join LeakyReLU with the layer before.
	 */
	private static final Pattern CHATTER = Pattern.compile(
		"To enable the following instructions: .*|I\\d{4} \\d\\d:\\d\\d:[\\d.]+ .*|" +
			"\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:[\\d.]+: I (external|tensorflow)/.*|" +
			"WARNING: All log messages before absl::InitializeLog\\(\\) is called are written to STDERR|" +
			".*Unable to register cu(FFT|DNN|BLAS) factory: .*|.*failed call to cuInit: .*|E\\d{4} .* remapper failed: .*");

	private static final int STANDARD_ERROR = 2;
	/** The C library's number for a call that a signal ended early. */
	private static final int INTERRUPTED = 4;

	/** The few functions of the C library that Java lacks. */
	interface CLibrary extends Library {

		int pipe(int[] ends);

		int dup(int descriptor);

		int dup2(int from, int to);

		int close(int descriptor);

		long read(int descriptor, byte[] bytes, long count);

		long write(int descriptor, byte[] bytes, long count);
	}

	private final CLibrary c;
	private final int terminal;
	private final int end;
	private final Thread reader;
	private final PrintStream err;

	private NativeLog(final CLibrary c, final int terminal, final int end) {
		this.c = c;
		this.terminal = terminal;
		this.end = end;
		this.err = new PrintStream(new DescriptorOutput(c, terminal), true);
		this.reader = new Thread(this::passOn, "native-log");
		reader.setDaemon(true);
		reader.start();
	}

	/** Begins to filter; null where this system does not allow it. */
	static NativeLog open() {
		if (Platform.isWindows()) return null;
		try {
			final CLibrary c = Native.load(Platform.C_LIBRARY_NAME, CLibrary.class);
			final int[] ends = new int[2];
			final int terminal = c.dup(STANDARD_ERROR);
			if (terminal < 0 || c.pipe(ends) != 0) return null;
			c.dup2(ends[1], STANDARD_ERROR);
			c.close(ends[1]);
			return new NativeLog(c, terminal, ends[0]);
		}
		catch (final LinkageError e) {
			return null;
		}
	}

	/** Standard error as it was, for our own words. */
	PrintStream err() {
		return err;
	}

	private void passOn() {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(new DescriptorInput(c, end), Charset
			.defaultCharset())))
		{
			String line;
			while ((line = lines.readLine()) != null) if (!CHATTER.matcher(line).matches()) err.println(line);
		}
		catch (final IOException e) {
			err.println("The messages of native libraries could not be read: " + e.getMessage());
		}
	}

	/** Restores standard error after pending output has arrived. */
	@Override
	public void close() {
		c.dup2(terminal, STANDARD_ERROR);
		try {
			reader.join();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		c.close(end);
		err.flush();
		c.close(terminal);
	}

	private static final class DescriptorInput extends InputStream {

		private final CLibrary c;
		private final int descriptor;

		DescriptorInput(final CLibrary c, final int descriptor) {
			this.c = c;
			this.descriptor = descriptor;
		}

		@Override
		public int read() {
			final byte[] one = new byte[1];
			return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(final byte[] bytes, final int offset, final int length) {
			final byte[] got = new byte[length];
			int count;
			do {
				count = (int) c.read(descriptor, got, length);
			}
			while (count < 0 && Native.getLastError() == INTERRUPTED);
			if (count <= 0) return -1;
			System.arraycopy(got, 0, bytes, offset, count);
			return count;
		}
	}

	private static final class DescriptorOutput extends OutputStream {

		private final CLibrary c;
		private final int descriptor;

		DescriptorOutput(final CLibrary c, final int descriptor) {
			this.c = c;
			this.descriptor = descriptor;
		}

		@Override
		public void write(final int b) {
			write(new byte[] { (byte) b }, 0, 1);
		}

		@Override
		public void write(final byte[] bytes, final int offset, final int length) {
			int from = offset;
			while (from < offset + length) {
				final byte[] rest = Arrays.copyOfRange(bytes, from, offset + length);
				final long written = c.write(descriptor, rest, rest.length);
				if (written <= 0) return;
				from += (int) written;
			}
		}
	}
}
