package io.github.clearice.fiji.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.command.HelixStructure;

import java.awt.Component;
import java.awt.Container;
import java.awt.GraphicsEnvironment;
import java.awt.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import ij.IJ;
import ij.ImageJ;
import ij.WindowManager;
import ij.gui.MultiLineLabel;
import ij.measure.ResultsTable;

/**
 * Runs macros on a few small particles in an ImageJ, in a process of its own: all of them without a display, and with
 * one those that show windows.
 */
public final class MacroDriver {

	private static final Path MACROS = Path.of("macros");
	private static final String TRAINING = "preset=fast epochs=1 batch=4 device=cpu";

	private final Path folder = Path.of(System.getProperty("user.home")).resolve("work");
	private final Set<String> run = new HashSet<>();

	private MacroDriver() {}

	public static void main(final String[] args) {
		int exitCode = 1;
		try {
			if (GraphicsEnvironment.isHeadless()) IJ.runPlugIn("ij.IJ.init", "");
			else {
				new ImageJ(ImageJ.NO_SHOW);
				final Thread watch = new Thread(MacroDriver::watch, "watch");
				watch.setDaemon(true);
				watch.start();
			}
			new MacroDriver().runAll();
			exitCode = 0;
		}
		catch (final Throwable failure) {
			failure.printStackTrace(System.out);
		}
		Runtime.getRuntime().halt(exitCode);
	}

	/** A macro that fails opens a window and waits. */
	private static void watch() {
		while (Windows.open("Macro Error") == null) Windows.pause(100);
		System.out.println("Macro Error: " + message(Windows.open("Macro Error")));
		Runtime.getRuntime().halt(1);
	}

	private static String message(final Container in) {
		final StringBuilder text = new StringBuilder();
		for (final Component component : ((Window) in).getComponents())
			if (component instanceof MultiLineLabel) text.append(component);
		return text.toString();
	}

	private void runAll() throws IOException {
		Files.createDirectories(folder.resolve("compared"));
		Files.createDirectories(folder.resolve("stacks"));
		final Path structure = Files.writeString(folder.resolve("helix.pdb"), HelixStructure.pdb());
		runThoseWithWindows(structure);
		if (GraphicsEnvironment.isHeadless()) runTheOthers(structure);
	}

	private void runThoseWithWindows(final Path structure) throws IOException {
		run("Reproduce_Gu_Contamination", structure + "," + folder.resolve("gu") +
			",40,16,3,types=A fractions=0;0.3 methods=l1 seeds=1 epochs=1 device=cpu");
		assertEquals(1 + 2, Files.readAllLines(folder.resolve("gu/study/table.tsv")).size());
		assertEquals(2, ResultsTable.getResultsTable().size());
		assertEquals("Contamination A, PSNR (dB)", WindowManager.getCurrentImage().getTitle());
		if (!GraphicsEnvironment.isHeadless()) Windows.picture(WindowManager.getCurrentWindow(), "contamination-plot");
		compareAndDenoise(folder.resolve("gu/pairs/noisy.mrcs"), folder.resolve("gu/pairs/clean.mrcs"));
	}

	/** They show none. */
	private void runTheOthers(final Path structure) throws IOException {
		run("Simulate_Train_Evaluate", structure + "," + folder.resolve("whole") + ",24," + TRAINING);
		final List<String> scores = Files.readAllLines(folder.resolve("whole/scores.tsv"));
		assertEquals("image\tindex\tmse\tpsnr\tssim\tsnr\tfrc05\tfrc0143", scores.get(0));
		run("Reproduce_Su_Figures", structure + "," + folder.resolve("su") + ",24,24,2," + TRAINING + ",0.5");
		final var picture = ImageIO.read(folder.resolve("su/snr-0.5.png").toFile());
		assertEquals(3 * 24, picture.getWidth());
		assertEquals(3 * 24, picture.getHeight());
		assertTrue(Windows.colours(picture) > 30, "the picture is empty");
		trust(folder.resolve("whole"));
		threeDimensions(folder.resolve("su/map.mrc"), folder.resolve("su/snr-0.5/test/particles.star"));
		try (Stream<Path> macros = Files.list(MACROS)) {
			macros.filter(path -> path.toString().endsWith(".ijm")).forEach(path -> assertTrue(run.contains(path.getFileName()
				.toString()), path + " was not run"));
		}
	}

	private void threeDimensions(final Path map, final Path particles) throws IOException {
		run("Pose_and_Reconstruct", particles + "," + map + "," + folder.resolve("posed") + ",order=1 shift=0 truth=" +
			particles);
		assertTrue(Files.exists(folder.resolve("posed/poses-histogram.png")));
		assertEquals(1 + 13, Files.readAllLines(folder.resolve("posed/fsc.tsv")).size());
		final Path micrographs = folder.resolve("micrographs");
		IJ.runMacro("run(\"Simulate Micrographs...\", \"source=[" + map +
			"] width=160 height=128 particles=4 snr=2 output=[" + micrographs + "]\");");
		run("Denoise_and_Pick_Micrographs", micrographs.resolve("coordinates.star") + ",lowpass," + map + ",32," + folder
			.resolve("picked") + ",resolution=8 order=0 angle=90 expected=3,cutoff=10");
		assertEquals(1 + 3, Files.readAllLines(folder.resolve("picked/picks.tsv")).size());
		assertTrue(Files.exists(folder.resolve("picked/particles.star")));
	}

	private static void trust(final Path trained) {
		IJ.runMacro("run(\"Trust Report...\", \"model=[" + trained.resolve("model.clearice") + "] noisy=[" + trained
			.resolve("training/noisy.mrcs") + "] clean=[" + trained.resolve("training/clean.mrcs") + "] output=[" + trained
				.resolve("trust") + "]\");");
		assertTrue(ResultsTable.getResultsTable().columnExists("passed"));
		assertTrue(Files.exists(trained.resolve("trust/trust.html")));
	}

	private void compareAndDenoise(final Path noisy, final Path clean) throws IOException {
		run("Compare_Classical_Methods", noisy + "," + clean + "," + folder.resolve("compared") + ",lowpass wiener");
		final List<String> compared = Files.readAllLines(folder.resolve("compared/methods.tsv"));
		assertEquals(1 + 3, compared.size(), compared.toString());
		assertEquals(3, ResultsTable.getResultsTable().size());
		assertEquals("montage.png", WindowManager.getCurrentImage().getTitle());
		final Path first = Files.copy(noisy, folder.resolve("stacks/a.mrcs"));
		run("Denoise_a_Folder", first.getParent() + ",lowpass,cutoff=40");
		final Path denoised = folder.resolve("stacks/a-denoised.mrcs");
		final Object made = Files.getLastModifiedTime(denoised);
		Files.copy(noisy, folder.resolve("stacks/b.mrcs"));
		run("Denoise_a_Folder", first.getParent() + ",lowpass,cutoff=40");
		assertEquals(made, Files.getLastModifiedTime(denoised), "a stack was denoised again");
		assertTrue(Files.exists(folder.resolve("stacks/b-denoised.mrcs")));
		assertTrue(Files.notExists(folder.resolve("stacks/a-denoised-denoised.mrcs")));
	}

	private void run(final String macro, final String argument) throws IOException {
		run.add(macro + ".ijm");
		assertNotEquals("[aborted]", IJ.runMacro(Files.readString(MACROS.resolve(macro + ".ijm")), argument), macro);
		System.out.println(macro + ": done");
	}
}
