package io.github.clearice.micrograph;

import io.github.clearice.task.ParameterException;

/**
 * How tiles cover a micrograph.
 *
 * @param box edge of the tiles in pixels
 * @param overlap share of a tile that the next one along an axis covers too, 0.5 to 0.9
 * @param dark whether particles are dark: denoisers then see them bright
 */
public record TileOptions(int box, double overlap, boolean dark) {

	/** Each pixel lies in four tiles. */
	public static final double DEFAULT_OVERLAP = 0.5;

	/** @throws ParameterException if the overlap is of no use */
	public TileOptions {
		if (box < 2) throw new ParameterException("Tiles need at least 2 pixels, not " + box + ".");
		if (!(overlap >= DEFAULT_OVERLAP && overlap <= 0.9)) throw new ParameterException(
			"The overlap of tiles is a share of 0.5 to 0.9, not " + overlap + ". Give 0.5, or 0.75 in four times the time.");
	}

	/** From one tile to the next in pixels. */
	int step() {
		return Math.max(1, (int) Math.round(box * (1 - overlap)));
	}
}
