package io.github.clearice.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;

import io.github.clearice.tensorflow.Gpu.GpuSetup;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuSetupTest {

	@Test
	void buildForProcessorsIsTheFirstReason(@TempDir final Path empty) throws IOException {
		try (URLClassLoader classPath = new URLClassLoader(new URL[] { empty.toUri().toURL() }, null)) {
			final GpuSetup setup = GpuSetup.prepare(classPath);
			assertFalse(setup.gpuBuild());
			assertTrue(setup.refusal().contains("-Pgpu") || setup.refusal().contains("Linux x86-64 only"), setup.refusal());
		}
	}

	@Test
	void driverIsTheSecondReason(@TempDir final Path folder) throws IOException {
		assumeTrue(Platform.isLinux() && SharedLibraries.open(CudaDriver.LIBRARY) != null, "there is an NVIDIA driver");
		final Path library = folder.resolve("org/tensorflow/internal/c_api/linux-x86_64-gpu/libtensorflow_cc.so.2");
		Files.createDirectories(library.getParent());
		Files.createFile(library);
		try (URLClassLoader classPath = new URLClassLoader(new URL[] { folder.toUri().toURL() }, null)) {
			final GpuSetup setup = GpuSetup.prepare(classPath);
			assertTrue(setup.gpuBuild() && setup.gpu().isEmpty());
			assertEquals(
				"there is no NVIDIA driver (libcuda.so.1: cannot open shared object file: No such file or directory)", setup
					.refusal());
		}
	}
}
