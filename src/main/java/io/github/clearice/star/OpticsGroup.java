package io.github.clearice.star;

import java.util.List;

/**
 * What particles from one microscope and camera share.
 *
 * @param number usually from 1 on; RELION takes 0 too
 * @param name what RELION shows
 * @param voltageKilovolt acceleration voltage; NaN where unknown
 * @param sphericalAberrationMillimetre Cs; NaN where unknown
 * @param amplitudeContrast share of amplitude contrast; NaN where unknown
 * @param pixelSizeAngstrom edge of a pixel of the particle images; NaN where unknown
 * @param imageSize edge length of the particle images in pixels; 0 where unknown
 * @param observation what changes images besides the CTF
 */
public record OpticsGroup(int number, String name, double voltageKilovolt, double sphericalAberrationMillimetre,
	double amplitudeContrast, double pixelSizeAngstrom, int imageSize, ObservationModel observation)
{

	public OpticsGroup {
		if (number < 0) throw new IllegalArgumentException("Optics groups are numbered from 0 on, not " + number + ".");
		if (pixelSizeAngstrom <= 0) throw new IllegalArgumentException("The pixel size must be positive, not " +
			pixelSizeAngstrom + " Å.");
	}

	/** A group of images that differ from projections by their CTFs alone. */
	public OpticsGroup(final int number, final String name, final double voltageKilovolt,
		final double sphericalAberrationMillimetre, final double amplitudeContrast, final double pixelSizeAngstrom,
		final int imageSize)
	{
		this(number, name, voltageKilovolt, sphericalAberrationMillimetre, amplitudeContrast, pixelSizeAngstrom, imageSize,
			ObservationModel.IDEAL);
	}

	/** Columns of RELION that change images in a way that is not computed here. They are refused, never passed over. */
	static final class UnknownOptics {

		/**
		 * @param column that changes images
		 * @param harmless the numbers with which it does not; none for a name of a file
		 * @param meaning its meaning for the images
		 */
		private record Unknown(String column, List<Double> harmless, String meaning) {}

		private static final List<Unknown> ALL = List.of(
			new Unknown("rlnImageDimensionality", List.of(2.0), "the images are subtomograms"),
			new Unknown("rlnTomoSubTomosAre2DStacks", List.of(0.0), "each particle is a stack of tilted images"),
			new Unknown("rlnMagnificationCorrection", List.of(0.0, 1.0), "each image has a magnification of its own"),
			new Unknown("rlnCtfImage", List.of(), "the CTFs are images"));

		private static final String MTF = "rlnMtfFileName";

		private UnknownOptics() {}

		/** Refuses tables of optics groups and particles with such a column. */
		static void requireNone(final StarFile tables, final StarTable particles) {
			tables.table("optics").ifPresent(UnknownOptics::requireNone);
			tables.table("optics").ifPresent(UnknownOptics::requireOneMtf);
			requireNone(particles);
		}

		/** One camera scales all images equally, which RELION corrects in postprocessing; several cameras do not. */
		private static void requireOneMtf(final StarTable optics) {
			if (!optics.has(MTF)) return;
			for (int row = 1; row < optics.rows(); row++)
				if (!optics.get(row, MTF).equals(optics.get(0, MTF))) throw optics.error(row, MTF,
					"optics groups have different MTFs (" + optics.get(0, MTF) + ", " + optics.get(row, MTF) +
						"), which is not supported. Split the file by camera, or take the column out to leave the difference" +
						" uncorrected.");
		}

		private static void requireNone(final StarTable table) {
			for (final Unknown unknown : ALL) {
				if (!table.has(unknown.column())) continue;
				for (int row = 0; row < table.rows(); row++) {
					final String text = table.get(row, unknown.column());
					if (unknown.harmless().isEmpty() ? isNone(text) : unknown.harmless().contains(table.number(row, unknown
						.column(), text))) continue;
					throw table.error(row, unknown.column(), unknown.meaning() + " (" + text +
						"), which is not supported. Choose particles without, or take the column out if it does not hold.");
				}
			}
		}

		private static boolean isNone(final String text) {
			return text.isEmpty() || text.equalsIgnoreCase("none");
		}
	}
}
