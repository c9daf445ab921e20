package io.github.clearice.model;

import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.task.InputException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads the entries of a model archive, each checked against the manifest's
 * length and SHA-256; allocates no more than the manifest and the heap allow.
 */
final class ModelReader implements AutoCloseable {

	private static final long LARGEST_TEXT = 64L << 20;
	private static final int MOST_ENTRIES = 100_000;
	/** Longer entries are refused if they shrink by more than this factor: the numbers of a network hardly shrink. */
	private static final int MOST_SHRINKING = 64;
	private static final long SUSPICIOUS = 1 << 20;
	private static final String FRESH = " The file is damaged or was altered; get a fresh copy.";

	private final ZipFile zip;
	private final Map<String, CardJson.ManifestLine> lines = new LinkedHashMap<>();
	private long reserved;

	ModelReader(final Path file) {
		if (Files.isDirectory(file)) throw new InputException("Cannot read the model " + file +
			": it is a folder. Name a model file (*.clearice); graphs of other programs are not run.");
		if (Files.notExists(file)) throw new InputException("Cannot read the model " + file +
			": there is no such file. Check the path.");
		// Opening a pipe would wait for ever.
		if (!Files.isRegularFile(file)) throw new InputException("Cannot read the model " + file +
			": it is a pipe or device, not a file. Copy its contents to a file first.");
		try {
			zip = new ZipFile(file.toAbsolutePath().toFile());
		}
		catch (final ZipException e) {
			throw new InputException("Cannot read the model " + file +
				": it is not a complete model archive. Name a model file (*.clearice), or get a fresh copy.", e);
		}
		catch (final IOException e) {
			throw new InputException("Cannot read the model " + file + ": " + e.getMessage() +
				". Check the file's permissions.", e);
		}
		try {
			readManifest();
		}
		catch (final InputException e) {
			close();
			throw new InputException("Cannot read the model " + file + ": " + e.getMessage(), e);
		}
	}

	private void readManifest() {
		if (zip.size() > MOST_ENTRIES) throw new InputException("It has " + zip.size() + " entries." + FRESH);
		final ZipEntry entry = zip.getEntry(ModelWriter.MANIFEST);
		if (entry == null) throw new InputException("It is a zip archive, but no model of ClearIce: graphs of" +
			" other programs are not run.");
		final String text = new String(bytes(entry, bounded(entry.getSize())), StandardCharsets.UTF_8);
		for (final CardJson.ManifestLine line : CardJson.manifest(text)) {
			if (line == null || line.entry() == null || line.sha256() == null || line.bytes() < 0) throw new InputException(
				"Its manifest has a line without name, length or checksum." + FRESH);
			lines.put(line.entry(), line);
		}
	}

	/** Refuses, before the heap is full, to read more than half of it. */
	private void reserve(final long bytes) {
		reserved += bytes;
		final long memory = Runtime.getRuntime().maxMemory();
		if (reserved > memory / 2) throw new InputException("It holds more than " + (reserved >> 20) +
			" MiB, but Java may use " + (memory >> 20) + " MiB. Start Java with a larger -Xmx.");
	}

	boolean has(final String entry) {
		return lines.containsKey(entry);
	}

	String text(final String entry) {
		final CardJson.ManifestLine line = line(entry);
		bounded(line.bytes());
		return new String(checked(line), StandardCharsets.UTF_8);
	}

	byte[] bytes(final String entry) {
		return checked(line(entry));
	}

	/** All arrays of a folder, in the order of the manifest, named by their path below it. */
	List<Weight> arrays(final String folder) {
		final List<Weight> arrays = new ArrayList<>();
		for (final CardJson.ManifestLine line : lines.values()) {
			if (!line.entry().startsWith(folder) || !line.entry().endsWith(ModelWriter.ARRAY_SUFFIX)) continue;
			arrays.add(array(line, line.entry().substring(folder.length(), line.entry().length() - ModelWriter.ARRAY_SUFFIX
				.length())));
		}
		return arrays;
	}

	private Weight array(final CardJson.ManifestLine line, final String name) {
		if (line.shape() == null) throw new InputException("Its array " + name + " has no shape." + FRESH);
		// Multiplied one by one, so that no product overflows.
		long count = 1;
		for (final int length : line.shape()) {
			count = length < 0 ? Long.MAX_VALUE : count * length;
			if (count > Integer.MAX_VALUE / Float.BYTES) throw new InputException("Its array " + name +
				" has an impossible shape." + FRESH);
		}
		if (count * Float.BYTES != line.bytes()) throw new InputException("Its array " + name + " has " + line.bytes() +
			" bytes, but its shape needs " + count * Float.BYTES + "." + FRESH);
		final float[] values = new float[(int) count];
		ByteBuffer.wrap(checked(line)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
		final Weight weight = new Weight(name, line.shape(), values);
		if (!weight.isFinite()) throw new InputException("Its array " + name +
			" holds a value that is not a number. Train the model again, or get a fresh copy.");
		return weight;
	}

	private CardJson.ManifestLine line(final String entry) {
		final CardJson.ManifestLine line = lines.get(entry);
		if (line == null) throw new InputException("It lacks " + entry + "." + FRESH);
		return line;
	}

	private byte[] checked(final CardJson.ManifestLine line) {
		final ZipEntry entry = zip.getEntry(line.entry());
		if (entry == null) throw new InputException("It lacks " + line.entry() + "." + FRESH);
		if (line.bytes() > Integer.MAX_VALUE - 16 || entry.getSize() != line.bytes()) throw new InputException("Its " + line
			.entry() + " has " + entry.getSize() + " bytes instead of " + line.bytes() + "." + FRESH);
		final long packed = entry.getCompressedSize();
		if (line.bytes() > SUSPICIOUS && packed < line.bytes() / MOST_SHRINKING) throw new InputException("Its " + line
			.entry() + " is packed into " + packed + " bytes, but unpacks to " + line.bytes() +
			", as no array of a network does." + FRESH);
		reserve(line.bytes());
		final byte[] bytes = bytes(entry, (int) line.bytes());
		if (!Checksum.sha256(bytes).equals(line.sha256())) throw new InputException("The checksum of its " + line
			.entry() + " is wrong." + FRESH);
		return bytes;
	}

	private byte[] bytes(final ZipEntry entry, final int length) {
		try (InputStream in = zip.getInputStream(entry)) {
			final byte[] bytes = in.readNBytes(length);
			if (bytes.length != length || in.read() >= 0) throw new InputException("Its " + entry.getName() +
				" is not as long as it should be." + FRESH);
			// ZipFile itself does not compare it.
			final CRC32 crc = new CRC32();
			crc.update(bytes);
			if (crc.getValue() != entry.getCrc()) throw new InputException("The checksum of its " + entry.getName() +
				" is wrong." + FRESH);
			return bytes;
		}
		catch (final IOException | IllegalArgumentException e) {
			throw new InputException("Its " + entry.getName() + " cannot be unpacked." + FRESH, e);
		}
	}

	private static int bounded(final long length) {
		if (length < 0 || length > LARGEST_TEXT) throw new InputException("It has a text of " + length + " bytes." + FRESH);
		return (int) length;
	}

	@Override
	public void close() {
		try {
			zip.close();
		}
		catch (final IOException e) {
			throw new InputException("The model file could not be closed: " + e.getMessage() + ". Check the disk.", e);
		}
	}
}
