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
 */
public record HistoryEntry(int epoch, long step, double seconds, double learningRate, double trainingLoss,
	double validationPsnrDecibel)
{}
