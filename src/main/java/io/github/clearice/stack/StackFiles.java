package io.github.clearice.stack;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcKind;
import io.github.clearice.task.InputException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Many stack files read as one, as when each micrograph has a stack of its own.
 * Opened when they are needed; only so many are open at a time, because an
 * operating system lets a process open about a thousand. Thread-safe.
 */
final class StackFiles implements AutoCloseable {

	private static final int MOST_OPEN = 128;

	private static final class Entry {

		private final MrcFile file;
		private int readers;

		private Entry(final MrcFile file) {
			this.file = file;
		}
	}

	private final MrcKind kind;
	private final List<Path> paths = new ArrayList<>();
	private final Map<Integer, Entry> open = new LinkedHashMap<>(16, 0.75f, true);
	private boolean closed;

	/** @param kind of the files, or null if each header gives its own */
	StackFiles(final MrcKind kind) {
		this.kind = kind;
	}

	/**
	 * Adds a file and opens it to look at its header.
	 *
	 * @return the file, to be asked for its size and not to be kept
	 */
	synchronized MrcFile add(final Path path) {
		paths.add(path);
		final int number = paths.size() - 1;
		final MrcFile file = acquire(number).file;
		release(number);
		return file;
	}

	List<Path> paths() {
		return List.copyOf(paths);
	}

	/** Reads a section of the file that was added as number {@code file}, counted from 0. */
	void read(final int file, final int section, final float[] image) {
		final MrcFile stack = acquire(file).file;
		try {
			stack.readSection(section, image);
		}
		finally {
			release(file);
		}
	}

	private synchronized Entry acquire(final int number) {
		if (closed) throw new InputException(paths.get(number) + " is closed already; open it again.");
		Entry entry = open.get(number);
		if (entry == null) {
			closeIdle(MOST_OPEN - 1);
			final Path path = paths.get(number);
			entry = new Entry(kind == null ? MrcFile.open(path) : MrcFile.open(path, kind));
			open.put(number, entry);
		}
		entry.readers++;
		return entry;
	}

	private synchronized void release(final int number) {
		final Entry entry = open.get(number);
		entry.readers--;
		if (closed) closeIdle(0);
	}

	/** Closes the files that nobody reads, the longest unused first, until so many are left. */
	private void closeIdle(final int left) {
		final Iterator<Entry> entries = open.values().iterator();
		while (open.size() > left && entries.hasNext()) {
			final Entry entry = entries.next();
			if (entry.readers > 0) continue;
			entries.remove();
			entry.file.close();
		}
	}

	/** Closes all files; those being read close when their readers are done. */
	@Override
	public synchronized void close() {
		closed = true;
		closeIdle(0);
	}
}
