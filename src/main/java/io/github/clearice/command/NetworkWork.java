package io.github.clearice.command;

import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListeners;
import io.github.clearice.train.log.TrainingReporter;
import io.github.clearice.worker.StopRequest;
import io.github.clearice.worker.Worker;
import io.github.clearice.worker.WorkerException;
import io.github.clearice.worker.WorkerJava;
import io.github.clearice.worker.WorkerTask;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Work with networks in Fiji: in a worker, so that another plugin's TensorFlow causes no conflict and a crash of ours
 * does not end Fiji.
 */
final class NetworkWork {

	private final ClearIceCommand command;

	NetworkWork(final ClearIceCommand command) {
		this.command = command;
	}

	/**
	 * Runs the command with its present parameters in a worker. A training shows itself
	 * in a window.
	 *
	 * @return its report
	 * @throws ParameterException if the worker dies, with what to do then
	 */
	String run(final TaskListener listener) {
		final TrainingListener reporter = TrainingReporter.of(listener);
		final Desktop.TrainingDisplay window = Desktop.get().training(windowTitle());
		try {
			final String report = run(CommandParameter.values(command), reporter, window);
			window.done(report);
			return report;
		}
		catch (final TaskCancelledException e) {
			window.cancelled();
			throw e;
		}
		catch (final RuntimeException e) {
			window.failed(e.getMessage());
			throw e;
		}
	}

	/** Runs it, and again as often as it dies and the user wants it to continue. */
	private String run(final Map<String, String> parameters, final TrainingListener reporter,
		final Desktop.TrainingDisplay window)
	{
		final List<Path> discarded = parameters.containsKey("resume") ? List.of() : command.checkpoints();
		final WorkerTask task = new WorkerTask(command.plugin().name(), parameters, command.outputs(), discarded);
		final TrainingListener listeners = new TrainingListeners(reporter, window.listener());
		try {
			return new Worker(WorkerJava.here()).run(task, listeners, () -> stronger(StopRequest.of(reporter), window
				.stopRequest()));
		}
		catch (final WorkerException e) {
			if (!e.isDead()) throw e;
			final Optional<Map<String, String>> resumption = command.resumption();
			final String line = e.getMessage() + " " + command.remedy();
			if (resumption.isPresent() && isResumeWanted(line, window)) return run(resumption.get(), reporter, window);
			throw new ParameterException(line, e);
		}
	}

	/** Asks the user, but not while a macro runs. */
	private static boolean isResumeWanted(final String line, final Desktop.TrainingDisplay window) {
		try {
			return !Desktop.get().isMacro() && window.died(line);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static StopRequest stronger(final StopRequest first, final StopRequest second) {
		return first.compareTo(second) > 0 ? first : second;
	}

	/** The command, and the file that it makes. */
	private String windowTitle() {
		final String label = command.plugin().label().replace("...", "");
		return command.outputs().isEmpty() ? label : label + ": " + command.outputs().get(0).getFileName();
	}
}
