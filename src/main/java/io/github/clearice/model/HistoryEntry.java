package io.github.clearice.model;

/**
 * One validation in the course of a training.
 *
 * @param epoch number of the epoch that ended, from 1
 * @param step updates so far
 * @param seconds of training so far
 * @param learningRate at this step
 * @param trainingLoss mean over the epoch
 * @param validationPsnrDecibel mean over the held-out particles, each with the range of its clean image
 * @param gradientRatio mean norm of the adversarial loss's gradient by a result, divided by that of the weighted pixel
 *          loss's, before the weights of a parity; null without both, or where it is not finite (JSON has no NaN)
 */
public record HistoryEntry(int epoch, long step, double seconds, double learningRate, double trainingLoss,
	double validationPsnrDecibel, Double gradientRatio)
{

	/** A validation of an autoencoder. */
	public HistoryEntry(final int epoch, final long step, final double seconds, final double learningRate,
		final double trainingLoss, final double validationPsnrDecibel)
	{
		this(epoch, step, seconds, learningRate, trainingLoss, validationPsnrDecibel, null);
	}
}
