package io.github.clearice.train;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.train.data.Batches;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.options.TrainingOptions;

import java.util.List;
import java.util.Map;

/** Networks that are trained, update by update. */
interface NetworkTraining extends AutoCloseable {

	/** New networks, which grow if the options say so. */
	static NetworkTraining of(final Networks networks, final int box, final TrainingOptions options,
		final Device device)
	{
		return options.schedule().growth() > 0 ? new GrowingTraining(networks, box, options, device) : new TrainingGraph(
			networks, box, options, device);
	}

	/** The denoiser as it is now. */
	Architecture generator();

	/**
	 * Sets the weights to those of a trained model, whose averages are good from the first update on.
	 *
	 * @throws io.github.clearice.tensorflow.NetworkException if they are those of another network
	 */
	void begin(List<Weight> trained);

	/**
	 * Makes ready for an update.
	 *
	 * @param number of the update, from 1
	 * @return whether the denoiser changes so that earlier losses and validations no longer apply
	 */
	default boolean enter(final long number) {
		return false;
	}

	/** Whether the current state may become the best one: not while the growing network is being blended. */
	default boolean isSettled() {
		return true;
	}

	/** Updates that a training takes at least, if nobody stops it. */
	default long leastUpdates() {
		return 0;
	}

	/**
	 * One iteration of Algorithm 1, all on the same batch: ascents of the
	 * discriminator, if there is one, then descents of the generator.
	 *
	 * @param batch normalised images
	 * @param number of this iteration, from 1
	 * @param rate of the generator
	 * @param criticRate of the discriminator
	 * @return the losses before the last ascent and the first descent
	 */
	StepReport step(Batches.Batch batch, long number, double rate, double criticRate);

	/**
	 * How strongly the discriminator pulls at the results: the mean norm of the adversarial loss's gradient by an image
	 * of the last batch, divided by that of the pixel loss's, with lambda. Where options have a parity, this is the ratio
	 * before the adversarial gradient is scaled to it.
	 *
	 * @param number of updates so far
	 * @return NaN before the first update, and where there are not both losses
	 */
	double gradientRatio(long number);

	/** Denoises normalised images, with all planes of the network, by the averaged weights. */
	float[] predict(float[] images);

	/** The weights for inference: the averaged trained weights, and the moving averages of batch normalisation. */
	List<Weight> inferenceWeights();

	/** The variables that are kept between two updates, by group. */
	Map<String, List<Weight>> variables();

	/**
	 * Goes back to earlier {@link #variables()}.
	 *
	 * @param number of the last update before, or 0
	 * @throws io.github.clearice.tensorflow.NetworkException if they are those of another network
	 */
	void restore(Map<String, List<Weight>> values, long number);

	@Override
	void close();
}
