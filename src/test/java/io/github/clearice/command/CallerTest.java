package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.command.verb.DenoiseCommand;
import io.github.clearice.fiji.image.MrcImage;
import io.github.clearice.fiji.image.OpenImages;
import io.github.clearice.fiji.menu.MacroOptions;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.display.DisplayService;
import org.scijava.ui.UIService;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;

/**
 * Commands on the active image with threads as in Fiji: macros in their own, commands in
 * those of SciJava's pool, which are used again.
 */
public class CallerTest {

	private static final int BOX = 16;

	private static CommandService commands;

	@TempDir
	Path folder;

	private Context context;

	/** Runs a macro as Fiji does: the service creates the command in this thread and runs it in its pool. */
	public static String run(final String verb, final String options) throws InterruptedException, ExecutionException {
		final ClearIceCommand parsed = Commands.all().get(verb).create();
		MacroOptions.parse(options, parsed);
		final CommandModule run = commands.run(parsed.getClass(), true, inputs(parsed)).get();
		return run.isCanceled() ? run.getCancelReason() : "";
	}

	private static Object[] inputs(final ClearIceCommand parsed) {
		return MacroOptions.of(parsed).entrySet().stream().flatMap(option -> List.of(option.getKey(), option.getValue())
			.stream()).toArray();
	}

	/** As the macro function open(), which wants menus. */
	public static String open(final String file) {
		MrcImage.open(Path.of(file)).show();
		return "";
	}

	/** A macro that denoises another image; its result is the active image of the macro that called it. */
	public static String nested(final String file) {
		final String call = "call('" + CallerTest.class.getName();
		IJ.runMacro(call + ".open', '" + file + "'); " + call + ".run', 'denoise', 'method=lowpass cutoff=20');");
		return WindowManager.getCurrentImage().getTitle();
	}

	@BeforeEach
	void start() {
		context = new Context(CommandService.class, StatusService.class, UIService.class, DisplayService.class);
		commands = context.service(CommandService.class);
		write("a.mrcs", 1);
		write("b.mrcs", 2);
	}

	@AfterEach
	void stop() {
		context.dispose();
		final int[] open = WindowManager.getIDList();
		for (final int image : open == null ? new int[0] : open) WindowManager.getImage(image).close();
		WindowManager.setTempCurrentImage(null);
	}

	/** Three images, each all of one number: that of the file, which no low-pass filter changes. */
	private void write(final String name, final float value) {
		final float[] pixels = new float[BOX * BOX];
		Arrays.fill(pixels, value);
		try (MrcWriter writer = MrcWriter.stack(folder.resolve(name), BOX, BOX, 3, MrcMode.FLOAT32)) {
			for (int i = 0; i < 3; i++) writer.write(pixels);
			writer.commit();
		}
	}

	/** The return value of a macro; OPEN, DENOISE, SAVE and NESTED in it stand for our commands. */
	private String macro(final String text) {
		final String call = "call('" + CallerTest.class.getName();
		return IJ.runMacro(text.replace("FOLDER", folder.toString()).replace("DENOISE", call +
			".run', 'denoise', 'method=lowpass cutoff=20')").replaceAll("SAVE\\((\\S+)\\)", call +
				".run', 'save', 'output=$1')").replaceAll("NESTED\\((\\S+)\\)", call + ".nested', '$1')").replaceAll(
					"OPEN\\((\\S+)\\)", call + ".open', '$1')"));
	}

	private float firstPixel(final String file) {
		final float[] pixels = new float[BOX * BOX];
		try (MrcFile opened = MrcFile.open(folder.resolve(file))) {
			opened.readSection(0, pixels);
		}
		return pixels[0];
	}

	@Test
	void eachOfTwoImagesIsDenoisedAndSaved() {
		assertEquals("a-denoised b-denoised 4 ", macro("""
			setBatchMode(true);
			OPEN(FOLDER/a.mrcs);
			e = DENOISE;
			t = getTitle();
			e = e + SAVE(FOLDER/saved-a.mrcs);
			OPEN(FOLDER/b.mrcs);
			e = e + DENOISE;
			e = e + SAVE(FOLDER/saved-b.mrcs);
			return t + ' ' + getTitle() + ' ' + nImages + ' ' + e;
			"""));
		assertEquals(1, firstPixel("saved-a.mrcs"), 1e-5);
		assertEquals(2, firstPixel("saved-b.mrcs"), 1e-5);
	}

	@Test
	void anImageThatWasClosedIsNoInputAnyMore() {
		assertEquals("a-denoised b-denoised 3 ", macro("""
			setBatchMode(true);
			OPEN(FOLDER/a.mrcs);
			e = DENOISE;
			t = getTitle();
			close();
			OPEN(FOLDER/b.mrcs);
			e = e + DENOISE;
			return t + ' ' + getTitle() + ' ' + nImages + ' ' + e;
			"""));
	}

	@Test
	void withoutAnImageThatIsOpenTheInputIsMissing() {
		assertEquals("The parameter input= is missing. Give it a value, or open an image.", macro("""
			setBatchMode(true);
			OPEN(FOLDER/a.mrcs);
			close();
			return DENOISE;
			"""));
	}

	@Test
	void aMacroWithinAMacroLeavesItsResultAsTheActiveImage() {
		assertEquals("b-denoised b-denoised a.mrcs a-denoised", macro("""
			setBatchMode(true);
			OPEN(FOLDER/a.mrcs);
			t = NESTED(FOLDER/b.mrcs);
			t = t + ' ' + getTitle();
			close();
			close();
			t = t + ' ' + getTitle();
			DENOISE;
			return t + ' ' + getTitle();
			"""));
	}

	@Test
	void aClosedImageIsNotUsedAgain() {
		final ImagePlus image = IJ.createImage("closed", "32-bit", BOX, BOX, 1);
		WindowManager.setTempCurrentImage(image);
		image.flush();
		assertTrue(OpenImages.active().isEmpty());
		assertNull(WindowManager.getTempCurrentImage());
	}

	@Test
	void callersDoNotSeeOneAnothersImages() throws InterruptedException, ExecutionException {
		final ExecutorService other = Executors.newSingleThreadExecutor();
		try {
			other.submit(() -> WindowManager.setTempCurrentImage(IJ.createImage("other", "32-bit", BOX, BOX, 1))).get();
			WindowManager.setTempCurrentImage(IJ.createImage("mine", "32-bit", BOX, BOX, 1));
			assertEquals("mine", Desktop.get().caller().active().orElseThrow().title());
			assertEquals("other", other.submit(() -> Desktop.get().caller().active().orElseThrow().title()).get());
		}
		finally {
			other.shutdown();
		}
	}

	@Test
	void nothingOpensThatWasNotAskedForAndTheReportIsLogged() throws InterruptedException, ExecutionException {
		final PrintStream out = System.out;
		final ByteArrayOutputStream log = new ByteArrayOutputStream();
		System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
		final CommandModule run;
		try {
			run = commands.run(DenoiseCommand.class, true, "input", folder.resolve("a.mrcs").toString(), "method", "lowpass",
				"cutoff", 20.0).get();
		}
		finally {
			System.setOut(out);
		}
		assertFalse(run.isCanceled(), run.getCancelReason());
		assertEquals(List.of(), context.service(DisplayService.class).getDisplays());
		assertEquals(run.getOutput("report"), log.toString(StandardCharsets.UTF_8).strip());
	}
}
