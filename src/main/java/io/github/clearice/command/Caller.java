package io.github.clearice.command;

import io.github.clearice.fiji.image.OpenImages;
import io.github.clearice.task.ParameterException;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.util.Optional;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;

/**
 * Who asks for a command, and the image that is active there.
 * <p>
 * SciJava makes a command in the thread that asks and runs it in another one, of a
 * pool. ImageJ keeps the active image of batch mode and of macros without a display
 * for each thread apart, so that a command would find the image of whatever ran in
 * its thread before, and leave its result to whatever comes next.
 */
public final class Caller {

	private final Thread thread = Thread.currentThread();
	private final ImagePlus active = OpenImages.active().orElse(null);

	/** The present thread, with the image that is active in it now. */
	public static Caller here() {
		return new Caller();
	}

	private Caller() {}

	/** The image that was active when the command was asked for, if it is still open. */
	public Optional<ImagePlus> active() {
		return Optional.ofNullable(active).filter(OpenImages::isOpen);
	}

	/** An image by its title; the active one, if several have it. */
	public Optional<ImagePlus> find(final String title) {
		return active().filter(image -> image.getTitle().equals(title)).or(() -> OpenImages.find(title));
	}

	/**
	 * The image that a parameter means: an open one of this title, that of a file, or the active one.
	 *
	 * @throws ParameterException if there is none
	 */
	public ImagePlus input(final File input, final String parameter) {
		if (input == null || input.getPath().isBlank()) return active().orElseGet(() -> OpenImages.ofFile(ClearIceCommand
			.existingOrActive(input, parameter)));
		return find(input.getPath()).orElseGet(() -> OpenImages.ofFile(ClearIceCommand.existing(input, parameter)));
	}

	/**
	 * Shows an image as the caller's active one: in a window, or to the macro that runs
	 * without one. A script without a display takes it from the command's outputs.
	 */
	public void show(final ImagePlus image) {
		if (GraphicsEnvironment.isHeadless() && !IJ.isMacro()) return;
		final ImagePlus ofThisThread = WindowManager.getTempCurrentImage();
		image.show();
		WindowManager.setTempCurrentImage(ofThisThread);
		// A window is everybody's active image as soon as it is there, unless the thread has one of its own.
		WindowManager.setTempCurrentImage(thread, image.getWindow() == null ? image : null);
	}
}
