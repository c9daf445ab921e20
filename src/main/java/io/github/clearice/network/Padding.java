package io.github.clearice.network;

/** What lies around an image when a kernel reaches over its edge. */
public enum Padding {
	/** As many zeros as keep the size, or divide it by the stride exactly. */
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
