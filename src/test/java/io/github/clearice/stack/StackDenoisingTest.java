package io.github.clearice.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.task.InputException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackDenoisingTest {

	private static final int BOX = 8;

	@TempDir
	Path folder;

	@Test
	void keepsOrderBoxAndPixelSize() {
		final Path target = folder.resolve("new/denoised.mrcs");
		final ArrayParticleStack noisy = stack(150);
		final List<Integer> batches = new ArrayList<>();
		StackDenoising.run(noisy, halving(batches), target, TaskListener.SILENT);
		assertEquals(List.of(64, 64, 22), batches);
		try (ParticleStack denoised = MrcParticleStack.open(target)) {
			assertEquals(150, denoised.size());
			assertEquals(BOX, denoised.box());
			assertEquals(1.25, denoised.pixelSizeAngstrom(), 1e-6);
			for (final int index : new int[] { 0, 63, 64, 149 }) {
				final float[] image = new float[BOX * BOX];
				denoised.read(index, image);
				final float[] expected = noisy.images()[index].clone();
				for (int i = 0; i < expected.length; i++) expected[i] /= 2;
				assertArrayEquals(expected, image);
			}
		}
	}

	/** {@code numpy.load('denoised.cs')} has the fields of the input byte for byte, except blob/path. */
	@Test
	void writesATableOfCryosparcAndKeepsDarkParticlesDark() throws IOException {
		final Path source = TestData.file("real/empiar_10076_7.cs"), target = folder.resolve("denoised.mrcs");
		final float[] noisy = new float[320 * 320], denoised = new float[320 * 320], file = new float[320 * 320];
		try (ParticleStack particles = MrcParticleStack.open(source);
				ParticleStack plain = MrcParticleStack.open(TestData.file("real/empiar_10076_7.mrc")))
		{
			StackDenoising.run(particles, halving(new ArrayList<>()), target, TaskListener.SILENT);
			particles.read(6, noisy);
			plain.read(6, file);
			assertEquals(-file[1000], noisy[1000]);
		}
		try (ParticleStack particles = MrcParticleStack.open(folder.resolve("denoised.cs")); ParticleStack plain =
			MrcParticleStack.open(target))
		{
			assertEquals(7, particles.size());
			particles.read(6, denoised);
			assertEquals(noisy[1000] / 2, denoised[1000]);
			plain.read(6, file);
			assertEquals(-noisy[1000] / 2, file[1000]);
		}
		final byte[] before = Files.readAllBytes(source), after = Files.readAllBytes(folder.resolve("denoised.cs"));
		// Of a row of 208 bytes, 8 are the uid and 63 the path.
		for (int i = 1; i <= 137; i++) assertEquals(before[before.length - i], after[after.length - i]);
	}

	@Test
	void reportsProgress() {
		final List<Long> reports = new ArrayList<>();
		StackDenoising.run(stack(150), halving(new ArrayList<>()), folder.resolve("denoised.mrcs"), new TaskListener() {

			@Override
			public void progress(final long done) {
				reports.add(done);
			}
		});
		assertEquals(List.of(64L, 128L, 150L), reports);
	}

	@Test
	void readsTheNextBatchWhileOneIsDenoised() {
		final ArrayParticleStack images = stack(130);
		final CountDownLatch nextIsRead = new CountDownLatch(65);
		final ParticleStack watched = images.with((index, pixels) -> {
			images.read(index, pixels);
			nextIsRead.countDown();
		});
		final boolean[] met = new boolean[1];
		StackDenoising.run(watched, new ArrayDenoiser() {

			@Override
			public String name() {
				return "waiting";
			}

			@Override
			protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
				try {
					met[0] |= nextIsRead.await(10, TimeUnit.MINUTES);
				}
				catch (final InterruptedException e) {
					Thread.currentThread().interrupt();
				}
				for (int i = 0; i < noisy.length; i++) System.arraycopy(noisy[i], 0, denoised[i], 0, noisy[i].length);
			}
		}, folder.resolve("denoised.mrcs"), TaskListener.SILENT);
		assertTrue(met[0], "image 65 was not read before the first 64 were denoised");
	}

	@Test
	void cancelLeavesNothing() throws IOException {
		final List<Integer> batches = new ArrayList<>();
		assertThrows(TaskCancelledException.class, () -> StackDenoising.run(stack(150), halving(batches), folder.resolve(
			"denoised.mrcs"), new TaskListener() {

				@Override
				public boolean isCancelled() {
					return batches.size() == 2;
				}
			}));
		assertEquals(2, batches.size());
		assertFolderIsEmpty();
	}

	@Test
	void cancelInTheLastBatchLeavesNothing() throws IOException {
		final List<Integer> batches = new ArrayList<>();
		assertThrows(TaskCancelledException.class, () -> StackDenoising.run(stack(150), halving(batches), folder.resolve(
			"denoised.mrcs"), new TaskListener() {

				@Override
				public boolean isCancelled() {
					return batches.size() == 3;
				}
			}));
		assertFolderIsEmpty();
	}

	@Test
	void refusesNaNNamingTheParticle() throws IOException {
		final ArrayParticleStack noisy = stack(80);
		noisy.images()[70][BOX + 3] = Float.NaN;
		assertRefused(noisy, halving(new ArrayList<>()), "Particle 71 of noisy holds NaN at pixel (3, 1); leave");
	}

	@Test
	void refusesWhatTheDenoiserMadeNaN() throws IOException {
		assertRefused(stack(3), new ArrayDenoiser() {

			@Override
			public String name() {
				return "broken";
			}

			@Override
			protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
				denoised[1][0] = Float.POSITIVE_INFINITY;
			}
		}, "Particle 2 of noisy holds Infinity at pixel (0, 0) after broken;");
	}

	@Test
	void refusesAnEmptyStack() throws IOException {
		assertRefused(stack(0), halving(new ArrayList<>()), "noisy holds no particles");
	}

	@Test
	void refusesToOverwriteItsInput() throws IOException {
		final Path file = folder.resolve("particles.mrcs");
		StackDenoising.run(stack(3), halving(new ArrayList<>()), file, TaskListener.SILENT);
		final byte[] before = Files.readAllBytes(file);
		try (ParticleStack noisy = MrcParticleStack.open(file)) {
			final String message = assertThrows(InputException.class, () -> StackDenoising.run(noisy, halving(
				new ArrayList<>()), folder.resolve("x/../particles.mrcs").normalize(), TaskListener.SILENT)).getMessage();
			assertTrue(message.contains("is the input itself"), message);
		}
		assertArrayEquals(before, Files.readAllBytes(file));
	}

	@Test
	void writesTheStarWithEveryRowAndColumn() throws IOException {
		final Path star = starOfStack();
		final Path target = folder.resolve("out/denoised.mrcs");
		try (ParticleStack noisy = MrcParticleStack.open(star)) {
			StackDenoising.run(noisy, halving(new ArrayList<>()), target, TaskListener.SILENT);
		}
		try (MrcParticleStack denoised = MrcParticleStack.open(folder.resolve("out/denoised.star"))) {
			assertEquals(3, denoised.size());
			assertEquals(2.5, denoised.pixelSizeAngstrom());
			assertEquals(List.of("000001@denoised.mrcs", "000002@denoised.mrcs", "000003@denoised.mrcs"), denoised.rows()
				.get().particles().stream().map(RelionParticle::imageName).toList());
			final float[] expected = stack(5).images()[4].clone();
			for (int i = 0; i < expected.length; i++) expected[i] /= 2;
			final float[] image = new float[BOX * BOX];
			denoised.read(0, image);
			assertArrayEquals(expected, image);
		}
		final String text = Files.readString(folder.resolve("out/denoised.star"));
		assertTrue(text.contains("rlnUnheardOf") && text.contains("third") && text.contains("rlnVoltage"), text);
	}

	@Test
	void refusesToOverwriteTheStarItReads() throws IOException {
		final Path star = starOfStack();
		final String before = Files.readString(star);
		try (ParticleStack noisy = MrcParticleStack.open(star)) {
			assertThrows(InputException.class, () -> StackDenoising.run(noisy, halving(new ArrayList<>()), folder.resolve(
				"particles.mrcs"), TaskListener.SILENT));
			assertThrows(InputException.class, () -> StackDenoising.run(noisy, halving(new ArrayList<>()), folder.resolve(
				"noisy.mrcs"), TaskListener.SILENT));
			assertThrows(InputException.class, () -> StackDenoising.run(noisy, halving(new ArrayList<>()), folder.resolve(
				"denoised.star"), TaskListener.SILENT));
		}
		assertEquals(before, Files.readString(star));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(2, files.count());
		}
	}

	@Test
	void replacesTheStarOfAnEarlierRunButNoOther() throws IOException {
		final Path star = starOfStack();
		try (ParticleStack noisy = MrcParticleStack.open(star)) {
			final Path target = folder.resolve("denoised.mrcs");
			StackDenoising.run(noisy, halving(new ArrayList<>()), target, TaskListener.SILENT);
			StackDenoising.run(noisy, halving(new ArrayList<>()), target, TaskListener.SILENT);
			final Path precious = folder.resolve("precious.star");
			Files.copy(star, precious);
			final String message = assertThrows(InputException.class, () -> StackDenoising.run(noisy, halving(
				new ArrayList<>()), folder.resolve("precious.mrcs"), TaskListener.SILENT)).getMessage();
			assertTrue(message.contains("another STAR file"), message);
			assertEquals(Files.readString(star), Files.readString(precious));
			assertTrue(Files.notExists(folder.resolve("precious.mrcs")));
		}
	}

	private Path starOfStack() throws IOException {
		try (ParticleStackWriter writer = new ParticleStackWriter(folder.resolve("noisy.mrcs"), BOX, 1.25)) {
			for (final float[] image : stack(5).images()) writer.write(image);
			writer.commit();
		}
		return Files.writeString(folder.resolve("particles.star"), String.join("\n", "data_optics", "loop_",
			"_rlnOpticsGroup", "_rlnVoltage", "_rlnImagePixelSize", "1 300 2.5", "", "data_particles", "loop_",
			"_rlnUnheardOf", "_rlnImageName", "_rlnOpticsGroup", "first 000005@noisy.mrcs 1", "second 000001@noisy.mrcs 1",
			"third 000005@noisy.mrcs 1", "", ""));
	}

	private void assertRefused(final ParticleStack noisy, final Denoiser denoiser, final String start)
		throws IOException
	{
		final String message = assertThrows(InputException.class, () -> StackDenoising.run(noisy, denoiser, folder
			.resolve("denoised.mrcs"), TaskListener.SILENT)).getMessage();
		assertTrue(message.startsWith(start), message);
		assertFolderIsEmpty();
	}

	private void assertFolderIsEmpty() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(0, files.count());
		}
	}

	/** Divides by two, and notes the sizes of the batches. */
	static Denoiser halving(final List<Integer> batches) {
		return new ArrayDenoiser() {

			@Override
			public String name() {
				return "halving";
			}

			@Override
			protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
				batches.add(noisy.length);
				for (int i = 0; i < noisy.length; i++) for (int p = 0; p < noisy[i].length; p++) denoised[i][p] =
					noisy[i][p] / 2;
			}
		};
	}

	private static ArrayParticleStack stack(final int count) {
		final float[][] images = new float[count][BOX * BOX];
		for (int i = 0; i < count; i++) {
			final SplittableRandom random = Seeds.random(5, i);
			for (int p = 0; p < images[i].length; p++) images[i][p] = (float) random.nextGaussian();
		}
		return new ArrayParticleStack("noisy", BOX, 1.25, images);
	}
}
