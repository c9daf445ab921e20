package io.github.clearice.star;

/** Numbers of cryoSPARC, most of them with 32 bits, as text. */
final class CsNumbers {

	private CsNumbers() {}

	/** The shortest text that is the same number to the digits that the field has. */
	static String text(final double value) {
		return value == (float) value ? Float.toString((float) value) : Double.toString(value);
	}
}
