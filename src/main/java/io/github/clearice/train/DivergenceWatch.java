package io.github.clearice.train;

import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.options.Adversary;
import io.github.clearice.train.options.Adversary.Gan;
import io.github.clearice.train.options.OptionReader;
import io.github.clearice.train.options.TrainingOptions;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Notices that a training has failed for good: values that are not numbers, a loss
 * that explodes, a network with results that no longer depend on its images, a
 * discriminator that is always or never sure.
 */
final class DivergenceWatch {

	/** Running means follow the losses at this pace. */
	private static final double RUNNING_SHARE = 0.02;
	/** A loss so many times the lowest one explodes, if it is also well above that of the untrained network. */
	private static final double EXPLOSION = 10;
	private static final double ABOVE_UNTRAINED = 2;
	/** A discriminator is stuck if this fraction of the last hundreds of updates shows it. */
	private static final double STUCK_SHARE = 0.75;
	private static final double STUCK_PACE = 1.0 / 250;
	/** From a state in which it may be stuck already there is no way back. */
	private static final double CALM_SHARE = 0.02;
	/** A gradient penalty so many times its first value, or 1, explodes. */
	private static final double PENALTY_EXPLOSION = 1000;
	/** Above this difference of scores between 0 and 1 a discriminator is always sure. */
	private static final double SURE = 0.999;
	/** Below this difference it does not distinguish images: the mean over a batch of one that works varies more. */
	private static final double BLIND = 1e-6;
	/** Results that vary so little, as a share of the targets' variance, do not depend on the images. */
	private static final double COLLAPSE = 1e-4;
	private static final int COLLAPSED_VALIDATIONS = 3;
	private static final int COLLAPSED_UPDATES = 100;

	/**
	 * The kind of divergence.
	 *
	 * @param reason in words that end a sentence
	 * @param criticAlone whether a lower rate of the discriminator alone is the remedy
	 */
	record Divergence(String reason, boolean criticAlone) {}

	private final double sure;
	private final boolean pixelsTeach;
	private final int warmUpSteps;
	private double firstLoss = Double.NaN;
	private double runningLoss = Double.NaN;
	private double lowestLoss = Double.POSITIVE_INFINITY;
	private double firstPenalty = Double.NaN;
	private double runningPenalty;
	private double sureShare;
	private double blindShare;
	private int collapsedValidations;
	private long collapsedSince;

	/** The watch over a training with these options. */
	static DivergenceWatch of(final TrainingOptions options) {
		final boolean bounded = options.objective().adversary().map(game -> game.gan() != Gan.WGAN).orElse(true);
		return new DivergenceWatch(bounded, options.objective().adversary().map(Adversary::clamp).orElse(0.0), options
			.objective().lambda() > 0, options.learningRate().warmUpSteps());
	}

	/**
	 * @param bounded whether scores lie between 0 and 1; those of a Wasserstein critic do not
	 * @param clamp distance of scores from 0 and 1
	 * @param pixelsTeach whether there is a pixel loss, from which a network learns also where its discriminator is sure
	 */
	DivergenceWatch(final boolean bounded, final double clamp, final boolean pixelsTeach, final int warmUpSteps) {
		this.sure = bounded ? SURE * (1 - 2 * clamp) : Double.POSITIVE_INFINITY;
		this.pixelsTeach = pixelsTeach;
		this.warmUpSteps = warmUpSteps;
	}

	/** Looks at an update. */
	Optional<Divergence> afterUpdate(final StepReport report) {
		final double pixelLoss = report.pixelLoss();
		if (!Double.isFinite(pixelLoss)) return divergence("the loss was no longer a number");
		if (Double.isNaN(firstLoss)) firstLoss = pixelLoss;
		runningLoss = Double.isNaN(runningLoss) ? pixelLoss : runningLoss + RUNNING_SHARE * (pixelLoss - runningLoss);
		lowestLoss = Math.min(lowestLoss, runningLoss);
		if (runningLoss > EXPLOSION * lowestLoss && runningLoss > ABOVE_UNTRAINED * firstLoss) return divergence(
			"the loss had exploded to " + Math.round(runningLoss / lowestLoss) + " times its lowest");
		return report.hasAdversary() ? discriminator(report.realScore(), report.fakeScore()).or(() -> penalty(report
			.penalty())) : Optional.empty();
	}

	private Optional<Divergence> discriminator(final double real, final double fake) {
		if (!Double.isFinite(real) || !Double.isFinite(fake)) return divergence(
			"the discriminator's scores were no longer numbers");
		sureShare = followed(sureShare, real - fake > sure);
		blindShare = followed(blindShare, Math.abs(real - fake) <= BLIND * Math.max(1, Math.abs(real)));
		if (isIdle() && !pixelsTeach) return Optional.of(new Divergence(
			"the discriminator had been certain of every image for hundreds of updates, so that the network learned nothing" +
				" from it", true));
		if (blindShare > STUCK_SHARE) return Optional.of(new Divergence(
			"the discriminator had given clean and denoised images the same score for hundreds of updates", true));
		return Optional.empty();
	}

	private static double followed(final double share, final boolean now) {
		return share + STUCK_PACE * ((now ? 1 : 0) - share);
	}

	/** Only a Wasserstein critic has a penalty. */
	private Optional<Divergence> penalty(final double penalty) {
		if (Double.isNaN(penalty)) return Optional.empty();
		if (Double.isNaN(firstPenalty)) firstPenalty = Math.max(1, penalty);
		runningPenalty += RUNNING_SHARE * (penalty - runningPenalty);
		return runningPenalty <= PENALTY_EXPLOSION * firstPenalty ? Optional.empty() : Optional.of(new Divergence(String
			.format(Locale.ROOT, "the gradient penalty of the critic had exploded to %.1e", runningPenalty), true));
	}

	/**
	 * Looks at a validation.
	 *
	 * @param step number of the last update
	 * @param resultVariance of a pixel's results between images, mean over pixels
	 * @param targetVariance of a pixel's targets between images, mean over pixels
	 */
	Optional<Divergence> afterValidation(final long step, final double resultVariance, final double targetVariance) {
		if (!Double.isFinite(resultVariance)) return divergence("the network's results were no longer numbers");
		final boolean collapsed = step > warmUpSteps && resultVariance < COLLAPSE * targetVariance;
		if (collapsed && collapsedValidations == 0) collapsedSince = step;
		collapsedValidations = collapsed ? collapsedValidations + 1 : 0;
		if (collapsedValidations < COLLAPSED_VALIDATIONS || step - collapsedSince < COLLAPSED_UPDATES) return Optional
			.empty();
		return divergence("the network's results had been the same for all images in " + collapsedValidations +
			" validations");
	}

	/** Whether there is no sign of a beginning divergence. */
	boolean isHealthy() {
		return collapsedValidations == 0 && (pixelsTeach || sureShare < CALM_SHARE) && blindShare < CALM_SHARE;
	}

	/** Whether the discriminator has been certain of every image for so long that it teaches nothing. */
	boolean isIdle() {
		return sureShare > STUCK_SHARE;
	}

	/** The divergence of variables that are not numbers: an update can spoil them although its loss is a number. */
	static Divergence ofWeights() {
		return new Divergence("the weights were no longer numbers", false);
	}

	private static Optional<Divergence> divergence(final String reason) {
		return Optional.of(new Divergence(reason, false));
	}

	/** Watches as from the first update. */
	void forget() {
		firstLoss = Double.NaN;
		runningLoss = Double.NaN;
		lowestLoss = Double.POSITIVE_INFINITY;
		firstPenalty = Double.NaN;
		runningPenalty = 0;
		sureShare = 0;
		blindShare = 0;
		collapsedValidations = 0;
	}

	void save(final Map<String, String> state) {
		state.put("watch.firstLoss", Double.toString(firstLoss));
		state.put("watch.runningLoss", Double.toString(runningLoss));
		state.put("watch.lowestLoss", Double.toString(lowestLoss));
		state.put("watch.firstPenalty", Double.toString(firstPenalty));
		state.put("watch.runningPenalty", Double.toString(runningPenalty));
		state.put("watch.sure", Double.toString(sureShare));
		state.put("watch.blind", Double.toString(blindShare));
		state.put("watch.collapsed", Integer.toString(collapsedValidations));
		state.put("watch.collapsedSince", Long.toString(collapsedSince));
	}

	void restore(final OptionReader state) {
		firstLoss = state.real("watch.firstLoss");
		runningLoss = state.real("watch.runningLoss");
		lowestLoss = state.real("watch.lowestLoss");
		firstPenalty = state.real("watch.firstPenalty");
		runningPenalty = state.real("watch.runningPenalty");
		sureShare = state.real("watch.sure");
		blindShare = state.real("watch.blind");
		collapsedValidations = state.integer("watch.collapsed");
		collapsedSince = state.whole("watch.collapsedSince");
	}

	/** The number of returns to the last good state, and the remaining learning rates. */
	static final class Rollbacks {

		/** A training that diverges more often has the wrong options. */
		static final int MOST = 3;
		private static final double FALL = 0.5;

		private int count;
		private double share = 1;
		private double criticShare = 1;

		/** Whether going back once more would be in vain. */
		boolean isSpent() {
			return count >= MOST;
		}

		int count() {
			return count;
		}

		/** Counts a divergence, and lowers the rates: that of the discriminator alone where that is the remedy. */
		void add(final Divergence divergence) {
			count++;
			criticShare *= FALL;
			if (!divergence.criticAlone()) share *= FALL;
		}

		/** The rates are new ones: what happened with others does not count. */
		void forget() {
			count = 0;
			share = 1;
			criticShare = 1;
		}

		/** The remaining fraction of the network's rate. */
		double share() {
			return share;
		}

		/** The remaining fraction of the discriminator's rate. */
		double criticShare() {
			return criticShare;
		}

		/** The event and its consequence, in one line. */
		String message(final Divergence divergence, final long from, final long to) {
			return "Warning: after update " + from + " " + divergence.reason() + ". The training continues from update " +
				to +
				" with half the learning rate" + (divergence.criticAlone() ? " of the discriminator" : "") + " (" + count +
				" of at most " + MOST + " times).";
		}

		void save(final Map<String, String> state) {
			state.put("rollbacks", Integer.toString(count));
			state.put("rollbackShare", Double.toString(share));
			state.put("rollbackCriticShare", Double.toString(criticShare));
		}

		void restore(final OptionReader state) {
			count = state.integer("rollbacks");
			share = state.real("rollbackShare");
			criticShare = state.real("rollbackCriticShare");
		}
	}
}
