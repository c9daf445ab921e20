package io.github.clearice.command;

import io.github.clearice.task.ClearIceException;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;

import javax.swing.SwingWorker;

/**
 * Says in a dialog how large the images are that were entered and how long the work
 * will take, before it begins. Files are looked into away from the dialog's thread.
 */
final class WorkPreview extends SwingWorker<WorkPreview.Lines, Void> {

	private final ClearIceCommand command;
	private final Map<CommandParameter, String> entered;
	private final BiConsumer<String, String> shown;

	/** Empty where nothing is known. */
	record Lines(String size, String time) {}

	/**
	 * @param command of which the parameters were entered; it is not changed
	 * @param entered the text of each
	 * @param shown takes the line about the size and that about the time
	 */
	WorkPreview(final ClearIceCommand command, final Map<CommandParameter, String> entered,
		final BiConsumer<String, String> shown)
	{
		this.command = MenuCommands.fresh(command);
		this.entered = entered;
		this.shown = shown;
	}

	@Override
	protected Lines doInBackground() {
		return new Lines(size(), time());
	}

	/** About the first field that names images. */
	private String size() {
		for (final Map.Entry<CommandParameter, String> field : entered.entrySet()) {
			if (!field.getKey().takesImages() || field.getValue().isEmpty()) continue;
			final Optional<ImageSize> size = ImageSize.of(field.getValue().split(",")[0].trim());
			if (size.isPresent()) return field.getKey().label() + ": " + size.get().describe();
		}
		return "";
	}

	private String time() {
		try {
			entered.forEach((parameter, text) -> parameter.set(command, text));
		}
		catch (final ClearIceException e) {
			// The dialog says what is wrong with a value when it is confirmed.
			return "";
		}
		return command.knownWorkload().map(WorkTimes::describe).orElse("");
	}

	@Override
	protected void done() {
		try {
			shown.accept(get().size(), get().time());
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		catch (final ExecutionException e) {
			throw new IllegalStateException(e.getCause());
		}
	}
}
