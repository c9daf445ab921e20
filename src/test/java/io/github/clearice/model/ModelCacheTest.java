package io.github.clearice.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.InputException;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model that was used last is ready for the next time, unless its file is another. */
class ModelCacheTest {

	private static final Device DEVICE = new Device(false, Precision.FLOAT32, 1);

	@TempDir
	Path folder;

	@Test
	void theSameFileIsNotReadTwiceAndAnotherIs() throws IOException {
		final Path file = folder.resolve("m.clearice");
		TinyModel.model().write(file);
		final float[] first = denoise(file);
		// Whoever reads it now fails.
		final FileTime time = Files.getLastModifiedTime(file);
		Files.write(file, new byte[(int) Files.size(file)]);
		Files.setLastModifiedTime(file, time);
		assertArrayEquals(first, denoise(file));
		Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 5000));
		assertThrows(InputException.class, () -> denoise(file));
	}

	private static float[] denoise(final Path file) {
		try (ModelDenoiser denoiser = ModelCache.open(file, DEVICE, ModelDenoiser.Options.PLAIN)) {
			final int pixels = denoiser.card().box() * denoiser.card().box();
			final float[][] noisy = new float[1][pixels], denoised = new float[1][pixels];
			for (int i = 0; i < pixels; i++) noisy[0][i] = i * 37 % 11;
			denoiser.denoise(PixelArrays.image(0, noisy), PixelArrays.image(0, denoised));
			return denoised[0];
		}
	}
}
