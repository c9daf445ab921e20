package io.github.clearice.star;

/** A particle that comes from no file. */
record GivenParticle(String stack, int index, double rotDegree, double tiltDegree, double psiDegree,
	double originXAngstrom, double originYAngstrom, double pixelSizeAngstrom, RelionCtf ctf, int opticsGroup,
	int classNumber, int randomSubset, int line, ObservationModel observation) implements RelionParticle
{

	GivenParticle {
		if (stack == null || stack.isEmpty()) throw new IllegalArgumentException("A particle needs the path of its stack.");
		if (index < 0) throw new IllegalArgumentException("Images are counted from 0, not " + index + ".");
		if (opticsGroup < 0) throw new IllegalArgumentException("Optics groups are numbered from 0 on, not " + opticsGroup +
			".");
	}
}
