package io.github.clearice.fiji.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcKind;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.task.InputException;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import ij.IJ;
import ij.ImagePlus;

class MrcImageTest {

	/** Where the header has the length of the cell along Y, and the version of the format. */
	private static final int CELL_Y_BYTE = 44, VERSION_BYTE = 108;

	@TempDir
	Path folder;

	/** Rows of a 3 x 2 image, the first row first. */
	private static float[] section(final int first) {
		final float[] pixels = new float[6];
		for (int i = 0; i < 6; i++) pixels[i] = first + i;
		return pixels;
	}

	private Path write(final String name, final boolean volume, final int sections, final MrcMode mode) {
		final Path path = folder.resolve(name);
		try (MrcWriter writer = volume ? MrcWriter.volume(path, 3, 2, 1.25, mode) : MrcWriter.stack(path, 3, 2, 1.25,
			mode))
		{
			for (int i = 0; i < sections; i++)
				writer.write(section(10 * i));
			writer.commit();
		}
		return path;
	}

	@Test
	void opensAStackAsFramesInAngstromWithTheFirstRowOnTop() {
		final ImagePlus image = MrcImage.open(write("a.mrcs", false, 4, MrcMode.FLOAT32));
		assertEquals("a.mrcs", image.getTitle());
		assertArrayEquals(new int[] { 3, 2, 1, 1, 4 }, image.getDimensions());
		assertTrue(image.getStack().isVirtual());
		assertEquals(1.25, image.getCalibration().pixelWidth, 1e-6);
		assertEquals("Å", image.getCalibration().getUnit());
		assertArrayEquals(section(20), (float[]) image.getStack().getProcessor(3).getPixels());
	}

	@Test
	void opensAVolumeAsSlicesWithTheirDistance() {
		final ImagePlus image = MrcImage.open(write("a.mrc", true, 4, MrcMode.FLOAT32));
		assertArrayEquals(new int[] { 3, 2, 1, 4, 1 }, image.getDimensions());
		assertEquals(1.25, image.getCalibration().pixelDepth, 1e-6);
		assertEquals(3, image.getCurrentSlice(), "the middle");
		assertEquals(20, image.getDisplayRangeMin());
		assertEquals(25, image.getDisplayRangeMax());
	}

	@Test
	void opensAVolumeInItsMiddleWithTheContrastOfThatSection() {
		final ImagePlus image = MrcImage.open(write("a.mrc", true, 5, MrcMode.FLOAT32));
		assertEquals(3, image.getCurrentSlice());
		assertEquals(20, image.getDisplayRangeMin());
		assertEquals(25, image.getDisplayRangeMax());
	}

	/** As EMD-3001, whose pixels are 0.448 x 0.3925 Å. */
	@Test
	void pixelsHaveAHeightOfTheirOwn() throws IOException {
		final Path path = write("a.mrc", true, 2, MrcMode.FLOAT32);
		setHeader(path, CELL_Y_BYTE, Float.floatToIntBits(2 * 0.3925f));
		final ImagePlus image = MrcImage.open(path);
		assertEquals(1.25, image.getCalibration().pixelWidth, 1e-6);
		assertEquals(0.3925, image.getCalibration().pixelHeight, 1e-6);
		assertTrue(image.getProperty("Info").toString().contains("Pixel size: 1.2500 x 0.39250 Å\n"), image.getProperty(
			"Info").toString());
		assertEquals(Optional.of(path), MrcImage.fileOf(image));
		image.getCalibration().pixelHeight = 1.25;
		assertEquals(Optional.empty(), MrcImage.fileOf(image));
	}

	@Test
	void doesNotWarnOfTheVersionThatRelionWrites() throws IOException {
		final Path path = write("a.mrcs", false, 2, MrcMode.FLOAT32);
		setHeader(path, VERSION_BYTE, 0);
		assertFalse(MrcImage.open(path).getProperty("Info").toString().contains("Warning"));
		setHeader(path, VERSION_BYTE, 7);
		assertTrue(MrcImage.open(path).getProperty("Info").toString().contains("(nversion) is 7"));
	}

	private static void setHeader(final Path path, final int offset, final int littleEndian) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
			file.seek(offset);
			file.writeInt(Integer.reverseBytes(littleEndian));
		}
	}

	@Test
	void flipsRowsAndTakesAnotherPixelSizeOnRequest() {
		final ImagePlus image = MrcImage.open(write("a.mrc", true, 2, MrcMode.FLOAT32), MrcKind.STACK, 3, true);
		assertArrayEquals(new float[] { 3, 4, 5, 0, 1, 2 }, (float[]) image.getStack().getProcessor(1).getPixels());
		assertEquals(3, image.getCalibration().pixelWidth);
		assertEquals(2, image.getNFrames());
	}

	@ParameterizedTest
	@EnumSource(value = MrcMode.class, mode = Mode.EXCLUDE, names = "UINT4")
	void showsTheValuesOfEveryMode(final MrcMode mode) {
		final ImagePlus image = MrcImage.open(write("a.mrcs", false, 2, mode));
		assertEquals(mode == MrcMode.UINT16 ? 16 : 32, image.getBitDepth());
		for (int i = 0; i < 6; i++) assertEquals(10 + i, image.getStack().getProcessor(2).getf(i));
	}

	@Test
	void savesWhatItOpenedAsItWas() throws IOException {
		for (final boolean volume : new boolean[] { false, true }) {
			final ImagePlus image = MrcImage.open(write("a.mrc", volume, 3, MrcMode.UINT16));
			final Path saved = folder.resolve("b.mrc");
			new MrcExport(image, null, null).write(saved, TaskListener.SILENT);
			try (MrcFile file = MrcFile.open(saved)) {
				assertEquals(volume ? MrcKind.VOLUME : MrcKind.STACK, file.kind());
				assertEquals(MrcMode.UINT16, file.mode());
				assertEquals(1.25, file.pixelSizeAngstrom(), 1e-6);
				final float[] pixels = new float[6];
				file.readSection(2, pixels);
				assertArrayEquals(section(20), pixels);
			}
		}
	}

	@Test
	void savesNanometresAsAngstrom() {
		final ImagePlus image = IJ.createImage("a", "32-bit", 4, 4, 1);
		image.getCalibration().setUnit("nm");
		image.getCalibration().pixelWidth = 0.2;
		image.getCalibration().pixelHeight = 0.2;
		new MrcExport(image, null, null).write(folder.resolve("a.mrc"), TaskListener.SILENT);
		try (MrcFile file = MrcFile.open(folder.resolve("a.mrc"))) {
			assertEquals(2, file.pixelSizeAngstrom(), 1e-6);
		}
	}

	@Test
	void refusesColoursAndPixelsThatDoNotFitAndLeavesNothing() throws IOException {
		assertThrows(InputException.class, () -> new MrcExport(IJ.createImage("a", "RGB", 4, 4, 1), null, null));
		final ImagePlus image = IJ.createImage("a", "32-bit", 4, 4, 2);
		image.getStack().getProcessor(2).setf(0, 200);
		assertThrows(InputException.class, () -> new MrcExport(image, MrcMode.INT8, null).write(folder.resolve("a.mrcs"),
			TaskListener.SILENT));
		try (var left = Files.list(folder)) {
			assertEquals(0, left.count());
		}
	}

	@Test
	void knowsItsFileUntilTheImageIsChanged() {
		final Path path = write("a.mrcs", false, 4, MrcMode.FLOAT32);
		final ImagePlus image = MrcImage.open(path);
		assertEquals(Optional.of(path), MrcImage.fileOf(image));
		image.getCalibration().pixelWidth = 9;
		assertEquals(Optional.empty(), MrcImage.fileOf(image));
		image.getCalibration().pixelWidth = 1.25;
		image.getStack().deleteSlice(2);
		assertEquals(3, image.getStack().size());
		assertArrayEquals(section(20), (float[]) image.getStack().getProcessor(2).getPixels());
		assertEquals(Optional.empty(), MrcImage.fileOf(image));
	}

	@Test
	void wantsMrcFilesOfAnyNameAndNoOthers() throws IOException {
		final Path stack = write("a.mrcs", false, 2, MrcMode.FLOAT32);
		assertTrue(ImageFiles.isOurs(stack));
		for (final String ending : new String[] { "map", "st", "ali", "rec" }) {
			assertTrue(ImageFiles.isOurs(Files.copy(stack, folder.resolve("b." + ending))), ending);
			assertFalse(ImageFiles.isOurs(Files.writeString(folder.resolve("c." + ending), "a road map ".repeat(200))),
				ending);
		}
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("d.map.gz")))) {
			Files.copy(stack, out);
		}
		assertTrue(ImageFiles.isOurs(folder.resolve("d.map.gz")));
		assertFalse(ImageFiles.isOurs(Files.writeString(folder.resolve("e.star"), "data_job\n_rlnJobTypeLabel x\n")));
		assertFalse(ImageFiles.isOurs(folder.resolve("absent.mrc")));
		assertFalse(ImageFiles.isOurs(folder));
	}

	/** 8,000 images of 2 MB, which are not there but as a hole in the file: opening must not read them. */
	@Test
	void opensAStackLargerThanMemory() throws IOException {
		final Path path = folder.resolve("large.mrcs");
		try (MrcWriter writer = MrcWriter.stack(path, 768, 768, 1, MrcMode.FLOAT32)) {
			writer.write(new float[768 * 768]);
			writer.commit();
		}
		final int images = 8000;
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
			file.seek(8);
			file.writeInt(Integer.reverseBytes(images));
			file.setLength(1024 + 4L * 768 * 768 * images);
		}
		final ImagePlus image = MrcImage.open(path);
		assertTrue(path.toFile().length() > 6 * Runtime.getRuntime().maxMemory() / 10, "the file is too small to show it");
		assertEquals(images, image.getStackSize());
		assertEquals(0, image.getStack().getProcessor(images).getf(5));
	}

	@Test
	void readsIntoMemoryWhatIsAboutToGo() throws IOException {
		final Path path = write("a.mrcs", false, 3, MrcMode.FLOAT32);
		final ImagePlus image = MrcImage.read(path);
		Files.delete(path);
		assertFalse(image.getStack().isVirtual());
		assertArrayEquals(section(20), assertInstanceOf(float[].class, image.getStack().getPixels(3)));
		assertEquals(1.25, image.getCalibration().pixelWidth, 1e-6);
	}
}
