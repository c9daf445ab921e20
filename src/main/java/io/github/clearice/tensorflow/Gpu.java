package io.github.clearice.tensorflow;

import java.util.Locale;

/**
 * The first GPU as its driver describes it.
 *
 * @param name such as {@code NVIDIA H200}
 * @param memoryBytes all of its memory
 * @param capability compute capability times ten: 80 for 8.0
 * @param driverCuda the newest CUDA that the driver supports, as it writes it: 12040 for 12.4
 */
public record Gpu(String name, long memoryBytes, int capability, int driverCuda) {

	/** The oldest cards that TensorFlow's build has code for. */
	static final int LEAST_CAPABILITY = 60;
	/** The oldest driver that runs programs of CUDA 12. */
	static final int LEAST_DRIVER_CUDA = 12000;
	private static final int TENSOR_FLOAT_32 = 80;
	private static final int FLOAT_16 = 70;

	/** Whether float32 convolutions multiply in TF32: 10 bits of mantissa, on cards since Ampere. */
	public boolean hasTensorFloat32() {
		return capability >= TENSOR_FLOAT_32;
	}

	/** Whether float16 has units of its own, as on cards since Volta. */
	public boolean hasFloat16() {
		return capability >= FLOAT_16;
	}

	/** Such as {@code NVIDIA H200, 139.8 GiB, compute capability 9.0, driver for CUDA 12.4}. */
	public String label() {
		return String.format(Locale.ROOT, "%s, %.1f GiB, compute capability %s, driver for CUDA %s", name, memoryBytes /
			(double) (1L << 30), capabilityText(), cudaText(driverCuda));
	}

	String capabilityText() {
		return capability / 10 + "." + capability % 10;
	}

	static String cudaText(final int version) {
		return version / 1000 + "." + version % 1000 / 10;
	}
}
