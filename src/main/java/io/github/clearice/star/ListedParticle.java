package io.github.clearice.star;

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
