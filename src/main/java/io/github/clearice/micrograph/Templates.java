package io.github.clearice.micrograph;

import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.pose.HealpixGrid;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Pose;
import io.github.clearice.task.ParallelLoop;

import java.util.Arrays;
import java.util.List;

/** Makes pictures of particles at the pixel size at which they are looked for. */
final class Templates {

	/** The particle is the region in which the map exceeds this share of its largest density. */
	private static final double DENSE = 0.1;

	/** Width of the soft edge of a disc, as a part of its radius. */
	private static final double SOFT = 0.15;

	private Templates() {}

	/** Twice the distance from the origin of the farthest voxel that is dense, in Å. */
	static double diameterAngstrom(final Volume map) {
		final float[] voxels = map.voxels();
		float most = 0;
		for (final float value : voxels) most = Math.max(most, value);
		final int box = map.box(), centre = box / 2;
		double farthest = 0;
		for (int z = 0, i = 0; z < box; z++) for (int y = 0; y < box; y++) for (int x = 0; x < box; x++, i++) {
			if (voxels[i] > DENSE * most) farthest = Math.max(farthest, Math.hypot(Math.hypot(x - centre, y - centre), z -
				centre));
		}
		return 2 * farthest * map.pixelSizeAngstrom();
	}

	/**
	 * A disc with a soft edge.
	 *
	 * @param edge of the square, even
	 */
	static List<TemplateMatching.Template> disc(final double diameterPixels, final int edge) {
		final float[] pixels = new float[edge * edge];
		final double radius = diameterPixels / 2;
		for (int i = 0; i < pixels.length; i++) {
			final double away = Math.hypot(i % edge - edge / 2, i / edge - edge / 2);
			pixels[i] = (float) (0.5 * (1 - Math.tanh((away - 0.8 * radius) / (SOFT * radius))));
		}
		return List.of(new TemplateMatching.Template(edge, pixels, 0));
	}

	/**
	 * Projections of a map along all directions of a grid, turned in the plane.
	 *
	 * @param ctf that the micrographs have, or null
	 */
	static List<TemplateMatching.Template> ofMap(final Volume map, final double pixelSizeAngstrom, final HealpixGrid grid,
		final double inPlaneStepDegree, final CtfParameters ctf)
	{
		final FourierProjector projector = new FourierProjector(map);
		final int turns = Math.max(1, (int) Math.round(360 / inPlaneStepDegree));
		final int padded = padded(map.box(), map.pixelSizeAngstrom() / pixelSizeAngstrom);
		final int edge = edge(padded, map.pixelSizeAngstrom() / pixelSizeAngstrom);
		final TemplateMatching.Template[] templates = new TemplateMatching.Template[grid.size() * turns];
		ParallelLoop.run(templates.length, 8, thread -> {
			final FourierSlice slice = new FourierSlice(projector);
			final Resizing resizing = new Resizing(map, padded, edge, ctf);
			final float[] image = new float[map.box() * map.box()];
			return step -> {
				final int view = (int) step / turns;
				final double psi = 360.0 * (step % turns) / turns;
				slice.project(projector, Pose.centred(new Orientation(grid.rotDegree(view), grid.tiltDegree(view), psi)),
					CtfParameters.geometry(CtfParameters.magnification(ctf)), image);
				templates[(int) step] = new TemplateMatching.Template(edge, resizing.apply(image), psi);
			};
		});
		return List.of(templates);
	}

	/** The even edge to which projections are padded so that the other pixel size has an even edge too, nearly. */
	private static int padded(final int box, final double ratio) {
		int best = 0;
		double least = Double.POSITIVE_INFINITY;
		for (int size = (3 * box / 2 + 1) / 2 * 2; size <= 2 * box + 2; size += 2) {
			final double error = Math.abs(size * ratio / edge(size, ratio) - 1);
			if (error < least) {
				least = error;
				best = size;
			}
		}
		return best;
	}

	private static int edge(final int padded, final double ratio) {
		return Math.max(2, (int) Math.round(padded * ratio / 2) * 2);
	}

	/** Brings projections to another pixel size in Fourier space, through a CTF. */
	private static final class Resizing {

		private final int box;
		private final int padded;
		private final int edge;
		private final CtfParameters parameters;
		private final Ctf ctf;
		private final float[] factors;
		private final float[] image;
		private final RealFourierTransform2D from;
		private final RealFourierTransform2D to;
		private final float[] spectrum;
		private final float[] resized;

		Resizing(final Volume map, final int padded, final int edge, final CtfParameters parameters) {
			this.box = map.box();
			this.padded = padded;
			this.edge = edge;
			from = new RealFourierTransform2D(padded);
			to = new RealFourierTransform2D(edge);
			image = new float[padded * padded];
			spectrum = new float[from.spectrumLength()];
			resized = new float[to.spectrumLength()];
			this.parameters = parameters;
			ctf = new Ctf(padded, map.pixelSizeAngstrom());
			factors = new float[ctf.length()];
			if (parameters == null) Arrays.fill(factors, 1);
			else ctf.sample(parameters, factors);
		}

		float[] apply(final float[] projection) {
			final int margin = padded / 2 - box / 2;
			for (int y = 0; y < box; y++) System.arraycopy(projection, y * box, image, (y + margin) * padded + margin, box);
			from.forward(image, spectrum);
			FourierFilter.multiply(spectrum, factors);
			if (parameters != null) ctf.modulate(parameters, spectrum);
			Arrays.fill(resized, 0);
			final int reach = Math.min(padded, edge) / 2;
			for (int ky = 1 - reach; ky < reach; ky++) {
				System.arraycopy(spectrum, 2 * Math.floorMod(ky, padded) * from.columns(), resized, 2 * Math.floorMod(ky,
					edge) * to.columns(), 2 * reach);
			}
			final float[] pixels = new float[edge * edge];
			to.inverse(resized, pixels);
			return pixels;
		}
	}
}
