package io.github.clearice.command;

import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.network.Device;
import io.github.clearice.network.DeviceChoice;
import io.github.clearice.network.Precision;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;

/** Opens trained models for commands. */
final class Denoisers {

	private Denoisers() {}

	/**
	 * Opens a model to run on a device.
	 *
	 * @param device {@code auto}, {@code cpu} or {@code gpu}
	 * @param precision {@code auto}, {@code float32}, {@code bfloat16} or {@code float16}
	 * @param turns 1, or 8 to average over quarter turns and mirror images
	 */
	static ModelDenoiser ofModel(final Path model, final String device, final String precision,
		final int turns, final TaskListener listener)
	{
		return ModelDenoiser.open(model, Device.choose(DeviceChoice.of(device), Precision.of(precision), 0, listener),
			turns);
	}
}
