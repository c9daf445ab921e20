package io.github.clearice.train.data;

import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.stack.ParticleStack;

/** How much the noise of a pixel tells of that of the next: nothing where it is white. */
public final class NeighbourCorrelation {

	private static final int LARGEST_SAMPLE = 200;

	private NeighbourCorrelation() {}

	/**
	 * Correlation of neighbouring pixels in the background of a stack, outside
	 * {@value ParticleBackground#DEFAULT_DIAMETER_FRACTION} box widths; 0 where it is
	 * constant.
	 */
	public static double ofBackground(final ParticleStack stack) {
		final int box = stack.box();
		final ParticleBackground background = new ParticleBackground(box);
		final float[] mask = background.mask();
		final float[] image = new float[box * box], isolated = image.clone();
		final int count = Math.min(stack.size(), LARGEST_SAMPLE);
		double products = 0, squares = 0;
		long neighbours = 0;
		for (int i = 0; i < count; i++) {
			stack.read((int) ((long) i * stack.size() / count), image);
			background.isolate(image, isolated);
			for (int p = 0; p < mask.length; p++) {
				squares += (double) isolated[p] * isolated[p];
				if ((p + 1) % box == 0 || mask[p] == 0 || mask[p + 1] == 0) continue;
				products += (double) isolated[p] * isolated[p + 1];
				neighbours++;
			}
		}
		if (squares == 0 || neighbours == 0) return 0;
		return products / neighbours / (squares / ((double) count * background.size()));
	}
}
