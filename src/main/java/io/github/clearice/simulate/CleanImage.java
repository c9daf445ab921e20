package io.github.clearice.simulate;

/** What the clean image of a pair shows. */
public enum CleanImage {

	/** The projection itself, as in Gu 2021: a denoiser learns to undo noise and CTF. */
	WITHOUT_CTF,

	/** The projection with its CTF: a denoiser learns to undo the noise alone. */
	WITH_CTF
}
