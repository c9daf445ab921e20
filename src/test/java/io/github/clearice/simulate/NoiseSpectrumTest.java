package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.task.ParameterException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseSpectrumTest {

	@TempDir
	Path folder;

	@Test
	void readsTheNoiseOfARelionModel() throws IOException {
		final Path model = folder.resolve("run_model.star");
		Files.writeString(model,
			"data_model_general\n\n_rlnReferenceDimensionality 3\n\ndata_model_optics_group_1\n\nloop_\n" +
				"_rlnSpectralIndex #1\n_rlnResolution #2\n_rlnSigma2Noise #3\n0 0.0 4e-5\n1 0.1 2e-5\n2 0.2 1e-5\n");
		final NoiseSpectrum spectrum = NoiseSpectrum.read(model);
		assertEquals(4e-5, spectrum.power(0), 1e-12);
		assertEquals(1.5e-5, spectrum.power(0.375), 1e-12);
		assertEquals(1e-5, spectrum.power(0.7), 1e-12);
	}

	@Test
	void refusesAFileWithoutNoise() throws IOException {
		final Path star = folder.resolve("other.star");
		Files.writeString(star, "data_\n\nloop_\n_rlnMicrographName #1\na.mrc\n");
		assertTrue(assertThrows(ParameterException.class, () -> NoiseSpectrum.read(star)).getMessage().contains(
			"no column rlnSigma2Noise"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 15, 16 })
	void filterKeepsTheVarianceOfWhiteNoise(final int box) {
		final float[] filter = NoiseSpectrum.of(9, 4, 1, 0).filter(box);
		assertEquals(1, new HalfPlane(box).meanSquare(filter), 1e-5);
	}
}
