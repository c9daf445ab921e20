package io.github.clearice.fiji.menu;

import io.github.clearice.command.CommandParameter;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import javax.swing.SwingWorker;

/** Says in a dialog how large the images are that were entered. Files are read away from the dialog's thread. */
final class ImageSizePreview extends SwingWorker<String, Void> {

	private final Map<CommandParameter, String> entered;
	private final Consumer<String> shown;

	/**
	 * @param entered the text of each field
	 * @param shown takes a line about the first field that names images; empty where none does
	 */
	ImageSizePreview(final Map<CommandParameter, String> entered, final Consumer<String> shown) {
		this.entered = entered;
		this.shown = shown;
	}

	@Override
	protected String doInBackground() {
		for (final Map.Entry<CommandParameter, String> field : entered.entrySet()) {
			if (!field.getKey().takesImages() || field.getValue().isEmpty()) continue;
			final Optional<ImageSize> size = ImageSize.of(field.getValue().split(",")[0].trim());
			if (size.isPresent()) return field.getKey().label() + ": " + size.get().describe();
		}
		return "";
	}

	@Override
	protected void done() {
		try {
			shown.accept(get());
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		catch (final ExecutionException e) {
			throw new IllegalStateException(e.getCause());
		}
	}
}
