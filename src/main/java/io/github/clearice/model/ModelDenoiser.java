package io.github.clearice.model;

import io.github.clearice.fourier.SquareSymmetry;
import io.github.clearice.network.InferenceNetwork;
import io.github.clearice.network.InferenceNetwork.BatchSize;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.GuidedMethod;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.InputException;
import io.github.clearice.task.Machines;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Denoises particles with a trained model, on their own scale. The result for an
 * image does not depend on the others of its batch, nor on their number.
 */
public final class ModelDenoiser extends ArrayDenoiser implements GuidedMethod {

	/** Pixel sizes may differ by this share from that of the training: magnification is rarely known better than 1 %. */
	public static final double PIXEL_SIZE_TOLERANCE = 0.02;

	/** Batches under way at once: while one is copied and scaled, the other keeps the device busy. */
	private static final int BATCHES_AT_ONCE = 2;
	/** Batches of one call, so that the last does not leave the device idle for long. */
	private static final int BATCHES_A_CALL = 4;
	/** A stack of fewer images is denoised before a measurement of the best batch has paid for itself. */
	private static final int WORTH_MEASURING = 1000;

	private final String name;
	private final ModelCard card;
	private final InferenceNetwork network;
	private final Consumer<InferenceNetwork> release;
	private final Options options;
	private final int batchesAtOnce;
	private int batch;

	/**
	 * How a network is applied to each particle.
	 *
	 * @param rotations 1, or {@value SquareSymmetry#COUNT} to average over all quarter rotations and mirror images of
	 *          each particle, after turning each result back; not for images with an astigmatic CTF, because its
	 *          direction would be turned, too
	 * @param dropout the numbers that dropout layers drop; null to omit these layers
	 */
	public record Options(int rotations, Dropout dropout) {

		/** No rotations and no dropout. */
		public static final Options PLAIN = new Options(1, null);

		public Options {
			if (rotations != 1 && rotations != SquareSymmetry.COUNT) throw new InputException(
				"The rotations to average over are 1 or " + SquareSymmetry.COUNT + ", not " + rotations +
					". Use rotations=1 or rotations=" + SquareSymmetry.COUNT + ".");
		}
	}

	/**
	 * Dropout at inference, the noise z of pix2pix (Isola et al. 2017, section 3.2.1): the dropped numbers depend on the
	 * seed, on the particle's number in the stack and on the rotation, so that results repeat and do not depend on
	 * batches.
	 *
	 * @param firstNumber the number of the stack's first particle, where the stack is a part of a longer one
	 */
	public record Dropout(long seed, long firstNumber) {

		private long seedOf(final long particle, final int turn) {
			return Seeds.derive(seed, firstNumber + particle, turn);
		}
	}

	/** Makes a model ready to use on each particle as it lies. */
	public ModelDenoiser(final String name, final ModelFile model, final Device device) {
		this(name, model, device, Options.PLAIN);
	}

	/**
	 * Makes a model ready to use.
	 *
	 * @param name the model's name in tables and messages
	 * @throws InputException if dropout is wanted of a network that has none
	 */
	public ModelDenoiser(final String name, final ModelFile model, final Device device, final Options options) {
		this(name, model.card(), networkOf(model, device, options), options, InferenceNetwork::close);
	}

	/** @param release takes the network when this is closed */
	ModelDenoiser(final String name, final ModelCard card, final InferenceNetwork network, final Options options,
		final Consumer<InferenceNetwork> release)
	{
		this.name = name;
		this.card = card;
		this.network = network;
		this.options = options;
		this.release = release;
		this.batchesAtOnce = network.device().threads() == 1 ? 1 : BATCHES_AT_ONCE;
		this.batch = BatchSize.usual(card.box(), network.device().gpu());
		if (options.dropout == null || network.drops()) return;
		close();
		throw new InputException(
			"dropout=true is for networks that drop numbers in training, such as pix2pix where 32 divides the box," +
				" but that of " + name + " (" + card.network().name() + ", " + card.box() +
				" pixels) has no dropout. Leave it out.");
	}

	static InferenceNetwork networkOf(final ModelFile model, final Device device, final Options options) {
		return new InferenceNetwork(model.card().network(), model.card().box(), model.weights(), device,
			options.dropout != null);
	}

	@Override
	public String name() {
		return name;
	}

	public ModelCard card() {
		return card;
	}

	@Override
	public int box() {
		return card.box();
	}

	/**
	 * Checks box, pixel size and contrast, warns of another signal-to-noise ratio or spectrum; finds the best batch if
	 * the stack is long.
	 *
	 * @throws InputException if the stack has another box, a pixel size that differs by more than
	 *           {@link #PIXEL_SIZE_TOLERANCE}, or clearly the other contrast
	 */
	@Override
	public void prepare(final ParticleStack noisy, final TaskListener listener) {
		if (noisy.box() != card.box()) throw new InputException(noisy.name() + " has boxes of " + noisy.box() +
			" pixels, but the model " + name + " was trained on boxes of " + card.box() + ". Bring the particles to " + card
				.box() + " pixels (clearice prepare box= or scale=), or train a model for " + noisy.box() + ".");
		checkPixelSize(noisy, listener);
		ContrastCheck.check(noisy, card, name, listener);
		InputCheck.warnings(noisy, card.input(), name).forEach(listener::message);
		InputCheck.ofCtf(noisy.name(), noisy.showsCtf(), card.data().ctf(), name).ifPresent(listener::message);
		if (noisy.size() >= WORTH_MEASURING) batch = Machines.current().once(() -> BatchSize.measured(
			network));
	}

	private void checkPixelSize(final ParticleStack noisy, final TaskListener listener) {
		if (card.pixelSizeAngstrom() == null) return;
		final double trained = card.pixelSizeAngstrom();
		final double given = noisy.pixelSizeAngstrom();
		if (Double.isNaN(given)) {
			listener.message(String.format(Locale.ROOT,
				"Warning: %s does not state its pixel size; the model %s was trained at %.4g Å and suits no other.", noisy
					.name(), name, trained));
		}
		else if (Math.abs(given - trained) > PIXEL_SIZE_TOLERANCE * trained) {
			throw new InputException(String.format(Locale.ROOT,
				"%s has a pixel size of %.4g Å, but the model %s was trained at %.4g Å (tolerance %.0f %%)." +
					" Resample the particles to %.4g Å (clearice prepare pixel=), correct a wrong header, or train a model for" +
					" %.4g Å.",
				noisy.name(), given, name, trained, 100 * PIXEL_SIZE_TOLERANCE, trained, given));
		}
	}

	@Override
	public Optional<Boolean> correctsCtf() {
		return Optional.ofNullable(card.data().ctf()).map(ctf -> ctf == ModelCard.TrainedCtf.CORRECTED);
	}

	@Override
	public int batchSize() {
		return batchesAtOnce * BATCHES_A_CALL * batch;
	}

	/** @throws InputException if an image is not of the model's box or holds NaN or infinite pixels */
	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		denoise(first, noisy, null, denoised, card.normalisation(), ImageScale::of);
	}

	/** Whether the network improves on a guide: an estimate that another method makes of each particle. */
	public boolean isGuided() {
		return network.planes() > 1;
	}

	/**
	 * {@inheritDoc}
	 *
	 * @param guides counts only for a network that {@link #isGuided}
	 * @throws InputException as {@link #denoise}
	 */
	@Override
	public void denoise(final int first, final float[][] noisy, final float[][] guides, final float[][] denoised) {
		denoise(first, noisy, guides, denoised, card.normalisation(), ImageScale::of);
	}

	/** The input is not scaled again: the tiles already are. */
	@Override
	public void denoiseTiles(final RandomAccessibleInterval<? extends RealType<?>> tiles,
		final RandomAccessibleInterval<FloatType> denoised)
	{
		onArrays(tiles, denoised, (input, output) -> denoise((int) tiles.min(2), input, null, output,
			card.normalisation()
			.withoutLevel(), tile -> ImageScale.NORMALISED));
	}

	/** @param guides null if there are none: a network that is guided then goes by the noisy images alone */
	private void denoise(final int particle, final float[][] noisy, final float[][] guides, final float[][] denoised,
		final Normalisation normalisation, final Function<float[], ImageScale> scaling)
	{
		for (final float[] image : noisy) {
			if (image.length != card.box() * card.box()) throw new InputException("An image has " + image.length +
				" pixels, but the model " + name + " wants boxes of " + card.box() + " pixels.");
		}
		ParallelLoop.run((noisy.length + batch - 1) / batch, 1, batchesAtOnce, thread -> number -> {
			final int first = (int) number * batch;
			denoise(particle, noisy, guides, denoised, normalisation, scaling, first, Math.min(noisy.length, first + batch));
		});
	}

	/** @param particle the number of the first of all images, of which these are some */
	private void denoise(final int particle, final float[][] noisy, final float[][] guides, final float[][] denoised,
		final Normalisation normalisation, final Function<float[], ImageScale> scaling, final int first, final int end)
	{
		final int pixels = card.box() * card.box();
		final ImageScale[] scales = new ImageScale[end - first];
		for (int i = first; i < end; i++) {
			scales[i - first] = scaling.apply(noisy[i]);
			if (!scales[i - first].isFinite()) throw new InputException("An image has pixels that are no number" +
				" (NaN or infinite). Remove or repair the particle.");
		}
		// Batches of other sizes are rounded otherwise in the last bit: empty images fill the last one.
		final float[] input = new float[batch * pixels * network.planes()];
		final float[] turned = new float[pixels];
		final float[] scratch = new float[pixels];
		final float[] sum = new float[(end - first) * pixels];
		final long[] seeds = new long[batch];
		for (int turn = 0; turn < options.rotations; turn++) {
			for (int i = first; i < end; i++) {
				final float[] image = turned(noisy[i], turn, scratch);
				if (isGuided()) normalisation.toInput(image, guides == null ? null : turned(guides[i], turn, scratch),
					scales[i - first], input, 2 * (i - first) * pixels);
				else normalisation.toInput(image, scales[i - first], input, (i - first) * pixels);
				if (options.dropout != null) seeds[i - first] = options.dropout.seedOf((long) particle + i, turn);
			}
			final float[] result = network.run(input, seeds);
			for (int i = 0; i < end - first; i++) {
				System.arraycopy(result, i * pixels, turned, 0, pixels);
				SquareSymmetry.apply(SquareSymmetry.inverse(turn), card.box(), turned, scratch);
				for (int p = 0; p < pixels; p++) sum[i * pixels + p] += turned[p] / options.rotations;
			}
		}
		for (int i = first; i < end; i++) normalisation.fromResult(sum, (i - first) * pixels, scales[i - first],
			denoised[i]);
	}

	private float[] turned(final float[] image, final int turn, final float[] scratch) {
		final float[] turned = image.clone();
		SquareSymmetry.apply(turn, card.box(), turned, scratch);
		return turned;
	}

	@Override
	public void close() {
		release.accept(network);
	}
}
