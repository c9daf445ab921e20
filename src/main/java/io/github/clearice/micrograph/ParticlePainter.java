package io.github.clearice.micrograph;

import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.simulate.Pose;

import java.util.Arrays;

/**
 * Draws particles into patches that are larger than their boxes, because the CTF
 * spreads them. Holds buffers: one instance a thread.
 */
final class ParticlePainter {

	private final int box;
	private final int edge;
	private final double pixelSizeAngstrom;
	private final FourierSlice slice;
	private final RealFourierTransform2D fourier;
	private final Ctf ctf;
	private final float[] image;
	private final float[] spectrum;
	private final float[] values;

	/** @param edge of the patches in pixels, even and not less than the box */
	ParticlePainter(final FourierProjector projector, final int edge) {
		this.box = projector.box();
		this.edge = edge;
		this.pixelSizeAngstrom = projector.pixelSizeAngstrom();
		slice = new FourierSlice(projector);
		fourier = new RealFourierTransform2D(edge);
		ctf = new Ctf(edge, pixelSizeAngstrom);
		image = new float[box * box];
		spectrum = new float[fourier.spectrumLength()];
		values = new float[ctf.length()];
	}

	/** Space for the finest details that the CTF spreads: with the box, at most four boxes. */
	static int edge(final int box, final double pixelSizeAngstrom, final double defocusAngstrom,
		final double wavelength)
	{
		final double spread = wavelength * Math.abs(defocusAngstrom) / (2 * pixelSizeAngstrom) / pixelSizeAngstrom;
		final int edge = (int) Math.min(4.0 * box, box + 2 * spread);
		return RealFourierTransform2D.evenSize(edge);
	}

	int edge() {
		return edge;
	}

	/**
	 * Draws a particle; its middle lies at pixel {@code edge / 2} plus the fractions of its place.
	 *
	 * @param plain receives {@code edge * edge} pixels without the CTF
	 * @param transferred receives as many with it
	 */
	void paint(final FourierProjector projector, final SimulatedMicrograph.Particle particle, final float[] plain,
		final float[] transferred)
	{
		slice.project(projector, new Pose(particle.orientation(), -(particle.x() - Math.floor(particle.x())) *
			pixelSizeAngstrom, -(particle.y() - Math.floor(particle.y())) * pixelSizeAngstrom), CtfParameters.geometry(
				CtfParameters.magnification(particle.ctf())), image);
		Arrays.fill(plain, 0);
		final int margin = edge / 2 - box / 2;
		for (int y = 0; y < box; y++) System.arraycopy(image, y * box, plain, (y + margin) * edge + margin, box);
		if (particle.ctf() == null) System.arraycopy(plain, 0, transferred, 0, plain.length);
		else transfer(plain, particle.ctf(), transferred);
	}

	private void transfer(final float[] plain, final CtfParameters parameters, final float[] transferred) {
		fourier.forward(plain, spectrum);
		ctf.apply(parameters, spectrum, values);
		fourier.inverse(spectrum, transferred);
	}

	/** The variance of the middle of a patch, a particle's box. */
	double variance(final float[] patch) {
		final int margin = edge / 2 - box / 2;
		double sum = 0, squares = 0;
		for (int y = 0; y < box; y++) for (int x = 0; x < box; x++) {
			final double value = patch[(y + margin) * edge + margin + x];
			sum += value;
			squares += value * value;
		}
		final double pixels = (double) box * box, mean = sum / pixels;
		return squares / pixels - mean * mean;
	}

	/**
	 * The square about a particle in a micrograph, cropped to the micrograph.
	 *
	 * @param edge of the square in pixels
	 * @param particle in the middle: its rounded place is pixel {@code edge / 2} of the square
	 * @param width of the micrograph
	 * @param height of the micrograph
	 */
	record Patch(int edge, SimulatedMicrograph.Particle particle, int width, int height) {

		private interface Pixel {

			void at(int inPatch, int inMicrograph);
		}

		/** Adds pixels of the square to those of the micrograph. */
		void add(final float[] patch, final float[] micrograph) {
			each((from, to) -> micrograph[to] += patch[from]);
		}

		/** Writes a number where the square has more than a share of its largest value. */
		void label(final float[] patch, final double share, final int number, final float[] labels) {
			float most = 0;
			for (final float value : patch) most = Math.max(most, value);
			final double least = share * most;
			each((from, to) -> {
				if (patch[from] > least) labels[to] = number;
			});
		}

		private void each(final Pixel pixel) {
			final int left = (int) Math.floor(particle.x()) - edge / 2, top = (int) Math.floor(particle.y()) - edge / 2;
			for (int y = Math.max(0, -top); y < Math.min(edge, height - top); y++) {
				for (int x = Math.max(0, -left); x < Math.min(edge, width - left); x++) pixel.at(y * edge + x, (top +
					y) * width +
					left + x);
			}
		}
	}
}
