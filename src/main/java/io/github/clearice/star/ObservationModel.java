package io.github.clearice.star;

import io.github.clearice.star.StarTable.StarRow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * How images differ from projections, besides by their defocus: the further columns of RELION's optics groups that
 * change images. Usually one for each optics group, shared by its particles.
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
 * @param ctfState the CTF correction of the images
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

	/** The columns of an {@link ObservationModel} in a table of optics groups or, as in RELION 3.0, of particles. */
	static final class ObservationColumns {

		private static final String TILT_X = "rlnBeamTiltX", TILT_Y = "rlnBeamTiltY";
		private static final String ODD = "rlnOddZernike", EVEN = "rlnEvenZernike";
		private static final List<String> MATRIX = List.of("rlnMagMat00", "rlnMagMat01", "rlnMagMat10", "rlnMagMat11");
		private static final List<CtfState> STATES = List.of(CtfState.PREMULTIPLIED, CtfState.PHASE_FLIPPED,
			CtfState.CORRECTED);

		/** The columns written, in the order of {@link #values}. */
		static final List<String> NAMES;

		static {
			final List<String> names = new ArrayList<>(List.of(TILT_X, TILT_Y, ODD, EVEN));
			names.addAll(MATRIX);
			for (final CtfState state : STATES) names.add(state.column());
			NAMES = List.copyOf(names);
		}

		private final boolean listed;
		/** Rows of one microscope have equal values: one record serves them all. */
		private final Map<ObservationModel, ObservationModel> known = new ConcurrentHashMap<>();

		ObservationColumns(final StarTable table) {
			listed = NAMES.stream().anyMatch(table::has);
		}

		/** Whether the table has any of the columns. */
		boolean areListed() {
			return listed;
		}

		/** The model of a row; missing columns are as in {@link ObservationModel#IDEAL}. */
		ObservationModel read(final StarRow row) {
			if (!listed) return ObservationModel.IDEAL;
			return known.computeIfAbsent(new ObservationModel(row.number(TILT_X, 0), row.number(TILT_Y, 0), coefficients(row,
				ODD), coefficients(row, EVEN), magnification(row), state(row)), model -> model);
		}

		/**
		 * A table that says of its images that they are projections, without CTF and antisymmetric aberrations.
		 *
		 * @param table of optics groups, or of particles
		 */
		static StarTable corrected(final StarTable table) {
			StarTable changed = table;
			for (final String tilt : List.of(TILT_X, TILT_Y)) if (table.has(tilt)) changed = changed.withColumn(tilt,
				row -> "0.0");
			if (table.has(ODD)) changed = changed.withColumn(ODD, row -> "[0]");
			for (final CtfState state : STATES) {
				final boolean holds = state == CtfState.CORRECTED;
				if (holds || table.has(state.column())) changed = changed.withColumn(state.column(), row -> holds ? "1" : "0");
			}
			return changed;
		}

		/** The cells of a row, in the order of the {@link #NAMES}. */
		static List<String> values(final ObservationModel model) {
			final List<String> values = new ArrayList<>();
			values.add(Double.toString(model.beamTiltXMilliradian()));
			values.add(Double.toString(model.beamTiltYMilliradian()));
			values.add(text(model.oddZernike()));
			values.add(text(model.evenZernike()));
			final Magnification matrix = model.magnification();
			for (final double value : new double[] { matrix.xx(), matrix.xy(), matrix.yx(), matrix.yy() }) values.add(Double
				.toString(value));
			for (final CtfState state : STATES) values.add(model.ctfState() == state ? "1" : "0");
			return values;
		}

		/** RELION takes no blanks within the brackets, and wants one number at least. */
		private static String text(final List<Double> coefficients) {
			return coefficients.isEmpty() ? "[0]" : coefficients.stream().map(String::valueOf).collect(Collectors.joining(",",
				"[", "]"));
		}

		private static Magnification magnification(final StarRow row) {
			try {
				return new Magnification(row.number(MATRIX.get(0), 1), row.number(MATRIX.get(1), 0), row.number(MATRIX.get(2),
					0),
					row.number(MATRIX.get(3), 1));
			}
			catch (final IllegalArgumentException e) {
				throw row.error(MATRIX.get(0), e.getMessage() + ". Correct rlnMagMat00 to rlnMagMat11.");
			}
		}

		private static CtfState state(final StarRow row) {
			CtfState found = CtfState.RECORDED;
			for (final CtfState state : STATES) {
				if (row.wholeNumber(state.column(), 0) == 0) continue;
				if (found != CtfState.RECORDED) throw row.error(state.column(),
					"images cannot be in this state and in that of " +
					found.column() + ". Set one of the two to 0.");
				found = state;
			}
			return found;
		}

		/** The numbers of a value such as {@code [0.5,-1.2,3]}. */
		private static List<Double> coefficients(final StarRow row, final String column) {
			final String text = row.text(column, "[]").trim();
			if (!text.startsWith("[") || !text.endsWith("]")) throw row.error(column, "\"" + text +
				"\" is no list of coefficients. Write it as [0.5,-1.2,3].");
			final List<Double> values = new ArrayList<>();
			final String inner = text.substring(1, text.length() - 1);
			if (!inner.isBlank()) for (final String part : inner.split(",", -1))
				values.add(row.table().number(row.row(), column, part.trim()));
			return values;
		}
	}
}
