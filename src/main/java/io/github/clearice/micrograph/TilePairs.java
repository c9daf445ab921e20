package io.github.clearice.micrograph;

import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.task.Seeds;

import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Pairs of noisy and clean tiles to train on, cut from anywhere in simulated
 * micrographs, on the scale on which {@link MicrographTiles} shows tiles to a network:
 * the smooth mean is taken off both, and both are divided by the smooth spread of the
 * noisy one.
 */
final class TilePairs implements AutoCloseable {

	private static final int STREAM = 17;

	private final int box;
	private final int count;
	private final long seed;
	private final ParticleStackWriter noisy;
	private final ParticleStackWriter clean;

	/**
	 * @param box edge of the tiles in pixels
	 * @param count of tiles from each micrograph
	 */
	TilePairs(final Path noisy, final Path clean, final int box, final int count, final double pixelSizeAngstrom,
		final long seed)
	{
		this.box = box;
		this.count = count;
		this.seed = seed;
		this.noisy = new ParticleStackWriter(noisy, box, pixelSizeAngstrom);
		this.clean = new ParticleStackWriter(clean, box, pixelSizeAngstrom);
	}

	/** Cuts tiles; the micrograph's pixels are used up. */
	void cut(final SimulatedMicrograph micrograph, final int number) {
		final float[] pixels = micrograph.noisy().pixels(), truth = micrograph.clean().pixels();
		final LocalScale scale = new LocalScale(micrograph.noisy(), MicrographTiles.WINDOW_TILES * box);
		scale.normalise(pixels);
		scale.normaliseAs(micrograph.clean());
		final SplittableRandom random = Seeds.random(seed, STREAM, number);
		final int width = micrograph.noisy().width(), height = micrograph.noisy().height();
		for (int i = 0; i < count; i++) {
			final int at = random.nextInt(height - box + 1) * width + random.nextInt(width - box + 1);
			noisy.write(tile(pixels, width, at));
			clean.write(tile(truth, width, at));
		}
	}

	private float[] tile(final float[] pixels, final int width, final int at) {
		final float[] tile = new float[box * box];
		for (int y = 0; y < box; y++) System.arraycopy(pixels, at + y * width, tile, y * box, box);
		return tile;
	}

	void commit() {
		noisy.commit();
		clean.commit();
	}

	@Override
	public void close() {
		try {
			noisy.close();
		}
		finally {
			clean.close();
		}
	}
}
