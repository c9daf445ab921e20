package io.github.clearice.evaluate.trust;

import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.reconstruct.pose.PoseMatch;
import io.github.clearice.reconstruct.pose.PoseMatching;
import io.github.clearice.reconstruct.pose.PoseOptions;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Matches results, noisy and clean images with the projections of the map: does a result show the particle from the
 * side from which it was seen? Su et al. 2018 saw another view in less than 1 % of their results (Fig. 6C). The poses
 * found for the clean images count as true, so the frame of the map does not matter.
 *
 * @param map of the particles
 * @param symmetry of the map
 */
record PoseConsistency(Volume map, PointGroup symmetry, TaskListener listener) implements TrustTest {

	/** An orientation with a larger error is another view. */
	private static final double WRONG_DEGREE = 15;
	/** How many more wrong views than with the noisy images are reported. */
	private static final double MORE = 0.01;
	private static final int ORDER = 3;
	/** Finer details of noisy particles are noise. */
	private static final double RESOLUTION_PIXELS = 2.67;

	@Override
	public TrustFinding run(final TrustData data) {
		final boolean listed = PoseMatching.listsCtfs(data.particles);
		// Results are as the clean images: without a CTF where these lack it.
		final boolean kept = listed && !data.corrected;
		final List<PoseMatch> truth = match(data, "clean images", data.clean, kept);
		final double[] noisy = errors(truth, match(data, "noisy images", data.noisy, listed));
		final List<PoseMatch> found = match(data, "denoised images", data.denoised, kept);
		final double[] errors = errors(truth, found);
		final double wrong = wrongShare(errors), before = wrongShare(noisy), limit = before + MORE;
		final int[] worst = IntStream.range(0, errors.length).boxed().sorted(Comparator.comparingDouble(i -> -errors[i]))
			.limit(8).mapToInt(i -> i).toArray();
		return TrustFinding.atMost("poses", "Does it show particles from the right side?", wrong, limit, String.format(
			Locale.ROOT, "Of its results, %s are most similar to a view of the map that is more than %.0f " +
				"degrees off the true one; of the noisy images, %s are. The median errors are %.1f " +
				"and %.1f degrees. %s", TrustFinding
				.percent(wrong),
			WRONG_DEGREE, TrustFinding.percent(before), median(errors), median(noisy), wrong <= limit
				? "Their views can be trusted as far as those of the noisy images."
				: "It turns particles to views that the data do not show: find poses on the noisy images.")).montage(
					new TrustFinding.Row("truth of the particles with the largest" +
						" errors", chosen(data.clean, worst)), new TrustFinding.Row(
						"denoised", chosen(data.denoised, worst)), new TrustFinding.Row(
							"the view of the map that is most similar to the result", views(found, worst)));
	}

	private List<PoseMatch> match(final TrustData data, final String name, final float[][] images, final boolean ctf) {
		final PoseOptions options = new PoseOptions(new HealpixGrid(ORDER), RESOLUTION_PIXELS * map.pixelSizeAngstrom(),
			PoseMatching.largestOriginAngstrom(data.particles), ctf, symmetry);
		final ParticleStack seen = data.particles.particles(data.indices);
		return PoseMatching.run(ParticleStack.of(name, PixelArrays.image(0, images), seen.pixelSizeAngstrom(), seen.rows()
			.orElse(null)), map, options, listener);
	}

	private double[] errors(final List<PoseMatch> truth, final List<PoseMatch> found) {
		return IntStream.range(0, truth.size()).mapToDouble(i -> symmetry.distanceDegree(truth.get(i).pose().orientation(),
			found.get(i).pose().orientation())).toArray();
	}

	private float[][] views(final List<PoseMatch> found, final int[] indices) {
		final FourierProjector projector = new FourierProjector(map);
		final FourierSlice slice = new FourierSlice(projector);
		final float[][] views = new float[indices.length][map.box() * map.box()];
		for (int i = 0; i < indices.length; i++) slice.project(projector, found.get(indices[i]).pose(), views[i]);
		return views;
	}

	private static float[][] chosen(final float[][] images, final int[] indices) {
		return Arrays.stream(indices).mapToObj(i -> images[i]).toArray(float[][]::new);
	}

	private static double wrongShare(final double[] errors) {
		return Arrays.stream(errors).filter(error -> error > WRONG_DEGREE).count() / (double) errors.length;
	}

	private static double median(final double[] errors) {
		final double[] sorted = errors.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}
}
