package io.github.clearice.fiji.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.io.Opener;

/** Files are opened as an ImageJ without SciJava opens them: File &gt; Open and drag and drop ask its Opener. */
class PlainOpenerTest {

	@TempDir
	Path folder;

	/** Messages of ImageJ and ClearIce, which are printed if there is no window. */
	private final ByteArrayOutputStream said = new ByteArrayOutputStream();

	private Path stack;

	@BeforeEach
	void writeStack() {
		stack = ImageOpenerTest.writeStack(folder.resolve("stack.mrcs"));
	}

	@Test
	void opensAStackFromItsFileWithThePixelSize() {
		final ImagePlus image = open(stack);
		assertEquals("", said());
		assertEquals("stack.mrcs", image.getTitle());
		assertTrue(image.getStack().isVirtual());
		assertArrayEquals(new int[] { 4, 4, 1, 1, 3 }, image.getDimensions());
		assertEquals(2.5, image.getCalibration().pixelWidth);
		assertEquals("Å", image.getCalibration().getUnit());
		assertEquals(2, image.getStack().getProcessor(3).getf(0, 0));
		assertEquals(Optional.of(stack), MrcImage.fileOf(image));
		assertTrue(image.getProperty("Info").toString().startsWith("MRC stack, 4 x 4 x 3"));
	}

	@Test
	void opensAStarFile() throws IOException {
		final ImagePlus image = open(Files.writeString(folder.resolve("particles.star"), ImageOpenerTest.STAR));
		assertEquals("", said());
		assertEquals(2, image.getNFrames());
		assertEquals("000003@stack.mrcs", image.getStack().getSliceLabel(1));
		assertEquals(2, image.getStack().getProcessor(1).getf(0, 0));
	}

	@Test
	void saysOnceWhatIsWrongWithAFile() throws IOException {
		final Path broken = Files.write(folder.resolve("broken.mrc"), new byte[200]);
		assertNull(open(broken));
		assertEquals("ClearIce: " + broken +
			": has 200 bytes, less than the 1024 of an MRC header. It is no MRC file, or was cut short.", said());
	}

	@Test
	void leavesOtherFilesToImageJ() throws IOException {
		assertNull(open(Files.write(folder.resolve("other.rec"), new byte[2000])));
		assertTrue(said().contains("Unsupported format"), said());
		assertFalse(said().contains("ClearIce"), said());
	}

	private ImagePlus open(final Path path) {
		final PrintStream out = System.out, err = System.err, both = new PrintStream(said, true, StandardCharsets.UTF_8);
		System.setOut(both);
		System.setErr(both);
		try {
			return new Opener().openImage(path.toString());
		}
		finally {
			System.setOut(out);
			System.setErr(err);
		}
	}

	private String said() {
		return said.toString(StandardCharsets.UTF_8).strip();
	}
}
