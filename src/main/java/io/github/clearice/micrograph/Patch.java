package io.github.clearice.micrograph;

/**
 * Where the square about a particle lies in a micrograph; what is outside is left out.
 *
 * @param edge of the square in pixels
 * @param particle whose whole-numbered place is pixel {@code edge / 2} of the square
 * @param width of the micrograph
 * @param height of the micrograph
 */
record Patch(int edge, PlacedParticle particle, int width, int height) {

	private interface Pixel {

		void at(int inPatch, int inMicrograph);
	}

	/** Adds pixels of the square to those of the micrograph. */
	void add(final float[] patch, final float[] micrograph) {
		each((from, to) -> micrograph[to] += patch[from]);
	}

	/** Writes a number where the square has more than a share of its largest value. */
	void label(final float[] patch, final double share, final int number, final float[] labels) {
		float most = 0;
		for (final float value : patch) most = Math.max(most, value);
		final double least = share * most;
		each((from, to) -> {
			if (patch[from] > least) labels[to] = number;
		});
	}

	private void each(final Pixel pixel) {
		final int left = (int) Math.floor(particle.x()) - edge / 2, top = (int) Math.floor(particle.y()) - edge / 2;
		for (int y = Math.max(0, -top); y < Math.min(edge, height - top); y++) {
			for (int x = Math.max(0, -left); x < Math.min(edge, width - left); x++) pixel.at(y * edge + x, (top + y) * width +
				left + x);
		}
	}
}
