package io.github.clearice.structure;

/**
 * The Gaussians that an atom is made of, {@code f(k) = sum of weight exp(-width k^2 / 4)}
 * with the spatial frequency k in 1 / Å; in real space each is a Gaussian with
 * the standard deviation {@code sqrt(width / (8 pi^2))} Å that integrates to its
 * weight.
 * <p>
 * By scattering factors: the five of {@link ScatteringFactor}, times the
 * occupancy, widened by the B factor; B factors below 0 count as 0. By
 * resolution: one, of weight atomic number times occupancy and standard
 * deviation {@code resolution / (pi sqrt 2)} whatever the B factor, so that its
 * Fourier transform falls to 1/e at the resolution: the default of ChimeraX's
 * {@code molmap}.
 */
final class AtomGaussians {

	private final double resolutionWidth;

	/** @param resolutionAngstrom 0 for scattering factors */
	AtomGaussians(final double resolutionAngstrom) {
		// sigma^2 = width / (8 pi^2) and sigma = resolution / (pi sqrt 2).
		this.resolutionWidth = 4 * resolutionAngstrom * resolutionAngstrom;
	}

	/** Number of Gaussians of each atom. */
	int terms() {
		return resolutionWidth > 0 ? 1 : ScatteringFactor.TERMS;
	}

	double weight(final Atom atom, final int term) {
		return atom.occupancy() * (resolutionWidth > 0 ? atom.element().atomicNumber() : atom.element().scattering().a(
			term));
	}

	/** Width in Å^2. */
	double width(final Atom atom, final int term) {
		return resolutionWidth > 0 ? resolutionWidth : atom.element().scattering().b(term) + Math.max(0, atom
			.bFactorSquareAngstrom());
	}

	/** Width of the widest Gaussian, which is the last one, in Å^2. */
	double greatestWidth(final Atom atom) {
		return width(atom, terms() - 1);
	}

	/** Integral of the atom's density: its contribution to the map's sum. */
	double total(final Atom atom) {
		double total = 0;
		for (int i = 0; i < terms(); i++) total += weight(atom, i);
		return total;
	}

	/** How far the atom reaches: three standard deviations of its widest Gaussian, in Å. */
	double reachAngstrom(final Atom atom) {
		return 3 * Math.sqrt(greatestWidth(atom) / (8 * Math.PI * Math.PI));
	}
}
