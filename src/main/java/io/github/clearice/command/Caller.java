package io.github.clearice.command;

import io.github.clearice.task.ParameterException;

import java.io.File;
import java.util.Optional;

/**
 * The thread that asks for a command, and the image that is active there.
 * <p>
 * SciJava makes a command in the thread that asks and runs it in another one, of a
 * pool. ImageJ keeps the active image of batch mode and of macros without a display
 * for each thread apart, so that a command would find the image of whatever ran in
 * its thread before, and leave its result to whatever comes next.
 */
public interface Caller {

	/** The image that was active when the command was asked for, if it is still open. */
	Optional<OpenImage> active();

	/** An image by its title; the active one, if several have it. */
	Optional<OpenImage> find(String title);

	/**
	 * Shows an image as the caller's active one: in a window, or to the macro that runs
	 * without one. A script without a display takes it from the command's outputs.
	 */
	void show(OpenImage image);

	/**
	 * The image that a parameter means: an open one of this title, that of a file, or the active one.
	 *
	 * @throws ParameterException if there is none
	 */
	default OpenImage input(final File input, final String parameter) {
		if (input == null || input.getPath().isBlank()) return active().orElseGet(() -> Desktop.get().open(ClearIceCommand
			.existingOrActive(input, parameter)));
		return find(input.getPath()).orElseGet(() -> Desktop.get().open(ClearIceCommand.existing(input, parameter)));
	}
}
