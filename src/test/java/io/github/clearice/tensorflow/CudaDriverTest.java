package io.github.clearice.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import com.sun.jna.Platform;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a driver that answers as NVIDIA documents it; the numbers of errors are those of cuda.h. */
class CudaDriverTest {

	private int initError;
	private int count = 1;
	private int driverCuda = 12040;
	private int capability = 90;

	@Test
	void describesTheFirstCard() {
		final Gpu gpu = CudaDriver.findGpu(new Answers());
		assertEquals(new Gpu("NVIDIA Test", 80L << 30, 90, 12040), gpu);
		assertEquals("NVIDIA Test, 80.0 GiB, compute capability 9.0, driver for CUDA 12.4", gpu.label());
		assertTrue(gpu.hasTensorFloat32() && gpu.hasFloat16());
	}

	@Test
	void oldDriverIsRefusedWithTheOneThatIsNeeded() {
		driverCuda = 11080;
		assertEquals("the NVIDIA driver is too old: it supports CUDA 11.8, and CUDA 12 needs driver 525.60 or newer",
			reason());
	}

	@Test
	void driverThatDoesNotStartIsRefusedWithItsError() {
		initError = 999;
		assertEquals("the NVIDIA driver does not work (cuInit: error 999, CUDA_ERROR_UNKNOWN); nvidia-smi may say more",
			reason());
	}

	@Test
	void driverWithoutACardIsRefused() {
		initError = 100;
		assertTrue(reason().startsWith("the NVIDIA driver sees no GPU (cuInit: error 100)"), reason());
		initError = 0;
		count = 0;
		assertTrue(reason().startsWith("the NVIDIA driver sees no GPU"), reason());
	}

	@Test
	void oldCardIsRefused() {
		capability = 52;
		assertEquals("NVIDIA Test is too old: its compute capability is 5.2, and TensorFlow needs 6.0", reason());
	}

	@Test
	void pascalHasNeitherFastFloat16NorTensorFloat32() {
		capability = 61;
		final Gpu gpu = CudaDriver.findGpu(new Answers());
		assertFalse(gpu.hasFloat16() || gpu.hasTensorFloat32());
	}

	@Test
	void driverFileThatIsNoLibraryIsNamed(@TempDir final Path folder) throws IOException {
		assumeTrue(Platform.isLinux());
		final Path file = Files.writeString(folder.resolve(CudaDriver.LIBRARY), "no library");
		final NetworkException refused = assertThrows(NetworkException.class, () -> CudaDriver.load(
			CudaLibrariesTest.WITHOUT_SYSTEM, List.of(folder)));
		assertEquals("there is no NVIDIA driver (" + file + ": file too short)", refused.getMessage());
	}

	@Test
	void missingDriverIsNamed(@TempDir final Path folder) {
		final NetworkException refused = assertThrows(NetworkException.class, () -> CudaDriver.load(
			CudaLibrariesTest.WITHOUT_SYSTEM, List.of(folder)));
		assertEquals("there is no NVIDIA driver (libcuda.so.1: not on this system)", refused.getMessage());
	}

	private String reason() {
		return assertThrows(NetworkException.class, () -> CudaDriver.findGpu(new Answers())).getMessage();
	}

	private final class Answers implements CudaDriver.Calls {

		private final Memory errorName = new Memory(32);

		@Override
		public int cuInit(final int flags) {
			return initError;
		}

		@Override
		public int cuDriverGetVersion(final IntByReference version) {
			version.setValue(driverCuda);
			return 0;
		}

		@Override
		public int cuDeviceGetCount(final IntByReference value) {
			value.setValue(count);
			return 0;
		}

		@Override
		public int cuDeviceGet(final IntByReference device, final int ordinal) {
			device.setValue(ordinal + 7);
			return 0;
		}

		@Override
		public int cuDeviceGetName(final byte[] name, final int length, final int device) {
			final byte[] text = "NVIDIA Test".getBytes(StandardCharsets.US_ASCII);
			System.arraycopy(text, 0, name, 0, text.length);
			return device == 7 ? 0 : 101;
		}

		@Override
		public int cuDeviceTotalMem_v2(final LongByReference bytes, final int device) {
			bytes.setValue(80L << 30);
			return device == 7 ? 0 : 101;
		}

		@Override
		public int cuDeviceGetAttribute(final IntByReference value, final int attribute, final int device) {
			value.setValue(attribute == 75 ? capability / 10 : attribute == 76 ? capability % 10 : -1);
			return device == 7 ? 0 : 101;
		}

		@Override
		public int cuGetErrorName(final int error, final PointerByReference name) {
			errorName.setString(0, "CUDA_ERROR_UNKNOWN");
			name.setValue(errorName);
			return 0;
		}
	}
}
