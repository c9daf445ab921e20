package io.github.clearice.model;

import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.task.OutputException;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the entries of a model archive and, last, their manifest. */
final class ModelWriter implements AutoCloseable {

	static final String MANIFEST = "manifest.json";
	static final String ARRAY_SUFFIX = ".f32";

	/** Entries carry no time of their own: equal models are equal files. */
	private static final FileTime NO_TIME = FileTime.fromMillis(0);

	private final Path target;
	private final ZipOutputStream zip;
	private final List<CardJson.ManifestLine> manifest = new ArrayList<>();

	/**
	 * @param file to write to
	 * @param target its name in error messages
	 */
	ModelWriter(final Path file, final Path target) {
		this.target = target;
		try {
			zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
		}
		catch (final IOException e) {
			throw OutputException.of(target, e);
		}
		// Weights hardly shrink: speed counts.
		zip.setLevel(Deflater.NO_COMPRESSION);
	}

	void text(final String entry, final String text) {
		listed(entry, text.getBytes(StandardCharsets.UTF_8), null);
	}

	void bytes(final String entry, final byte[] bytes) {
		listed(entry, bytes, null);
	}

	void array(final String folder, final Weight array) {
		final ByteBuffer buffer = ByteBuffer.allocate(array.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		buffer.asFloatBuffer().put(array.values());
		listed(folder + array.name() + ARRAY_SUFFIX, buffer.array(), array.shape());
	}

	/** Writes the manifest; nothing may follow. */
	void finish() {
		put(MANIFEST, CardJson.text(manifest).getBytes(StandardCharsets.UTF_8));
	}

	private void listed(final String entry, final byte[] bytes, final int[] shape) {
		manifest.add(new CardJson.ManifestLine(entry, bytes.length, Checksum.sha256(bytes), shape));
		put(entry, bytes);
	}

	private void put(final String name, final byte[] bytes) {
		final ZipEntry entry = new ZipEntry(name);
		entry.setLastModifiedTime(NO_TIME);
		try {
			zip.putNextEntry(entry);
			zip.write(bytes);
			zip.closeEntry();
		}
		catch (final IOException e) {
			throw OutputException.of(target, e);
		}
	}

	@Override
	public void close() {
		try {
			zip.close();
		}
		catch (final IOException e) {
			throw OutputException.of(target, e);
		}
	}
}
