package io.github.clearice.evaluate.cluster;

import io.github.clearice.task.ParameterException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

import org.apache.commons.math3.distribution.MixtureMultivariateNormalDistribution;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.distribution.fitting.MultivariateNormalMixtureExpectationMaximization;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.clustering.MultiKMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.MathArrays;
import org.apache.commons.math3.util.Pair;

/** Divides points into clusters. */
public final class Clustering {

	private static final int STARTS = 10;
	private static final int ITERATIONS = 300;
	/** The least variance, as a part of the mean one: a cluster with fewer points than dimensions needs a volume. */
	private static final double LEAST_VARIANCE = 1e-4;

	private Clustering() {}

	/**
	 * The best of {@value #STARTS} runs of k-means from starts that are far apart (Arthur and Vassilvitskii 2007).
	 *
	 * @param points {@code [point][dimension]}
	 * @return gives the cluster of a point, from 0: that with the nearest centre
	 * @throws ParameterException if there are fewer points than clusters
	 */
	public static ToIntFunction<double[]> byMeans(final double[][] points, final int clusters, final long seed) {
		if (clusters < 2 || clusters > points.length) throw new ParameterException("There can be 2 to " + points.length +
			" clusters of as many images, not " + clusters + ". Give another clusters=.");
		final List<DoublePoint> items = Arrays.stream(points).map(DoublePoint::new).toList();
		final double[][] centres = new MultiKMeansPlusPlusClusterer<>(new KMeansPlusPlusClusterer<DoublePoint>(clusters,
			ITERATIONS, new EuclideanDistance(), new Well19937c(seed),
			KMeansPlusPlusClusterer.EmptyClusterStrategy.FARTHEST_POINT), STARTS).cluster(items).stream().map(
				cluster -> cluster.getCenter().getPoint()).toArray(double[][]::new);
		return point -> nearest(centres, point);
	}

	private static int nearest(final double[][] centres, final double[] point) {
		int nearest = 0;
		double least = Double.POSITIVE_INFINITY;
		for (int c = 0; c < centres.length; c++) {
			final double distance = MathArrays.distance(centres[c], point);
			if (distance >= least) continue;
			least = distance;
			nearest = c;
		}
		return nearest;
	}

	/**
	 * A mixture of Gaussians of any shape, fitted by expectation and maximisation (Dempster et al. 1977) from a first
	 * division.
	 *
	 * @param first gives the cluster of a point, such as {@link #byMeans}
	 * @return gives the most probable cluster of a point; the first division where the fit fails, as with too few points
	 */
	public static ToIntFunction<double[]> byMixture(final double[][] points, final ToIntFunction<double[]> first) {
		try {
			final MultivariateNormalMixtureExpectationMaximization fit = new MultivariateNormalMixtureExpectationMaximization(
				points);
			fit.fit(mixture(points, Arrays.stream(points).mapToInt(first).toArray()), ITERATIONS, 1e-6);
			final MixtureMultivariateNormalDistribution fitted = fit.getFittedModel();
			return point -> mostProbable(fitted, point);
		}
		catch (final MathIllegalArgumentException | MathIllegalStateException e) {
			return first;
		}
	}

	private static int mostProbable(final MixtureMultivariateNormalDistribution mixture, final double[] point) {
		int best = 0;
		double highest = -1;
		final List<Pair<Double, MultivariateNormalDistribution>> parts = mixture.getComponents();
		for (int c = 0; c < parts.size(); c++) {
			final double density = parts.get(c).getFirst() * parts.get(c).getSecond().density(point);
			if (density > highest) {
				highest = density;
				best = c;
			}
		}
		return best;
	}

	private static MixtureMultivariateNormalDistribution mixture(final double[][] points, final int[] clusters) {
		final int dimensions = points[0].length, count = Arrays.stream(clusters).max().orElse(0) + 1;
		final double least = LEAST_VARIANCE * Arrays.stream(points).flatMapToDouble(Arrays::stream).map(v -> v * v)
			.average().orElse(1);
		final List<Pair<Double, MultivariateNormalDistribution>> parts = new ArrayList<>();
		for (int c = 0; c < count; c++) {
			final double[] mean = new double[dimensions];
			final double[][] covariance = new double[dimensions][dimensions];
			int size = 0;
			for (int i = 0; i < points.length; i++) if (clusters[i] == c) {
				size++;
				for (int d = 0; d < dimensions; d++) mean[d] += points[i][d];
			}
			for (int d = 0; d < dimensions; d++) mean[d] /= size;
			for (int i = 0; i < points.length; i++) if (clusters[i] == c) for (int a = 0; a < dimensions; a++) for (int b =
				0; b < dimensions; b++) covariance[a][b] += (points[i][a] - mean[a]) * (points[i][b] - mean[b]) / size;
			for (int d = 0; d < dimensions; d++) covariance[d][d] += least;
			parts.add(new Pair<>(size / (double) points.length, new MultivariateNormalDistribution(mean, covariance)));
		}
		return new MixtureMultivariateNormalDistribution(parts);
	}
}
