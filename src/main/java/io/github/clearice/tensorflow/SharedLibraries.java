package io.github.clearice.tensorflow;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The dynamic linker of this process: opens libraries by name, as TensorFlow does
 * later, and says in its own words why one does not open. A library that is open
 * already is found by its name wherever it lies.
 */
final class SharedLibraries {

	/** Opens one library. */
	@FunctionalInterface
	interface Opener {

		/**
		 * @param library a name to search for, or an absolute path
		 * @return the linker's reason why it does not open, or null where it did
		 */
		String open(String library);
	}

	/** Functions are looked up when they are first called: dlopen's RTLD_LAZY. */
	private static final int LAZY = 1;

	/** JNA closes libraries that nobody refers to. */
	private static final List<NativeLibrary> OPEN = new ArrayList<>();

	private SharedLibraries() {}

	/** Opens a library for as long as this process lives; see {@link Opener}. */
	static synchronized String open(final String library) {
		try {
			OPEN.add(NativeLibrary.getInstance(library, Map.of(Library.OPTION_OPEN_FLAGS, LAZY)));
			return null;
		}
		catch (final UnsatisfiedLinkError e) {
			// The first attempt is that of the linker with the name as it is; JNA then tries others.
			final Throwable first = e.getSuppressed().length > 0 ? e.getSuppressed()[0] : e;
			return TensorFlowRuntime.firstLine(first);
		}
	}

	/** Environment variables as native libraries see them, which Java can read but not set. */
	static final class NativeEnvironment {

		/** The function of the C library. */
		interface CLibrary extends Library {

			int setenv(String name, String value, int overwrite);
		}

		private NativeEnvironment() {}

		/**
		 * Sets a variable that is not set yet.
		 *
		 * @return whether it is set now: not on Windows, whose libraries read theirs in several ways, nor where JNA does
		 *         not load
		 */
		static boolean setIfAbsent(final String name, final String value) {
			if (Platform.isWindows()) return false;
			try {
				return Native.load(Platform.C_LIBRARY_NAME, CLibrary.class).setenv(name, value, 0) == 0;
			}
			catch (final LinkageError e) {
				return false;
			}
		}
	}
}
