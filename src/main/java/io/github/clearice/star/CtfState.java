package io.github.clearice.star;

/** The CTF correction applied to particle images before they were written. */
public enum CtfState {

	/** Nothing: images are as the microscope recorded them. */
	RECORDED(null),

	/** Images were multiplied by the sign of their CTF. */
	PHASE_FLIPPED("rlnCtfDataArePhaseFlipped"),

	/** Images were multiplied by their CTF, so that it acts on them squared and on their noise once. */
	PREMULTIPLIED("rlnCtfDataAreCtfPremultiplied"),

	/** Images were divided by their CTF, so that it does not act on them any more. */
	CORRECTED("rlnCtfDataAreCtfCorrected");

	private final String column;

	CtfState(final String column) {
		this.column = column;
	}

	/** The column of RELION that says so with 1, or null where no column says it. */
	public String column() {
		return column;
	}
}
