package io.github.clearice.star;

import io.github.clearice.task.InputException;
import io.github.clearice.task.InputFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The text of tables in chunks. Those of a file that takes more than an eighth of Java's memory are dropped and read
 * again when they are needed; texts that are in no file stay.
 */
final class TextChunks {

	/** Below what garbage collectors treat as huge and round up. */
	static final int CHUNK = 1 << 18;

	/** So many chunks of a file are kept at least, for threads that are at different places of it. */
	private static final int FEWEST = 64;

	private static final class Chunk {

		/** Null while it is only in the file. */
		private volatile byte[] text;
		/** Where it is in the file; below 0 where its text is not as there. */
		private long offset;
		private int length;

		Chunk(final byte[] text, final long offset) {
			this.text = text;
			this.offset = offset;
		}
	}

	private final Path file;
	private final int most;
	private long size;
	private FileTime modified;
	private final List<Chunk> chunks = new ArrayList<>();
	/** Those of the file that are in memory, the longest there first. */
	private final Queue<Chunk> loaded = new ArrayDeque<>();

	/** Texts that are in no file. */
	TextChunks() {
		file = null;
		most = 0;
	}

	/** The text of a file that stays as it is while it is in use. */
	TextChunks(final Path file) throws IOException {
		this(file, (int) Math.max(FEWEST, Runtime.getRuntime().maxMemory() / 8 / CHUNK));
	}

	/** @param most number of chunks to be kept in memory */
	TextChunks(final Path file, final int most) throws IOException {
		this.file = file;
		this.most = most;
		size = Files.size(file);
		modified = Files.getLastModifiedTime(file);
	}

	int size() {
		return chunks.size();
	}

	/** Adds a text that stays in memory. */
	void add(final byte[] text) {
		chunks.add(new Chunk(text, -1));
	}

	/** Adds a text that is being read from the file, from an offset on; it stays until {@link #end} is called. */
	void add(final byte[] text, final long offset) {
		chunks.add(new Chunk(text, offset));
	}

	/** Puts a longer text with the same beginning in the place of the last one. */
	void replaceLast(final byte[] text) {
		chunks.get(chunks.size() - 1).text = text;
	}

	/** The last text has been read: it ends behind so many bytes. */
	void end(final int length) {
		final Chunk chunk = chunks.get(chunks.size() - 1);
		chunk.length = length;
		if (file != null && chunk.offset >= 0) keep(chunk);
	}

	/** The text of a chunk was changed: it cannot be read again. */
	void pin(final int number) {
		chunks.get(number).offset = -1;
	}

	/** The text of a chunk, of which the caller uses what it has added before. */
	byte[] get(final int number) {
		final Chunk chunk = chunks.get(number);
		final byte[] text = chunk.text;
		return text != null ? text : load(chunk);
	}

	private synchronized byte[] load(final Chunk chunk) {
		if (chunk.text != null) return chunk.text;
		// A line break ends the last line, also where the file has none.
		final ByteBuffer buffer = ByteBuffer.allocate(chunk.length + 1);
		try (FileChannel channel = FileChannel.open(file)) {
			if (channel.size() != size || !Files.getLastModifiedTime(file).equals(modified)) throw new InputException(file +
				" was changed while it was in use. Run the command again, and leave the file alone meanwhile.");
			buffer.limit((int) Math.min(chunk.length, size - chunk.offset));
			while (buffer.hasRemaining()) if (channel.read(buffer, chunk.offset + buffer.position()) < 0)
				throw new InputException(file + " has become shorter while it was in use. Run the command again.");
		}
		catch (final IOException e) {
			throw new InputException(file + ": " + InputFile.unreadable(e), e);
		}
		final byte[] text = buffer.array();
		text[buffer.position()] = '\n';
		chunk.text = text;
		keep(chunk);
		return text;
	}

	private synchronized void keep(final Chunk chunk) {
		loaded.add(chunk);
		while (loaded.size() > most) {
			final Chunk oldest = loaded.remove();
			if (oldest.offset >= 0) oldest.text = null;
		}
	}
}
