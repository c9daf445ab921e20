package io.github.clearice.star;

import java.util.List;

/**
 * How images differ from projections, besides by their defocus: the further columns of RELION's optics groups that
 * change images. One for each optics group as a rule, shared by its particles.
 * <p>
 * The transform of an image at the frequency k, in 1/Å, is
 * {@code exp(i (odd(q) - tilt(q))) h(q) P(q)} with {@code q = M k}, where M is the magnification, P the transform of
 * the projection, {@code h = -sin(gamma + even(q))} its CTF with the envelope and scale of the particle, {@code odd}
 * and {@code even} sums of Zernike polynomials in q, in radian, and
 * {@code tilt = 2 pi Cs lambda^2 |q|^2 (qx tx + qy ty)}, in Å and radian.
 * Whatever reads another format (cryoSPARC's {@code ctf/tilt_A}, {@code trefoil_A}, {@code tetra_A}, {@code anisomag})
 * converts to this and hands it to {@link RelionParticle} and {@link OpticsGroup}.
 *
 * @param beamTiltXMilliradian {@code rlnBeamTiltX}
 * @param beamTiltYMilliradian {@code rlnBeamTiltY}
 * @param oddZernike {@code rlnOddZernike}: coefficients of antisymmetric Zernike polynomials of frequencies in 1/Å,
 *          without those of the beam tilt; in RELION's order (m, n) = (-1, 1), (1, 1), (-3, 3), (-1, 3), (1, 3), (3,
 * 3), ...
 * @param evenZernike {@code rlnEvenZernike}: coefficients of symmetric ones, added to the phase of the CTF; in the
 * order
 *          (0, 0), (-2, 2), (0, 2), (2, 2), (-4, 4), ...
 * @param magnification anisotropic magnification
 * @param ctfState what was done about the CTFs
 * @see <a href="https://doi.org/10.1107/S2052252520000081">Zivanov, Nakane and Scheres 2020</a>
 */
public record ObservationModel(double beamTiltXMilliradian, double beamTiltYMilliradian, List<Double> oddZernike,
	List<Double> evenZernike, Magnification magnification, CtfState ctfState)
{

	/** Images that a CTF alone makes of projections. */
	public static final ObservationModel IDEAL = new ObservationModel(0, 0, List.of(), List.of(), Magnification.NONE,
		CtfState.RECORDED);

	public ObservationModel {
		oddZernike = List.copyOf(oddZernike);
		evenZernike = List.copyOf(evenZernike);
		if (magnification == null || ctfState == null) throw new IllegalArgumentException(
			"The magnification and the state of the CTFs must be given.");
	}

	/** Whether the phases of images differ from those of projections: beam tilt or other antisymmetric aberrations. */
	public boolean isAntisymmetric() {
		return beamTiltXMilliradian != 0 || beamTiltYMilliradian != 0 || oddZernike.stream().anyMatch(value -> value != 0);
	}

	/** Whether the phase of the CTF has symmetric terms beyond defocus and spherical aberration. */
	public boolean hasSymmetricTerms() {
		return evenZernike.stream().anyMatch(value -> value != 0);
	}

	/** The same with images in another state. */
	public ObservationModel with(final CtfState state) {
		return new ObservationModel(beamTiltXMilliradian, beamTiltYMilliradian, oddZernike, evenZernike, magnification,
			state);
	}
}
