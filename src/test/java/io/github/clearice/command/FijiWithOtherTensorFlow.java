package io.github.clearice.command;

import io.github.clearice.command.verb.DenoiseCommand;
import io.github.clearice.command.verb.TrainCommand;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

/**
 * What {@link OtherTensorFlowTest} starts in a Java whose class path has another
 * TensorFlow and not ours: trains on the pairs of a folder and denoises, as a
 * user of Fiji would.
 */
final class FijiWithOtherTensorFlow {

	private FijiWithOtherTensorFlow() {}

	public static void main(final String[] folder) throws Exception {
		final Path files = Path.of(folder[0]);
		final File noisy = files.resolve("noisy.mrcs").toFile(), model = files.resolve("m.clearice").toFile();
		System.out.println("Graph from " + Path.of(Class.forName("org.tensorflow.Graph").getProtectionDomain()
			.getCodeSource().getLocation().toURI()).getFileName());
		try (Context context = new Context(CommandService.class, StatusService.class)) {
			final CommandService commands = context.service(CommandService.class);
			print(commands, TrainCommand.class, "noisy", noisy, "clean", files.resolve("clean.mrcs").toFile(), "model", model,
				"epochs", 1, "device", "cpu");
			print(commands, DenoiseCommand.class, "input", noisy, "method", model.getPath(), "device", "cpu");
		}
	}

	private static void print(final CommandService commands, final Class<? extends ClearIceCommand> command,
		final Object... parameters) throws InterruptedException, ExecutionException
	{
		final CommandModule run = commands.run(command, true, parameters).get();
		System.out.println(run.isCanceled() ? run.getCancelReason() : run.getOutput("report"));
	}
}
