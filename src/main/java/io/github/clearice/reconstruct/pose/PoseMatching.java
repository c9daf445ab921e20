package io.github.clearice.reconstruct.pose;

import io.github.clearice.fourier.Volume;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.Machines;
import io.github.clearice.task.Machines.Steps;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Projection matching: the pose of each particle of a stack, by comparing it with
 * projections of a map.
 * <p>
 * All directions of a HEALPix grid are tried at all in-plane angles, by one short
 * transform over the angle of polar spectra, and at shifts two pixels apart
 * (Penczek, Radermacher and Frank 1992; Joyeux and Penczek 2002). The best few are then refined without a grid.
 */
public final class PoseMatching {

	private static final String TASK = "Matching poses";

	private PoseMatching() {}

	/**
	 * Finds the poses of all particles, in their order.
	 *
	 * @throws ParameterException if the map has another box or pixel size, or CTFs are missing
	 */
	public static List<PoseMatch> run(final ParticleStack stack, final Volume map, final PoseOptions options,
		final TaskListener listener)
	{
		final List<CtfParameters> optics = optics(stack, options.ctf());
		final ReferenceViews views = new ReferenceViews(requireAlike(stack, map), options.grid(), rings(map, options
			.resolutionAngstrom()));
		final List<PoseMatch> matches = new ArrayList<>();
		Machines.current().run(Steps.of(TASK, stack.size(), 1), (first, end, done) -> {
			final PoseMatch[] found = new PoseMatch[end - first];
			ParallelLoop.run(found.length, 4, thread -> {
				final PoseSearch search = new PoseSearch(views, options);
				final float[] image = new float[stack.box() * stack.box()];
				return step -> {
					listener.checkCancelled(TASK);
					final int i = first + (int) step;
					stack.read(i, image);
					requireNumbers(stack, i, image);
					found[(int) step] = search.find(image, optics.get(i));
					done.accept(1);
				};
			});
			return found;
		}, found -> matches.addAll(Arrays.asList(found)), listener);
		return matches;
	}

	/** Whether the STAR file of particles lists their CTFs. */
	public static boolean listsCtfs(final ParticleStack stack) {
		return stack.rows().map(rows -> rows.table().has("rlnDefocusU")).orElse(false);
	}

	/**
	 * By how much particles are off their centres at most, along x or y, as far as their STAR file says; 0 without one.
	 */
	public static double largestOriginAngstrom(final ParticleStack stack) {
		return stack.rows().map(RelionParticles::particles).orElse(List.of()).stream().flatMapToDouble(row -> DoubleStream
			.of(row.originXAngstrom(), row.originYAngstrom())).filter(Double::isFinite).map(Math::abs).max().orElse(0);
	}

	/** The number of rings up to a resolution; the last before Nyquist at most. */
	static int rings(final Volume map, final double resolutionAngstrom) {
		return (int) Math.max(2, Math.min(map.box() / 2 - 1, map.box() * map.pixelSizeAngstrom() / resolutionAngstrom));
	}

	/**
	 * The map, if its box is the particles' and its pixel size too where they state one.
	 *
	 * @throws ParameterException if not
	 */
	public static Volume requireAlike(final ParticleStack stack, final Volume map) {
		if (map.box() < 8 || map.box() != stack.box()) throw new ParameterException("The map has a box of " + map.box() +
			" voxels, but " + stack.place() + " of " + stack.box() + " pixels. Crop, pad or resample the map.");
		final double pixel = stack.pixelSizeAngstrom();
		if (Math.abs(map.pixelSizeAngstrom() / pixel - 1) > Volume.PIXEL_SIZE_TOLERANCE) throw new ParameterException(
			"The map has voxels of " + map.pixelSizeAngstrom() + " Å, but " + stack.place() + " pixels of " + pixel +
				". Resample the map, or correct its header.");
		return map;
	}

	/**
	 * Refuses a particle with pixels that are not numbers.
	 *
	 * @throws ParameterException that names the particle
	 */
	public static void requireNumbers(final ParticleStack stack, final int index, final float[] image) {
		for (final float pixel : image) if (!Float.isFinite(pixel)) throw new ParameterException(stack.place() +
			": particle " + (index + 1) + " holds a pixel that is " + pixel + ". Leave this particle out.");
	}

	/**
	 * The optics of all particles; null for plain projections.
	 *
	 * @param withCtf whether images have their CTFs and aberrations
	 */
	static List<CtfParameters> optics(final ParticleStack stack, final boolean withCtf) {
		if (stack.rows().isEmpty() && !withCtf) return Collections.nCopies(stack.size(), null);
		final RelionParticles rows = stack.rows().orElseThrow(() -> new ParameterException(stack.place() +
			" lists no CTFs. Give a STAR file that does, or match without CTF (ctf=false)."));
		for (final RelionParticle row : rows.particles())
			if (withCtf && row.ctf() == null) throw new ParameterException(stack.place() + ": particle " + row.imageName() +
				" has no defocus. Add it to the table, or leave the particle out.");
		return CtfParameters.listed(rows, withCtf);
	}
}
