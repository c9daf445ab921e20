package io.github.clearice.train.log;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What an update found before it changed the weights. What an objective does not
 * have is NaN.
 *
 * @param pixelLoss lambda not applied
 * @param hasAdversary whether there is a discriminator
 * @param adversarialLoss of the generator
 * @param realScore the discriminator's mean score of targets; between 0 and 1, but for a Wasserstein critic
 * @param fakeScore its mean score of results
 * @param penalty the gradient penalty, mu not applied
 */
public record StepReport(double pixelLoss, boolean hasAdversary, double adversarialLoss, double realScore,
	double fakeScore, double penalty)
{

	/** The report of an autoencoder. */
	public static StepReport of(final double pixelLoss) {
		return new StepReport(pixelLoss, false, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
	}

	/** The means of reports of one objective. */
	public static StepReport mean(final List<StepReport> reports) {
		return new StepReport(mean(reports, StepReport::pixelLoss), reports.get(0).hasAdversary, mean(reports,
			StepReport::adversarialLoss), mean(reports, StepReport::realScore), mean(reports, StepReport::fakeScore), mean(
				reports, StepReport::penalty));
	}

	private static double mean(final List<StepReport> reports, final ToDoubleFunction<StepReport> number) {
		return reports.stream().mapToDouble(number).average().orElseThrow();
	}
}
