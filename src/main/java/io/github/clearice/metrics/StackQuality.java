package io.github.clearice.metrics;

import io.github.clearice.fourier.ShellCorrelation;

import java.util.Collections;
import java.util.List;

/**
 * How near the images of one stack come to their references.
 *
 * @param name the stack or method
 * @param images the scores of each image, in order
 * @param meanCorrelation the ring correlation averaged over the images
 */
public record StackQuality(String name, List<QualityScores> images, ShellCorrelation meanCorrelation) {

	public StackQuality {
		images = Collections.unmodifiableList(images);
	}

	/** The same figures under the name of a method instead of a file. */
	public StackQuality named(final String other) {
		return new StackQuality(other, images, meanCorrelation);
	}

	/**
	 * The mean of each score over the images. The mean PSNR is the mean of the
	 * images' PSNRs, not the PSNR of the mean error; it is infinite where one image
	 * is identical to its reference.
	 */
	public QualityScores mean() {
		final double[] sums = new double[QualityScores.COLUMNS.size()];
		for (final QualityScores scores : images) {
			final double[] values = scores.values();
			for (int i = 0; i < sums.length; i++) sums[i] += values[i];
		}
		for (int i = 0; i < sums.length; i++) sums[i] /= images.size();
		return QualityScores.of(sums);
	}

	/**
	 * The sample standard deviation (divided by n - 1) of each score over the images:
	 * 0 where all are equal, also where all are infinite; NaN for a single image or
	 * where only some are infinite.
	 */
	public QualityScores standardDeviation() {
		final double[] means = mean().values();
		final double[] first = images.get(0).values();
		final double[] squares = new double[means.length];
		final boolean[] differ = new boolean[means.length];
		for (final QualityScores scores : images) {
			final double[] values = scores.values();
			for (int i = 0; i < squares.length; i++) {
				squares[i] += (values[i] - means[i]) * (values[i] - means[i]);
				differ[i] |= values[i] != first[i];
			}
		}
		for (int i = 0; i < squares.length; i++) {
			if (images.size() == 1) squares[i] = Double.NaN;
			else squares[i] = differ[i] ? Math.sqrt(squares[i] / (images.size() - 1)) : 0;
		}
		return QualityScores.of(squares);
	}
}
