package io.github.clearice.fiji.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.io.IOService;

import ij.ImagePlus;
import ij.measure.ResultsTable;

/** Files are opened as scripts open them: by the plugin that SciJava's service finds for them. */
class ImageOpenerTest {

	static final String STAR = """
		data_optics

		loop_
		_rlnOpticsGroup #1
		_rlnOpticsGroupName #2
		_rlnImagePixelSize #3
		_rlnImageSize #4
		_rlnVoltage #5
		_rlnSphericalAberration #6
		_rlnAmplitudeContrast #7
		1 group1 2.500 4 300 2.7 0.1

		data_particles

		loop_
		_rlnImageName #1
		_rlnAngleRot #2
		_rlnAngleTilt #3
		_rlnAnglePsi #4
		_rlnOriginXAngst #5
		_rlnOriginYAngst #6
		_rlnDefocusU #7
		_rlnDefocusV #8
		_rlnDefocusAngle #9
		_rlnOpticsGroup #10
		000003@stack.mrcs 10 20 30 1.5 -2.5 12000 11500 45 1
		000001@stack.mrcs 40 50 60 0 0 13000 12500 15 1
		""";

	@TempDir
	Path folder;

	@BeforeEach
	void writeStack() {
		writeStack(folder.resolve("stack.mrcs"));
	}

	/** Three images of 4 x 4 pixels of 2.5 Å, whose first pixels count them from 0. */
	static Path writeStack(final Path path) {
		try (MrcWriter writer = MrcWriter.stack(path, 4, 4, 2.5, MrcMode.FLOAT32)) {
			for (int i = 0; i < 3; i++) {
				final float[] pixels = new float[16];
				pixels[0] = i;
				writer.write(pixels);
			}
			writer.commit();
		}
		return path;
	}

	@Test
	void opensStacks() throws IOException {
		try (Context context = new Context(IOService.class)) {
			final ImagePlus image = assertInstanceOf(ImagePlus.class, context.service(IOService.class).open(folder.resolve(
				"stack.mrcs").toString()));
			assertEquals(3, image.getStackSize());
			assertEquals(folder.toString(), Path.of(image.getOriginalFileInfo().directory).toString());
			assertEquals("stack.mrcs", image.getOriginalFileInfo().fileName);
		}
	}

	@Test
	void leavesOtherFilesToOthers() throws IOException {
		final Path other = Files.writeString(folder.resolve("other.rec"), "no image");
		try (Context context = new Context(IOService.class)) {
			assertNull(context.service(IOService.class).getOpener(other.toString()));
		}
	}

	@Test
	void saysWhatIsWrongWithAFile() throws IOException {
		final Path broken = Files.write(folder.resolve("broken.mrc"), new byte[200]);
		try (Context context = new Context(IOService.class)) {
			final IOService service = context.service(IOService.class);
			final IOException refusal = assertThrows(IOException.class, () -> service.open(broken.toString()));
			assertEquals(broken +
				": has 200 bytes, less than the 1024 of an MRC header. It is no MRC file, or was cut short.", refusal
					.getMessage());
		}
	}

	@Test
	void opensAStarFileAsItsImagesWithATable() throws IOException {
		final Path star = Files.writeString(folder.resolve("particles.star"), STAR);
		final StarImage opened = StarImage.open(star);
		assertEquals(2, opened.image().getStackSize());
		assertEquals(2.5, opened.image().getCalibration().pixelWidth);
		assertEquals("000003@stack.mrcs", opened.image().getStack().getSliceLabel(1));
		assertEquals(2, opened.image().getStack().getProcessor(1).getf(0));
		assertEquals(0, opened.image().getStack().getProcessor(2).getf(0));
		final ResultsTable table = opened.table();
		assertEquals(20, table.getValue("Tilt (deg)", 0));
		assertEquals(-2.5, table.getValue("Origin Y (Å)", 0));
		assertEquals(12500, table.getValue("Defocus V (Å)", 1));
		assertEquals(2.7, table.getValue("Cs (mm)", 1));
		assertEquals("000001@stack.mrcs", table.getStringValue("Image", 1));
	}
}
