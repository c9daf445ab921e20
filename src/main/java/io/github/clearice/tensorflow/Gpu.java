package io.github.clearice.tensorflow;

import java.util.Locale;
import java.util.Optional;

import org.bytedeco.javacpp.Loader;

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

	/** Its properties, such as {@code NVIDIA H200, 139.8 GiB, compute capability 9.0, driver for CUDA 12.4}. */
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

	/**
	 * All that must be in place for a GPU before TensorFlow is loaded, tried in the
	 * order in which it can fail: a TensorFlow for GPUs, the driver, a card, CUDA's
	 * libraries.
	 *
	 * @param gpuBuild whether this TensorFlow is one for GPUs
	 * @param gpu the card, where everything before it is in place
	 * @param cudaOrigin where CUDA's libraries were loaded from; empty where they were not
	 * @param refusal the first thing that is missing, by name; empty where nothing is
	 */
	record GpuSetup(boolean gpuBuild, Optional<Gpu> gpu, String cudaOrigin, String refusal) {

		private static final String GPU_LIBRARY = "org/tensorflow/internal/c_api/linux-x86_64-gpu/libtensorflow_cc.so.2";
		private static final String GPU_PLATFORM = "linux-x86_64";
		/** Empty, it makes TensorFlow's loader take the build for processors although that for GPUs is there. */
		static final String EXTENSION_PROPERTY = "org.bytedeco.javacpp.platform.extension";

		/** Finds the GPU and opens CUDA's libraries. */
		static GpuSetup prepare(final ClassLoader classPath) {
			if (classPath.getResource(GPU_LIBRARY) == null || "".equals(System.getProperty(EXTENSION_PROPERTY))) {
				return without(false, Loader.getPlatform().equals(GPU_PLATFORM)
					? "this TensorFlow is the build for processors; the one for GPUs comes from the update site ClearIce-GPU" +
						" (in Fiji by Help > Update... > Manage Update Sites, elsewhere by building with -Pgpu)"
					: "TensorFlow for Java has GPU builds for Linux x86-64 only, and this is " + TensorFlowRuntime.platform());
			}
			try {
				final Gpu gpu = CudaDriver.findGpu(SharedLibraries::open);
				return new GpuSetup(true, Optional.of(gpu), CudaLibraries.open(SharedLibraries::open, classPath), "");
			}
			catch (final NetworkException e) {
				return without(true, e.getMessage());
			}
			catch (final LinkageError e) {
				return without(true, "the GPU's libraries could not be asked (" + TensorFlowRuntime.firstLine(e) + ")");
			}
		}

		private static GpuSetup without(final boolean gpuBuild, final String refusal) {
			return new GpuSetup(gpuBuild, Optional.empty(), "", refusal);
		}
	}
}
