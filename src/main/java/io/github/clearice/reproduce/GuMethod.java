package io.github.clearice.reproduce;

import io.github.clearice.reproduce.Experiment.RuntimeEstimate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network of Gu et al. 2021.
 *
 * @param name in commands and files
 * @param label in the paper
 * @param options of its training
 * @param paper PSNR in its Table 1, at SNR 0.1 and 0.05
 */
record GuMethod(String name, String label, Parameters options, String paper) {

	/** Holds both gradients alike, which the paper does not. */
	static final Parameters PARITY = Parameters.of("parity", 1);
	/** A generator is updated so often in an update (k_g); an autoencoder needs as many times the epochs. */
	static final int GENERATOR_STEPS = 2;

	static final GuMethod L1 = new GuMethod("l1", "l1 autoencoder", Parameters.of("gan", "none").with("loss", "l1"),
		"25.05 / 23.80");
	static final GuMethod L2 = new GuMethod("l2", "l2 autoencoder", Parameters.of("gan", "none").with("loss", "l2"),
		"25.10 / 23.67");
	static final GuMethod JS = new GuMethod("js", "(0, 0)-GAN + l1", Parameters.of("gan", "js"), "25.25 / 24.00");
	static final GuMethod WGAN = new GuMethod("wgan", "WGANgp + l1", Parameters.of("gan", "wgan"), "25.42 / 24.06");
	static final GuMethod ONES = new GuMethod("beta1", "(1, 1)-GAN + l1", Parameters.of("gan", "beta").with("alpha", 1)
		.with("beta", 1), "25.30 / 24.07");
	static final GuMethod HALVES = new GuMethod("beta0.5", "(.5, .5)-GAN + l1", Parameters.of("gan", "beta").with(
		"alpha", 0.5).with("beta", 0.5), "25.27 / 24.07");

	/** The GANs, in the order of Table 1. */
	static final List<GuMethod> GANS = List.of(JS, WGAN, ONES, HALVES);

	/** The same GAN with a discriminator that pulls at the results as strongly as the pixel loss. */
	GuMethod atParity() {
		return new GuMethod(name + "-parity", label + ", parity", options.with(PARITY), "");
	}

	/** As printed, and at parity. */
	static List<GuMethod> both(final List<GuMethod> gans) {
		final List<GuMethod> both = new ArrayList<>(gans);
		gans.forEach(gan -> both.add(gan.atParity()));
		return both;
	}

	boolean isGan() {
		return !options.values().get("gan").equals("none");
	}

	/** Epochs that give its network as many updates as others get. */
	int epochs(final int ofGans) {
		return isGan() ? ofGans : GENERATOR_STEPS * ofGans;
	}

	/**
	 * How long a training takes on the machine of {@link RuntimeEstimate}.
	 *
	 * @param resnet whether it is the paper's network, not the light one
	 */
	double seconds(final boolean resnet, final int box, final double images) {
		if (resnet) return (isGan() ? RuntimeEstimate.Training.RESNET_GAN : RuntimeEstimate.Training.RESNET).seconds(box,
			images);
		return (!isGan() ? RuntimeEstimate.Training.AUTOENCODER : name.startsWith("wgan")
			? RuntimeEstimate.Training.WASSERSTEIN : RuntimeEstimate.Training.GAN).seconds(box, images);
	}

	/** The name of a training's files, without an ending. */
	String training(final int seed) {
		return name + "-seed" + seed;
	}

	/** The model files of trainings with the first seeds. */
	List<String> models(final int seeds) {
		return IntStream.rangeClosed(1, seeds).mapToObj(seed -> training(seed) + ".clearice").toList();
	}
}
