package io.github.clearice.fiji.ui;

import net.imagej.patcher.LegacyInjector;

/** What {@link MacroDriver} does, without a display, in an ImageJ that was changed for that as Fiji changes it. */
public final class PatchedMacroDriver {

	private PatchedMacroDriver() {}

	public static void main(final String[] args) {
		// Before any class of ImageJ is loaded.
		LegacyInjector.preinit();
		MacroDriver.main(args);
	}
}
