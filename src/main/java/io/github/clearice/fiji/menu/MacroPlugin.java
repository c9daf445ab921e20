package io.github.clearice.fiji.menu;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import ij.IJ;
import ij.plugin.PlugIn;

/**
 * Runs one of ClearIce's macros from the menu of an ImageJ without SciJava. Fiji
 * itself lists scripts that lie in this folder of a jar.
 */
public final class MacroPlugin implements PlugIn {

	private static final String FOLDER = "/scripts/Plugins/ClearIce/Macros/";

	/** @param name of the macro's file, without {@code .ijm} */
	@Override
	public void run(final String name) {
		try (InputStream in = MacroPlugin.class.getResourceAsStream(FOLDER + name + ".ijm")) {
			IJ.runMacro(new String(in.readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The macro " + name + " in this program's jar is damaged.", e);
		}
	}
}
