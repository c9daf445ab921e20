package io.github.clearice.command;

import io.github.clearice.command.worker.Worker;
import io.github.clearice.command.worker.WorkerException;
import io.github.clearice.command.worker.WorkerJava;
import io.github.clearice.command.worker.WorkerTask;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Work with networks as Fiji does it: in a worker, so that neither another
 * plugin's TensorFlow nor a crash of ours can harm Fiji.
 */
final class NetworkWork {

	private final ClearIceCommand command;

	NetworkWork(final ClearIceCommand command) {
		this.command = command;
	}

	/**
	 * Runs the command with its present parameters in a worker.
	 *
	 * @return its report
	 * @throws CommandException if the worker dies, with what to do then
	 */
	String run(final TaskListener listener) {
		final Map<String, String> parameters = CommandParameter.values(command);
		final List<Path> outputs = command.outputs();
		final List<Path> discarded = parameters.containsKey("resume") ? List.of() : command.checkpoints();
		final WorkerTask task = new WorkerTask(Verbs.nameOf(command), parameters, outputs, discarded);
		try {
			return new Worker(WorkerJava.here()).run(task, TrainingReporter.of(listener));
		}
		catch (final WorkerException e) {
			if (!e.isDead()) throw e;
			throw new CommandException(e.getMessage() + " " + command.remedy(), e);
		}
	}
}
