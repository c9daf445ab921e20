package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.command.verb.DenoiseCommand;
import io.github.clearice.command.verb.EvaluateCommand;
import io.github.clearice.command.verb.ValidateCommand;
import io.github.clearice.fiji.image.MrcImage;
import io.github.clearice.fiji.menu.MacroOptions;
import io.github.clearice.fiji.menu.SaveCommand;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.measure.ResultsTable;
import ij.process.FloatProcessor;

/** Commands on open images give the same results as on files and leave the images unchanged. */
class ImageExchangeTest {

	private static final int BOX = 16;

	@TempDir
	Path folder;

	/** Temporary files of this class alone: tests that run at the same time put theirs into the common folder. */
	private Path temporary;
	private String commonTemporary;

	@BeforeEach
	void useOwnTemporaryFolder() throws IOException {
		temporary = Files.createDirectory(folder.resolve("temporary"));
		commonTemporary = System.setProperty("java.io.tmpdir", temporary.toString());
	}

	@AfterEach
	void closeImages() {
		System.setProperty("java.io.tmpdir", commonTemporary);
		WindowManager.setTempCurrentImage(null);
	}

	private static ImagePlus noise(final int count) {
		final ImageStack stack = new ImageStack(BOX, BOX);
		final Random random = new Random(7);
		for (int i = 0; i < count; i++) {
			final float[] pixels = new float[BOX * BOX];
			for (int p = 0; p < pixels.length; p++) pixels[p] = (float) random.nextGaussian();
			stack.addSlice("particle " + i, new FloatProcessor(BOX, BOX, pixels));
		}
		final ImagePlus image = new ImagePlus("noise.tif", stack);
		image.setDimensions(1, 1, count);
		image.getCalibration().pixelWidth = 0.3;
		image.getCalibration().pixelHeight = 0.3;
		image.getCalibration().setUnit("nm");
		return image;
	}

	private static ClearIceCommand lowPass() {
		final ClearIceCommand command = new DenoiseCommand();
		MacroOptions.parse("method=lowpass cutoff=20", command);
		return command;
	}

	private static void run(final ClearIceCommand command) {
		command.run(TaskListener.SILENT);
		assertFalse(command.isCanceled(), command.getCancelReason());
	}

	@Test
	void denoisesTheActiveImageAsItDenoisesItsFile() throws IOException {
		final ImagePlus image = noise(5);
		final float[] before = ((float[]) image.getStack().getPixels(4)).clone();
		final Path file = folder.resolve("noise.mrcs");
		try (MrcWriter writer = MrcWriter.stack(file, BOX, BOX, 3, MrcMode.FLOAT32)) {
			for (int i = 1; i <= 5; i++) writer.write((float[]) image.getStack().getPixels(i));
			writer.commit();
		}
		final ClearIceCommand onFile = lowPass();
		CommandParameter.of(DenoiseCommand.class).get(0).set(onFile, file.toString());
		run(onFile);
		assertNull(onFile.result());
		WindowManager.setTempCurrentImage(image);
		final ClearIceCommand onImage = lowPass();
		run(onImage);
		final ImagePlus denoised = (ImagePlus) onImage.result();
		assertEquals("noise-denoised", denoised.getTitle());
		assertEquals("nm", denoised.getCalibration().getUnit());
		assertEquals(0.3, denoised.getCalibration().pixelWidth);
		assertEquals("particle 3", denoised.getStack().getSliceLabel(4));
		assertArrayEquals(image.getDimensions(), denoised.getDimensions());
		assertArrayEquals(before, (float[]) image.getStack().getPixels(4));
		final float[] expected = new float[BOX * BOX];
		try (MrcFile written = MrcFile.open(folder.resolve("noise-denoised.mrcs"))) {
			written.readSection(3, expected);
		}
		assertArrayEquals(expected, (float[]) denoised.getStack().getPixels(4));
		assertEquals("5 particles denoised with low-pass 20.0 Å: noise-denoised.mrcs." +
			" Outside the particle 96.5 % of the power was removed.", onImage.report());
		assertEquals(List.of(), temporaryFiles());
		assertEquals("", CommandParameter.of(DenoiseCommand.class).get(0).text(onImage));
	}

	@Test
	void readsAnImageThatWasOpenedFromAFileFromThere() throws IOException {
		final Path file = folder.resolve("noise.mrcs");
		WindowManager.setTempCurrentImage(noise(3));
		final ClearIceCommand save = new SaveCommand();
		MacroOptions.parse("output=" + file, save);
		run(save);
		final ImagePlus opened = MrcImage.open(file);
		WindowManager.setTempCurrentImage(opened);
		final ClearIceCommand command = lowPass();
		try (ImageExchange exchange = ImageExchange.begin(command, TaskListener.SILENT)) {
			assertEquals(file.toString(), CommandParameter.of(DenoiseCommand.class).get(0).text(command));
			assertNull(exchange.result());
		}
		assertSame(opened, WindowManager.getCurrentImage());
	}

	@Test
	void scoresOpenImagesByTheirTitles() {
		final ImagePlus image = noise(3);
		WindowManager.setTempCurrentImage(image);
		final ClearIceCommand command = new EvaluateCommand();
		MacroOptions.parse("reference=noise.tif image=noise.tif", command);
		run(command);
		assertTrue(command.report().contains("noise.mrcs"), command.report());
		final ResultsTable table = ResultsTable.getResultsTable();
		assertEquals(1, table.size());
		assertEquals("noise.mrcs", table.getStringValue("stack", 0));
		assertEquals(1, table.getValue("ssim", 0), 1e-6);
		assertEquals(0, table.getValue("mse_sd", 0));
	}

	/** The recorder names open images by their titles, wherever the working folder is. */
	@Test
	void anOpenImageComesBeforeAFileOfItsTitleInTheWorkingFolder() {
		assertTrue(Files.exists(Path.of("README.md")), "the working folder of tests");
		final ImagePlus image = noise(3);
		image.setTitle("README.md");
		WindowManager.setTempCurrentImage(image);
		final ClearIceCommand command = new DenoiseCommand();
		MacroOptions.parse("input=README.md method=lowpass cutoff=20 pixel=4", command);
		run(command);
		assertEquals(3, ((ImagePlus) command.result()).getStackSize());
	}

	/** As a colon is on Windows: a character that no name of a file has. */
	@Test
	void findsAnImageWhoseTitleCannotNameAFile() {
		final ImagePlus image = noise(3);
		image.setTitle("1\u00002.tif");
		WindowManager.setTempCurrentImage(image);
		final ClearIceCommand command = new EvaluateCommand();
		MacroOptions.parse("reference=1\u00002.tif image=1\u00002.tif methods=mean", command);
		command.run(TaskListener.SILENT);
		assertFalse(command.isCanceled(), command.getCancelReason());
		final ClearIceCommand denoise = new DenoiseCommand();
		MacroOptions.parse("method=1\u00002", denoise);
		denoise.run(TaskListener.SILENT);
		assertTrue(denoise.getCancelReason().contains("is neither a model file, a shared model nor one of"), denoise
			.getCancelReason());
	}

	@Test
	void checksTheFileOfTheActiveImage() {
		WindowManager.setTempCurrentImage(noise(3));
		final ClearIceCommand command = new ValidateCommand();
		run(command);
		assertEquals("noise.mrcs: no findings.", command.report());
	}

	@Test
	void refusesInOneLineAndLeavesNothing() throws IOException {
		WindowManager.setTempCurrentImage(noise(3));
		final ClearIceCommand command = new DenoiseCommand();
		MacroOptions.parse("method=lowpass", command);
		command.run(TaskListener.SILENT);
		assertEquals("The low-pass filter needs a resolution in Å. Give cutoff=.", command.getCancelReason());
		assertNull(command.result());
		assertEquals(List.of(), temporaryFiles());
	}

	@Test
	void saysThatThereIsNoImage() {
		final ClearIceCommand save = new SaveCommand();
		MacroOptions.parse("output=" + folder.resolve("a.mrcs"), save);
		save.run(TaskListener.SILENT);
		assertEquals("There is no image to save. Open one, or click on the window of one.", save.getCancelReason());
		final ClearIceCommand denoise = lowPass();
		denoise.run(TaskListener.SILENT);
		assertEquals("The parameter input= is missing. Give it a value, or open an image.", denoise.getCancelReason());
	}

	private List<Path> temporaryFiles() throws IOException {
		try (Stream<Path> files = Files.list(temporary)) {
			return files.toList();
		}
	}
}
