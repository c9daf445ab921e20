package io.github.clearice.model;

import io.github.clearice.model.ModelDenoiser.Options;
import io.github.clearice.network.InferenceNetwork;
import io.github.clearice.task.InputException;
import io.github.clearice.task.Provenance;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.NetworkException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * Keeps the model that was used last ready to run: building its network takes longer than denoising some particles. A
 * file that was replaced in the meantime is read again.
 */
public final class ModelCache {

	private static Entry idle;

	private ModelCache() {}

	/** The current state of a file, and the device of its network. */
	private record Key(Path file, long bytes, FileTime modified, Object inode, Device device, boolean dropout) {

		static Key of(final Path file, final Device device, final Options options) throws IOException {
			final BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
			return new Key(file.toRealPath(), now.size(), now.lastModifiedTime(), now.fileKey(), device, options
				.dropout() != null);
		}
	}

	private record Entry(Key key, ModelCard card, InferenceNetwork network) {}

	/**
	 * Opens a model file, or the same model as the last time. When the denoiser is closed, its network is kept, and that
	 * of another model is closed.
	 *
	 * @throws InputException if the file cannot be read, its weights do not fit its card, or its network lacks a dropout
	 *           that is wanted
	 */
	public static ModelDenoiser open(final Path file, final Device device, final Options options) {
		final Entry entry = find(file, device, options);
		Provenance.uses(String.valueOf(file.getFileName()), Checksum.sha256(file));
		return new ModelDenoiser(String.valueOf(file.getFileName()), entry.card, entry.network, options, network -> keep(
			entry));
	}

	private static Entry find(final Path file, final Device device, final Options options) {
		try {
			final Key key = Key.of(file, device, options);
			final Entry kept = take(key);
			return kept != null ? kept : read(file, key, options);
		}
		catch (final IOException e) {
			// The model reader gives the better error message.
			ModelFile.readForInference(file);
			throw new InputException("Cannot read the model " + file + ": " + e.getMessage(), e);
		}
	}

	private static Entry read(final Path file, final Key key, final Options options) {
		final ModelFile model = ModelFile.readForInference(file);
		try {
			return new Entry(key, model.card(), ModelDenoiser.networkOf(model, key.device, options));
		}
		catch (final NetworkException e) {
			throw new InputException("Cannot use the model " + file + ": " + e.getMessage(), e);
		}
	}

	private static synchronized Entry take(final Key key) {
		if (idle == null || !idle.key.equals(key)) return null;
		final Entry taken = idle;
		idle = null;
		return taken;
	}

	private static void keep(final Entry entry) {
		final Entry before;
		synchronized (ModelCache.class) {
			before = idle;
			idle = entry;
		}
		if (before != null) before.network.close();
	}
}
