package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fiji.image.MrcImage;
import io.github.clearice.fiji.image.StarImage;
import io.github.clearice.fiji.menu.MacroOptions;
import io.github.clearice.model.TinyModel;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.OnDemandDenoiser;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.WindowManager;

/** {@code virtual=true}: images denoised on access equal those of a whole run. */
class VirtualResultTest {

	private static final int BOX = 16;

	@TempDir
	Path folder;

	@AfterEach
	void closeImages() {
		WindowManager.setTempCurrentImage(null);
	}

	private ClearIceCommand run(final String verb, final String options) {
		final ClearIceCommand command = Commands.verbs().get(verb).create();
		MacroOptions.parse(options.replace("FOLDER", folder.toString()), command);
		command.run(TaskListener.SILENT);
		return command;
	}

	private ImagePlus denoised(final String options) {
		final ClearIceCommand command = run("denoise", options);
		assertFalse(command.isCanceled(), command.getCancelReason());
		return (ImagePlus) command.result();
	}

	private void simulate(final int count, final String more) {
		final ClearIceCommand command = run("simulate",
			"source=[sample-data/betagal_5a1a_64_4A.mrc] snr=0.5 output=[FOLDER/set] count=" + count + " " + more);
		assertFalse(command.isCanceled(), command.getCancelReason());
	}

	private void assertAsWhole(final ImagePlus virtual, final Path whole) {
		assertTrue(virtual.getStack().isVirtual());
		try (MrcParticleStack stack = MrcParticleStack.open(whole)) {
			final float[] expected = new float[stack.box() * stack.box()];
			assertEquals(stack.size(), virtual.getStackSize());
			// In a new order, so that no image has been computed before.
			for (int i = stack.size() - 1; i >= 0; i--) {
				stack.read(i, expected);
				assertArrayEquals(expected, (float[]) virtual.getStack().getProcessor(i + 1).getPixels(), "image " + i);
			}
		}
	}

	@Test
	void classicalMethodsAndCtfCorrectionGiveTheImagesOfAWholeRun() {
		simulate(40, "ctf=true");
		for (final String method : new String[] { "wiener", "cwf" }) {
			run("denoise", "input=[FOLDER/set/particles.star] output=[FOLDER/whole.mrcs] overwrite=true method=" + method);
			final ImagePlus star = StarImage.open(folder.resolve("set/particles.star")).image();
			WindowManager.setTempCurrentImage(star);
			final ImagePlus virtual = denoised("virtual=true method=" + method);
			assertEquals("particles-denoised", virtual.getTitle());
			assertEquals(star.getStack().getSliceLabel(7), virtual.getStack().getSliceLabel(7));
			assertEquals(4, virtual.getCalibration().pixelWidth, 1e-6);
			assertAsWhole(virtual, folder.resolve("whole.mrcs"));
		}
		assertAsWhole(denoised("virtual=true method=cwf input=[FOLDER/set/particles.star]"), folder.resolve("whole.mrcs"));
	}

	@Test
	void aSampleTakesThePlaceOfALongStack() {
		stack(OnDemandDenoiser.LARGEST_SAMPLE + 300);
		run("denoise", "input=[FOLDER/stack.mrcs] output=[FOLDER/whole.mrcs] method=cwf");
		final ImagePlus virtual = denoised("virtual=true method=cwf input=[FOLDER/stack.mrcs]");
		final ImagePlus whole = MrcImage.open(folder.resolve("whole.mrcs"));
		double difference = 0, power = 0;
		for (int slice = 3; slice < virtual.getStackSize(); slice += 97) {
			final float[] one = (float[]) virtual.getStack().getPixels(slice), other = (float[]) whole.getStack().getPixels(
				slice);
			for (int i = 0; i < one.length; i++) {
				difference += Math.pow(one[i] - other[i], 2);
				power += other[i] * other[i];
			}
		}
		assertTrue(difference > 0, "it has not learned from a sample");
		assertTrue(difference < 0.02 * power, difference / power + " of the power");
	}

	/** In the worker, to which single images go. */
	@Test
	void aModelGivesTheImagesOfAWholeRun() {
		TinyModel.model().write(folder.resolve("tiny.clearice"));
		stack(5);
		run("denoise", "input=[FOLDER/stack.mrcs] output=[FOLDER/whole.mrcs] method=[FOLDER/tiny.clearice]");
		assertAsWhole(denoised("virtual=true method=[FOLDER/tiny.clearice] input=[FOLDER/stack.mrcs]"), folder.resolve(
			"whole.mrcs"));
		final String refusal = run("denoise",
			"virtual=true rotations=3 method=[FOLDER/tiny.clearice] input=[FOLDER/stack.mrcs]").getCancelReason();
		assertEquals("The rotations to average over are 1 or 8, not 3. Use rotations=1 or rotations=8.", refusal);
	}

	/** Each image goes to the worker by itself, but the dropped numbers depend on its number in the stack. */
	@Test
	void dropoutOfASingleImageIsThatOfAWholeRun() {
		TinyModel.dropping().write(folder.resolve("u.clearice"));
		TinyModel.model().write(folder.resolve("tiny.clearice"));
		stack(3);
		run("denoise", "input=[FOLDER/stack.mrcs] output=[FOLDER/whole.mrcs] method=[FOLDER/u.clearice] dropout=true" +
			" seed=7");
		assertAsWhole(denoised("virtual=true method=[FOLDER/u.clearice] input=[FOLDER/stack.mrcs] dropout=true seed=7"),
			folder.resolve("whole.mrcs"));
		assertTrue(run("denoise", "virtual=true method=[FOLDER/tiny.clearice] input=[FOLDER/stack.mrcs] dropout=true")
			.getCancelReason().contains("tiny.clearice (residual-autoencoder, 16 pixels) has no dropout"));
		assertEquals("dropout=true is for models, not for wiener. Leave it out.", run("denoise",
			"method=wiener input=[FOLDER/stack.mrcs] output=[FOLDER/o.mrcs] dropout=true").getCancelReason());
		assertTrue(run("denoise", "method=[FOLDER/u.clearice] input=[FOLDER/stack.mrcs] content=micrographs" +
			" output=[FOLDER/o.mrcs] dropout=true").getCancelReason().startsWith("dropout=true is for particles"));
	}

	@Test
	void imagesWithoutAFileOutliveTheirSource() {
		stack(20);
		final ImagePlus source = MrcImage.read(folder.resolve("stack.mrcs"));
		source.setTitle("in memory");
		WindowManager.setTempCurrentImage(source);
		final ImagePlus virtual = denoised("virtual=true method=lowpass cutoff=20");
		source.flush();
		run("denoise", "input=[FOLDER/stack.mrcs] output=[FOLDER/whole.mrcs] method=lowpass cutoff=20");
		assertAsWhole(virtual, folder.resolve("whole.mrcs"));
	}

	/** A file of a hundred gigabytes that is sparse except for one image. */
	@Test
	@DisabledOnOs(OS.WINDOWS)
	void aStackLargerThanAnyMemoryIsThereAtOnce() throws IOException {
		final int box = 256, count = 400_000;
		final Path file = folder.resolve("huge.mrcs");
		try (MrcWriter writer = MrcWriter.stack(file, box, box, 1.5, MrcMode.FLOAT32)) {
			writer.write(new float[box * box]);
			writer.commit();
		}
		final long bytes = 1024 + (long) count * box * box * Float.BYTES;
		try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
			sparse.setLength(bytes);
			sparse.seek(8);
			sparse.writeInt(Integer.reverseBytes(count));
		}
		final int slice = 300_000;
		final ByteBuffer image = ByteBuffer.allocate(box * box * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		final Random random = new Random(1);
		for (int i = 0; i < box * box; i++) image.putFloat((float) random.nextGaussian());
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.write(image.flip(), 1024 + (slice - 1L) * box * box * Float.BYTES);
		}
		assertEquals(bytes, Files.size(file));
		final ImagePlus source = MrcImage.open(file);
		WindowManager.setTempCurrentImage(source);
		final ImagePlus virtual = denoised("virtual=true method=lowpass cutoff=12");
		assertEquals(count, virtual.getStackSize());
		final double before = source.getStack().getProcessor(slice).getStats().stdDev;
		final double after = virtual.getStack().getProcessor(slice).getStats().stdDev;
		assertTrue(after > 0 && after < before / 2, before + " became " + after);
	}

	@Test
	void aSliceThatCannotBeComputedSaysWhy() throws IOException {
		stack(2);
		// The fourth pixel of the second image.
		try (RandomAccessFile file = new RandomAccessFile(folder.resolve("stack.mrcs").toFile(), "rw")) {
			file.seek(1024 + Float.BYTES * (BOX * BOX + 3L));
			file.writeInt(Integer.reverseBytes(Float.floatToIntBits(Float.NaN)));
		}
		final ImagePlus virtual = denoised("virtual=true method=lowpass cutoff=20 input=[FOLDER/stack.mrcs]");
		assertTrue(Float.isFinite(virtual.getStack().getProcessor(1).getf(0)));
		assertTrue(Float.isNaN(virtual.getStack().getProcessor(2).getf(0)));
		assertEquals("not computed: Particle 2 of stack.mrcs holds NaN at pixel (3, 0); leave this particle out.", virtual
			.getStack().getSliceLabel(2));
	}

	@Test
	void saysWhatCannotBeVirtual() {
		stack(4);
		assertEquals(
			"virtual=true writes no file, so output= has no use. Leave it out, and save the image by File > Save As >" +
				" MRC...", run("denoise", "virtual=true method=wiener input=[FOLDER/stack.mrcs] output=[FOLDER/o.mrcs]")
					.getCancelReason());
		assertTrue(run("denoise", "virtual=true content=micrographs method=wiener input=[FOLDER/stack.mrcs]")
			.getCancelReason().contains("is taken for micrographs"));
	}

	/** Blobs of different places in noise. */
	private void stack(final int count) {
		final Random random = new Random(3);
		try (MrcWriter writer = MrcWriter.stack(folder.resolve("stack.mrcs"), BOX, BOX, 4, MrcMode.FLOAT32)) {
			for (int n = 0; n < count; n++) {
				final double x = 8 + random.nextGaussian(), y = 8 + random.nextGaussian();
				final float[] image = new float[BOX * BOX];
				for (int i = 0; i < image.length; i++)
					image[i] = (float) (Math.exp(-(Math.pow(i % BOX - x, 2) + Math.pow(i / BOX - y, 2)) / 6) + 0.3 * random
						.nextGaussian());
				writer.write(image);
			}
			writer.commit();
		}
	}
}
