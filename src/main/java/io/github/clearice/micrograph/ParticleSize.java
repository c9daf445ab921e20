package io.github.clearice.micrograph;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * How large the particles of micrographs are, and whether they are dark, for a method that was trained on bright
 * particles of about one size in their boxes.
 * <p>
 * What is unknown is found by trying: tiles of several sizes, at random places of a micrograph, are denoised as they
 * are and inverted. A method that knows what particles look like leaves noise empty, and makes most of tiles in which
 * particles have the size and the contrast of its training. The size is the mean of the logarithms of those tried, each
 * by the square of the power that was made of it. Where nothing is found, the contrast is the one given.
 *
 * @param box edge length in pixels of the tiles that particles have the right size in
 * @param dark whether particles are darker than the ice
 * @param found the power of what the method makes of such tiles, in variances of the tiles
 */
public record ParticleSize(int box, boolean dark, double found) implements Serializable {

	/** The longest diameter of particles in tiles: the middle of the sizes that the general model was trained on. */
	private static final double DIAMETER_BOXES = 0.6;

	/** Less is what it makes of noise. */
	private static final double LEAST_POWER = 1e-3;
	private static final int SMALLEST_BOX = 24, LARGEST_BOX = 1024;
	private static final double SMALLEST_ANGSTROM = 60, LARGEST_ANGSTROM = 700;
	private static final double STEP = 1.2;
	private static final int MOST_TILES = 100;
	private static final String TASK = "Looking for the size of particles";

	/** Whether something was found that noise does not explain. */
	public boolean isClear() {
		return found >= LEAST_POWER;
	}

	/** The diameter of particles. */
	public double diameterPixels() {
		return DIAMETER_BOXES * box;
	}

	/**
	 * Looks at a micrograph.
	 *
	 * @param diameterAngstrom of the particles, or null if it is unknown
	 * @param dark whether particles are known to be dark; otherwise both contrasts are tried
	 * @param methods makes the method for tiles of a box
	 * @throws ParameterException if the diameter does not fit the micrograph
	 * @throws io.github.clearice.task.TaskCancelledException if the listener asks to stop
	 */
	public static ParticleSize of(final Micrograph micrograph, final Double diameterAngstrom, final boolean dark,
		final IntFunction<Denoiser> methods, final TaskListener listener)
	{
		final List<Integer> boxes = diameterAngstrom == null ? boxes(micrograph) : List.of(box(micrograph,
			diameterAngstrom));
		final List<ParticleSize> tried = new ArrayList<>();
		listener.begin(TASK, boxes.size());
		try {
			for (final int box : boxes) {
				listener.checkCancelled(TASK);
				// Of a small micrograph, few tiles would hardly ever have a particle in the middle.
				final float[][] tiles = tiles(micrograph, box, boxes.size() == 1);
				try (Denoiser method = methods.apply(box)) {
					if (!dark) tried.add(new ParticleSize(box, false, power(method, tiles, box)));
					for (final float[] tile : tiles) for (int i = 0; i < tile.length; i++) tile[i] = -tile[i];
					tried.add(new ParticleSize(box, true, power(method, tiles, box)));
				}
				listener.progress(boxes.indexOf(box) + 1);
			}
		}
		finally {
			listener.end();
		}
		final Comparator<ParticleSize> byPower = Comparator.comparingDouble(ParticleSize::found);
		final ParticleSize most = tried.stream().max(byPower).orElseThrow();
		final ParticleSize best = most.isClear() ? most : tried.stream().filter(one -> one.dark == dark).max(byPower)
			.orElseThrow();
		return tried.size() <= 2 || best.found == 0 ? best : best.mean(tried);
	}

	/** The mean of those of this contrast. */
	private ParticleSize mean(final List<ParticleSize> tried) {
		double sum = 0, weights = 0;
		for (final ParticleSize one : tried) {
			if (one.dark != dark) continue;
			sum += one.found * one.found * Math.log(one.box);
			weights += one.found * one.found;
		}
		return new ParticleSize(RealFourierTransform2D.evenSize((int) Math.round(Math.exp(sum / weights))), dark, found);
	}

	private static int box(final Micrograph micrograph, final double diameterAngstrom) {
		final double pixel = micrograph.pixelSizeAngstrom();
		if (!(diameterAngstrom > 0)) throw new ParameterException("The diameter of particles must be positive, not " +
			diameterAngstrom + " Å. Correct it.");
		if (Double.isNaN(pixel)) throw new ParameterException(micrograph.name() +
			" states no pixel size, so the diameter of particles has no meaning. Give pixel=, or no diameter.");
		final long box = Math.round(diameterAngstrom / pixel / DIAMETER_BOXES);
		if (box < SMALLEST_BOX || box > Math.min(micrograph.width(), micrograph.height())) throw new ParameterException(
			"A particle of " + Math.round(diameterAngstrom) + " Å is " + Math.round(diameterAngstrom / pixel) +
				" pixels wide on " + micrograph.name() + ", which is too " + (box < SMALLEST_BOX ? "small" : "large") +
				". Check the diameter and the pixel size.");
		return RealFourierTransform2D.evenSize((int) box);
	}

	/** The boxes that are tried, the smallest first. */
	private static List<Integer> boxes(final Micrograph micrograph) {
		final double pixel = micrograph.pixelSizeAngstrom();
		final double least = Double.isNaN(pixel) ? 0 : SMALLEST_ANGSTROM / DIAMETER_BOXES / pixel;
		final double largest = Double.isNaN(pixel) ? LARGEST_BOX : LARGEST_ANGSTROM / DIAMETER_BOXES / pixel;
		final double most = Math.min(Math.min(micrograph.width(), micrograph.height()) / 2.0, Math.max(largest, 2 *
			SMALLEST_BOX));
		final List<Integer> boxes = new ArrayList<>();
		for (double box = Math.max(SMALLEST_BOX, least); box <= most; box *= STEP)
			boxes.add(RealFourierTransform2D.evenSize((int) Math.round(box)));
		if (boxes.isEmpty()) throw new ParameterException(micrograph.name() + " has " + micrograph.width() + " x " +
			micrograph.height() + " pixels, too few to look for particles in. Give a larger micrograph.");
		return boxes;
	}

	/**
	 * Tiles at random places, as many as cover the micrograph once, or enough.
	 *
	 * @param many whether to take enough in any case
	 */
	private static float[][] tiles(final Micrograph micrograph, final int box, final boolean many) {
		final int width = micrograph.width(), height = micrograph.height();
		final SplittableRandom random = Seeds.random(box);
		final long once = 1 + (long) width * height / ((long) box * box);
		final float[][] tiles = new float[many ? MOST_TILES : (int) Math.min(MOST_TILES, once)][box * box];
		for (final float[] tile : tiles) {
			final int left = random.nextInt(width - box + 1), top = random.nextInt(height - box + 1);
			for (int y = 0; y < box; y++) System.arraycopy(micrograph.pixels(), (top + y) * width + left, tile, y * box, box);
		}
		return tiles;
	}

	/** The mean power of results, in variances of their tiles. */
	private static double power(final Denoiser method, final float[][] tiles, final int box) {
		final int batch = Math.max(1, Math.min(method.batchSize(), (1 << 22) / (box * box)));
		double sum = 0;
		for (int first = 0; first < tiles.length; first += batch) {
			final float[][] some = Arrays.copyOfRange(tiles, first, Math.min(tiles.length, first + batch));
			final float[][] results = new float[some.length][box * box];
			method.denoiseTiles(PixelArrays.otherImages(some), PixelArrays.otherImages(results));
			for (int i = 0; i < some.length; i++) {
				final double noisy = ImageStatistics.of(some[i]).standardDeviation();
				if (noisy > 0) sum += Math.pow(ImageStatistics.of(results[i]).standardDeviation() / noisy, 2);
			}
		}
		return sum / tiles.length;
	}
}
