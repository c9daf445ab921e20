package io.github.clearice.network;

/**
 * The plan of a convolution without bias.
 *
 * @param kernel edge length in pixels
 * @param stride pixels between two results; of a transposed convolution, between two incoming pixels
 * @param channels of the result
 * @param padding of a transposed convolution: {@link Padding#SAME}
 * @param start of the kernel
 */
public record Convolution(int kernel, int stride, int channels, Padding padding, KernelInitialiser start) {

	/** Zero-padded, with the start of He et al. 2015. */
	public Convolution(final int kernel, final int stride, final int channels) {
		this(kernel, stride, channels, Padding.SAME, KernelInitialiser.HE);
	}

	/** This convolution with another padding. */
	public Convolution padded(final Padding other) {
		return new Convolution(kernel, stride, channels, other, start);
	}

	/** This convolution with another start. */
	public Convolution starting(final KernelInitialiser other) {
		return new Convolution(kernel, stride, channels, padding, other);
	}
}
