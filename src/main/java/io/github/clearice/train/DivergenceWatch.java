package io.github.clearice.train;

import java.util.Map;
import java.util.Optional;

/**
 * Notices that a training goes wrong in a way from which it does not come back:
 * numbers that are none, a loss that explodes, a network whose results no longer
 * depend on its images, a discriminator that is always or never sure.
 */
final class DivergenceWatch {

	/** Running means follow the losses at this pace. */
	private static final double RUNNING_SHARE = 0.02;
	/** Updates whose mean loss is that of an untrained network. */
	private static final int FIRST_UPDATES = 20;
	/** A loss so many times the lowest one explodes, if it is also above that of the untrained network. */
	private static final double EXPLOSION = 10;
	/** A discriminator is stuck after so many updates in a row. */
	private static final int STUCK_UPDATES = 500;
	/** Above this difference of scores between 0 and 1 a discriminator is always sure. */
	private static final double SURE = 0.999;
	/** Below this difference it tells nothing apart: the mean over a batch of one that works varies more. */
	private static final double BLIND = 1e-6;
	/** Results that vary so little, as a share of the targets' variance, do not depend on the images. */
	private static final double COLLAPSE = 1e-4;
	private static final int COLLAPSED_VALIDATIONS = 3;

	/**
	 * What went wrong.
	 *
	 * @param reason in words that end a sentence
	 * @param criticAlone whether a lower rate of the discriminator alone is the remedy
	 */
	record Divergence(String reason, boolean criticAlone) {}

	private final double sure;
	private final int warmUpSteps;
	private long updates;
	private double firstLoss;
	private double runningLoss = Double.NaN;
	private double lowestLoss = Double.POSITIVE_INFINITY;
	private int sureUpdates;
	private int blindUpdates;
	private int collapsedValidations;

	/**
	 * @param bounded whether scores lie between 0 and 1; those of a Wasserstein critic do not
	 * @param clamp what scores are held away from 0 and 1
	 */
	DivergenceWatch(final boolean bounded, final double clamp, final int warmUpSteps) {
		this.sure = bounded ? SURE * (1 - 2 * clamp) : Double.POSITIVE_INFINITY;
		this.warmUpSteps = warmUpSteps;
	}

	/**
	 * Looks at an update.
	 *
	 * @param pixelLoss of its batch
	 * @param real mean score of targets, NaN without a discriminator
	 * @param fake mean score of results
	 */
	Optional<Divergence> afterUpdate(final double pixelLoss, final double real, final double fake) {
		if (!Double.isFinite(pixelLoss)) return divergence("the loss is no number any more");
		updates++;
		if (updates <= FIRST_UPDATES) firstLoss += pixelLoss / FIRST_UPDATES;
		runningLoss = Double.isNaN(runningLoss) ? pixelLoss : runningLoss + RUNNING_SHARE * (pixelLoss - runningLoss);
		lowestLoss = Math.min(lowestLoss, runningLoss);
		if (updates > FIRST_UPDATES && runningLoss > EXPLOSION * lowestLoss && runningLoss > firstLoss) return divergence(
			"the loss explodes: it is " + Math.round(runningLoss / lowestLoss) + " times its lowest");
		return Double.isNaN(real) && Double.isNaN(fake) ? Optional.empty() : discriminator(real, fake);
	}

	private Optional<Divergence> discriminator(final double real, final double fake) {
		if (!Double.isFinite(real) || !Double.isFinite(fake)) return divergence("the discriminator's scores are no numbers" +
			" any more");
		sureUpdates = real - fake > sure ? sureUpdates + 1 : 0;
		blindUpdates = Math.abs(real - fake) <= BLIND * Math.max(1, Math.abs(real)) ? blindUpdates + 1 : 0;
		if (sureUpdates >= STUCK_UPDATES) return Optional.of(new Divergence(
			"the discriminator has been certain of every image for " + STUCK_UPDATES +
				" updates, so that the network learns nothing from it", true));
		if (blindUpdates >= STUCK_UPDATES) return Optional.of(new Divergence(
			"the discriminator has given clean and denoised images the same score for " + STUCK_UPDATES + " updates", true));
		return Optional.empty();
	}

	/**
	 * Looks at a validation.
	 *
	 * @param step number of the last update
	 * @param resultVariance of a pixel's results between images, mean over pixels
	 * @param targetVariance of a pixel's targets between images, mean over pixels
	 */
	Optional<Divergence> afterValidation(final long step, final double resultVariance, final double targetVariance) {
		if (!Double.isFinite(resultVariance)) return divergence("the network's results are no numbers any more");
		final boolean collapsed = step > warmUpSteps && resultVariance < COLLAPSE * targetVariance;
		collapsedValidations = collapsed ? collapsedValidations + 1 : 0;
		if (collapsedValidations < COLLAPSED_VALIDATIONS) return Optional.empty();
		return divergence("the network's results have been the same for all images in " + COLLAPSED_VALIDATIONS +
			" validations");
	}

	/** Whether nothing looks like the beginning of a divergence. */
	boolean isCalm() {
		return collapsedValidations == 0 && sureUpdates < STUCK_UPDATES / 2 && blindUpdates < STUCK_UPDATES / 2;
	}

	private static Optional<Divergence> divergence(final String reason) {
		return Optional.of(new Divergence(reason, false));
	}

	void save(final Map<String, String> state) {
		state.put("watch.updates", Long.toString(updates));
		state.put("watch.firstLoss", Double.toString(firstLoss));
		state.put("watch.runningLoss", Double.toString(runningLoss));
		state.put("watch.lowestLoss", Double.toString(lowestLoss));
		state.put("watch.sure", Integer.toString(sureUpdates));
		state.put("watch.blind", Integer.toString(blindUpdates));
		state.put("watch.collapsed", Integer.toString(collapsedValidations));
	}

	void restore(final OptionReader state) {
		updates = state.whole("watch.updates");
		firstLoss = state.real("watch.firstLoss");
		runningLoss = state.real("watch.runningLoss");
		lowestLoss = state.real("watch.lowestLoss");
		sureUpdates = state.integer("watch.sure");
		blindUpdates = state.integer("watch.blind");
		collapsedValidations = state.integer("watch.collapsed");
	}
}
