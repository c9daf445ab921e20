package io.github.clearice.mrc;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

import java.nio.MappedByteBuffer;

/**
 * What was read of a mapped file counts as memory of this process until the system needs it. Batch systems that watch
 * this number would end a program that reads a long stack, so it is given back now and then.
 */
final class MappedMemory {

	/** The system's MADV_DONTNEED: what is looked at afterwards comes from the file again. */
	private static final int NOT_NEEDED = 4;

	/** The functions of the C library. */
	interface CLibrary extends Library {

		int madvise(Pointer address, NativeLong length, int advice);

		int getpagesize();
	}

	private static CLibrary library;
	private static boolean sought;

	private MappedMemory() {}

	/**
	 * Has a mapped part of a file count no longer; other threads may read it meanwhile. Does nothing on Windows, which
	 * does so by itself, and where JNA does not load.
	 */
	static void release(final MappedByteBuffer mapped) {
		final CLibrary c = library();
		if (c == null) return;
		final long first = Pointer.nativeValue(Native.getDirectBufferPointer(mapped)), page = c.getpagesize();
		final long start = (first + page - 1) / page * page, length = first + mapped.capacity() - start;
		if (length > 0) c.madvise(new Pointer(start), new NativeLong(length), NOT_NEEDED);
	}

	private static synchronized CLibrary library() {
		if (sought) return library;
		sought = true;
		try {
			if (!Platform.isWindows()) library = Native.load(Platform.C_LIBRARY_NAME, CLibrary.class);
		}
		catch (final LinkageError e) {
			// The system gives the memory back when it is needed.
			library = null;
		}
		return library;
	}
}
