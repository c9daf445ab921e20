package io.github.clearice.micrograph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.List;
import java.util.SplittableRandom;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;

import org.junit.jupiter.api.Test;

class MicrographTilesTest {

	private static final int WIDTH = 390, HEIGHT = 260, BOX = 64;
	private static final MicrographTiles.Options OPTIONS = MicrographTiles.Options.even(BOX, 0.5, false);

	/** A worst-case network: its result for a pixel depends on the position in the tile, and not linearly. */
	private static final Denoiser UNEVEN = denoiser((tile, x, y) -> {
		double sum = 0;
		int count = 0;
		for (int v = Math.max(0, y - 3); v < Math.min(BOX, y + 4); v++)
			for (int u = Math.max(0, x - 3); u < Math.min(BOX, x + 4); u++) {
				sum += tile[v * BOX + u];
				count++;
			}
		final double radius = Math.hypot(x - BOX / 2, y - BOX / 2) / BOX;
		return Math.tanh(2 * sum / count) * (1 - 0.5 * radius);
	});

	private static final Denoiser IDENTITY = denoiser((tile, x, y) -> tile[y * BOX + x]);

	private interface Pixel {

		double of(float[] tile, int x, int y);
	}

	private static Denoiser denoiser(final Pixel pixel) {
		return new ArrayDenoiser() {

			@Override
			public String name() {
				return "test";
			}

			@Override
			protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
				for (int i = 0; i < noisy.length; i++)
					for (int y = 0; y < BOX; y++)
						for (int x = 0; x < BOX; x++) {
							denoised[i][y * BOX + x] = (float) pixel.of(noisy[i], x, y);
						}
			}
		};
	}

	@Test
	void joinsTilesToTheWhole() {
		for (final MicrographTiles.Options options : List.of(OPTIONS, MicrographTiles.Options.even(BOX, 0.6, true),
			MicrographTiles.Options.middle(BOX, 0.5, true), MicrographTiles.Options.middle(BOX, 0.8, false)))
		{
			final float[] expected = micrograph(1, 0, 1).pixels();
			final MicrographTiles tiles = new MicrographTiles(micrograph(1, 0, 1), options);
			assertArrayEquals(expected, tiles.denoise(IDENTITY, TaskListener.SILENT).pixels(), 2e-5f);
		}
	}

	@Test
	void takesTheBrightestPlacesForParticles() {
		final int[][] centres = { { 96, 80 }, { 240, 160 } };
		final float[] pixels = new float[WIDTH * HEIGHT];
		final SplittableRandom random = Seeds.random(4);
		for (int p = 0; p < pixels.length; p++) {
			pixels[p] = (float) (0.1 * random.nextGaussian());
			for (final int[] at : centres) pixels[p] += (float) Math.exp(-(Math.pow(p % WIDTH - at[0], 2) + Math.pow(p /
				WIDTH - at[1], 2)) / 200);
		}
		final MicrographTiles tiles = new MicrographTiles(Micrograph.of("two", WIDTH, HEIGHT, 4, pixels), OPTIONS);
		assertEquals(0, tiles.particles().size());
		tiles.denoise(IDENTITY, TaskListener.SILENT);
		assertEquals(centres.length, tiles.particles().size());
		final float[] particle = new float[BOX * BOX];
		for (int i = 0; i < centres.length; i++) {
			tiles.particles().read(i, particle);
			assertTrue(particle[BOX / 2 * BOX + BOX / 2] > 2 * particle[BOX / 2 * BOX + 4], "particle " + i);
		}
	}

	@Test
	void followsScaleAndOffsetOfTheMicrograph() {
		final float[] plain = denoised(micrograph(1, 0, 1), 0);
		final float[] other = denoised(micrograph(1, 100, 10), 0);
		for (int i = 0; i < plain.length; i++)
			assertEquals(100 + 10 * plain[i], other[i], 1e-3);
	}

	/**
	 * The edge error: by how much the results of two tilings differ more at the borders of tiles than inside them, in
	 * standard deviations of the signal.
	 */
	@Test
	void tilesShowNoEdges() {
		final float[] signal = micrograph(0, 0, 1).pixels();
		final float[] first = denoised(micrograph(1, 0, 1), 0);
		final float[] moved = denoised(micrograph(1, 0, 1), BOX / 4);
		final double blended = edgeError(first, moved, BOX / 2, signal);
		assertTrue(blended < 0.01, "edge error " + blended);
		// Tiles set side by side, to show that the measure sees edges.
		final double hard = edgeError(sideBySide(0), sideBySide(BOX / 2), BOX / 2, signal);
		assertTrue(hard > 0.05, "edge error of tiles side by side " + hard);
	}

	private static float[] sideBySide(final int offset) {
		final Micrograph micrograph = micrograph(1, 0, 1);
		final float[] pixels = micrograph.pixels(), result = pixels.clone();
		new LocalScale(micrograph, 4 * BOX).normalise(pixels);
		final float[][] tile = new float[1][BOX * BOX], denoised = new float[1][BOX * BOX];
		for (int top = -offset; top < HEIGHT; top += BOX)
			for (int left = -offset; left < WIDTH; left += BOX) {
				for (int i = 0; i < BOX * BOX; i++)
					tile[0][i] = pixels[clamp(top + i / BOX, HEIGHT) * WIDTH + clamp(left + i % BOX, WIDTH)];
				UNEVEN.denoise(PixelArrays.image(0, tile), PixelArrays.image(0, denoised));
				for (int i = 0; i < BOX * BOX; i++) {
					final int x = left + i % BOX, y = top + i / BOX;
					if (x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT) result[y * WIDTH + x] = denoised[0][i];
				}
			}
		return result;
	}

	private static int clamp(final int place, final int length) {
		return Math.max(0, Math.min(length - 1, place));
	}

	private static double edgeError(final float[] first, final float[] second, final int period, final float[] signal) {
		double border = 0, inside = 0, mean = 0, squares = 0;
		int borders = 0, insides = 0;
		for (int y = BOX; y < HEIGHT - BOX; y++)
			for (int x = BOX; x < WIDTH - BOX; x++) {
				final double difference = first[y * WIDTH + x] - second[y * WIDTH + x];
				if (x % period <= 1 || x % period == period - 1 || y % period <= 1 || y % period == period - 1) {
					border += difference * difference;
					borders++;
				}
				else {
					inside += difference * difference;
					insides++;
				}
			}
		for (final float value : signal)
			mean += value / signal.length;
		for (final float value : signal)
			squares += (value - mean) * (value - mean) / signal.length;
		return (Math.sqrt(border / borders) - Math.sqrt(inside / insides)) / Math.sqrt(squares);
	}

	@Test
	void measuresWhiteNoiseBeneathParticlesAndRamps() {
		final MicrographTiles tiles = new MicrographTiles(micrograph(1, 0, 1), OPTIONS);
		assertEquals(1, tiles.whiteNoise() / tiles.scaled(1), 0.03);
	}

	@Test
	void anImageOfAnyTypeIsAMicrographIfItIsOnePlane() {
		final Img<UnsignedShortType> image = ArrayImgs.unsignedShorts(new short[] { 1, 2, 3, 4, 5, -1 }, 3, 2);
		final Micrograph micrograph = Micrograph.copyOf("open", image, 1.5);
		assertArrayEquals(new float[] { 1, 2, 3, 4, 5, 65535 }, micrograph.pixels());
		assertArrayEquals(new int[] { 3, 2 }, new int[] { micrograph.width(), micrograph.height() });
		final String line = assertThrows(ParameterException.class, () -> Micrograph.copyOf("stack", ArrayImgs.bytes(4, 4,
			2), 1)).getMessage();
		assertEquals("stack has 4 x 4 x 2 pixels. Give one micrograph, with the axes x and y.", line);
	}

	@Test
	void refusesWhatHasNothingToDenoise() {
		assertThrows(ParameterException.class, () -> new MicrographTiles(Micrograph.of("flat.mrc", 100, 100, 2,
			new float[10_000]), OPTIONS));
		assertThrows(ParameterException.class, () -> new MicrographTiles(Micrograph.of("small.mrc", 20, 20, 2,
			new float[400]), OPTIONS));
		final float[] broken = new float[10_000];
		broken[205] = Float.NaN;
		final String line = assertThrows(ParameterException.class, () -> Micrograph.of("broken.mrc", 100, 100, 2, broken))
			.getMessage();
		assertTrue(line.startsWith("broken.mrc holds NaN at pixel (5, 2)"), line);
		assertThrows(ParameterException.class, () -> MicrographTiles.Options.even(64, 0.2, false));
	}

	/** Blobs on a ramp with white noise. */
	private static Micrograph micrograph(final double sigma, final double offset, final double factor) {
		final float[] pixels = new float[WIDTH * HEIGHT];
		final SplittableRandom random = Seeds.random(7, 1);
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++) {
				final double dx = x % 48 - 24, dy = y % 57 - 28;
				final double value = 1.5 * Math.exp(-(dx * dx + dy * dy) / 128) + 0.002 * x + sigma * random.nextGaussian();
				pixels[y * WIDTH + x] = (float) (offset + factor * value);
			}
		return Micrograph.of("test.mrc", WIDTH, HEIGHT, 2, pixels);
	}

	private static float[] denoised(final Micrograph micrograph, final int offset) {
		return new MicrographTiles(micrograph, OPTIONS, offset).denoise(UNEVEN, TaskListener.SILENT).pixels();
	}
}
