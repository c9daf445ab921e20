package io.github.clearice.denoise;

import io.github.clearice.stack.Denoiser;

/** A method that the tests contribute as a Java service: doubles every pixel. */
public final class DoublingService implements DenoiserFactory {

	@Override
	public String name() {
		return "doubling";
	}

	@Override
	public String description() {
		return "Doubles every pixel.";
	}

	@Override
	public Denoiser create() {
		return HalvingPlugin.by(name(), 2);
	}
}
