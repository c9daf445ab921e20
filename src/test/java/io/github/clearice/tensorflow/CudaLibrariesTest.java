package io.github.clearice.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CudaLibrariesTest {

	/** The linker of this process for files, as on a system that has no CUDA. */
	static final SharedLibraries.Opener WITHOUT_SYSTEM = library -> library.startsWith("/") ? SharedLibraries.open(
		library) : library + ": not on this system";

	@Test
	void missingLibraryIsNamed() {
		assertEquals("the CUDA library libcudart.so.12 does not load (libcudart.so.12: not on this system)", refusal(
			WITHOUT_SYSTEM, null));
	}

	@Test
	void fileThatIsNoLibraryIsNamedWithTheLinkersReason(@TempDir final Path folder) throws IOException {
		assumeTrue(Platform.isLinux());
		final Path file = Files.writeString(folder.resolve("libcudart.so.12"), "x".repeat(10_000));
		assertEquals("the CUDA library libcudart.so.12 does not load (" + file + ": invalid ELF header)", refusal(
			WITHOUT_SYSTEM, folder.toString()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "libcublas.so.12", "libcufft.so.11", "libcusparse.so.12", "libcusolver.so.11",
		"libcudnn.so.9" })
	void firstMissingOfManyIsNamed(final String missing) {
		final String reason = refusal(library -> library.equals(missing) ? "gone" : null, null);
		assertEquals("the CUDA library " + missing + " does not load (gone)", reason);
	}

	@Test
	void librariesThatOnlyCudnnOpensMayBeElsewhere() {
		CudaLibraries.openInstalled(library -> library.startsWith("libcudnn_") || library.startsWith("libnvrtc")
			? "beside libcudnn" : null, null, List.of());
	}

	@Test
	void folderOfTheUserComesFirstAndUsualOnesLast(@TempDir final Path chosen, @TempDir final Path usual)
		throws IOException
	{
		final Path first = Files.createFile(chosen.resolve("libcufft.so.11"));
		final Path last = Files.createFile(usual.resolve("libcufft.so.11"));
		final List<String> tried = new ArrayList<>();
		assertThrows(NetworkException.class, () -> CudaLibraries.openInstalled(library -> {
			if (!library.contains("libcufft")) return null;
			tried.add(library);
			return library + ": broken";
		}, chosen.toString(), List.of(usual)));
		assertEquals(List.of(first.toString(), "libcufft.so.11", last.toString()), tried);
	}

	@Test
	void eachLibraryIsOpenedAfterThoseItNeeds() {
		// From `readelf -d` on the libraries of org.bytedeco:cuda:12.6-9.5-1.5.11, NEEDED entries of CUDA's own.
		final Map<String, List<String>> needs = Map.of("libcublas.so.12", List.of("libcublasLt.so.12"), "libcusparse.so.12",
			List.of("libnvJitLink.so.12"), "libcusolver.so.11", List.of("libnvJitLink.so.12", "libcusparse.so.12",
				"libcublas.so.12", "libcublasLt.so.12"), "libcudnn_ops.so.9", List.of("libcudnn_graph.so.9"),
			"libcudnn_cnn.so.9", List.of("libcudnn_ops.so.9", "libcudnn_graph.so.9"), "libcudnn_adv.so.9", List.of(
				"libcudnn_ops.so.9", "libcudnn_graph.so.9"), "libcudnn_heuristic.so.9", List.of("libcudnn_graph.so.9"));
		final List<String> order = CudaLibraries.ITEMS.stream().map(CudaLibraries.Item::name).toList();
		needs.forEach((library, needed) -> needed.forEach(other -> assertTrue(order.indexOf(other) >= 0 && order.indexOf(
			other) < order.indexOf(library), other + " before " + library)));
	}

	@ParameterizedTest
	@ValueSource(longs = { 8907, 90201, 100000 })
	void cudnnOfAnotherVersionIsRefused(final long version) {
		final NetworkException refused = assertThrows(NetworkException.class, () -> CudaLibraries.requireCudnn(version));
		assertTrue(refused.getMessage().endsWith("and TensorFlow needs 9.3 or a later 9"), refused.getMessage());
	}

	@Test
	void cudnnThatFitsIsTaken() {
		CudaLibraries.requireCudnn(90300);
		CudaLibraries.requireCudnn(90501);
	}

	@Test
	void linkerOpensAndRefusesByName() {
		assumeTrue(Platform.isLinux() && Platform.is64Bit());
		assertNull(SharedLibraries.open("libm.so.6"));
		assertEquals("libabsent.so.1: cannot open shared object file: No such file or directory", SharedLibraries.open(
			"libabsent.so.1"));
	}

	private static String refusal(final SharedLibraries.Opener linker, final String folder) {
		return assertThrows(NetworkException.class, () -> CudaLibraries.openInstalled(linker, folder, List.of()))
			.getMessage();
	}
}
