package io.github.clearice.reproduce;

import java.util.Map;

/** The networks of Gu et al. 2021, as the contamination study names them. */
final class GuMethods {

	private static final Map<String, String> LABELS = Map.of("l1", "l1 autoencoder", "l2", "l2 autoencoder", "beta0.5",
		"(.5, .5)-GAN + l1", "beta1", "(1, 1)-GAN + l1", "js", "(0, 0)-GAN + l1", "wgan", "WGANgp + l1");

	private GuMethods() {}

	/** As the paper writes it. */
	static String label(final String method) {
		return LABELS.getOrDefault(method, method);
	}
}
