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

	/** The padding of an image where a kernel reaches over its edge. */
	public enum Padding {
		/** Zeros that keep the size, or divide it exactly by the stride. */
		SAME,
		/** Nothing: the kernel stays inside. */
		NONE,
		/** One row of zeros on each side, which a 4 x 4 kernel of stride 1 shrinks by one pixel. */
		ONE;

		/** Edge length of the result. */
		int size(final int size, final int kernel, final int stride) {
			return switch (this) {
				case SAME -> (size + stride - 1) / stride;
				case NONE -> (size - kernel) / stride + 1;
				case ONE -> (size + 2 - kernel) / stride + 1;
			};
		}
	}

	/** How a kernel starts: normal numbers of mean zero, whose standard deviation may depend on the size of the layer. */
	@FunctionalInterface
	public interface KernelInitialiser {

		/** He et al. 2015, equation 10: keeps the variance from layer to layer where a ReLU follows. */
		KernelInitialiser HE = products -> Math.sqrt(2 / products);
		/** Keeps the variance from layer to layer if no activation follows. */
		KernelInitialiser EVEN = products -> Math.sqrt(1 / products);
		/** Radford et al. 2016 (DCGAN), section 4, and Isola et al. 2017 (pix2pix), section 6.2. */
		KernelInitialiser DCGAN = products -> 0.02;

		/**
		 * @param products that are summed to one result: the kernel's pixels times the incoming channels
		 */
		double deviation(double products);

		/** This start, made smaller or larger by a factor. */
		default KernelInitialiser times(final double factor) {
			return products -> factor * deviation(products);
		}
	}
}
