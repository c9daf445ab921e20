package io.github.clearice.train.options;

import io.github.clearice.task.ParameterException;
import io.github.clearice.tensorflow.DeviceChoice;
import io.github.clearice.tensorflow.Precision;

import java.util.Map;

/**
 * What a training runs on.
 *
 * @param precision of the computation
 * @param device to run on
 * @param threads of the processor, 0 for all; trainings repeat bit by bit for equal numbers of threads
 */
public record ComputeOptions(Precision precision, DeviceChoice device, int threads) {

	public ComputeOptions {
		if (threads < 0) throw new ParameterException("Option threads must be 0 (all) or more, not " + threads + ".");
	}

	/** Reads what {@link #addTo} writes. */
	static ComputeOptions of(final OptionReader read) {
		return new ComputeOptions(Precision.of(read.word("precision")), DeviceChoice.of(read.word("device")), read.integer(
			"threads"));
	}

	/** Adds all options to a map. */
	void addTo(final Map<String, String> map) {
		map.put("precision", precision.label());
		map.put("device", device.label());
		map.put("threads", Integer.toString(threads));
	}
}
