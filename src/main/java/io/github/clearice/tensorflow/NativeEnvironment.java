package io.github.clearice.tensorflow;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/** Environment variables as native libraries see them, which Java can read but not set. */
final class NativeEnvironment {

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
