package io.github.clearice.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.star.OpticsGroup;
import io.github.clearice.task.InputException;
import io.github.clearice.task.ParallelLoop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MrcParticleStackTest {

	@TempDir
	Path folder;

	/** {@code mrcfile.new('v.mrc').set_data(numpy.zeros((2, 16, 16, 16), 'f4'))}: space group 401, mz 16, nz 32. */
	@Test
	void refusesAStackOfVolumes() throws IOException {
		for (final String name : List.of("volumes.mrc", "volumes.mrcs")) {
			final ByteBuffer file = ByteBuffer.allocate(1024 + 4 * 16 * 16 * 32).order(ByteOrder.LITTLE_ENDIAN);
			for (final int value : new int[] { 16, 16, 32, 2, 0, 0, 0, 16, 16, 16 }) file.putInt(value);
			for (int i = 0; i < 3; i++) file.putFloat(32);
			for (int i = 0; i < 3; i++) file.putFloat(90);
			for (final int value : new int[] { 1, 2, 3, 0, 0, 0, 401 }) file.putInt(value);
			file.position(208).put("MAP ".getBytes(StandardCharsets.US_ASCII)).put(new byte[] { 0x44, 0x44 });
			final Path path = Files.write(folder.resolve(name), file.array());
			final String message = assertThrows(InputException.class, () -> MrcParticleStack.open(path)).getMessage();
			assertTrue(message.contains("is a stack of 2 volumes (space group 401)"), message);
			final Path star = Files.writeString(folder.resolve("a.star"), "data_\nloop_\n_rlnImageName\n3@" + name + "\n");
			try (MrcParticleStack listed = MrcParticleStack.open(star)) {
				assertEquals(1, listed.size());
			}
		}
	}

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
		final String message = assertThrows(InputException.class, () -> MrcParticleStack.open(file)).getMessage();
		assertTrue(message.contains("movie.mrcs") && message.contains("8 x 6"), message);
	}

	@Test
	void namesakesAreToldApartByTheirPaths() throws IOException {
		Files.createDirectory(folder.resolve("other"));
		try (ParticleStack first = MrcParticleStack.open(write("x.mrcs", 2, 7, 7)); ParticleStack second = MrcParticleStack
			.open(write("other/x.mrcs", 3, 7, 7)))
		{
			final String message = assertThrows(InputException.class, () -> new ParticlePairs(first, second)).getMessage();
			assertTrue(message.contains(folder.resolve("x.mrcs").toString()) && message.contains(folder.resolve(
				"other/x.mrcs").toString()), message);
		}
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
		assertThrows(InputException.class, () -> MrcParticleStack.open(file));
		assertThrows(InputException.class, () -> MrcParticleStack.open(folder.resolve("none.mrcs")));
	}

	@Test
	void starFileChoosesAndOrdersImagesOfSeveralStacks() throws IOException {
		write("a.mrcs", 3, 7, 7);
		Files.createDirectory(folder.resolve("job"));
		write("job/b.mrcs", 4, 7, 7);
		try (MrcParticleStack stack = MrcParticleStack.open(star("000004@job/b.mrcs", "2@a.mrcs", "000001@job/b.mrcs"))) {
			assertEquals(3, stack.size());
			assertEquals(7, stack.box());
			assertEquals(1.5, stack.pixelSizeAngstrom());
			assertEquals("particles.star", stack.name());
			assertEquals(3, stack.files().size());
			final float[] image = new float[49];
			stack.read(0, image);
			assertEquals(3000, image[0]);
			stack.read(1, image);
			assertEquals(1000, image[0]);
			stack.read(2, image);
			assertEquals(0, image[0]);
			assertTrue(stack.warnings().get(0).contains("1.5 Å, but"), stack.warnings().toString());
		}
	}

	@Test
	void manyStacksNeedFewOpenFiles() throws IOException {
		final String[] names = new String[300];
		for (int i = 0; i < names.length; i++) {
			write("m" + i + ".mrcs", 1, 7, 7);
			names[i] = "1@m" + i + ".mrcs";
		}
		try (MrcParticleStack stack = MrcParticleStack.open(star(names))) {
			final float[] image = new float[49];
			for (int i = 0; i < names.length; i++) {
				stack.read(i, image);
				assertEquals(48, image[48]);
			}
		}
	}

	@Test
	void threadsMayReadManyStacksAtOnce() throws IOException {
		final String[] names = new String[2000];
		for (int i = 0; i < 200; i++) write("m" + i + ".mrcs", 1 + i % 7, 7, 7);
		for (int i = 0; i < names.length; i++) names[i] = (i % 200 % 7 + 1) + "@m" + i % 200 + ".mrcs";
		try (MrcParticleStack stack = MrcParticleStack.open(star(names))) {
			ParallelLoop.run(names.length, 1, 8, thread -> {
				final float[] image = new float[49];
				return i -> {
					stack.read((int) i, image);
					assertEquals(1000f * (i % 200 % 7), image[0]);
				};
			});
		}
	}

	@Test
	void refusesAnIndexBeyondTheStackWithItsLine() throws IOException {
		write("a.mrcs", 3, 7, 7);
		final Path star = star("000003@a.mrcs", "000004@a.mrcs");
		final String message = assertThrows(InputException.class, () -> MrcParticleStack.open(star)).getMessage();
		assertTrue(message.contains("particles.star") && message.contains("line 15") && message.contains("000004@a.mrcs"),
			message);
	}

	@Test
	void refusesAMissingStackWithItsLine() throws IOException {
		write("a.mrcs", 3, 7, 7);
		final Path star = star("000003@a.mrcs", "000001@nowhere.mrcs");
		final String message = assertThrows(InputException.class, () -> MrcParticleStack.open(star)).getMessage();
		assertTrue(message.contains("line 15") && message.contains("nowhere.mrcs"), message);
	}

	@Test
	void refusesStacksOfSeveralBoxesAndOneStatedPixelSize() throws IOException {
		write("a.mrcs", 3, 7, 7);
		write("b.mrcs", 3, 9, 9);
		final Path star = star("000001@a.mrcs", "000001@b.mrcs");
		final String message = assertThrows(InputException.class, () -> MrcParticleStack.open(star, 1.2)).getMessage();
		assertTrue(message.contains("9 in ") && message.contains("b.mrcs") && message.contains("7 pixels in "), message);
	}

	/**
	 * A blob of 6 Å about the middle, sampled by boxes and pixels of two microscopes, comes out as that of the coarser
	 * one.
	 */
	@Test
	void opticsGroupsOfSeveralPixelSizesAreResampledToOne() throws IOException {
		blob(folder.resolve("a.mrcs"), 40, 2);
		blob(folder.resolve("b.mrcs"), 64, 1.3);
		final String text = Files.readString(star("000001@a.mrcs", "000001@b.mrcs")).replace("1@b.mrcs 1", "1@b.mrcs 2");
		final Path mixed = Files.writeString(folder.resolve("mixed.star"), text.replace("1 main 1.5",
			"1 main 2.0\n2 x 1.3"));
		try (MrcParticleStack stack = MrcParticleStack.open(mixed)) {
			assertEquals(40, stack.box());
			assertEquals(2, stack.pixelSizeAngstrom());
			final float[] first = new float[1600], second = new float[1600];
			stack.read(0, first);
			stack.read(1, second);
			assertArrayEquals(first, second, 2e-3f);
			final OpticsGroup group = stack.rows().orElseThrow().opticsGroups().get(1);
			assertEquals(2, group.pixelSizeAngstrom());
			assertEquals(40, group.imageSize());
			assertTrue(stack.warnings().stream().anyMatch(line -> line.contains(
				"1 of 40 pixels of 2.0 Å, 1 of 64 pixels of 1.3 Å): all are resampled to 40 pixels of 2.0 Å")),
				stack.warnings().toString());
		}
	}

	/** The field of view of the larger images is cropped to that of the smaller ones. */
	@Test
	void boxesOfOnePixelSizeAreCroppedToTheSmallest() throws IOException {
		write("a.mrcs", 3, 9, 9);
		write("b.mrcs", 3, 6, 6);
		try (MrcParticleStack stack = MrcParticleStack.open(star("000001@a.mrcs", "000002@b.mrcs"))) {
			assertEquals(6, stack.box());
			final float[] whole = new float[81], cropped = new float[36];
			try (MrcParticleStack plain = MrcParticleStack.open(folder.resolve("a.mrcs"))) {
				plain.read(0, whole);
			}
			stack.read(0, cropped);
			for (int y = 0; y < 6; y++)
				for (int x = 0; x < 6; x++)
					assertEquals(whole[(y + 1) * 9 + x + 1], cropped[y * 6 + x], 1e-5);
		}
	}

	@Test
	void roundingsOfPixelSizesChangeNothing() throws IOException {
		write("a.mrcs", 3, 7, 7);
		final String text = Files.readString(star("000001@a.mrcs", "000002@a.mrcs")).replace("2@a.mrcs 1", "2@a.mrcs 2");
		final Path near = Files.writeString(folder.resolve("near.star"), text.replace("1 main 1.5",
			"1 main 1.5\n2 x 1.501"));
		try (MrcParticleStack stack = MrcParticleStack.open(near)) {
			assertEquals(1.5, stack.pixelSizeAngstrom());
			assertEquals(2, stack.rows().orElseThrow().particles().get(1).opticsGroup());
			assertTrue(stack.warnings().stream().noneMatch(line -> line.contains("resampled")), stack.warnings().toString());
		}
	}

	@Test
	void refusesAStarFileWithoutRows() throws IOException {
		final Path star = star();
		assertThrows(RuntimeException.class, () -> MrcParticleStack.open(star));
	}

	@Test
	void statedPixelSizeWins() {
		final Path file = write("particles.mrcs", 1, 7, 7);
		try (MrcParticleStack stack = MrcParticleStack.open(file, 3.1)) {
			assertEquals(3.1, stack.pixelSizeAngstrom());
		}
		assertThrows(InputException.class, () -> MrcParticleStack.open(file, -1));
	}

	/** The rows begin in line 14. */
	private static void blob(final Path file, final int box, final double pixelSize) {
		final float[] image = new float[box * box];
		for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
			final double dx = (x - box / 2) * pixelSize - 3, dy = (y - box / 2) * pixelSize + 2;
			image[y * box + x] = (float) Math.exp(-(dx * dx + dy * dy) / 72);
		}
		try (ParticleStackWriter writer = new ParticleStackWriter(file, box, pixelSize)) {
			writer.write(image);
			writer.commit();
		}
	}

	private Path star(final String... images) throws IOException {
		return Files.writeString(folder.resolve("particles.star"), String.join("\n", "data_optics", "loop_",
			"_rlnOpticsGroup", "_rlnOpticsGroupName", "_rlnImagePixelSize", "1 main 1.5", "", "data_particles", "", "loop_",
			"_rlnImageName", "_rlnOpticsGroup", "_rlnUnheardOf", "") + Stream.of(images).map(name -> name + " 1 kept\n")
				.collect(Collectors.joining()) + "\n");
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
