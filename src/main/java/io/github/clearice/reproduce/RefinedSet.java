package io.github.clearice.reproduce;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.reconstruct.pose.Rotations;
import io.github.clearice.reproduce.ClaimTest.Effect;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Refined particles that a user has.
 *
 * @param star STAR file with angles and origins
 * @param map that they were refined with; null where only their poses and CTFs are to be used, with simulated pixels
 * @param symmetry point group of the map
 */
public record RefinedSet(Path star, Path map, String symmetry) {

	/** @throws ParameterException if there is a map without particles */
	public RefinedSet {
		if (star == null) throw new ParameterException(
			"map= and symmetry= go with refined particles. Give their STAR file as star=.");
	}

	/** Whether pixels are real. */
	boolean isReal() {
		return map != null;
	}

	/**
	 * The file beside the particles in which a refinement of RELION leaves the spectrum of their noise; null where it is
	 * not.
	 */
	Path model() {
		final Path model = star.resolveSibling(star.getFileName().toString().replaceFirst("_data\\.star$", "_model.star"));
		return model.equals(star) || !Files.exists(model) ? null : model;
	}

	/** Writes the map into the folder of a run. */
	void copyMap(final RunContext context, final String target) {
		try (MrcFile file = MrcFile.open(map)) {
			MrcWriter.writeVolume(context.file(target), file.readVolume(), MrcMode.FLOAT32);
		}
	}

	/** Edge length of the particles in pixels. */
	int box() {
		try (MrcFile file = MrcFile.open(map)) {
			return file.width();
		}
	}

	/** Writes particles chosen at random to train with, and others to test with, into the folder of a run. */
	void divide(final RunContext context, final int training, final int test, final String trainingFile,
		final String testFile)
	{
		final RelionParticles particles = RelionParticles.read(star);
		particles.require("rlnAngleRot", "rlnAngleTilt", "rlnAnglePsi");
		if (particles.size() < training + test) throw new ParameterException(star + " lists " + particles.size() +
			" particles, but this size needs " + training + " to train with and " + test +
			" to test with. Choose a smaller size or a longer file.");
		final int[] order = Seeds.permutation(particles.size(), Seeds.random(1));
		write(particles, Arrays.copyOf(order, training), context.file(trainingFile));
		write(particles, Arrays.copyOfRange(order, training, training + test), context.file(testFile));
	}

	private void write(final RelionParticles particles, final int[] rows, final Path target) {
		StarTable table = particles.table().withRows(rows);
		if (isReal()) table = table.withColumn("rlnImageName", sourceNames(particles, rows));
		particles.tables().with(particles.table(), table).write(target);
	}

	/** Image names that hold from any folder. */
	private static IntFunction<String> sourceNames(final RelionParticles particles, final int[] rows) {
		return i -> {
			final String name = particles.table().get(rows[i], "rlnImageName");
			return name.substring(0, name.indexOf('@') + 1) + particles.stackFile(particles.particles().get(rows[i]))
				.toAbsolutePath().normalize();
		};
	}

	/**
	 * Which view images show, against the view that they should.
	 *
	 * @param errorsDegree by which the orientation found in each image differs from its true one
	 * @param correlations of the pixels of each image with its true projection
	 * @param shared correlations of the mean of all true projections with each
	 */
	record ViewComparison(double[] errorsDegree, double[] correlations, double[] shared) {

		/** The search of poses tries directions 7 degrees apart and refines them: another view is further. */
		static final double WRONG_DEGREE = 15;
		/** For intervals of 95 %. */
		private static final double NORMAL_QUANTILE = 1.96;

		/**
		 * Compares.
		 *
		 * @param found poses of the images
		 * @param truth their true poses, row by row
		 * @param symmetry of the map
		 * @param images stack or STAR file
		 * @param projections stack of the true projections
		 */
		static ViewComparison of(final Path found, final Path truth, final String symmetry, final Path images,
			final Path projections)
		{
			final PointGroup group = PointGroup.of(symmetry);
			final List<RelionParticle> seen = RelionParticles.read(found).particles(), right = RelionParticles.read(truth)
				.particles();
			final double[] errors = new double[right.size()];
			for (int i = 0; i < errors.length; i++) errors[i] = Rotations.distanceDegree(matrix(seen.get(i)),
				matrix(right.get(
				i)), group);
			final double[] correlations = new double[errors.length], shared = new double[errors.length];
			try (MrcParticleStack stack = MrcParticleStack.open(images); MrcParticleStack truths = MrcParticleStack.open(
				projections))
			{
				final float[] image = new float[stack.box() * stack.box()], projection = image.clone();
				final double[] sum = new double[image.length];
				for (int i = 0; i < stack.size(); i++) {
					stack.read(i, image);
					truths.read(i, projection);
					correlations[i] = correlation(image, projection);
					for (int p = 0; p < sum.length; p++) sum[p] += projection[p];
				}
				for (int p = 0; p < sum.length; p++) image[p] = (float) (sum[p] / stack.size());
				for (int i = 0; i < stack.size(); i++) {
					truths.read(i, projection);
					shared[i] = correlation(image, projection);
				}
			}
			return new ViewComparison(errors, correlations, shared);
		}

		private static double[] matrix(final RelionParticle particle) {
			return new Orientation(particle.rotDegree(), particle.tiltDegree(), particle.psiDegree()).matrix();
		}

		private static double correlation(final float[] first, final float[] second) {
			final ImageStatistics a = ImageStatistics.of(first), b = ImageStatistics.of(second);
			double sum = 0;
			for (int i = 0; i < first.length; i++) sum += (first[i] - a.mean()) * (second[i] - b.mean());
			return sum / first.length / a.standardDeviation() / b.standardDeviation();
		}

		/** How many show another view. */
		int wrong() {
			return (int) Arrays.stream(errorsDegree).filter(error -> error > WRONG_DEGREE).count();
		}

		/** The images with the largest error first. */
		int[] worstFirst() {
			return IntStream.range(0, errorsDegree.length).boxed().sorted((a, b) -> Double.compare(errorsDegree[b],
				errorsDegree[a])).mapToInt(i -> i).toArray();
		}

		/** A line of the table; the interval of the share is Wilson's (1927). */
		ViewSummary summary(final String name) {
			final double n = errorsDegree.length, share = wrong() / n, z2 = NORMAL_QUANTILE * NORMAL_QUANTILE;
			final double middle = (share + z2 / 2 / n) / (1 + z2 / n);
			final double half = NORMAL_QUANTILE / (1 + z2 / n) * Math.sqrt(share * (1 - share) / n + z2 / 4 / n / n);
			final double[] sorted = errorsDegree.clone();
			Arrays.sort(sorted);
			final Effect correlation = Effect.ofMean(name, new double[][] { correlations });
			return new ViewSummary(name, errorsDegree.length, wrong(), share, Math.max(0, middle - half), Math.min(1, middle +
				half), sorted[sorted.length / 2], correlation.value(), correlation.low(), correlation.high());
		}

		/** A line for the mean of all true projections, which shows no view. */
		ViewSummary meanProjection(final String name) {
			final Effect correlation = Effect.ofMean(name, new double[][] { shared });
			return new ViewSummary(name, shared.length, shared.length, 1, 1, 1, Double.NaN, correlation.value(), correlation
				.low(), correlation.high());
		}
	}
}
