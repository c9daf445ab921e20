package io.github.clearice.train.data;

/** What denoised validation particles are compared with. */
public enum ValidationTarget {
	/** Their clean images. */
	CLEAN("clean images"),
	/** Other noisy images of them, whose noise no result can match: the figure has a ceiling near that of the noise. */
	SECOND("second noisy images"),
	/** The noisy images themselves, at pixels that the network did not see; their noise makes a ceiling too. */
	BLIND("hidden pixels of the noisy images");

	private final String label;

	ValidationTarget(final String label) {
		this.label = label;
	}

	/** For the card. */
	String label() {
		return label;
	}
}
