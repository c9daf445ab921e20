package io.github.clearice.fiji.ui;

import net.imagej.patcher.LegacyInjector;

/** The steps of {@link MacroDriver} without a display, in an ImageJ patched as in Fiji. */
public final class PatchedMacroDriver {

	private PatchedMacroDriver() {}

	public static void main(final String[] args) {
		// Before any class of ImageJ is loaded.
		LegacyInjector.preinit();
		MacroDriver.main(args);
	}
}
