package io.github.clearice.reproduce;

import io.github.clearice.network.NetworkCost.ConvolutionMeasurement;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.DeviceChoice;
import io.github.clearice.tensorflow.Precision;

/**
 * Estimates how long a step takes here: its time on the reference machine (two idle cores of an AMD EPYC, Zen 4),
 * scaled by the measured speed of convolutions on both.
 */
final class RuntimeEstimate {

	/** What the machine of all times here convolves in bfloat16. */
	private static final double GIGAFLOPS_PER_SECOND = 400;

	/** What a step of training computes there: less, for it waits for memory and for the optimiser. */
	private static final double TRAINING_GIGAFLOPS_PER_SECOND = 190;

	private static double stretch;

	private RuntimeEstimate() {}

	/** How many times longer networks take here; measured once in a process. */
	static synchronized double stretch() {
		if (stretch > 0) return stretch;
		final double here = ConvolutionMeasurement.on(Device.choose(DeviceChoice.AUTO, Precision.AUTO, 0,
			TaskListener.SILENT)).gigaflopsPerSecond();
		stretch = GIGAFLOPS_PER_SECOND / here;
		return stretch;
	}

	/** The ways to train the light network, with what a pixel of a training image costs. */
	enum Training {

		AUTOENCODER(1.0), GAN(2.8), WASSERSTEIN(3.6), CONDITIONAL(2.7);

		private final double microsecondsPerPixel;

		Training(final double microsecondsPerPixel) {
			this.microsecondsPerPixel = microsecondsPerPixel;
		}

		/** @param images shown in all epochs together */
		double seconds(final int box, final double images) {
			return images * box * box * microsecondsPerPixel * 1e-6 + START_SECONDS;
		}
	}

	/** To build a graph. */
	private static final double START_SECONDS = 3;

	/** Of trainings with a network that takes so many multiplications and additions an image, at the full sizes. */
	static double training(final double gigamacs, final double images) {
		// Two operations each; forward, and backward by weights and by inputs.
		return 6 * gigamacs * images / TRAINING_GIGAFLOPS_PER_SECOND;
	}
}
