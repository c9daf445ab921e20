package io.github.clearice.micrograph;

import io.github.clearice.fourier.WhiteNoise;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.LazyImages;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/**
 * The overlapping tiles of a micrograph, all on one scale, as a stack that denoisers
 * can look at.
 */
public final class MicrographTiles implements ParticleStack {

	/**
	 * How tiles cover a micrograph.
	 *
	 * @param box edge of the tiles in pixels
	 * @param overlap share of a tile that the next one along an axis covers too, 0.5 to 0.9
	 * @param dark whether particles are dark: denoisers then see them bright
	 * @param falloff how much less a tile counts away from its middle: the power of the sine of the distance from its
	 *          edge, 2 or more
	 */
	public record Options(int box, double overlap, boolean dark, int falloff) {

		/** Each pixel lies in four tiles. */
		public static final double DEFAULT_OVERLAP = 0.5;

		/** Any particle is then within an eighth of a tile of the middle of one. */
		private static final double CENTRED_OVERLAP = 0.75;

		private static final int USUAL_FALLOFF = 2;

		/** @throws ParameterException if the overlap is out of range */
		public Options {
			if (box < 2) throw new ParameterException("Tiles need at least 2 pixels, not " + box + ".");
			if (!(overlap >= DEFAULT_OVERLAP && overlap <= 0.9)) throw new ParameterException(
				"The overlap of tiles is a share of 0.5 to 0.9, not " + overlap + ". " +
					"Give 0.5, or 0.75 in four times the time.");
		}

		/** For denoisers whose results are as good everywhere in a tile, save at its edge. */
		public static Options even(final int box, final double overlap, final boolean dark) {
			return new Options(box, overlap, dark, USUAL_FALLOFF);
		}

		/**
		 * For denoisers that show what is in the middle of a tile: more tiles, of which the middles count.
		 *
		 * @param overlap at least; more is taken where that is too little
		 */
		public static Options middle(final int box, final double overlap, final boolean dark) {
			return new Options(box, Math.max(overlap, CENTRED_OVERLAP), dark, 2 * USUAL_FALLOFF);
		}

		/** From one tile to the next in pixels. */
		int step() {
			return Math.max(1, (int) Math.round(box * (1 - overlap)));
		}
	}

	private static final String TASK = "Denoising a micrograph";

	/** The mean and the spread are measured over so many tiles. */
	static final double WINDOW_TILES = 4;

	/** Enough to measure the particles' statistics. */
	private static final int MOST_PARTICLES = 100;

	private final Micrograph micrograph;
	private final int box;
	private final boolean dark;
	private final LocalScale scale;
	private final Axis across;
	private final Axis down;
	private final float[] pixels;
	private final double whiteNoise;
	private final Img<FloatType> image;
	/** Centres of boxes that seem to hold particles. */
	private final List<int[]> places = new ArrayList<>();

	/**
	 * Lays tiles over a micrograph.
	 *
	 * @param micrograph is used up: its pixels are replaced by normalised ones
	 * @throws ParameterException if it is constant somewhere, or smaller than half a tile
	 */
	public MicrographTiles(final Micrograph micrograph, final Options options) {
		this(micrograph, options, 0);
	}

	/** @param offset by how much tiles are moved against the usual places, in pixels */
	MicrographTiles(final Micrograph micrograph, final Options options, final int offset) {
		this.micrograph = micrograph;
		this.box = options.box();
		this.dark = options.dark();
		if (Math.min(micrograph.width(), micrograph.height()) < box / 2) throw new ParameterException(micrograph.name() +
			" has " + micrograph.width() + " x " + micrograph.height() + " pixels, too few for tiles of " + box +
			". Give a larger micrograph.");
		scale = new LocalScale(micrograph, WINDOW_TILES * box);
		across = new Axis(micrograph.width(), box, options.step(), offset, options.falloff());
		down = new Axis(micrograph.height(), box, options.step(), offset, options.falloff());
		pixels = micrograph.pixels();
		scale.normalise(pixels);
		if (dark) negate(pixels);
		whiteNoise = WhiteNoise.sigma(pixels, micrograph.width());
		image = LazyImages.of(box, across.count() * down.count(), this::cut);
	}

	@Override
	public Img<FloatType> image() {
		return image;
	}

	@Override
	public double pixelSizeAngstrom() {
		return micrograph.pixelSizeAngstrom();
	}

	@Override
	public String name() {
		return micrograph.name();
	}

	/** The standard deviation of white noise in the tiles, from the differences of neighbouring pixels. */
	public double whiteNoise() {
		return whiteNoise;
	}

	/** A standard deviation in the micrograph on the scale of the tiles. */
	public double scaled(final double deviation) {
		return deviation / scale.medianDeviation();
	}

	private void cut(final int index, final float[] image) {
		final int left = across.first(index % across.count()), top = down.first(index / across.count());
		final boolean whole = left >= 0 && left + box <= micrograph.width();
		for (int y = 0; y < box; y++) {
			final int row = down.inside(top + y) * micrograph.width();
			if (whole) System.arraycopy(pixels, row + left, image, y * box, box);
			else for (int x = 0; x < box; x++) image[y * box + x] = pixels[row + across.inside(left + x)];
		}
	}

	/**
	 * Denoises all tiles and joins the results.
	 *
	 * @param denoiser prepared for these tiles
	 * @return of the size of the micrograph, on its scale
	 * @throws ParameterException if a result is not a number
	 * @throws io.github.clearice.task.TaskCancelledException if the listener asks to stop
	 */
	public Micrograph denoise(final Denoiser denoiser, final TaskListener listener) {
		final float[] result = new float[pixels.length];
		final int batch = Math.max(1, Math.min(denoiser.batchSize(), (1 << 23) / (box * box)));
		listener.begin(TASK, size());
		try {
			for (int first = 0; first < size(); first += batch) {
				listener.checkCancelled(TASK);
				final int count = Math.min(batch, size() - first);
				final float[][] tiles = new float[count][box * box], denoised = new float[count][box * box];
				for (int i = 0; i < count; i++) read(first + i, tiles[i]);
				denoiser.denoiseTiles(PixelArrays.image(first, tiles), PixelArrays.image(first, denoised));
				for (int i = 0; i < count; i++) add(first + i, denoised[i], result);
				listener.progress(first + count);
			}
			listener.checkCancelled(TASK);
		}
		finally {
			listener.end();
		}
		findParticles(result);
		if (dark) negate(result);
		scale.restore(result);
		return Micrograph.of(name() + " after " + denoiser.name(), micrograph.width(), micrograph.height(),
			pixelSizeAngstrom(), result);
	}

	private void add(final int index, final float[] tile, final float[] result) {
		final int column = index % across.count(), row = index / across.count();
		final int left = across.first(column), top = down.first(row);
		final float[] shares = new float[box];
		for (int x = 0; x < box; x++) shares[x] = across.share(column, x);
		for (int y = 0; y < box; y++) {
			final float share = down.share(row, y);
			if (share == 0) continue;
			final int at = (top + y) * micrograph.width() + left;
			for (int x = 0; x < box; x++) if (shares[x] != 0) result[at + x] += share * shares[x] * tile[y * box + x];
		}
	}

	/**
	 * Boxes of the micrograph about the brightest places of the result, which are particles if there are any; none before
	 * tiles are denoised.
	 */
	ParticleStack particles() {
		return ParticleStack.of(name(), LazyImages.of(box, places.size(), (index, image) -> {
			final int left = places.get(index)[0] - box / 2, top = places.get(index)[1] - box / 2;
			for (int y = 0; y < box; y++) System.arraycopy(pixels, (top + y) * micrograph.width() + left, image, y * box,
				box);
		}), pixelSizeAngstrom(), null);
	}

	/** Chooses the brightest places of a result that are a box apart, until they are half as bright as the first. */
	private void findParticles(final float[] result) {
		places.clear();
		final int step = Math.max(1, box / 4), width = micrograph.width(), height = micrograph.height();
		final List<double[]> candidates = new ArrayList<>();
		for (int y = box / 2; y + box / 2 <= height; y += step)
			for (int x = box / 2; x + box / 2 <= width; x += step)
				candidates.add(new double[] { x, y, mean(result, x - box / 4, y - box / 4, box / 2) });
		candidates.sort(Comparator.comparingDouble(candidate -> -candidate[2]));
		for (final double[] candidate : candidates) {
			if (places.size() == MOST_PARTICLES || candidate[2] < candidates.get(0)[2] / 2) return;
			if (places.stream().noneMatch(place -> Math.hypot(place[0] - candidate[0], place[1] - candidate[1]) < box)) places
				.add(new int[] { (int) candidate[0], (int) candidate[1] });
		}
	}

	private double mean(final float[] result, final int left, final int top, final int edge) {
		double sum = 0;
		for (int y = top; y < top + edge; y++) for (int x = left; x < left + edge; x++) sum += result[y *
			micrograph.width() + x];
		return sum / Math.max(1, edge * edge);
	}

	private static void negate(final float[] values) {
		for (int i = 0; i < values.length; i++) values[i] = -values[i];
	}

	/**
	 * Where tiles lie along one axis of a micrograph, and how much each counts at a
	 * pixel.
	 * <p>
	 * A tile counts by a power of the sine of the distance from its edge, which is nothing at
	 * the edge itself and most in the middle; the first begins before the micrograph, so
	 * that every pixel lies in as many tiles. Beyond the micrograph its mirror image
	 * continues.
	 */
	static final class Axis {

		private final int length;
		private final int box;
		private final int step;
		private final int first;
		private final int count;
		private final double[] window;
		private final float[] total;

		/**
		 * @param length of the axis in pixels
		 * @param box edge of the tiles
		 * @param step from one tile to the next, at most half a box
		 * @param offset by how much all tiles are moved against the usual, less than a step
		 * @param falloff the power of the sine, even
		 */
		Axis(final int length, final int box, final int step, final int offset, final int falloff) {
			this.length = length;
			this.box = box;
			this.step = step;
			first = step - box - offset;
			count = (length - 1 - first) / step + 1;
			window = new double[box];
			for (int i = 0; i < box; i++) window[i] = Math.pow(Math.sin(Math.PI * (i + 0.5) / box), falloff);
			total = new float[length];
			for (int tile = 0; tile < count; tile++) for (int i = 0; i < box; i++) {
				final int at = first(tile) + i;
				if (at >= 0 && at < length) total[at] += (float) window[i];
			}
		}

		/** Number of tiles. */
		int count() {
			return count;
		}

		/** The pixel at which a tile begins, negative before the micrograph. */
		int first(final int tile) {
			return first + tile * step;
		}

		/** The pixel in the micrograph that is mirrored to a place beyond its edge. */
		int inside(final int place) {
			final int period = 2 * length;
			final int wrapped = Math.floorMod(place, period);
			return wrapped < length ? wrapped : period - 1 - wrapped;
		}

		/** The share of a tile in the result at its pixel {@code i}; the shares of all tiles there add up to 1. */
		float share(final int tile, final int i) {
			final int at = first(tile) + i;
			return at < 0 || at >= length ? 0 : (float) window[i] / total[at];
		}
	}
}
