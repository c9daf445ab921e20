import io.github.clearice.fiji.ui.FailureNotice;
import io.github.clearice.fiji.image.ImageFiles;
import io.github.clearice.task.ClearIceException;

import java.nio.file.Path;

import ij.ImagePlus;
import ij.plugin.PlugIn;

/**
 * Opens MRC files and STAR files of particles wherever an ImageJ without SciJava
 * opens files: File &gt; Open, drag and drop, {@code open()} in macros.
 * <p>
 * {@link ij.io.Opener} asks a class of this name, outside of any package, for
 * files that it does not know. Fiji has one of its own, which ours must not take
 * the place of: it comes in a jar apart from all others.
 */
public final class HandleExtraFileTypes extends ImagePlus implements PlugIn {

	/** The width that tells ImageJ that there is nothing left to do or to report. */
	private static final int DEALT_WITH = -1;

	/**
	 * Becomes the image of a file. ImageJ continues if the image has pixels, and refuses the file otherwise.
	 *
	 * @param path of any file, or an address on the internet
	 */
	@Override
	public void run(final String path) {
		if (!ImageFiles.isOurs(path)) return;
		try {
			become(ImageFiles.open(Path.of(path)));
		}
		catch (final ClearIceException e) {
			width = DEALT_WITH;
			FailureNotice.show("ClearIce", e.getMessage());
		}
	}

	private void become(final ImagePlus image) {
		setStack(image.getTitle(), image.getStack());
		setDimensions(image.getNChannels(), image.getNSlices(), image.getNFrames());
		setOpenAsHyperStack(image.getOpenAsHyperStack());
		setCalibration(image.getLocalCalibration());
		setFileInfo(image.getOriginalFileInfo());
		setProperty("Info", image.getProperty("Info"));
	}
}
