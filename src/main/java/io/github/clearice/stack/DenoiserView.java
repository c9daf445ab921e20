package io.github.clearice.stack;

import java.io.Serializable;
import java.util.Optional;

/** A method that sees particles through something: inverted, resampled, undistorted. Closed along with the method. */
public abstract class DenoiserView extends ArrayDenoiser {

	/** The method itself. */
	protected final Denoiser denoiser;

	/** @param denoiser the method itself */
	protected DenoiserView(final Denoiser denoiser) {
		this.denoiser = denoiser;
	}

	@Override
	public String name() {
		return denoiser.name();
	}

	@Override
	public Optional<Boolean> correctsCtf() {
		return denoiser.correctsCtf();
	}

	@Override
	public int batchSize() {
		return denoiser.batchSize();
	}

	@Override
	public Serializable findings(final int first, final int end) {
		return denoiser.findings(first, end);
	}

	@Override
	public void take(final int first, final Serializable findings) {
		denoiser.take(first, findings);
	}

	@Override
	public void close() {
		denoiser.close();
	}
}
