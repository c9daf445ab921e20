package io.github.clearice.simulate;

import io.github.clearice.fourier.ParticleBackground;
import io.github.clearice.fourier.Volume;
import io.github.clearice.stack.LazyImages;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/**
 * The noise-free references of refined particles: projections of a map at their angles and origins, computed on request
 * (Su et al. 2018, figure 6). Thread-safe.
 */
public final class References implements ParticleStack {

	private static final String TASK = "Fitting the references";

	/** Headers and STAR files round pixel sizes. */
	private static final double ROUNDING = 1e-3;

	/** Calibrations differ; the edge of a particle of 64 pixels moves by less than a pixel. */
	private static final double CALIBRATION = 0.02;

	/** Enough for a scale to a fraction of a percent. */
	private static final int LARGEST_SAMPLE = 1000;

	/** A scale that is not this many standard errors from zero says that the particles do not show the map. */
	private static final double CHANCE = 5;

	private final String name;
	private final FourierProjector projector;
	private final RelionParticles rows;
	private final List<CtfParameters> optics;
	private final Orientations orientations;
	private final ParticleBackground background;
	private final double gain;
	private final Img<FloatType> image;
	private final Queue<FourierSlice> idle = new ConcurrentLinkedQueue<>();

	/**
	 * Plain projections.
	 *
	 * @param noisy the particles, from a STAR file with angles and origins
	 * @param map of the box and, within two percent, of the pixel size of the particles
	 * @param mapName its name in messages
	 * @param withCtf whether projections have the contrast transfer function of each particle
	 * @throws ParameterException if particles and map do not fit together, or the STAR file lacks what is needed
	 * @throws io.github.clearice.task.InputException if it has no angles
	 */
	public References(final ParticleStack noisy, final Volume map, final String mapName, final boolean withCtf) {
		this(mapName, projector(noisy, map, mapName), rows(noisy), withCtf, null, 1);
	}

	private References(final String name, final FourierProjector projector, final RelionParticles rows,
		final boolean withCtf, final ParticleBackground background, final double gain)
	{
		this.name = name;
		this.projector = projector;
		this.rows = rows;
		this.orientations = Orientations.of(rows);
		if (withCtf && !hasCtf()) throw new ParameterException("The STAR file of the particles lists no defocus, so" +
			" references cannot have a CTF. Add it, or leave the CTF out of the references.");
		this.optics = CtfParameters.listed(rows, withCtf);
		this.background = background;
		this.gain = gain;
		this.image = LazyImages.of(projector.box(), rows.size(), this::project);
	}

	private References(final References plain, final ParticleBackground background, final double gain) {
		this.name = plain.name;
		this.projector = plain.projector;
		this.rows = plain.rows;
		this.orientations = plain.orientations;
		this.optics = plain.optics;
		this.background = background;
		this.gain = gain;
		this.image = LazyImages.of(projector.box(), rows.size(), this::project);
	}

	/**
	 * These references on the scale of the particles: their background, outside
	 * RELION's default circle, is brought to a mean of 0, and one factor for all, found
	 * by least squares with the particles' CTFs, brings maps of any scale and either
	 * contrast to that of the particles.
	 *
	 * @param noisy the particles, normalised
	 * @throws ParameterException if nothing of the map is found in the particles
	 */
	public References fittedTo(final ParticleStack noisy, final TaskListener listener) {
		final RelionParticles rows = rows(noisy);
		final ParticleBackground circle = new ParticleBackground(box());
		final References seen = new References(name, projector, rows, hasCtf(), circle, 1);
		final ScaleFit fit = new ScaleFit();
		final float[] image = new float[box() * box()], reference = image.clone();
		final int count = Math.min(size(), LARGEST_SAMPLE);
		listener.begin(TASK, count);
		try {
			for (int i = 0; i < count; i++) {
				listener.checkCancelled(TASK);
				final int index = (int) ((long) i * size() / count);
				noisy.read(index, image);
				seen.read(index, reference);
				fit.add(reference, image);
				listener.progress(i + 1);
			}
		}
		finally {
			listener.end();
		}
		final double scale = fit.slope();
		if (!(scale != 0) || Double.isInfinite(scale)) throw new ParameterException("The particles of " + noisy.name() +
			" do not show " + name + " at all. Choose the map that they were refined with.");
		if (Math.abs(scale) < CHANCE * fit.standardError()) listener.message(String.format(Locale.ROOT,
			"Warning: the particles of %s hardly show %s at their angles (scale %.3g, standard error %.2g): is it the map" +
			" that they were refined with?", noisy.name(), name, scale, fit.standardError()));
		return new References(this, circle, scale);
	}

	/** The factor of projections; negative if particles are dark and the map is bright. */
	public double gain() {
		return gain;
	}

	/** Whether the STAR file lists the contrast transfer function of every particle. */
	public boolean hasCtf() {
		return rows.particles().stream().noneMatch(particle -> particle.ctf() == null);
	}

	@Override
	public Img<FloatType> image() {
		return image;
	}

	@Override
	public double pixelSizeAngstrom() {
		return projector.pixelSizeAngstrom();
	}

	@Override
	public String name() {
		return "projections of " + name;
	}

	private void project(final int index, final float[] image) {
		// Listed orientations draw nothing at random.
		final Pose pose = orientations.draw(index, null);
		final FourierSlice waiting = idle.poll();
		final FourierSlice slice = waiting == null ? new FourierSlice(projector) : waiting;
		try {
			slice.project(projector, pose, optics.get(index), image);
		}
		finally {
			idle.add(slice);
		}
		if (background == null) return;
		final double level = background.mean(image);
		for (int i = 0; i < image.length; i++) image[i] = (float) (gain * (image[i] - level));
	}

	private static RelionParticles rows(final ParticleStack noisy) {
		return noisy.rows().orElseThrow(() -> new ParameterException(noisy.name() +
			" is a plain stack, without angles. Give the STAR file of a 3D refinement."));
	}

	private static FourierProjector projector(final ParticleStack noisy, final Volume map, final String mapName) {
		if (map.box() != noisy.box()) throw new ParameterException(mapName + " has a box of " + map.box() +
			" voxels, but the particles of " + noisy.name() + " one of " + noisy.box() +
			" pixels. Rescale and crop or pad the map to the box and pixel size of the particles.");
		final double pixelSize = noisy.pixelSizeAngstrom();
		if (Double.isNaN(pixelSize)) return projector(map, mapName);
		final double difference = Math.abs(map.pixelSizeAngstrom() / pixelSize - 1);
		if (difference > CALIBRATION) throw new ParameterException(mapName + " has voxels of " + map.pixelSizeAngstrom() +
			" Å, but the particles of " + noisy.name() + " pixels of " + pixelSize +
			" Å. Rescale the map, or correct the wrong header.");
		return projector(difference > ROUNDING ? map.withPixelSize(pixelSize) : map, mapName);
	}

	private static FourierProjector projector(final Volume map, final String mapName) {
		try {
			return new FourierProjector(map);
		}
		catch (final ParameterException e) {
			throw new ParameterException(mapName + ": " + e.getMessage(), e);
		}
	}

	/** The line through the origin, of centred images, from references to particles. */
	private static final class ScaleFit {

		private double products;
		private double squares;
		private double targetSquares;
		private long pixels;

		void add(final float[] reference, final float[] image) {
			double meanReference = 0, meanImage = 0;
			for (int i = 0; i < image.length; i++) {
				meanReference += reference[i] / image.length;
				meanImage += image[i] / image.length;
			}
			for (int i = 0; i < image.length; i++) {
				final double x = reference[i] - meanReference, y = image[i] - meanImage;
				products += x * y;
				squares += x * x;
				targetSquares += y * y;
			}
			pixels += image.length;
		}

		double slope() {
			return products / squares;
		}

		double standardError() {
			final double residual = Math.max(0, targetSquares - products * products / squares) / pixels;
			return Math.sqrt(residual / squares);
		}
	}
}
