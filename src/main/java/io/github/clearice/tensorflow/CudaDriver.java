package io.github.clearice.tensorflow;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks NVIDIA's driver for a GPU before TensorFlow does, because TensorFlow keeps
 * the reasons to itself. The functions are those of the CUDA driver API.
 */
final class CudaDriver {

	/** The library of the driver, which comes with it and with nothing else. */
	static final String LIBRARY = "libcuda.so.1";

	/** Where drivers put it that the linker does not know of: containers, WSL, NixOS. */
	private static final List<Path> FOLDERS = List.of(Path.of("/usr/local/nvidia/lib64"), Path.of("/usr/lib/wsl/lib"),
		Path.of("/run/opengl-driver/lib"));

	private static final int CAPABILITY_MAJOR = 75;
	private static final int CAPABILITY_MINOR = 76;
	private static final int NO_DEVICE = 100;
	private static final int LONGEST_NAME = 256;

	/** The functions of the driver; each returns 0 or the number of an error. */
	interface Calls extends Library {

		int cuInit(int flags);

		int cuDriverGetVersion(IntByReference version);

		int cuDeviceGetCount(IntByReference count);

		int cuDeviceGet(IntByReference device, int ordinal);

		int cuDeviceGetName(byte[] name, int length, int device);

		int cuDeviceTotalMem_v2(LongByReference bytes, int device);

		int cuDeviceGetAttribute(IntByReference value, int attribute, int device);

		int cuGetErrorName(int error, PointerByReference name);
	}

	private CudaDriver() {}

	/**
	 * The first GPU of this machine.
	 *
	 * @throws NetworkException if there is none; the message is the reason
	 */
	static Gpu findGpu(final SharedLibraries.Opener linker) {
		return findGpu(load(linker, FOLDERS));
	}

	/** Opens the driver's library where the linker or one of the folders has it. */
	static Calls load(final SharedLibraries.Opener linker, final List<Path> folders) {
		final List<String> places = new ArrayList<>(List.of(LIBRARY));
		folders.stream().map(folder -> folder.resolve(LIBRARY)).filter(Files::exists).forEach(path -> places.add(path
			.toString()));
		String reason = null;
		for (final String place : places) {
			reason = linker.open(place);
			if (reason == null) return Native.load(place, Calls.class);
		}
		throw new NetworkException("there is no NVIDIA driver (" + reason + ")");
	}

	/** Asks step by step, so that the first thing that fails is the reason. */
	static Gpu findGpu(final Calls driver) {
		final IntByReference number = new IntByReference();
		require(driver, driver.cuDriverGetVersion(number), "cuDriverGetVersion");
		final int driverCuda = number.getValue();
		if (driverCuda < Gpu.LEAST_DRIVER_CUDA) throw new NetworkException(
			"the NVIDIA driver is too old: it supports CUDA " + Gpu.cudaText(driverCuda) +
				", and CUDA 12 needs driver 525.60 or newer");
		require(driver, driver.cuInit(0), "cuInit");
		require(driver, driver.cuDeviceGetCount(number), "cuDeviceGetCount");
		if (number.getValue() == 0) throw noDevice("");
		require(driver, driver.cuDeviceGet(number, 0), "cuDeviceGet");
		final int device = number.getValue();
		final byte[] name = new byte[LONGEST_NAME];
		require(driver, driver.cuDeviceGetName(name, name.length, device), "cuDeviceGetName");
		final LongByReference memory = new LongByReference();
		require(driver, driver.cuDeviceTotalMem_v2(memory, device), "cuDeviceTotalMem");
		final int capability = 10 * attribute(driver, CAPABILITY_MAJOR, device) + attribute(driver, CAPABILITY_MINOR,
			device);
		final Gpu gpu = new Gpu(Native.toString(name), memory.getValue(), capability, driverCuda);
		if (capability < Gpu.LEAST_CAPABILITY) throw new NetworkException(gpu.name() +
			" is too old: its compute capability is " + gpu.capabilityText() + ", and TensorFlow needs 6.0");
		return gpu;
	}

	private static int attribute(final Calls driver, final int attribute, final int device) {
		final IntByReference value = new IntByReference();
		require(driver, driver.cuDeviceGetAttribute(value, attribute, device), "cuDeviceGetAttribute");
		return value.getValue();
	}

	private static void require(final Calls driver, final int error, final String call) {
		if (error == 0) return;
		if (error == NO_DEVICE) throw noDevice(" (" + call + ": error " + NO_DEVICE + ")");
		final PointerByReference name = new PointerByReference();
		final boolean named = driver.cuGetErrorName(error, name) == 0 && name.getValue() != null;
		throw new NetworkException("the NVIDIA driver does not work (" + call + ": error " + error + (named ? ", " + name
			.getValue().getString(0) : "") + "); nvidia-smi may say more");
	}

	private static NetworkException noDevice(final String detail) {
		final String visible = System.getenv("CUDA_VISIBLE_DEVICES");
		return new NetworkException("the NVIDIA driver sees no GPU" + detail + (visible == null ? ""
			: "; CUDA_VISIBLE_DEVICES is set to '" + visible + "'"));
	}
}
