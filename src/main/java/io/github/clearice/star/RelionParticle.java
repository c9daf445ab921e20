package io.github.clearice.star;

import io.github.clearice.star.StarTable.StarRow;

/**
 * One row of a particle table. Values are read on request, so values that nobody needs may be missing or unreadable.
 */
public interface RelionParticle {

	/** Path of the image stack as written, usually relative to the project folder. */
	String stack();

	/** Number of the image in the stack, counted from 0 (RELION writes it from 1). */
	int index();

	/** First Euler angle (ZYZ). */
	double rotDegree();

	/** Second Euler angle. */
	double tiltDegree();

	/** Third Euler angle. */
	double psiDegree();

	/** Shift that centres the particle; NaN where it is given in pixels of unknown size. */
	double originXAngstrom();

	/** Shift along y. */
	double originYAngstrom();

	/** Edge of a pixel; NaN where the table does not tell. */
	double pixelSizeAngstrom();

	/** Contrast transfer function, or null where the table has no defocus. */
	RelionCtf ctf();

	/** Number of the optics group, usually from 1 on; RELION takes 0 too. */
	int opticsGroup();

	/** Class or state, counted from 1; 0 where the table has none. */
	int classNumber();

	/** Half-set 1 or 2; 0 where the table has none. */
	int randomSubset();

	/** Line of the STAR file, counted from 1; 0 for a particle from elsewhere. */
	int line();

	/** What changes the image besides the CTF, usually of its optics group. */
	ObservationModel observation();

	/** The image as RELION names it: {@code 000001@stack.mrcs}. */
	default String imageName() {
		return imageName(stack(), index());
	}

	/** RELION's name for an image of a stack, from an index that counts from 0. */
	static String imageName(final String stack, final int index) {
		final String number = Integer.toString(index + 1);
		return "0".repeat(Math.max(0, 6 - number.length())) + number + "@" + stack;
	}

	/**
	 * A new particle.
	 *
	 * @throws IllegalArgumentException if it has no stack, or an index or group below 0
	 */
	static RelionParticle of(final String stack, final int index, final double rotDegree, final double tiltDegree,
		final double psiDegree, final double originXAngstrom, final double originYAngstrom, final double pixelSizeAngstrom,
		final RelionCtf ctf, final int opticsGroup, final int classNumber, final int randomSubset, final int line,
		final ObservationModel observation)
	{
		return new GivenParticle(stack, index, rotDegree, tiltDegree, psiDegree, originXAngstrom, originYAngstrom,
			pixelSizeAngstrom, ctf, opticsGroup, classNumber, randomSubset, line, observation);
	}

	/** A particle with an image that differs from its projection by the CTF alone. */
	static RelionParticle of(final String stack, final int index, final double rotDegree, final double tiltDegree,
		final double psiDegree, final double originXAngstrom, final double originYAngstrom, final double pixelSizeAngstrom,
		final RelionCtf ctf, final int opticsGroup, final int classNumber, final int randomSubset, final int line)
	{
		return of(stack, index, rotDegree, tiltDegree, psiDegree, originXAngstrom, originYAngstrom, pixelSizeAngstrom, ctf,
			opticsGroup, classNumber, randomSubset, line, ObservationModel.IDEAL);
	}

	/** A particle that comes from no file. */
	record GivenParticle(String stack, int index, double rotDegree, double tiltDegree, double psiDegree,
		double originXAngstrom, double originYAngstrom, double pixelSizeAngstrom, RelionCtf ctf, int opticsGroup,
		int classNumber, int randomSubset, int line, ObservationModel observation) implements RelionParticle
	{

		public GivenParticle {
			if (stack == null || stack.isEmpty()) throw new IllegalArgumentException(
				"A particle needs the path of its stack.");
			if (index < 0) throw new IllegalArgumentException("Images are counted from 0, not " + index + ".");
			if (opticsGroup < 0) throw new IllegalArgumentException("Optics groups are numbered from 0 on, not " +
				opticsGroup +
				".");
		}
	}

	/** A row of a table, whose cells are read when they are asked for. */
	final class ListedParticle implements RelionParticle {

		private final RelionReader reader;
		private final StarRow row;

		ListedParticle(final RelionReader reader, final StarRow row) {
			this.reader = reader;
			this.row = row;
		}

		@Override
		public String stack() {
			return reader.stack(row);
		}

		@Override
		public int index() {
			return reader.index(row);
		}

		@Override
		public double rotDegree() {
			return row.number("rlnAngleRot", 0);
		}

		@Override
		public double tiltDegree() {
			return row.number("rlnAngleTilt", 0);
		}

		@Override
		public double psiDegree() {
			return row.number("rlnAnglePsi", 0);
		}

		@Override
		public double originXAngstrom() {
			return reader.origin(row, "rlnOriginX");
		}

		@Override
		public double originYAngstrom() {
			return reader.origin(row, "rlnOriginY");
		}

		@Override
		public double pixelSizeAngstrom() {
			return reader.pixelSize(row);
		}

		@Override
		public RelionCtf ctf() {
			return reader.ctf(row);
		}

		@Override
		public int opticsGroup() {
			return reader.opticsGroup(row);
		}

		@Override
		public int classNumber() {
			return row.wholeNumber("rlnClassNumber", 0);
		}

		@Override
		public int randomSubset() {
			return row.wholeNumber("rlnRandomSubset", 0);
		}

		@Override
		public int line() {
			return row.line();
		}

		@Override
		public ObservationModel observation() {
			return reader.observation(row);
		}

		@Override
		public String toString() {
			return imageName();
		}
	}
}
