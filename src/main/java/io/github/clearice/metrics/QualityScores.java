package io.github.clearice.metrics;

import java.io.Serializable;
import java.util.List;

/**
 * How near one image comes to its reference.
 *
 * @param meanSquaredError on the scale of the options ([0, 1] by default)
 * @param peakSignalToNoise in dB; infinite for identical images
 * @param similarity mean structural similarity, 1 for identical images
 * @param signalToNoise {@code var(reference) / var(image - reference)}
 * @param halfResolutionAngstrom where the ring correlation falls below 0.5, in Å
 * @param seventhResolutionAngstrom where the ring correlation falls below 0.143,
 *          in Å
 */
public record QualityScores(double meanSquaredError, double peakSignalToNoise, double similarity, double signalToNoise,
	double halfResolutionAngstrom, double seventhResolutionAngstrom) implements Serializable
{

	/** The columns of tables, in the order of {@link #values()}. */
	public static final List<String> COLUMNS = List.of("mse", "psnr", "ssim", "snr", "frc05", "frc0143");

	/** @param values in the order of {@link #COLUMNS} */
	public static QualityScores of(final double[] values) {
		return new QualityScores(values[0], values[1], values[2], values[3], values[4], values[5]);
	}

	/** The scores in the order of {@link #COLUMNS}. */
	public double[] values() {
		return new double[] { meanSquaredError, peakSignalToNoise, similarity, signalToNoise, halfResolutionAngstrom,
			seventhResolutionAngstrom };
	}
}
