package io.github.clearice.particle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.image.ImageStatistics;
import io.github.clearice.image.Volume;
import io.github.clearice.mrc.MrcException;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MrcParticleStackTest {

	@TempDir
	Path folder;

	@Test
	void readsWhatTheWriterWrote() {
		final Path file = write("particles.mrcs", 5, 7, 7);
		try (MrcParticleStack stack = MrcParticleStack.open(file)) {
			assertEquals(5, stack.size());
			assertEquals(7, stack.box());
			assertEquals(2.5, stack.pixelSizeAngstrom(), 1e-6);
			assertEquals("particles.mrcs", stack.name());
			assertTrue(stack.warnings().isEmpty(), stack.warnings().toString());
			final float[] image = new float[49];
			stack.read(4, image);
			assertEquals(4048, image[48]);
		}
	}

	/** {@code a = mrcfile.open('aspire__sample.mrcs').data; a[16].mean(), a[16].std(), a[3,10,20]} */
	@Test
	void readsRealParticles() {
		try (MrcParticleStack stack = MrcParticleStack.open(TestData.file("maps-and-stacks/aspire__sample.mrcs"), 1.4)) {
			assertEquals(17, stack.size());
			assertEquals(200, stack.box());
			assertEquals(1.4, stack.pixelSizeAngstrom());
			final float[] image = new float[200 * 200];
			stack.read(16, image);
			final ImageStatistics statistics = ImageStatistics.of(image);
			assertEquals(0.020438318194217573, statistics.mean(), 1e-5);
			assertEquals(1.0050180080624582, statistics.standardDeviation(), 1e-5);
			stack.read(3, image);
			assertEquals(0.7487694621086121, image[10 * 200 + 20], 1e-5);
		}
	}

	@Test
	void refusesImagesThatAreNotSquare() {
		final Path file = write("movie.mrcs", 2, 8, 6);
		final String message = assertThrows(ParticleException.class, () -> MrcParticleStack.open(file)).getMessage();
		assertTrue(message.contains("movie.mrcs") && message.contains("8 x 6"), message);
	}

	@Test
	void warnsThatAVolumeIsNoStack() {
		final Path file = folder.resolve("map.mrc");
		MrcWriter.writeVolume(file, Volume.zeros(8, 2), MrcMode.FLOAT32);
		try (MrcParticleStack stack = MrcParticleStack.open(file)) {
			assertEquals(8, stack.size());
			assertTrue(stack.warnings().get(0).contains("is a volume"), stack.warnings().toString());
		}
	}

	@Test
	void refusesTruncatedAndMissingStacks() throws IOException {
		final Path file = write("particles.mrcs", 5, 7, 7);
		final byte[] bytes = Files.readAllBytes(file);
		Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
		assertThrows(MrcException.class, () -> MrcParticleStack.open(file));
		assertThrows(MrcException.class, () -> MrcParticleStack.open(folder.resolve("none.mrcs")));
	}

	/** Pixel p of image i is {@code 1000 i + p}. */
	private Path write(final String name, final int count, final int width, final int height) {
		final Path file = folder.resolve(name);
		try (MrcWriter writer = MrcWriter.stack(file, width, height, 2.5, MrcMode.FLOAT32)) {
			final float[] image = new float[width * height];
			for (int i = 0; i < count; i++) {
				for (int p = 0; p < image.length; p++) image[p] = 1000 * i + p;
				writer.write(image);
			}
			writer.commit();
		}
		return file;
	}
}
