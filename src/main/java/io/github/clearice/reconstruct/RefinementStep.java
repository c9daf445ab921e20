package io.github.clearice.reconstruct;

import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.reconstruct.pose.PoseErrors;
import io.github.clearice.reconstruct.pose.PoseMatch;

import java.util.Arrays;
import java.util.List;

/**
 * What an iteration of a refinement gave.
 *
 * @param number from 1
 * @param order of the HEALPix grid that was searched
 * @param bandAngstrom the finest detail that was compared
 * @param poses of all particles, in their order
 * @param maps of all particles and of both half-sets
 * @param halves correlation between the half-sets within the particle's diameter
 * @param turnedDegree by how much the median particle has turned since the iteration before; NaN in the first
 */
public record RefinementStep(int number, int order, double bandAngstrom, List<PoseMatch> poses, ReconstructedMaps maps,
	ShellCorrelation halves, double turnedDegree)
{

	/** The resolution that the half-sets agree to. */
	public double resolutionAngstrom() {
		return halves.resolutionAngstrom(ShellCorrelation.ONE_SEVENTH);
	}

	/** How far the half-sets agree: the mean of their correlation over all shells. */
	double meanCorrelation() {
		return Arrays.stream(halves.values()).average().orElse(0);
	}

	/** The correlation coefficient of the median particle with its reference, within the band. */
	public double medianScore() {
		return PoseErrors.median(poses.stream().mapToDouble(PoseMatch::score).toArray());
	}
}
