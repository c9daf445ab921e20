package net.imagej.legacy.plugin;

import org.scijava.plugin.SciJavaPlugin;

/**
 * The interface through which imagej-legacy asks for files before ImageJ's own readers. It is declared here only to
 * compile against, because imagej-legacy is not on Maven Central. It is in none of our jars; Fiji has the real one.
 */
public interface LegacyOpener extends SciJavaPlugin {

	/**
	 * Opens a file.
	 *
	 * @param path null where the user is to be asked for it
	 * @param planeIndex of the one image to open; below 0 for all
	 * @param displayResult whether to show it
	 * @return the opened image; TRUE if none was opened and no other opener shall try; null to let others try
	 */
	Object open(String path, int planeIndex, boolean displayResult);
}
