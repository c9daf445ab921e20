package io.github.clearice.network;

/** How a kernel starts: normal numbers of mean zero, whose standard deviation may depend on the size of the layer. */
@FunctionalInterface
public interface KernelInitialiser {

	/** He et al. 2015, equation 10: keeps the variance from layer to layer where a ReLU follows. */
	KernelInitialiser HE = products -> Math.sqrt(2 / products);
	/** Keeps the variance from layer to layer where nothing follows. */
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
