package io.github.clearice.fiji.plot;

import io.github.clearice.micrograph.Pick;

import java.awt.Color;
import java.util.List;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;

/** Shows picks as boxes on the micrograph that they were found on. */
public final class PickOverlay {

	private PickOverlay() {}

	/**
	 * Puts boxes on an image, if it has as many slices as there are micrographs.
	 *
	 * @param picks of each micrograph
	 * @param box edge of the boxes in pixels
	 */
	public static void show(final ImagePlus image, final List<List<Pick>> picks, final int box) {
		if (image.getStackSize() != picks.size()) return;
		final Overlay overlay = new Overlay();
		for (int slice = 1; slice <= picks.size(); slice++) {
			for (final Pick pick : picks.get(slice - 1)) {
				final Roi roi = new Roi((int) Math.round(pick.x()) - box / 2, (int) Math.round(pick.y()) - box / 2, box, box);
				roi.setStrokeColor(Color.GREEN);
				if (picks.size() > 1) roi.setPosition(slice);
				overlay.add(roi);
			}
		}
		image.setOverlay(overlay);
	}
}
