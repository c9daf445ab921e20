package io.github.clearice.stack;

/** A method that sees particles through something: inverted, resampled, undistorted. Closed along with the method. */
public interface DenoiserView extends Denoiser {

	/** The method itself. */
	Denoiser denoiser();

	@Override
	default String name() {
		return denoiser().name();
	}

	@Override
	default int batchSize() {
		return denoiser().batchSize();
	}

	/** The batch begins with the first particle of the stack. */
	@Override
	default void denoise(final float[][] noisy, final float[][] denoised) {
		denoise(0, noisy, denoised);
	}

	@Override
	void denoise(int first, float[][] noisy, float[][] denoised);

	@Override
	default void close() {
		denoiser().close();
	}
}
