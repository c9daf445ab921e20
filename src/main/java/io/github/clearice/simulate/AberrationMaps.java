package io.github.clearice.simulate;

import io.github.clearice.fourier.ZernikeSeries;
import io.github.clearice.star.Magnification;
import io.github.clearice.star.ObservationModel;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The aberrations of optics groups that their particles share, on the half plane of a spectrum. Holds those that were
 * used last: one instance a thread.
 */
final class AberrationMaps {

	/** Groups change rarely from one particle to the next; all maps together take at most so many numbers. */
	private static final int MOST_NUMBERS = 1 << 24;

	/** The parameters that determine the maps. */
	private record Key(ObservationModel model, double wavelengthAngstrom, double sphericalAberrationMillimetre) {}

	/**
	 * @param symmetricTurns the phase that even Zernike polynomials add to the CTF, in turns; null for none
	 * @param phasors {@code exp(i (odd - tilt))}, real and imaginary parts interleaved; null for 1
	 */
	record Maps(float[] symmetricTurns, float[] phasors) {}

	private static final Maps NONE = new Maps(null, null);

	private final int box;
	private final int columns;
	private final double frequencyStep;
	private final Map<Key, Maps> used;

	AberrationMaps(final int box, final double pixelSizeAngstrom) {
		this.box = box;
		this.columns = box / 2 + 1;
		this.frequencyStep = 1 / (box * pixelSizeAngstrom);
		final int most = Math.max(1, MOST_NUMBERS / (3 * box * columns));
		used = new LinkedHashMap<>(16, 0.75f, true) {

			private static final long serialVersionUID = 1;

			@Override
			protected boolean removeEldestEntry(final Map.Entry<Key, Maps> eldest) {
				return size() > most;
			}
		};
	}

	Maps of(final CtfParameters parameters) {
		final ObservationModel model = parameters.observation();
		if (!model.isAntisymmetric() && !model.hasSymmetricTerms()) return NONE;
		return used.computeIfAbsent(new Key(model, parameters.wavelengthAngstrom(), parameters
			.sphericalAberrationMillimetre()), this::compute);
	}

	private Maps compute(final Key key) {
		final ObservationModel model = key.model();
		final Magnification matrix = model.magnification();
		final ZernikeSeries odd = ZernikeSeries.odd(model.oddZernike()), even = ZernikeSeries.even(model.evenZernike());
		final float[] symmetric = model.hasSymmetricTerms() ? new float[box * columns] : null;
		final float[] phasors = model.isAntisymmetric() ? new float[2 * box * columns] : null;
		// Cs in Å and mrad in rad: 1e7 times 1e-3.
		final double tilt = 2 * Math.PI * 1e4 * key.sphericalAberrationMillimetre() * key.wavelengthAngstrom() * key
			.wavelengthAngstrom();
		for (int row = 0; row < box; row++) for (int kx = 0; kx < columns; kx++) {
			final double ux = kx * frequencyStep, uy = (row <= box / 2 ? row : row - box) * frequencyStep;
			final double x = matrix.xx() * ux + matrix.xy() * uy, y = matrix.yx() * ux + matrix.yy() * uy;
			final int at = row * columns + kx;
			if (symmetric != null) symmetric[at] = (float) (even.at(x, y) / (2 * Math.PI));
			if (phasors == null) continue;
			final double phase = odd.at(x, y) - tilt * (x * x + y * y) * (x * model.beamTiltXMilliradian() + y * model
				.beamTiltYMilliradian());
			phasors[2 * at] = (float) Math.cos(phase);
			phasors[2 * at + 1] = (float) Math.sin(phase);
		}
		return new Maps(symmetric, phasors);
	}
}
