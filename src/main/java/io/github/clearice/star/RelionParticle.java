package io.github.clearice.star;

/**
 * One row of a RELION particle table.
 *
 * @param stack path of the image stack as written, relative to the project folder as a rule
 * @param index number of the image in the stack, counted from 0 (RELION writes it from 1)
 * @param rotDegree first Euler angle (ZYZ)
 * @param tiltDegree second Euler angle
 * @param psiDegree third Euler angle
 * @param originXAngstrom shift that centres the particle; NaN where it is given in pixels of unknown size
 * @param originYAngstrom shift along y
 * @param pixelSizeAngstrom edge of a pixel; NaN where the table does not tell
 * @param ctf contrast transfer function, or null where the table has no defocus
 * @param opticsGroup number of the optics group, counted from 1
 * @param classNumber class or state, counted from 1; 0 where the table has none
 * @param randomSubset half-set 1 or 2; 0 where the table has none
 * @param line line of the STAR file, counted from 1; 0 for a particle from elsewhere
 * @param observation what changes the image besides the CTF, of its optics group as a rule
 */
public record RelionParticle(String stack, int index, double rotDegree, double tiltDegree, double psiDegree,
	double originXAngstrom, double originYAngstrom, double pixelSizeAngstrom, RelionCtf ctf, int opticsGroup,
	int classNumber, int randomSubset, int line, ObservationModel observation)
{

	public RelionParticle {
		if (stack == null || stack.isEmpty()) throw new IllegalArgumentException("A particle needs the path of its stack.");
		if (index < 0) throw new IllegalArgumentException("Images are counted from 0, not " + index + ".");
		if (opticsGroup < 1) throw new IllegalArgumentException("Optics groups are counted from 1, not " + opticsGroup +
			".");
	}

	/** A particle whose image differs from its projection by the CTF alone. */
	public RelionParticle(final String stack, final int index, final double rotDegree, final double tiltDegree,
		final double psiDegree, final double originXAngstrom, final double originYAngstrom, final double pixelSizeAngstrom,
		final RelionCtf ctf, final int opticsGroup, final int classNumber, final int randomSubset, final int line)
	{
		this(stack, index, rotDegree, tiltDegree, psiDegree, originXAngstrom, originYAngstrom, pixelSizeAngstrom, ctf,
			opticsGroup, classNumber, randomSubset, line, ObservationModel.IDEAL);
	}

	/** The image as RELION names it: {@code 000001@stack.mrcs}. */
	public String imageName() {
		return imageName(stack, index);
	}

	/** RELION's name for an image of a stack, from an index that counts from 0. */
	public static String imageName(final String stack, final int index) {
		final String number = Integer.toString(index + 1);
		return "0".repeat(Math.max(0, 6 - number.length())) + number + "@" + stack;
	}
}
