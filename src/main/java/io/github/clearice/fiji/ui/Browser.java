package io.github.clearice.fiji.ui;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;

import ij.IJ;
import ij.plugin.BrowserLauncher;

/** Shows pages in the user's browser. */
public final class Browser {

	private Browser() {}

	/** Opens a page; without a browser, the Log window shows its address. */
	public static void open(final Path page) {
		if (GraphicsEnvironment.isHeadless()) return;
		try {
			BrowserLauncher.openURL(page.toUri().toString());
		}
		catch (final IOException e) {
			IJ.log("No browser could be started. The page is " + page.toAbsolutePath());
		}
	}
}
