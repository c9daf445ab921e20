package io.github.clearice.scifio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcKind;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.scif.FormatException;
import io.scif.ImageMetadata;
import io.scif.Metadata;
import io.scif.Plane;
import io.scif.Reader;
import io.scif.SCIFIO;
import io.scif.Writer;
import io.scif.util.FormatTools;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

import net.imagej.axis.Axes;
import net.imglib2.FinalInterval;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.io.location.FileLocation;

/** MRC through SCIFIO's own services, as ImageJ2 and PyImageJ come to it. */
class MrcFormatTest {

	private static final int WIDTH = 5;
	private static final int HEIGHT = 3;

	@TempDir
	Path folder;

	private static float pixel(final int section, final int index) {
		return 100 * section + index;
	}

	private FileLocation write(final String name, final MrcMode mode, final boolean volume) {
		final Path file = folder.resolve(name);
		try (MrcWriter writer = volume ? MrcWriter.volume(file, WIDTH, HEIGHT, 1.5, mode) : MrcWriter.stack(file, WIDTH,
			HEIGHT, 1.5, mode))
		{
			for (int z = 0; z < 2; z++) {
				final float[] section = new float[WIDTH * HEIGHT];
				for (int i = 0; i < section.length; i++) section[i] = pixel(z, i);
				writer.write(section);
			}
			writer.commit();
		}
		return new FileLocation(file.toFile());
	}

	@ParameterizedTest
	@CsvSource({ "INT8, int8", "INT16, int16", "UINT16, uint16", "FLOAT32, float", "FLOAT16, float" })
	void readsEveryMode(final MrcMode mode, final String type) throws IOException, FormatException {
		final SCIFIO scifio = new SCIFIO();
		final Reader reader = scifio.initializer().initializeReader(write("a.mrcs", mode, false));
		final ImageMetadata image = reader.getMetadata().get(0);
		assertEquals(type, FormatTools.getPixelTypeString(image.getPixelType()));
		assertArrayEquals(new long[] { WIDTH, HEIGHT, 2 }, image.getAxesLengths());
		assertEquals(2, image.getAxisLength(Axes.TIME), "images of a stack are frames, as in File > Open");
		assertEquals(1.5, image.getAxis(Axes.X).averageScale(0, 1), 1e-6);
		assertEquals("Å", image.getAxis(Axes.X).unit());
		final float[] section = MrcPixels.decode(reader.openPlane(0, 1).getBytes(), image);
		for (int i = 0; i < section.length; i++) assertEquals(pixel(1, i), section[i]);
		reader.close();
		scifio.getContext().dispose();
	}

	@Test
	void readsAPartOfASection() throws IOException, FormatException {
		final SCIFIO scifio = new SCIFIO();
		final Reader reader = scifio.initializer().initializeReader(write("a.mrc", MrcMode.FLOAT32, true));
		assertEquals("Å", reader.getMetadata().get(0).getAxis(Axes.Z).unit());
		final Plane part = reader.openPlane(0, 1, new FinalInterval(new long[] { 1, 1 }, new long[] { 2, 2 }));
		final ByteBuffer pixels = ByteBuffer.wrap(part.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
		for (final int index : new int[] { 6, 7, 11, 12 }) assertEquals(pixel(1, index), pixels.getFloat());
		reader.close();
		scifio.getContext().dispose();
	}

	@Test
	void aFileThatOnlyHasTheNameIsLeftToOthers() throws IOException, FormatException {
		final SCIFIO scifio = new SCIFIO();
		final Path other = Files.writeString(folder.resolve("other.map"), "a map of another kind");
		final MrcFormat format = scifio.format().getFormatFromClass(MrcFormat.class);
		assertFalse(format.createChecker().isFormat(new FileLocation(other.toFile())));
		assertTrue(format.createChecker().isFormat(write("a.map", MrcMode.INT16, true)));
		scifio.getContext().dispose();
	}

	@Test
	void writesWhatItReads() throws IOException, FormatException {
		final SCIFIO scifio = new SCIFIO();
		final FileLocation source = write("a.mrc", MrcMode.INT16, true);
		final Path copy = folder.resolve("copy.mrc");
		final Reader reader = scifio.initializer().initializeReader(source);
		final Writer writer = scifio.initializer().initializeWriter(source, new FileLocation(copy.toFile()));
		for (int z = 0; z < 2; z++) writer.savePlane(0, z, reader.openPlane(0, z));
		final Metadata written = writer.getMetadata();
		assertEquals(FormatTools.INT16, written.get(0).getPixelType());
		writer.close();
		reader.close();
		try (MrcFile file = MrcFile.open(copy)) {
			assertEquals(MrcKind.VOLUME, file.kind());
			assertEquals(MrcMode.INT16, file.mode());
			assertEquals(1.5, file.pixelSizeAngstrom(), 1e-6);
			final float[] section = new float[WIDTH * HEIGHT];
			file.readSection(1, section);
			for (int i = 0; i < section.length; i++) assertEquals(pixel(1, i), section[i]);
		}
		scifio.getContext().dispose();
	}
}
