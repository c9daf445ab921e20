package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fiji.image.MrcImage;
import io.github.clearice.fiji.image.StarImage;
import io.github.clearice.fiji.menu.MacroOptions;
import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.TaskListener;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.Plot;
import ij.gui.Roi;
import ij.measure.ResultsTable;

/** The results that commands which write files pass to Fiji: virtual images, plots and tables. */
class CommandResultsTest {

	private static final int BOX = 16;
	private static final double PIXEL_ANGSTROM = 3;

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
		assertFalse(command.isCanceled(), command.getCancelReason());
		return command;
	}

	/** Runs a command and returns the image that it made. */
	private ImagePlus image(final String verb, final String options) {
		return (ImagePlus) run(verb, options).result();
	}

	/** A blob beside the centre. */
	private void writeMap() {
		final Volume volume = Volume.zeros(BOX, PIXEL_ANGSTROM);
		for (int i = 0; i < volume.voxels().length; i++) {
			final double x = i % BOX - 0.6 * BOX, y = i / BOX % BOX - 0.4 * BOX, z = i / (BOX * BOX) - 0.5 * BOX;
			volume.voxels()[i] = (float) Math.exp(-(x * x + y * y + 0.3 * z * z) / 4);
		}
		MrcWriter.writeVolume(folder.resolve("map.mrc"), volume, MrcMode.FLOAT32);
	}

	private static void assertLazy(final ImagePlus image, final String title, final int slices, final int frames) {
		assertEquals(title, image.getTitle());
		assertTrue(image.getStack().isVirtual(), "the pixels of " + title + " are in memory");
		assertEquals(slices, image.getNSlices());
		assertEquals(frames, image.getNFrames());
		assertEquals("Å", image.getCalibration().getUnit());
	}

	@Test
	void aMapOpensInItsMiddle() throws IOException {
		Files.writeString(folder.resolve("helix.pdb"), HelixStructure.pdb());
		final ImagePlus map = image("map", "structure=[FOLDER/helix.pdb] box=20 pixel=4 output=[FOLDER/a map.mrc]");
		assertLazy(map, "a map.mrc", 20, 1);
		assertEquals(4, map.getCalibration().pixelDepth);
		assertEquals(11, map.getCurrentSlice());
		assertTrue(map.getDisplayRangeMax() > map.getDisplayRangeMin() && map.getDisplayRangeMax() <= map.getStack()
			.getProcessor(11).getMax(), "the contrast is not that of the slice that is shown");
	}

	@Test
	void particlesMapAndResolutionAreShown() {
		writeMap();
		assertLazy(image("simulate", "source=[FOLDER/map.mrc] count=40 snr=5 output=[FOLDER/set]"), "noisy.mrcs", 1,
			40);
		assertLazy(image("reconstruct", "star=[FOLDER/set/particles.star] output=[FOLDER/r.mrc]"), "r.mrc", BOX, 1);
		final ImagePlus plot = image("fsc", "first=[FOLDER/r_half1.mrc] second=[FOLDER/r_half2.mrc]");
		assertNotNull(plot.getProperty(Plot.PROPERTY_KEY), "the plot is a mere picture, without its data");
		final ResultsTable table = ResultsTable.getResultsTable();
		assertEquals(1 + BOX / 2, table.size());
		assertEquals(BOX * PIXEL_ANGSTROM, table.getValue("resolution", 1), 1e-4);
		assertTrue(table.getValue("fsc", 1) > 0.9);
	}

	@Test
	void clustersAreShownWithTheirScores() {
		writeMap();
		run("simulate", "source=[FOLDER/map.mrc,FOLDER/map.mrc] count=24 snr=5 output=[FOLDER/set]");
		final ImagePlus plot = image("cluster",
			"input=[FOLDER/set/clean.mrcs,FOLDER/set/noisy.mrcs] labels=[FOLDER/set/particles.star] output=[FOLDER/c]");
		assertEquals("Components of noisy", plot.getTitle());
		assertNotNull(plot.getProperty(Plot.PROPERTY_KEY));
		assertEquals(4, ResultsTable.getResultsTable().size());
		assertEquals("k-means", ResultsTable.getResultsTable().getStringValue("method", 2));
		run("cluster", "input=[FOLDER/set/clean.mrcs] clusters=2 output=[FOLDER/c] overwrite");
		assertEquals(24, ResultsTable.getResultsTable().size());
		assertTrue(ResultsTable.getResultsTable().columnExists("pc1"));
	}

	@Test
	void aTableOfScoresIsShownWhetherOrNotItIsWritten() throws IOException {
		writeMap();
		run("simulate", "source=[FOLDER/map.mrc] count=6 snr=5 output=[FOLDER/set]");
		final String stacks = "reference=[FOLDER/set/clean.mrcs] image=[FOLDER/set/clean.mrcs,FOLDER/set/noisy.mrcs]";
		run("evaluate", stacks);
		final double mean = ResultsTable.getResultsTable().getValue("ssim", 1);
		run("evaluate", stacks + " output=[FOLDER/scores.tsv]");
		final ResultsTable table = ResultsTable.getResultsTable();
		assertEquals(2, table.size());
		assertEquals(6, table.getValue("images", 1));
		assertEquals(mean, table.getValue("ssim", 1));
		final String line = Files.readAllLines(folder.resolve("scores.tsv")).get(1 + 12 + 2);
		assertTrue(line.startsWith("noisy.mrcs\tmean\t"), line);
		assertEquals(Double.parseDouble(line.split("\t")[4]), mean);
	}

	@Test
	void mismatchesAreFramedInTheOverlayOfAnOpenImage() {
		writeMap();
		run("simulate", "source=[FOLDER/map.mrc] count=5 snr=5 output=[FOLDER/set]");
		final ImagePlus particles = MrcImage.read(folder.resolve("set/noisy.mrcs"));
		particles.setTitle("in memory");
		particles.setOverlay(new Overlay(new Roi(1, 1, 2, 2)));
		WindowManager.setTempCurrentImage(particles);
		final String pose =
			"input=[in memory] map=[FOLDER/map.mrc] order=1 output=[FOLDER/poses.star] overwrite confidence=";
		final ClearIceCommand all = run("pose", pose + "1");
		assertEquals(1 + 5, particles.getOverlay().size());
		final Roi last = particles.getOverlay().get(5);
		assertEquals(5, last.getPosition());
		assertTrue(last.getName().startsWith("mismatch, confidence 0."), last.getName());
		assertFalse(particles.changes, "marks are no changes of pixels");
		final ResultsTable table = ResultsTable.getResultsTable();
		assertEquals(5, table.size());
		assertEquals(1, table.getValue("mismatch", 4));
		assertEquals(RelionParticles.read(folder.resolve("poses.star")).particles().get(4).tiltDegree(), table.getValue(
			"tilt", 4), 1e-5);
		// The table of particles names their images, which must not be temporary.
		assertTrue(all.report().endsWith("its pixels were written to " + folder.resolve("in" +
			" memory.mrcs") + "."), all.report());
		assertEquals(5, StarImage.open(folder.resolve("poses.star")).image().getStackSize());
		run("pose", pose + "0");
		assertEquals(1, particles.getOverlay().size());
	}

	@Test
	void posesOfAFileOpenWithTheirMarks() {
		writeMap();
		run("simulate", "source=[FOLDER/map.mrc] count=5 snr=5 output=[FOLDER/set]");
		final ImagePlus shown = image("pose",
			"input=[FOLDER/set/particles.star] map=[FOLDER/map.mrc] order=1 output=[FOLDER/poses.star] confidence=1");
		assertLazy(shown, "poses.star", 1, 5);
		assertEquals(5, shown.getOverlay().size());
	}

	@Test
	void theCircleOfTheBackgroundIsDrawnWhereNoiseIsMeasured() {
		writeMap();
		run("simulate", "source=[FOLDER/map.mrc] count=5 snr=5 output=[FOLDER/set]");
		final ImagePlus particles = MrcImage.open(folder.resolve("set/noisy.mrcs"));
		WindowManager.setTempCurrentImage(particles);
		run("denoise", "method=lowpass cutoff=20");
		assertNull(particles.getOverlay());
		run("denoise", "method=wiener diameter=0.5");
		run("evaluate", "reference=[FOLDER/set/clean.mrcs] image=noisy.mrcs methods=lowpass,wiener diameter=0.5");
		assertEquals(1, particles.getOverlay().size());
		final Roi circle = particles.getOverlay().get(0);
		assertEquals(Roi.OVAL, circle.getType());
		assertEquals(0, circle.getPosition(), "it is on all particles");
		assertEquals(new Rectangle2D.Double(4.5, 4.5, 8, 8), circle.getFloatBounds());
	}
}
