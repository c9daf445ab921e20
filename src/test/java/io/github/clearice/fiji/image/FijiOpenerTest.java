package io.github.clearice.fiji.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.imagej.legacy.plugin.LegacyOpener;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.Priority;
import org.scijava.io.IOPlugin;
import org.scijava.io.IOService;
import org.scijava.io.location.FileLocation;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;

import ij.ImagePlus;

/** Opens files as imagej-legacy does: it passes the file name to plugins and shows the image they return. */
class FijiOpenerTest {

	@TempDir
	Path folder;

	private final ByteArrayOutputStream said = new ByteArrayOutputStream();

	private Path stack;

	@BeforeEach
	void writeStack() {
		stack = ImageOpenerTest.writeStack(folder.resolve("stack.mrcs"));
	}

	/** The result that imagej-legacy gets from the opener that it asks first. */
	private Object open(final String path, final int plane) {
		final PrintStream err = System.err;
		System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
		try (Context context = new Context(PluginService.class)) {
			final List<PluginInfo<LegacyOpener>> openers = context.service(PluginService.class).getPluginsOfType(
				LegacyOpener.class);
			assertEquals(Priority.HIGH, openers.get(0).getPriority(), "Fiji's own opener would come first");
			return context.service(PluginService.class).createInstance(openers.get(0)).open(path, plane, false);
		}
		finally {
			System.setErr(err);
		}
	}

	private ImagePlus opened(final Path path, final int plane) {
		return assertInstanceOf(ImagePlus.class, open(path.toString(), plane));
	}

	@Test
	void handsOverTheImageWithItsFileItsInfoAndItsContrast() {
		final ImagePlus image = opened(stack, -1);
		assertEquals(3, image.getNFrames());
		assertEquals(2.5, image.getCalibration().pixelWidth);
		assertEquals(Optional.of(stack), MrcImage.fileOf(image));
		assertTrue(image.getProperty("Info").toString().startsWith("MRC stack, 4 x 4 x 3"));
		image.setSlice(3);
		image.resetDisplayRange();
		assertEquals(2, image.getDisplayRangeMax());
	}

	@Test
	void handsOverTheParticlesOfAStarFileWithTheirNames() throws IOException {
		final Path star = Files.writeString(folder.resolve("particles.star"), ImageOpenerTest.STAR);
		final ImagePlus image = opened(star, -1);
		assertEquals("000003@stack.mrcs", image.getStack().getSliceLabel(1));
		assertEquals(Optional.of(star), MrcImage.fileOf(image));
	}

	@Test
	void opensOneImageOfAStack() {
		final ImagePlus image = opened(stack, 3);
		assertEquals(1, image.getStackSize());
		assertEquals(2, image.getProcessor().getf(0));
		assertEquals(2.5, image.getCalibration().pixelWidth);
		assertEquals(true, open(stack.toString(), 4));
		assertEquals("ClearIce: " + stack + " has 3 images, but image 4 was asked for. Give a number up to 3.", said());
	}

	@Test
	void leavesOtherFormatsToOtherReaders() throws IOException {
		assertNull(open(Files.writeString(folder.resolve("other.rec"), "no image").toString(), -1));
		assertNull(open("https://example.org/a.mrc", -1));
		assertNull(open(null, -1));
		assertEquals("", said());
	}

	@Test
	void saysOnceWhatIsWrongAndKeepsOtherReadersFromTrying() throws IOException {
		final Path broken = Files.write(folder.resolve("broken.mrc"), new byte[200]);
		assertEquals(true, open(broken.toString(), -1));
		assertEquals("ClearIce: " + broken +
			": has 200 bytes, less than the 1024 of an MRC header. It is no MRC file, or was cut short.", said());
	}

	private String said() {
		return said.toString(StandardCharsets.UTF_8).strip();
	}

	/**
	 * File &gt; Open offers the file that was chosen to eager plugins by its name; SciJava's services ask by location.
	 */
	@Test
	void theOneForFileOpenIsEagerAndOpensNothingElsewhere() {
		try (Context context = new Context(IOService.class)) {
			final PluginService plugins = context.service(PluginService.class);
			final List<PluginInfo<?>> eager = plugins.getPlugins().stream().filter(info -> IOPlugin.class.equals(info
				.getPluginType()) && info.is("eager")).toList();
			assertEquals(List.of("io.github.clearice.fiji.image.FijiMenuOpener"), eager.stream().map(PluginInfo::getClassName)
				.toList());
			final IOPlugin<?> opener = (IOPlugin<?>) plugins.createInstance(eager.get(0));
			assertTrue(opener.supportsOpen(stack.toString()));
			assertFalse(opener.supportsOpen(new FileLocation(stack.toFile())));
		}
	}
}
