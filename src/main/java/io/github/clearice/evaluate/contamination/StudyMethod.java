package io.github.clearice.evaluate.contamination;

import io.github.clearice.task.ParameterException;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the trainings that a contamination study compares.
 *
 * @param name {@code l1}, {@code l2}, {@code js}, {@code wgan}, or {@code beta} and a number; a GAN's may end in
 *          {@value #AT_PARITY}
 * @param label for tables and plots
 * @param options of the training that make it this method
 */
public record StudyMethod(String name, String label, Map<String, String> options) {

	/** The five that Gu et al. 2021 show in Fig. 3 e to g. */
	public static final String USUAL = "l1,l2,beta0.5,beta1,wgan";

	/** The reference for the comparison. */
	static final String YARDSTICK = "l1";

	/** Ends the name of a GAN whose discriminator pulls at the results as strongly as the pixel loss does. */
	public static final String AT_PARITY = "-parity";

	private static final Pattern BETA = Pattern.compile("beta(-?[0-9]*\\.?[0-9]+)");

	/** @throws ParameterException if there is no such method */
	public static StudyMethod named(final String name) {
		if (name.endsWith(AT_PARITY)) return named(name.substring(0, name.length() - AT_PARITY.length())).atParity();
		switch (name) {
			case YARDSTICK:
				return new StudyMethod(name, "l1 autoencoder", Map.of("gan", "none", "loss", "l1"));
			case "l2":
				return new StudyMethod(name, "l2 autoencoder", Map.of("gan", "none", "loss", "l2"));
			case "js":
				return new StudyMethod(name, "(0, 0)-GAN + l1", Map.of("gan", "js", "loss", "l1"));
			case "wgan":
				return new StudyMethod(name, "WGANgp + l1", Map.of("gan", "wgan", "loss", "l1"));
			default:
				final Matcher beta = BETA.matcher(name);
				if (!beta.matches()) throw new ParameterException("There is no method " + name +
					" of training. Use l1, l2, js, wgan, or beta and a number, such as beta0.5 for the (.5, .5)-GAN; a GAN's" +
						" name may end in " + AT_PARITY +
					".");
				final String both = beta.group(1);
				return new StudyMethod(name, "(" + both + ", " + both + ")-GAN + l1", Map.of("gan", "beta", "loss", "l1",
					"alpha", both, "beta", both));
		}
	}

	/** The same GAN with both gradients alike. */
	private StudyMethod atParity() {
		if (!isAdversarial()) throw new ParameterException("The method " + name + AT_PARITY +
			" has no adversarial loss to balance. Use " + name + ".");
		final Map<String, String> balanced = new TreeMap<>(options);
		balanced.put("parity", "1");
		return new StudyMethod(name + AT_PARITY, label + ", parity", balanced);
	}

	boolean isAdversarial() {
		return !"none".equals(options.get("gan"));
	}
}
