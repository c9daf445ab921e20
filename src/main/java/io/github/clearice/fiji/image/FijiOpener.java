package io.github.clearice.fiji.image;

import net.imagej.legacy.plugin.LegacyOpener;

import org.scijava.Priority;
import org.scijava.plugin.Plugin;

/**
 * Opens MRC files and STAR files of particles in Fiji: Open Recent, drag and drop,
 * {@code open()} in macros and {@code IJ.openImage} in scripts.
 * <p>
 * Fiji shows the image as it is handed over, with its labels, its file and its
 * contrast. A Dataset, which other kinds of openers have to give, would be wrapped
 * anew and have none of them.
 */
@Plugin(type = LegacyOpener.class, priority = Priority.HIGH)
public final class FijiOpener implements LegacyOpener {

	@Override
	public Object open(final String path, final int planeIndex, final boolean displayResult) {
		if (path == null || !ImageFiles.isOurs(path)) return null;
		return OpenRequest.answer(path, planeIndex, displayResult);
	}
}
