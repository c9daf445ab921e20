package io.github.clearice.star;

/**
 * What particles from one microscope and camera share.
 *
 * @param number from 1 on as a rule; RELION takes 0 too
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

	/** A group whose images differ from projections by their CTFs alone. */
	public OpticsGroup(final int number, final String name, final double voltageKilovolt,
		final double sphericalAberrationMillimetre, final double amplitudeContrast, final double pixelSizeAngstrom,
		final int imageSize)
	{
		this(number, name, voltageKilovolt, sphericalAberrationMillimetre, amplitudeContrast, pixelSizeAngstrom, imageSize,
			ObservationModel.IDEAL);
	}
}
