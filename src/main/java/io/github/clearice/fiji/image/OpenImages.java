package io.github.clearice.fiji.image;

import java.nio.file.Path;
import java.util.Optional;

import ij.ImagePlus;
import ij.WindowManager;

/** The images that are open in ImageJ, in windows or in a macro's batch mode. */
public final class OpenImages {

	private OpenImages() {}

	/** The image that is active in this thread. */
	public static Optional<ImagePlus> active() {
		ImagePlus image = WindowManager.getCurrentImage();
		if (image != null && !isOpen(image)) {
			// Another thread closed it: the active image is now the one behind it.
			WindowManager.setTempCurrentImage(null);
			image = WindowManager.getCurrentImage();
		}
		return Optional.ofNullable(image).filter(OpenImages::isOpen);
	}

	/** Whether an image has pixels: a closed one has lost them, and Fiji without a display has an empty one for none. */
	public static boolean isOpen(final ImagePlus image) {
		return image.getWidth() > 0 && image.isProcessor();
	}

	/** An image by its title; the active one, if several have it. */
	public static Optional<ImagePlus> find(final String title) {
		final Optional<ImagePlus> active = active().filter(image -> image.getTitle().equals(title));
		if (active.isPresent()) return active;
		final int[] numbers = WindowManager.getIDList();
		if (numbers == null) return Optional.empty();
		for (final int number : numbers) {
			final ImagePlus image = WindowManager.getImage(number);
			if (image != null && image.getTitle().equals(title)) return Optional.of(image);
		}
		return Optional.empty();
	}

	/**
	 * An image of a command's output file: pixels are read when they are displayed.
	 *
	 * @throws io.github.clearice.task.InputException if the file cannot be read
	 */
	public static ImagePlus ofFile(final Path path) {
		final ImagePlus image = ImageFiles.isStar(path) ? StarImage.open(path).image() : MrcImage.open(path);
		image.setTitle(WindowManager.makeUniqueName(image.getTitle()));
		return image;
	}

	/** A title that no open image has: the one wanted, or with -1, -2, ... */
	public static String uniqueTitle(final String wanted) {
		String title = wanted;
		for (int number = 1; find(title).isPresent(); number++) title = wanted + "-" + number;
		return title;
	}
}
