package io.github.clearice.evaluate;

import io.github.clearice.fourier.Volume;
import io.github.clearice.stack.ArrayParticleStack;

import java.nio.file.Path;
import java.util.Map;

/**
 * A picture of maps, a row each: the sections through the centre across z, y and x, and the projections along z, y and
 * x. Each has a contrast of its own.
 */
public final class MapPicture {

	private static final int AXES = 3;
	private static final String COLUMNS = ": central sections across z, y and x; projections along z, y and x";

	private MapPicture() {}

	/**
	 * Writes the picture.
	 *
	 * @param maps of one box, by the label above each row
	 */
	public static void write(final Path target, final Map<String, Volume> maps) {
		final Montage montage = Montage.ofFirst(2 * AXES, 2 * AXES);
		maps.forEach((label, map) -> montage.add(label + COLUMNS, new ArrayParticleStack(label, map.box(), map
			.pixelSizeAngstrom(), images(map))));
		montage.write(target);
	}

	private static float[][] images(final Volume map) {
		final int box = map.box(), middle = box / 2;
		final float[][] images = new float[2 * AXES][box * box];
		for (int v = 0; v < box; v++) for (int u = 0; u < box; u++) {
			final int at = v * box + u;
			images[0][at] = map.get(u, v, middle);
			images[1][at] = map.get(u, middle, v);
			images[2][at] = map.get(middle, u, v);
			for (int depth = 0; depth < box; depth++) {
				images[AXES][at] += map.get(u, v, depth);
				images[AXES + 1][at] += map.get(u, depth, v);
				images[AXES + 2][at] += map.get(depth, u, v);
			}
		}
		return images;
	}
}
