package io.github.clearice.command.input;

import io.github.clearice.denoise.FilterParameters;
import io.github.clearice.denoise.GeneralModel;
import io.github.clearice.fourier.Volume;
import io.github.clearice.model.ModelCache;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.reconstruct.pose.PosteriorMean;
import io.github.clearice.reconstruct.pose.PosteriorOptions;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.ResampledDenoiser;
import io.github.clearice.structure.AtomSelection;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.DeviceChoice;
import io.github.clearice.tensorflow.Precision;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Opens trained models, and maps to take views of, for commands. */
public final class Denoisers {

	/** The method that knows a map. */
	public static final String POSTERIOR = "posterior";

	private Denoisers() {}

	/**
	 * Opens a model to run on a device.
	 *
	 * @param device {@code auto}, {@code cpu} or {@code gpu}
	 * @param precision {@code auto}, {@code float32}, {@code bfloat16} or {@code float16}
	 */
	public static ModelDenoiser ofModel(final Path model, final String device, final String precision,
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

	/** The network of the general model, on a device. */
	public static ModelDenoiser general(final String device, final String precision, final TaskListener listener) {
		return GeneralModel.open(Device.choose(DeviceChoice.of(device), Precision.of(precision), 0, listener));
	}

	/** The general model for the particles of a stack, on a device. */
	public static Denoiser general(final FilterParameters terms, final String device, final String precision,
		final ParticleStack stack, final TaskListener listener)
	{
		return terms.general(general(device, precision, listener), stack);
	}

	/**
	 * A model for the particles of a stack: where these have another box or pixel size, they are resampled to the model's
	 * and the results back, with a message.
	 *
	 * @param terms of the guides, where the model takes any
	 * @return what closes the model along with itself
	 */
	public static Denoiser fitted(final ModelDenoiser model, final FilterParameters terms, final ParticleStack stack,
		final TaskListener listener)
	{
		final ModelCard card = model.card();
		final Double trained = card.pixelSizeAngstrom();
		final double given = stack.pixelSizeAngstrom();
		final boolean otherPixels = trained != null && !(Math.abs(given - trained) <= ModelDenoiser.PIXEL_SIZE_TOLERANCE *
			trained);
		if (card.isGeneral()) {
			AdaptationFiles.warning(card, stack, model.name()).ifPresent(listener::message);
			return terms.general(model, stack);
		}
		if (stack.box() == card.box() && (!otherPixels || Double.isNaN(given))) return model.isGuided() ? terms.guided(
			model, stack) : model;
		final double pixels = otherPixels ? trained : Double.NaN;
		final Denoiser method = model.isGuided() ? terms.guided(model, ResampledDenoiser.seen(stack, card.box(), pixels))
			: model;
		final Denoiser fitted = new ResampledDenoiser(method, stack, card.box(), pixels);
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
	 * The posterior mean over the views of maps.
	 *
	 * @param shares of the maps among the particles, relative to each other; empty if all are as likely
	 * @param pixelSizeAngstrom that of the particles; NaN where it is unknown
	 */
	public static PosteriorMean ofMaps(final List<Path> maps, final List<Double> shares, final double pixelSizeAngstrom,
		final PosteriorOptions options, final TaskListener listener)
	{
		if (!shares.isEmpty() && shares.size() != maps.size()) throw new ParameterException("weights= has " + shares
			.size() + " numbers, but map= names " + maps.size() + " maps. Give one for each, joined by commas.");
		final List<WeightedMap> weighted = new ArrayList<>();
		for (final Path map : maps) weighted.add(new WeightedMap(map.getFileName().toString(), map(map, pixelSizeAngstrom,
			listener), shares.isEmpty() ? 1 : shares.get(weighted.size())));
		return new PosteriorMean(weighted, options);
	}

	/**
	 * A map as its file has it.
	 *
	 * @param pixelSizeAngstrom of the images that it goes with, for maps that state none; NaN where it is unknown
	 */
	public static Volume map(final Path map, final double pixelSizeAngstrom, final TaskListener listener) {
		return new MapSource(null, null, null, AtomSelection.ALL, false).read(map, pixelSizeAngstrom, listener);
	}
}
