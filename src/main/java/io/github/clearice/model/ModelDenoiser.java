package io.github.clearice.model;

import io.github.clearice.network.Device;
import io.github.clearice.network.InferenceNetwork;
import io.github.clearice.network.NetworkException;
import io.github.clearice.particle.Denoiser;
import io.github.clearice.particle.ParticleStack;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Denoises particles with a trained model, on their own scale. The result for an
 * image does not depend on the others of its batch.
 */
public final class ModelDenoiser implements Denoiser {

	/** Pixel sizes may differ by this share from that of the training: magnification is rarely known better than 1 %. */
	public static final double PIXEL_SIZE_TOLERANCE = 0.02;

	/** Pixels of a batch: enough to keep all cores busy, few enough to stay in 100 MB. */
	private static final int BATCH_PIXELS = 64 * 128 * 128;
	private static final int LARGEST_BATCH = 64;

	private final String name;
	private final ModelCard card;
	private final InferenceNetwork network;

	/**
	 * Opens a model file.
	 *
	 * @throws ModelException if the file cannot be read or its weights do not fit its card
	 */
	public static ModelDenoiser open(final Path file, final Device device) {
		final ModelFile model = ModelFile.readForInference(file);
		try {
			return new ModelDenoiser(String.valueOf(file.getFileName()), model, device);
		}
		catch (final NetworkException e) {
			throw new ModelException("Cannot use the model " + file + ": " + e.getMessage(), e);
		}
	}

	/** @param name what tables and messages call the model */
	public ModelDenoiser(final String name, final ModelFile model, final Device device) {
		this.name = name;
		this.card = model.card();
		this.network = new InferenceNetwork(card.network(), card.box(), model.weights(), device);
	}

	@Override
	public String name() {
		return name;
	}

	public ModelCard card() {
		return card;
	}

	/**
	 * Checks box and pixel size.
	 *
	 * @throws ModelException if the stack has another box, or a pixel size that differs by more than
	 *           {@link #PIXEL_SIZE_TOLERANCE}
	 */
	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		if (noisy.box() != card.box()) throw new ModelException(noisy.name() + " has boxes of " + noisy.box() +
			" pixels, but the model " + name + " was trained on boxes of " + card.box() +
			". Crop, pad or rescale the particles to " + card.box() + " pixels, or train a model for " + noisy.box() + ".");
		if (card.pixelSizeAngstrom() == null) return;
		final double trained = card.pixelSizeAngstrom();
		final double given = noisy.pixelSizeAngstrom();
		if (Double.isNaN(given)) {
			listener.message(String.format(Locale.ROOT,
				"Warning: %s does not state its pixel size; the model %s was trained at %.4g Å and suits no other.", noisy
					.name(), name, trained));
		}
		else if (Math.abs(given - trained) > PIXEL_SIZE_TOLERANCE * trained) {
			throw new ModelException(String.format(Locale.ROOT,
				"%s has a pixel size of %.4g Å, but the model %s was trained at %.4g Å (tolerance %.0f %%)." +
					" Rescale the particles to %.4g Å, correct a wrong header, or train a model for %.4g Å.",
				noisy.name(), given, name, trained, 100 * PIXEL_SIZE_TOLERANCE, trained, given));
		}
	}

	@Override
	public int batchSize() {
		return Math.max(1, Math.min(LARGEST_BATCH, BATCH_PIXELS / (card.box() * card.box())));
	}

	/** @throws ModelException if an image is not of the model's box or holds NaN or infinite pixels */
	@Override
	public void denoise(final float[][] noisy, final float[][] denoised) {
		final int pixels = card.box() * card.box();
		final float[] input = new float[noisy.length * pixels];
		final ImageScale[] scales = new ImageScale[noisy.length];
		ParallelLoop.run(noisy.length, 8, thread -> i -> {
			final float[] image = noisy[(int) i];
			if (image.length != pixels) throw new ModelException("An image has " + image.length +
				" pixels, but the model " + name + " wants boxes of " + card.box() + " pixels.");
			scales[(int) i] = ImageScale.of(image);
			if (!scales[(int) i].isFinite()) throw new ModelException("An image has pixels that are no number" +
				" (NaN or infinite). Remove or repair the particle.");
			card.normalisation().toInput(image, scales[(int) i], input, (int) i * pixels);
		});
		final float[] result = network.run(input);
		for (int i = 0; i < noisy.length; i++) card.normalisation().fromResult(result, i * pixels, scales[i],
			denoised[i]);
	}

	@Override
	public void close() {
		network.close();
	}
}
