package io.github.clearice.command;

import io.github.clearice.micrograph.MicrographSource;
import io.github.clearice.stack.OnDemandDenoiser;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.worker.StopRequest;

import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

import org.scijava.Cancelable;
import org.scijava.app.StatusService;
import org.scijava.task.TaskService;

/**
 * The program around the commands: it has open images, and shows images, tables, pages, progress and failures. It is
 * ImageJ, with a display or without one, and is found by {@link ServiceLoader}, so that no command depends on ImageJ.
 */
public interface Desktop {

	/** The desktop of this process. */
	static Desktop get() {
		return Installed.DESKTOP;
	}

	/** The one that the class path has. */
	final class Installed {

		private static final Desktop DESKTOP = ServiceLoader.load(Desktop.class, Desktop.class.getClassLoader()).findFirst()
			.orElseThrow(() -> new IllegalStateException("The class path has no " + Desktop.class.getName() +
				". Install the whole of ClearIce."));

		private Installed() {}
	}

	/** Progress of a command, until it is closed. */
	interface Progress extends TaskListener, AutoCloseable {

		@Override
		void close();
	}

	/** A window that shows a training. Without a display, it shows nothing. */
	interface TrainingDisplay {

		/** The listener of the training. */
		TrainingListener listener();

		/** The user's request. */
		StopRequest stopRequest();

		/** The training has ended with a model. */
		void done(String report);

		/** The training has failed. */
		void failed(String line);

		/** The training was cancelled: there is nothing to see any more. */
		void cancelled();

		/**
		 * The training process has died: reports it and, if there is a window, waits for the user's decision.
		 *
		 * @return whether the training is to continue from its checkpoint
		 */
		boolean died(String line) throws InterruptedException;
	}

	/** The present thread, with the image that is active in it now. */
	Caller caller();

	/**
	 * An image of a command's output file: pixels are read when they are displayed.
	 *
	 * @throws io.github.clearice.task.InputException if the file cannot be read
	 */
	OpenImage open(Path file);

	/**
	 * The result for an open image, from a temporary file, with the image's calibration, order of slices and labels as
	 * far as they fit.
	 */
	OpenImage madeOf(OpenImage source, Path file);

	/** An image whose slices are denoised when they are looked at, with the title,
		calibration and labels of its source. */
	OpenImage computed(OpenImage source, OnDemandDenoiser denoiser);

	/**
	 * Opens a TIFF file of micrographs.
	 *
	 * @throws io.github.clearice.task.ParameterException if it cannot be read
	 */
	MicrographSource tiff(Path file);

	/**
	 * Shows progress, and passes on a request to cancel.
	 *
	 * @param status may be null: then the status bar shows nothing
	 * @param tasks may be null: then there is no task
	 * @param name of the task
	 */
	Progress progress(StatusService status, TaskService tasks, String name, Cancelable command);

	/** @param title name of the training */
	TrainingDisplay training(String title);

	/** Shows tab-separated values whose first line names the columns; values that are not numbers are shown as text. */
	void table(List<String> lines);

	/**
	 * Shows scores, a row for each stack.
	 *
	 * @param lines of a table that {@link io.github.clearice.metrics.EvaluationTable} wrote
	 */
	void scores(List<String> lines);

	/** Opens a page in the browser; without one, the log shows its address. */
	void page(Path page);

	/** Shows the report. */
	void tell(String text);

	/**
	 * Tells the user why something did not work, and ends the macro that asked for it.
	 *
	 * @param title the command's label
	 * @param reason one line
	 */
	void fail(String title, String reason);

	/** Whether a macro runs, so that nobody is there to ask. */
	boolean isMacro();

	/** What draws plots. */
	Plots plots();
}
