package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.cli.Launcher;
import io.github.clearice.fiji.image.TiffMicrographs;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;

class TiffMicrographsTest {

	private static final int WIDTH = 300, HEIGHT = 270;

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;

	/** {@code relion_preprocess --operate_on t.tif} (3.1.3) writes the last row of the TIFF file as the first. */
	@Test
	void denoisesTiffAndMrcToTheSameImages() throws IOException {
		writeTiff(folder.resolve("a.tif"));
		final float[] flipped = new float[WIDTH * HEIGHT];
		for (int y = 0; y < HEIGHT; y++) System.arraycopy(pixels(), y * WIDTH, flipped, (HEIGHT - 1 - y) * WIDTH, WIDTH);
		try (MrcWriter writer = MrcWriter.stack(folder.resolve("b.mrc"), WIDTH, HEIGHT, 2, MrcMode.FLOAT32)) {
			writer.write(flipped);
			writer.commit();
		}
		done("denoise", "input=" + folder.resolve("a.tif"), "method=lowpass", "cutoff=20");
		done("denoise", "input=" + folder.resolve("b.mrc"), "method=lowpass", "cutoff=20");
		try (MrcFile fromTiff = MrcFile.open(folder.resolve("a-denoised.mrc"));
				MrcFile fromMrc = MrcFile.open(folder.resolve("b-denoised.mrc")))
		{
			final float[] one = new float[WIDTH * HEIGHT], other = one.clone();
			fromTiff.readSection(0, one);
			fromMrc.readSection(0, other);
			assertArrayEquals(other, one);
			assertEquals(2, fromTiff.pixelSizeAngstrom(), 1e-6, "from nanometres in ImageJ's description");
		}
	}

	@Test
	void tablesMayNameThem() throws IOException {
		writeTiff(Files.createDirectories(folder.resolve("Mics")).resolve("a.tiff"));
		Files.writeString(folder.resolve("m.star"), "data_\nloop_\n_rlnMicrographName #1\nMics/a.tiff\n");
		done("denoise", "input=" + folder.resolve("m.star"), "method=lowpass", "cutoff=20", "output=" + folder.resolve(
			"d.star"));
		assertTrue(Files.readString(folder.resolve("d.star")).contains("d/a.mrc"), Files.readString(folder.resolve(
			"d.star")));
	}

	@Test
	void readsSixteenBitImagesAndRefusesOtherFiles() throws IOException {
		final ShortProcessor processor = new ShortProcessor(3, 2, new short[] { 1, 2, 3, 4, 5, (short) 60000 }, null);
		new FileSaver(new ImagePlus("s", processor)).saveAsTiff(folder.resolve("s.tif").toString());
		try (TiffMicrographs tiff = new TiffMicrographs(folder.resolve("s.tif"))) {
			assertArrayEquals(new float[] { 4, 5, 60000, 1, 2, 3 }, tiff.read(0).update(null).getCurrentStorageArray());
			assertTrue(Double.isNaN(tiff.pixelSizeAngstrom()), "unknown stays unknown");
		}
		Files.writeString(folder.resolve("x.tif"), "no TIFF file at all");
		assertTrue(assertThrows(ParameterException.class, () -> new TiffMicrographs(folder.resolve("x.tif"))).getMessage()
			.contains("ImageJ cannot read"));
	}

	private void writeTiff(final Path file) {
		final ImagePlus image = new ImagePlus("a", new FloatProcessor(WIDTH, HEIGHT, pixels()));
		image.getCalibration().pixelWidth = 0.2;
		image.getCalibration().pixelHeight = 0.2;
		image.getCalibration().setUnit("nm");
		new FileSaver(image).saveAsTiff(file.toString());
	}

	private static float[] pixels() {
		final SplittableRandom random = Seeds.random(8, 8);
		final float[] pixels = new float[WIDTH * HEIGHT];
		for (int i = 0; i < pixels.length; i++) pixels[i] = (float) random.nextGaussian();
		return pixels;
	}

	private void done(final String... words) {
		final int code = new Launcher(new PrintStream(PrintStream.nullOutputStream()), new PrintStream(err, true,
			StandardCharsets.UTF_8), false).run(words);
		assertEquals(Launcher.DONE, code, () -> err.toString(StandardCharsets.UTF_8));
	}
}
