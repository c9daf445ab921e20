package io.github.clearice.evaluate.cluster;

import io.github.clearice.task.ParameterException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.commons.math3.distribution.MixtureMultivariateNormalDistribution;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.distribution.fitting.MultivariateNormalMixtureExpectationMaximization;
import org.apache.commons.math3.exception.ConvergenceException;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.Clusterable;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.clustering.MultiKMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.Pair;

/** Divides points into clusters. */
public final class Clustering {

	private static final int STARTS = 10;
	private static final int ITERATIONS = 300;
	/** The least variance, as a part of the mean one: a cluster with fewer points than dimensions needs a volume. */
	private static final double LEAST_VARIANCE = 1e-4;

	private Clustering() {}

	/** A point that remembers its place. */
	private record Item(int index, double[] point) implements Clusterable {

		@Override
		public double[] getPoint() {
			return point;
		}
	}

	/**
	 * The best of {@value #STARTS} runs of k-means from starts that are far apart (Arthur and Vassilvitskii 2007).
	 *
	 * @param points {@code [point][dimension]}
	 * @return the cluster of each, from 0
	 * @throws ParameterException if there are fewer points than clusters
	 */
	public static int[] byMeans(final double[][] points, final int clusters, final long seed) {
		if (clusters < 2 || clusters > points.length) throw new ParameterException("There can be 2 to " + points.length +
			" clusters of as many images, not " + clusters + ". Give another clusters=.");
		final List<Item> items = new ArrayList<>();
		for (int i = 0; i < points.length; i++) items.add(new Item(i, points[i]));
		final List<CentroidCluster<Item>> found = new MultiKMeansPlusPlusClusterer<>(new KMeansPlusPlusClusterer<Item>(
			clusters, ITERATIONS, new EuclideanDistance(), new Well19937c(seed),
			KMeansPlusPlusClusterer.EmptyClusterStrategy.FARTHEST_POINT), STARTS).cluster(items);
		final int[] assigned = new int[points.length];
		for (int c = 0; c < found.size(); c++) for (final Item item : found.get(c).getPoints()) assigned[item.index] = c;
		return assigned;
	}

	/**
	 * A mixture of Gaussians of any shape, fitted by expectation and maximisation (Dempster et al. 1977) from a first
	 * division.
	 *
	 * @param first the cluster of each point, such as by {@link #byMeans}
	 * @return the most probable cluster of each; the first division where the fit fails, as with too few points
	 */
	public static int[] byMixture(final double[][] points, final int[] first) {
		try {
			final MultivariateNormalMixtureExpectationMaximization fit = new MultivariateNormalMixtureExpectationMaximization(
				points);
			fit.fit(mixture(points, first), ITERATIONS, 1e-6);
			final MixtureMultivariateNormalDistribution fitted = fit.getFittedModel();
			return Arrays.stream(points).mapToInt(point -> mostProbable(fitted, point)).toArray();
		}
		catch (final MathIllegalArgumentException | ConvergenceException e) {
			return first.clone();
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
