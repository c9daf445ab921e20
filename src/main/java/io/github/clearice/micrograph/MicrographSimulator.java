package io.github.clearice.micrograph;

import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.HalfPlane;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.Orientations;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes micrographs with particles at known places.
 * <p>
 * Each is the sum of projections that passed the CTF at their heights in the ice,
 * faded as {@link MicrographOptions.IceModel} says, of ice and camera noise, of a ramp, and of a carbon
 * film at the right with as much structural noise as 300 nm of ice, where there are
 * no particles. Particles are bright. Each micrograph depends on the maps, the
 * options and its number alone.
 */
final class MicrographSimulator {

	private static final int PLACES = 10, VIEWS = 11, TRANSFER = 12, CAMERA = 13, ICE = 14, FILM = 15, PILOT = 16;

	private static final int PILOT_VIEWS = 48;
	private static final int PATCHES_AT_ONCE = 32;

	/** The particle is where its projection exceeds this share of its largest density; its rim is below. */
	private static final double SILHOUETTE = 0.1;

	/** The step from ice to carbon, in deviations of the camera's noise, and the ice that scatters as much. */
	private static final double FILM_STEP = 2, FILM_NANOMETRE = 300;

	private final MicrographOptions options;
	private final List<FourierProjector> projectors = new ArrayList<>();
	private final List<Double> shares = new ArrayList<>();
	private final int box;
	private final double pixelSizeAngstrom;
	private final double sigma;

	/** @param maps of one box and pixel size */
	MicrographSimulator(final List<WeightedMap> maps, final MicrographOptions options) {
		this.options = options;
		double total = 0;
		for (final WeightedMap map : maps) {
			projectors.add(new FourierProjector(map.map()));
			total += map.weight();
			shares.add(total);
		}
		box = maps.get(0).map().box();
		pixelSizeAngstrom = maps.get(0).map().pixelSizeAngstrom();
		for (final FourierProjector other : projectors) {
			if (other.box() != box || Math.abs(other.pixelSizeAngstrom() / pixelSizeAngstrom - 1) > 1e-3)
				throw new ParameterException("The maps differ in box or pixel size. Use maps of one box.");
		}
		sigma = cameraSigma();
	}

	double pixelSizeAngstrom() {
		return pixelSizeAngstrom;
	}

	/** Standard deviation of the camera's noise. */
	double sigma() {
		return sigma;
	}

	private double cameraSigma() {
		double sum = 0;
		for (int i = 0; i < PILOT_VIEWS; i++) {
			final SplittableRandom random = Seeds.random(options.seed(), PILOT, i);
			final SimulatedMicrograph.Particle particle = new SimulatedMicrograph.Particle(0, 0, state(random),
				Orientations.uniform().draw(i, random)
				.orientation(), options.ctf() == null ? null : options.ctf().draw(i, random));
			final ParticlePainter painter = painter(particle.ctf());
			final float[] plain = new float[painter.edge() * painter.edge()], transferred = plain.clone();
			painter.paint(projectors.get(particle.state()), particle, plain, transferred);
			sum += painter.variance(transferred) / PILOT_VIEWS;
		}
		return Math.sqrt(sum / options.snr());
	}

	private int state(final SplittableRandom random) {
		final double drawn = random.nextDouble() * shares.get(shares.size() - 1);
		int state = 0;
		while (state < shares.size() - 1 && drawn >= shares.get(state)) state++;
		return state;
	}

	private ParticlePainter painter(final CtfParameters ctf) {
		return new ParticlePainter(projectors.get(0),
			ctf == null ? RealFourierTransform2D.evenSize(box) : ParticlePainter.edge(box,
			pixelSizeAngstrom, Math.max(ctf.defocusUAngstrom(), ctf.defocusVAngstrom()), ctf.wavelengthAngstrom()));
	}

	/** Makes the micrograph of a number, from 0. */
	SimulatedMicrograph simulate(final int number, final String name) {
		final double thickness = options.thicknessNanometre(number);
		final CtfParameters ctf = options.ctf() == null ? null : options.ctf().draw(number, random(TRANSFER, number));
		final List<SimulatedMicrograph.Particle> particles = place(number, thickness, ctf);
		final int pixels = options.width() * options.height();
		final float[] noisy = new float[pixels], clean = new float[pixels], labels = new float[pixels];
		paint(particles, ctf, noisy, clean, labels);
		final float contrast = (float) options.ice().contrast(thickness);
		for (int i = 0; i < pixels; i++) {
			noisy[i] *= contrast;
			clean[i] *= contrast;
		}
		addBackground(noisy);
		addStructure(number, thickness, ctf, noisy);
		final SplittableRandom camera = random(CAMERA, number);
		for (int i = 0; i < pixels; i++) noisy[i] += (float) (sigma * camera.nextGaussian());
		final double snr = options.snr() * contrast * contrast / (1 + Math.pow(options.ice().deviation(thickness), 2));
		return new SimulatedMicrograph(micrograph(name, noisy), micrograph(name, clean), labels, particles, thickness, snr,
			ctf);
	}

	private Micrograph micrograph(final String name, final float[] pixels) {
		return Micrograph.of(name, options.width(), options.height(), pixelSizeAngstrom, pixels);
	}

	private List<SimulatedMicrograph.Particle> place(final int number, final double thickness, final CtfParameters ctf) {
		final List<double[]> places = Placement.draw(options.particles(), options.width() * (1 - options.carbon()), options
			.height(), options.distanceAngstrom() / pixelSizeAngstrom, random(PLACES, number));
		final List<SimulatedMicrograph.Particle> particles = new ArrayList<>();
		for (final double[] place : places) {
			final SplittableRandom random = random(VIEWS, number, particles.size());
			final double height = (random.nextDouble() - 0.5) * 10 * thickness;
			particles.add(new SimulatedMicrograph.Particle(place[0], place[1], state(random),
				Orientations.uniform().draw(particles.size(),
				random).orientation(), ctf == null ? null : raised(ctf, height)));
		}
		return particles;
	}

	private static CtfParameters raised(final CtfParameters ctf, final double heightAngstrom) {
		return ctf.withDefocus(ctf.defocusUAngstrom() + heightAngstrom, ctf.defocusVAngstrom() + heightAngstrom);
	}

	private void paint(final List<SimulatedMicrograph.Particle> particles, final CtfParameters ctf, final float[] noisy,
		final float[] clean, final float[] labels)
	{
		final int edge = painter(ctf).edge();
		final float[][] plain = new float[PATCHES_AT_ONCE][edge * edge], transferred = new float[PATCHES_AT_ONCE][edge *
			edge];
		for (int first = 0; first < particles.size(); first += PATCHES_AT_ONCE) {
			final int start = first, count = Math.min(PATCHES_AT_ONCE, particles.size() - first);
			ParallelLoop.run(count, 1, thread -> {
				final ParticlePainter painter = painter(ctf);
				return i -> painter.paint(projectors.get(particles.get(start + (int) i).state()), particles.get(start +
					(int) i), plain[(int) i], transferred[(int) i]);
			});
			for (int i = 0; i < count; i++) {
				final ParticlePainter.Patch patch = new ParticlePainter.Patch(edge, particles.get(start + i), options.width(),
					options.height());
				patch.add(transferred[i], noisy);
				patch.add(options.keepsCtf() ? transferred[i] : plain[i], clean);
				patch.label(plain[i], SILHOUETTE, start + i + 1, labels);
			}
		}
	}

	private void addBackground(final float[] noisy) {
		final int width = options.width();
		final double film = filmEdge();
		for (int i = 0; i < noisy.length; i++) {
			noisy[i] += (float) (sigma * options.gradient() * (i % width / (width - 1.0) - 0.5));
			if (i % width > bent(film, i / width)) noisy[i] += (float) (sigma * FILM_STEP);
		}
	}

	private double filmEdge() {
		return options.carbon() == 0 ? Double.POSITIVE_INFINITY : options.width() * (1 - options.carbon());
	}

	/** The rim of a hole in the film: an arc. */
	private double bent(final double film, final int y) {
		final double middle = 2.0 * y / options.height() - 1;
		return film + 0.5 * options.carbon() * options.width() * (1 - middle * middle) * 0.5;
	}

	private void addStructure(final int number, final double thickness, final CtfParameters ctf, final float[] noisy) {
		final double ice = sigma * options.ice().deviation(thickness);
		if (ice > 0) addFiltered(random(ICE, number), ctf, ice, Double.NEGATIVE_INFINITY, noisy);
		if (options.carbon() > 0) addFiltered(random(FILM, number), ctf, sigma * Math.sqrt(options.ice().structure() *
			FILM_NANOMETRE / 100), filmEdge(), noisy);
	}

	/** Noise that has passed the CTF, to the right of an edge. */
	private void addFiltered(final SplittableRandom random, final CtfParameters parameters, final double level,
		final double edge, final float[] noisy)
	{
		final int size = RealFourierTransform2D.evenSize(Math.max(options.width(), options.height()));
		final float[] field = new float[size * size];
		for (int i = 0; i < field.length; i++) field[i] = (float) (level * random.nextGaussian());
		if (parameters != null) {
			final Ctf ctf = new Ctf(size, pixelSizeAngstrom);
			final float[] factors = new float[ctf.length()];
			ctf.sample(parameters, factors);
			final float passed = (float) Math.sqrt(new HalfPlane(size).meanSquare(factors));
			for (int i = 0; i < factors.length; i++) factors[i] /= passed;
			new FourierFilter(size, factors).apply(field, field);
		}
		for (int y = 0, i = 0; y < options.height(); y++) for (int x = 0; x < options.width(); x++, i++) {
			if (x > bent(edge, y)) noisy[i] += field[y * size + x];
		}
	}

	private SplittableRandom random(final long... path) {
		return Seeds.random(options.seed(), path);
	}

	/** Puts particles anywhere but near each other. */
	private static final class Placement {

		/** Throws for each particle: with as many, half of the plane can be filled. */
		private static final int MOST_THROWS = 2000;

		private Placement() {}

		/**
		 * Draws places, each anywhere that is allowed.
		 *
		 * @param width of the area in pixels
		 * @param height of the area in pixels
		 * @param distance least distance of two places
		 * @return {@code [count]} pairs of x and y
		 * @throws ParameterException if so many do not fit
		 */
		static List<double[]> draw(final int count, final double width, final double height, final double distance,
			final SplittableRandom random)
		{
			final List<double[]> places = new ArrayList<>();
			for (int thrown = 0; places.size() < count; thrown++) {
				if (thrown == MOST_THROWS * count) throw new ParameterException("Only " + places.size() + " of " + count +
					" particles fit at a distance of " + Math.round(distance) +
					" pixels. Ask for fewer particles, a smaller distance or larger micrographs.");
				final double x = random.nextDouble() * (width - 1), y = random.nextDouble() * (height - 1);
				if (places.stream().allMatch(other -> Math.hypot(other[0] - x, other[1] - y) >= distance)) places.add(
					new double[] { x, y });
			}
			return places;
		}
	}
}
