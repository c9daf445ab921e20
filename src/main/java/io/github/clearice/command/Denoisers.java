package io.github.clearice.command;

import io.github.clearice.fourier.Volume;
import io.github.clearice.model.ModelCache;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.reconstruct.pose.PosteriorMean;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticleOutput;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.ResampledDenoiser;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarTable;
import io.github.clearice.structure.AtomSelection;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.DeviceChoice;
import io.github.clearice.tensorflow.Precision;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Opens trained models, and maps to take views of, for commands. */
final class Denoisers {

	/** The method that knows a map. */
	static final String POSTERIOR = "posterior";

	private static final String ENTROPY = "clearIcePoseEntropy";

	private Denoisers() {}

	/**
	 * Opens a model to run on a device.
	 *
	 * @param device {@code auto}, {@code cpu} or {@code gpu}
	 * @param precision {@code auto}, {@code float32}, {@code bfloat16} or {@code float16}
	 */
	static ModelDenoiser ofModel(final Path model, final String device, final String precision,
		final ModelDenoiser.Options options, final TaskListener listener)
	{
		final Device chosen = Device.choose(DeviceChoice.of(device), Precision.of(precision), 0, listener);
		listener.begin("Loading the model " + model.getFileName(), 0);
		try {
			return ModelCache.open(model, chosen, options);
		}
		finally {
			listener.end();
		}
	}

	/**
	 * A model for the particles of a stack: where these have another box or pixel size, they are resampled to the model's
	 * and the results back, with a message.
	 *
	 * @return what closes the model along with itself
	 */
	static Denoiser fitted(final ModelDenoiser model, final ParticleStack stack, final TaskListener listener) {
		final ModelCard card = model.card();
		final Double trained = card.pixelSizeAngstrom();
		final double given = stack.pixelSizeAngstrom();
		final boolean otherPixels = trained != null && !(Math.abs(given - trained) <= ModelDenoiser.PIXEL_SIZE_TOLERANCE *
			trained);
		if (stack.box() == card.box() && (!otherPixels || Double.isNaN(given))) return model;
		final Denoiser fitted = new ResampledDenoiser(model, stack, card.box(), otherPixels ? trained : Double.NaN);
		listener.message(String.format(Locale.ROOT,
			"%s has boxes of %d pixels%s, and the model %s takes %d%s: particles are " +
				"resampled to those of the model, and the results back.", stack.name(), stack.box(), pixelSize(given), model
					.name(), card.box(), pixelSize(trained == null ? Double.NaN : trained)));
		return fitted;
	}

	private static String pixelSize(final double angstrom) {
		return Double.isNaN(angstrom) ? "" : String.format(Locale.ROOT, " of %.4g Å", angstrom);
	}

	/**
	 * The posterior mean over the views of a map.
	 *
	 * @param pixelSizeAngstrom that of the particles; NaN where it is unknown
	 * @param order of the HEALPix grid of directions
	 * @param correctsCtf whether the CTFs that a STAR file lists are those of the particles
	 */
	static PosteriorMean ofMap(final Path map, final double pixelSizeAngstrom, final int order, final boolean correctsCtf,
		final TaskListener listener)
	{
		return new PosteriorMean(map(map, pixelSizeAngstrom, listener), new HealpixGrid(order), correctsCtf);
	}

	/**
	 * A map as its file has it.
	 *
	 * @param pixelSizeAngstrom of the images that it goes with, for maps that state none; NaN where it is unknown
	 */
	static Volume map(final Path map, final double pixelSizeAngstrom, final TaskListener listener) {
		return new MapSource(null, null, null, AtomSelection.ALL, false).read(map, pixelSizeAngstrom, listener);
	}

	/**
	 * Writes how certain the poses of denoised particles were into the STAR file beside them, if any,
	 * as entropies in bits.
	 *
	 * @return a sentence for the report
	 */
	static String certainty(final PosteriorMean posterior, final ParticleStack noisy, final Path target) {
		final double[] entropies = posterior.entropiesBits();
		final Path star = ParticleOutput.tableBeside(target, noisy);
		// Tables of cryoSPARC have no field for it.
		if (noisy.rows().isPresent() && !RelionParticles.isCryosparc(star)) {
			final RelionParticles particles = RelionParticles.read(star);
			final StarTable table = particles.table();
			particles.tables().with(table, table.withColumn(ENTROPY, row -> String.format(Locale.ROOT, "%.4f",
				entropies[row]))).write(star);
		}
		return String.format(Locale.ROOT, " Entropy of the poses: %.2f bits on average, of %.0f.", Arrays.stream(entropies)
			.average().orElse(0), posterior.greatestEntropyBits());
	}
}
