package io.github.clearice.fiji.ui;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;

import ij.IJ;
import ij.plugin.BrowserLauncher;

/** Shows pages in the user's browser. */
public final class Browser {

	private Browser() {}

	/** Opens a page. The Log window shows where it is, because ImageJ does not say whether it has found a browser. */
	public static void open(final Path page) {
		if (GraphicsEnvironment.isHeadless()) return;
		IJ.log("The page is " + page.toAbsolutePath());
		try {
			BrowserLauncher.openURL(page.toUri().toString());
		}
		catch (final IOException e) {
			IJ.log("No browser could be started (" + e.getMessage() + "). Open the page by hand.");
		}
	}
}
