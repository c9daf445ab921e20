package io.github.clearice.reconstruct;

import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.SoftSphere;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.reconstruct.pose.PoseErrors;
import io.github.clearice.reconstruct.pose.PoseMatch;
import io.github.clearice.reconstruct.pose.PoseMatching;
import io.github.clearice.reconstruct.pose.PoseOptions;
import io.github.clearice.reconstruct.pose.PoseTable;
import io.github.clearice.reconstruct.pose.Rotations;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Pose;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Refines poses and map alternately, from a coarse map: particles are matched to the map of their own half-set,
 * which is
 * then made anew of them.
 * <p>
 * Half-sets are independent beyond the detail of the start (Scheres and Chen 2012), below which their references share
 * one map, so that they do not turn against each other. Only frequencies up to where the halves correlate to 0.143 are
 * compared, so that detail comes in as it becomes believable. Each particle counts with its likeliest pose alone, and
 * the same particles always give the same result. A small tool to see what images allow; it does not replace RELION.
 */
public final class Refinement {

	/**
	 * How poses and map are refined.
	 *
	 * @param finest grid of directions; coarser ones are taken while the map is coarse
	 * @param startAngstrom resolution of the start: up to it the half-sets share their reference
	 * @param shiftAngstrom largest offset of a particle from the centre, along each axis
	 * @param diameterAngstrom of the particle; the region outside is left out of references and of the correlation
	 * @param ctf whether the images have the contrast transfer functions that their table lists
	 * @param symmetry of the particle
	 * @param iterations at most
	 */
	public record Options(HealpixGrid finest, double startAngstrom, double shiftAngstrom, double diameterAngstrom,
		boolean ctf, PointGroup symmetry, int iterations)
	{

		/** @throws ParameterException if an option is out of range */
		public Options {
			if (!(startAngstrom > 0)) throw new ParameterException("The resolution of the start must be positive, not " +
				startAngstrom + " Å (start=). Give 40 to 60.");
			if (!(diameterAngstrom > 0)) throw new ParameterException("The diameter of the particle must be positive, not " +
				diameterAngstrom + " Å (diameter=).");
			if (iterations < 1) throw new ParameterException("A refinement takes at least 1 iteration, not " + iterations +
				" (iterations=).");
		}

		/**
		 * The coarsest grid, of at least order 1, that is fine enough for details at the edge of the particle.
		 */
		HealpixGrid grid(final double resolutionAngstrom) {
			final double needed = Math.toDegrees(2 * resolutionAngstrom / diameterAngstrom);
			for (int order = 1; order < finest.order(); order++) {
				final HealpixGrid grid = new HealpixGrid(order);
				if (grid.spacingDegree() <= needed) return grid;
			}
			return finest;
		}
	}

	/** Iterations without a gain after which it ends. */
	private static final int PATIENCE = 2;

	/** Smaller gains of resolution or of correlation do not count. */
	private static final double LEAST_GAIN = 0.01;

	/** Width of the soft edge around the particle. */
	private static final double EDGE_VOXELS = 4;

	private final ParticleStack stack;
	private final ParticleStack raw;
	private final boolean rawCtf;
	private final Options options;
	private final TaskListener listener;
	private final double pixelSizeAngstrom;
	private final Volume mask;
	private final HalfSets halves;

	private Refinement(final ParticleStack stack, final ParticleStack raw, final boolean rawCtf, final Volume start,
		final Options options, final TaskListener listener)
	{
		this.stack = stack;
		this.raw = raw;
		this.rawCtf = rawCtf;
		this.options = options;
		this.listener = listener;
		this.pixelSizeAngstrom = start.pixelSizeAngstrom();
		this.mask = new SoftSphere(options.diameterAngstrom() / 2 / pixelSizeAngstrom, EDGE_VOXELS).mask(start.box(),
			pixelSizeAngstrom);
		final PoseMatch none = new PoseMatch(Pose.centred(
			new Orientation(0, 0, 0)), 0, 0);
		this.halves = HalfSets.of(posed(raw, Collections.nCopies(raw.size(), none))).requireBoth(raw.place(), "");
	}

	/**
	 * Refines.
	 *
	 * @param stack particles, with or without a STAR file
	 * @param start a map of their box and pixel size, low-passed to the resolution that the options give
	 * @param seen is called after each iteration
	 * @return the iteration with the best resolution
	 * @throws ParameterException if map and particles do not fit, CTFs are missing, or a half-set is empty
	 */
	public static Step run(final ParticleStack stack, final Volume start, final Options options,
		final Consumer<Step> seen, final TaskListener listener)
	{
		return run(stack, stack, options.ctf(), start, options, seen, listener);
	}

	/**
	 * Refines denoised particles honestly: their poses are found, but maps are reconstructed from the particles before
	 * denoising, so that the half-sets do not share detail that a network made up.
	 *
	 * @param raw the particles before denoising, in the same order
	 * @param rawCtf whether these have the contrast transfer functions that their table lists
	 * @throws ParameterException as above, or if there are more or fewer of them, or of another box or pixel size
	 */
	public static Step run(final ParticleStack stack, final ParticleStack raw, final boolean rawCtf,
		final Volume start, final Options options, final Consumer<Step> seen,
		final TaskListener listener)
	{
		PoseMatching.requireAlike(stack, start);
		PoseMatching.requireAlike(raw, start);
		if (raw.size() != stack.size()) throw new ParameterException(raw.place() + " has " + raw.size() +
			" particles, but " + stack.place() + " " + stack.size() + ". Give those that were denoised, in their order.");
		return new Refinement(stack, raw, rawCtf, start, options, listener).run(start, seen);
	}

	private Step run(final Volume start, final Consumer<Step> seen) {
		final Volume coarse = ShellFilter.lowPass(start, options.startAngstrom()).times(mask);
		if (Roundness.isBall(coarse)) throw new ParameterException(String.format(Locale.ROOT,
			"The starting map to %.0f Å looks the same from all sides, so that no view of it is likelier than another" +
				" (start=). Give a map with a shape, or more of its detail.", options.startAngstrom()));
		Volume[] references = { coarse, coarse };
		double band = options.startAngstrom();
		Step best = null, last = null;
		for (int number = 1; number <= options.iterations(); number++) {
			listener.checkCancelled("Refining");
			listener.message("Iteration " + number);
			last = step(number, references, band, last);
			seen.accept(last);
			if (best == null || isBetter(last, best)) best = last;
			if (last.number() - best.number() >= PATIENCE) break;
			references = references(last);
			band = Math.min(options.startAngstrom(), last.resolutionAngstrom());
		}
		return best;
	}

	/** Compares resolutions and, where these are equal, as at Nyquist, the agreement of the half-sets. */
	private static boolean isBetter(final Step step, final Step than) {
		final double gain = 1 - step.resolutionAngstrom() / than.resolutionAngstrom();
		return gain > LEAST_GAIN || gain > -LEAST_GAIN && step.meanCorrelation() > than.meanCorrelation() + LEAST_GAIN;
	}

	private Step step(final int number, final Volume[] references, final double band,
		final Step before)
	{
		final HealpixGrid grid = options.grid(band);
		final PoseOptions search = new PoseOptions(grid, band, options.shiftAngstrom(), options.ctf(), options.symmetry());
		final PoseMatch[] poses = new PoseMatch[stack.size()];
		for (int half = 0; half < references.length; half++) {
			final int[] rows = halves.rows(half);
			final List<PoseMatch> found = PoseMatching.run(stack.particles(rows), references[half], search,
				listener);
			for (int i = 0; i < rows.length; i++)
				poses[rows[i]] = found.get(i);
		}
		final List<PoseMatch> all = Arrays.asList(poses);
		final Reconstruction.Maps maps = Reconstruction.run(posed(raw, all), new Reconstruction.Options(options.symmetry(),
			rawCtf, true), listener);
		return new Step(number, grid.order(), band, all, maps, ShellCorrelation.of(maps.first().times(mask),
			maps.second().times(mask)), before == null ? Double.NaN : turned(before.poses(), all));
	}

	/** The references of each half-set for the next iteration. */
	private Volume[] references(final Step step) {
		final Volume[] references = { step.maps().first(), step.maps().second() };
		for (int half = 0; half < references.length; half++)
			references[half] = ShellFilter.weightedByCorrelation(ShellFilter.joined(references[half], step.maps().whole(),
				options.startAngstrom()), step.halves()).times(mask);
		return references;
	}

	private double turned(final List<PoseMatch> before, final List<PoseMatch> after) {
		return PoseErrors.median(IntStream.range(0, before.size()).mapToDouble(i -> Rotations.distanceDegree(before.get(i)
			.pose().orientation().matrix(), after.get(i).pose().orientation().matrix(), options.symmetry())).toArray());
	}

	private ParticleStack posed(final ParticleStack images, final List<PoseMatch> poses) {
		final Path nowhere = images.files().isEmpty() ? Path.of("particles.star") : images.files().get(0).resolveSibling(
			"particles.star");
		return images.with(images.image(), images.pixelSizeAngstrom(), PoseTable.of(nowhere, images, pixelSizeAngstrom,
			poses, 0));
	}

	/**
	 * The result of one iteration of a refinement.
	 *
	 * @param number from 1
	 * @param order of the HEALPix grid that was searched
	 * @param bandAngstrom the finest detail that was compared
	 * @param poses of all particles, in their order
	 * @param maps of all particles and of both half-sets
	 * @param halves correlation between the half-sets within the particle's diameter
	 * @param turnedDegree by how much the median particle has turned since the iteration before; NaN in the first
	 */
	public record Step(int number, int order, double bandAngstrom, List<PoseMatch> poses, Reconstruction.Maps maps,
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
}
