package io.github.clearice.fiji.plot;

import java.awt.Color;
import java.util.function.IntFunction;

import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;

/**
 * Marks in the overlay of an image of particles: never in its pixels, and beside other parts of the overlay. New marks
 * of a kind take the place of those before.
 */
public final class ParticleMarks {

	/** The property by which a mark is known again. */
	private static final String KIND = "clearice";
	private static final Color MISMATCH = new Color(0xD55E00);
	private static final Color BACKGROUND = new Color(0x56B4E9);
	/** Distance of a frame from the border, in boxes. */
	private static final double MARGIN = 1 / 32.0;

	private ParticleMarks() {}

	/**
	 * Frames single particles.
	 *
	 * @param kind of the marks
	 * @param names of the marks, by the particle's number from 0; null for a particle that gets none
	 */
	public static void frame(final ImagePlus image, final String kind, final IntFunction<String> names) {
		final Overlay overlay = without(image, kind);
		final double margin = Math.max(1, MARGIN * image.getWidth());
		for (int particle = 0; particle < image.getStackSize(); particle++) {
			final String name = names.apply(particle);
			if (name == null) continue;
			final Roi frame = new Roi(margin, margin, image.getWidth() - 2 * margin, image.getHeight() - 2 * margin);
			frame.setPosition(particle + 1);
			frame.setName(name);
			add(overlay, frame, kind, MISMATCH);
		}
		image.setOverlay(overlay);
	}

	/**
	 * Draws the circle outside which noise is measured.
	 *
	 * @param diameterFraction in boxes
	 */
	public static void background(final ImagePlus image, final double diameterFraction) {
		final Overlay overlay = without(image, "background");
		final double diameter = diameterFraction * image.getWidth();
		// The middle of the central pixel, as the measurement has it.
		final double left = image.getWidth() / 2 + 0.5 - diameter / 2, top = image.getHeight() / 2 + 0.5 - diameter / 2;
		final Roi circle = new OvalRoi(left, top, diameter, diameter);
		circle.setName("noise is measured outside");
		add(overlay, circle, "background", BACKGROUND);
		image.setOverlay(overlay);
	}

	private static void add(final Overlay overlay, final Roi mark, final String kind, final Color colour) {
		mark.setStrokeColor(colour);
		mark.setProperty(KIND, kind);
		overlay.add(mark);
	}

	/** An image's overlay without the marks of one kind. */
	private static Overlay without(final ImagePlus image, final String kind) {
		final Overlay kept = new Overlay();
		if (image.getOverlay() == null) return kept;
		for (final Roi roi : image.getOverlay()) if (!kind.equals(roi.getProperty(KIND))) kept.add(roi);
		return kept;
	}
}
