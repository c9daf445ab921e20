package io.github.clearice.train.options;

import io.github.clearice.task.ParameterException;
import io.github.clearice.train.options.Adversary.Gan;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The loss that a training minimises: lambda times a pixel loss, plus an adversarial loss if there is one (Gu et al.
 * 2021, "Joint Autoencoder-GAN").
 *
 * @param loss of pixels
 * @param lambda its weight; with an adversary it may be 0
 * @param pixels how the pixel loss of an image is reduced; lambda means another thing for each
 * @param adversary empty for an autoencoder
 */
public record Objective(Loss loss, double lambda, Reduction pixels, Optional<Adversary> adversary) {

	public Objective {
		if (!(lambda >= 0 && lambda <= 1e9)) throw new ParameterException("Option lambda must be 0 or more, not " + lambda +
			".");
		if (lambda == 0 && adversary.isEmpty()) throw new ParameterException(
			"With lambda=0 and gan=none there is nothing to train for. Give a larger lambda=, or a gan=.");
		if (lambda == 0 && adversary.map(Adversary::parity).orElse(0.0) > 0) throw new ParameterException(
			"A parity of gradients needs a pixel loss, but the weight lambda of it is 0. Use a larger weight, or no parity.");
	}

	/** Reads what {@link #addTo} writes. */
	static Objective of(final OptionReader read) {
		final Gan gan = read.choice("gan", Gan.class);
		return new Objective(read.choice("loss", Loss.class), read.real("lambda"), read.choice("pixels", Reduction.class),
			gan == Gan.NONE ? Optional.empty() : Optional.of(Adversary.of(gan, read)));
	}

	/** Adds all options to a map. */
	void addTo(final Map<String, String> map) {
		map.put("loss", loss.label());
		map.put("lambda", Double.toString(lambda));
		map.put("pixels", pixels.label());
		map.put("gan", gan().label());
		adversary.ifPresent(options -> options.addTo(map));
	}

	private Gan gan() {
		return adversary.map(Adversary::gan).orElse(Gan.NONE);
	}

	/** The losses, such as {@code l1}, or {@code (0.5, 0.5)-GAN + 10 l1}. */
	public String label() {
		return adversary.map(game -> name(game) + (lambda == 0 ? "" : String.format(Locale.ROOT, " + %s %s", Double
			.toString(lambda).replaceFirst("\\.0$", ""), loss.label()))).orElse(loss.label());
	}

	/** The reductions, such as {@code mean}, or {@code pixels sum, scores mean}. */
	public String reduction() {
		return adversary.map(game -> "pixels " + pixels.label() + ", scores " + game.scores().label()).orElse(pixels
			.label());
	}

	private static String name(final Adversary adversary) {
		return switch (adversary.gan()) {
			case WGAN -> "WGANgp";
			case CONDITIONAL -> "conditional GAN";
			default -> "(" + adversary.alpha() + ", " + adversary.beta() + ")-GAN";
		};
	}

	/**
	 * How far a pixel is from its target: Gu et al. 2021, after equation 4 and in Algorithm 1. {@code PixelLoss} is its
	 * graph: options link to no TensorFlow, because dialogs show them without it.
	 */
	public enum Loss {
		/** Absolute difference: that of the l1-autoencoder. */
		L1,
		/** Squared difference: that of the l2-autoencoder (without the factor 1/2 of its formula, as in Algorithm 1). */
		L2;

		/** The name used in commands and cards: {@code l1}, {@code l2}. */
		public String label() {
			return OptionReader.label(this);
		}
	}

	/**
	 * How the terms of one image are joined to its loss. Images of a batch are
	 * always averaged, as by the 1/m of Algorithm 1 in Gu et al. 2021.
	 */
	public enum Reduction {
		/** Their mean: the loss does not grow with the box or the map of scores. */
		MEAN,
		/** Their sum, as the formulas of the paper have it. */
		SUM;

		/** The name used in commands and cards: {@code mean}, {@code sum}. */
		public String label() {
			return OptionReader.label(this);
		}
	}
}
