package io.github.clearice.reconstruct;

import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Pose;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.star.OpticsGroup;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.Seeds;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.WeakHashMap;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/** Projections of maps from random sides, with the table that says which. */
public record Views(int box, double pixelSizeAngstrom, float[][] images, RelionParticles table)
		implements
			ParticleStack {

	/** Of maps that are in use: they take longer than the views. */
	private static final Map<Volume, FourierProjector> PROJECTORS = Collections.synchronizedMap(new WeakHashMap<>());

	/**
	 * Projects each map in turn, so that with two maps the half-sets differ.
	 *
	 * @param shift largest origin offset in Å
	 */
	public static Views of(final int count, final boolean ctf, final double shift, final double noise,
		final Volume... maps)
	{
		return of(count, ctf, ObservationModel.IDEAL, shift, noise, maps);
	}

	/**
	 * The same through optics.
	 *
	 * @param model of all images; noise is added before images are treated as it says
	 */
	public static Views of(final int count, final boolean ctf, final ObservationModel model, final double shift,
		final double noise, final Volume... maps)
	{
		final int box = maps[0].box();
		final double pixel = maps[0].pixelSizeAngstrom();
		final FourierProjector[] projectors = new FourierProjector[maps.length];
		for (int i = 0; i < maps.length; i++)
			projectors[i] = PROJECTORS.computeIfAbsent(maps[i], map -> new FourierProjector(map, 4));
		final FourierSlice slice = new FourierSlice(box, pixel);
		final float[][] images = new float[count][box * box];
		final List<RelionParticle> rows = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			final SplittableRandom random = Seeds.random(7, i);
			final Orientation view = new Orientation(random.nextDouble(360), Math.toDegrees(Math.acos(random.nextDouble(-1,
				1))), random.nextDouble(360));
			final Pose pose = new Pose(view, shift * random.nextDouble(-1, 1), shift * random.nextDouble(-1, 1));
			final CtfParameters parameters = new CtfParameters(8000 + 9000 * random.nextDouble(), 8000, 30, 300, 2.7, 0.1, 0,
				0, 1, model.with(CtfState.RECORDED));
			slice.project(projectors[i % maps.length], pose, ctf ? parameters : CtfParameters.geometry(model.magnification()),
				images[i]);
			for (int p = 0; p < box * box; p++)
				images[i][p] += (float) (noise * random.nextGaussian());
			if (ctf) treat(model.ctfState(), parameters, pixel, box, images[i]);
			rows.add(RelionParticle.of("views.mrcs", i, view.rotDegree(), view.tiltDegree(), view.psiDegree(), pose
				.originXAngstrom(), pose.originYAngstrom(), pixel, ctf ? parameters.toRelion() : null, 1, 1, 1 + i % 2, 0,
				model));
		}
		return new Views(box, pixel, images, RelionParticles.of(List.of(new OpticsGroup(1, "opticsGroup1", 300, 2.7, 0.1,
			pixel, box, model)), rows));
	}

	private static void treat(final CtfState state, final CtfParameters parameters, final double pixelSizeAngstrom,
		final int box, final float[] image)
	{
		if (state == CtfState.RECORDED) return;
		final Ctf ctf = new Ctf(box, pixelSizeAngstrom);
		final float[] values = new float[ctf.length()];
		ctf.sample(parameters, values);
		if (state == CtfState.PHASE_FLIPPED) for (int i = 0; i < values.length; i++)
			values[i] = Math.signum(values[i]);
		new FourierFilter(box, values).apply(image, image);
	}

	/** The same images and poses, in a table that lists only the CTF of their optics. */
	public Views withoutObservation() {
		final List<RelionParticle> rows = table.particles().stream().map(row -> RelionParticle.of(row.stack(), row.index(),
			row.rotDegree(), row.tiltDegree(), row.psiDegree(), row.originXAngstrom(), row.originYAngstrom(), row
				.pixelSizeAngstrom(), row.ctf(), 1, 1, row.randomSubset(), 0)).toList();
		return new Views(box, pixelSizeAngstrom, images, RelionParticles.of(List.of(new OpticsGroup(1, "opticsGroup1", 300,
			2.7, 0.1, pixelSizeAngstrom, box)), rows));
	}

	/** Gaussian blobs, laid on each other by a group: positions from the centre as parts of the box. */
	public static Volume blobs(final int box, final double pixelSizeAngstrom, final PointGroup group,
		final double[][] places)
	{
		final Volume map = Volume.zeros(box, pixelSizeAngstrom);
		for (final double[] place : places)
			for (final double[] r : group.rotations()) {
				final double[] at = new double[3];
				for (int i = 0; i < 3; i++)
					at[i] = box * (r[3 * i] * place[0] + r[3 * i + 1] * place[1] + r[3 * i + 2] * place[2]);
				for (int z = 0, i = 0; z < box; z++)
					for (int y = 0; y < box; y++)
						for (int x = 0; x < box; x++, i++) {
							final double dx = x - box / 2 - at[0], dy = y - box / 2 - at[1], dz = z - box / 2 - at[2];
							map.voxels()[i] += (float) Math.exp(-(dx * dx + dy * dy + dz * dz) / 2.5);
						}
			}
		return map;
	}

	/** A particle without symmetry, which is not flat: flat ones look the same from both sides. */
	public static Volume particle(final int box) {
		return blobs(box, 3, PointGroup.C1, new double[][] { { 0.1, -0.05, 0.2 }, { -0.2, 0.1, 0.03 }, { 0, 0.22, -0.1 }, {
			0.03, 0.1, -0.1 }, { 0.2, -0.2, -0.05 } });
	}

	@Override
	public RandomAccessibleInterval<FloatType> image() {
		return PixelArrays.image(0, images);
	}

	@Override
	public String name() {
		return "views.star";
	}

	@Override
	public Optional<RelionParticles> rows() {
		return Optional.ofNullable(table);
	}
}
