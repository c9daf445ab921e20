package io.github.clearice.fiji.image;

import io.github.clearice.fiji.ui.FailureNotice;
import io.github.clearice.task.ClearIceException;
import io.github.clearice.task.InputException;

import java.nio.file.Path;

import ij.IJ;
import ij.ImagePlus;
import ij.Menus;
import ij.WindowManager;
import ij.plugin.frame.Recorder;
import ij.process.ImageProcessor;

/** What Fiji does when a file is opened: shown and remembered as files that ImageJ itself reads. */
final class OpenRequest {

	private OpenRequest() {}

	/**
	 * Opens a file that is ours.
	 *
	 * @param plane the one image to open, counted from 1; below 1 for all
	 * @param shown whether to show it, with the table of a STAR file
	 * @return the image; TRUE if it could not be opened and the user knows: other readers would show
	 *         wrong pixels
	 */
	static Object answer(final String path, final int plane, final boolean shown) {
		try {
			final ImagePlus whole = shown ? ImageFiles.open(Path.of(path)) : ImageFiles.openSilently(Path.of(path));
			final ImagePlus image = plane < 1 ? whole : slice(whole, plane, path);
			if (shown) show(image, path);
			return image;
		}
		catch (final ClearIceException e) {
			FailureNotice.show("ClearIce", e.getMessage());
			return true;
		}
	}

	private static void show(final ImagePlus image, final String path) {
		// Fiji records of File > Open only that a path was selected. A window that is shown records that it was selected,
		// which can be replayed only after the image was opened.
		if (IJ.recording() && !IJ.isMacro()) Recorder.record("open", Recorder.fixPath(path));
		// As ImageJ's Opener does: the second image of a name gets another title.
		WindowManager.checkForDuplicateName = true;
		image.show();
		if (IJ.getInstance() != null) Menus.addOpenRecentItem(path);
	}

	private static ImagePlus slice(final ImagePlus image, final int number, final String path) {
		if (number > image.getStackSize()) throw new InputException(path + " has " + image
			.getStackSize() + " images, but image " + number + " was asked for. Give a number up to " + image.getStackSize() +
			".");
		final ImageProcessor pixels = image.getStack().getProcessor(number);
		final String label = image.getStack().getSliceLabel(number);
		final ImagePlus slice = new ImagePlus(label == null ? image.getTitle() : label, pixels);
		slice.setCalibration(image.getCalibration().copy());
		slice.setProperty("Info", image.getProperty("Info"));
		return slice;
	}
}
