package io.github.clearice.train.log;

/**
 * Where a training stands after an update.
 *
 * @param step updates so far
 * @param totalSteps updates of all epochs
 * @param epoch that is running, from 1
 * @param epochs of the training
 * @param seconds of training so far, those before a resume too
 * @param learningRate of the update
 * @param loss running mean of the pixel loss of the last updates
 * @param report of the update
 * @param validationPsnrDecibel of the last validation, NaN before the first
 * @param imagesPerSecond over this run so far
 * @param secondsLeft estimated
 */
public record TrainingProgress(long step, long totalSteps, int epoch, int epochs, double seconds, double learningRate,
	double loss, StepReport report, double validationPsnrDecibel, double imagesPerSecond, double secondsLeft)
{}
