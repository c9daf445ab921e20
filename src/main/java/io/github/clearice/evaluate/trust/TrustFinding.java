package io.github.clearice.evaluate.trust;

import java.util.List;
import java.util.Locale;

/**
 * The result of one test of a denoiser.
 *
 * @param name of the test, one lower-case word: its number is kept in the model card as {@code trust-NAME}
 * @param question that it answers
 * @param value its number
 * @param limit that the number must keep
 * @param passed whether it does
 * @param verdict a word or two: {@code passed} or {@code failed}, or the finding itself for a test that no model is
 * expected to pass
 * @param sentence the meaning of the number, in plain words
 * @param axis the quantity of the curves, with its unit
 * @param curves by ring of spatial frequency, for a plot; may be none
 * @param rows of images, for a montage; may be none
 */
public record TrustFinding(String name, String question, double value, double limit, boolean passed, String verdict,
	String sentence, String axis, List<TrustCurve> curves, List<Row> rows)
{

	private static final String PASSED = "passed", FAILED = "failed";

	/**
	 * Images to show.
	 *
	 * @param images of {@code box * box} pixels
	 * @param contrastOf the label of a row above whose contrast these images are shown with; null for their own
	 */
	public record Row(String label, float[][] images, String contrastOf) {

		Row(final String label, final float[][] images) {
			this(label, images, null);
		}
	}

	/** A number as it stands in reports. */
	public static String number(final double value) {
		return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.3f", value);
	}

	public TrustFinding {
		curves = List.copyOf(curves);
		rows = List.copyOf(rows);
	}

	/** A number that must not be larger than the limit. */
	static TrustFinding atMost(final String name, final String question, final double value, final double limit,
		final String sentence)
	{
		return of(name, question, value, limit, value <= limit, sentence);
	}

	/** A number that must not be smaller than the limit. */
	static TrustFinding atLeast(final String name, final String question, final double value, final double limit,
		final String sentence)
	{
		return of(name, question, value, limit, value >= limit, sentence);
	}

	private static TrustFinding of(final String name, final String question, final double value, final double limit,
		final boolean passed, final String sentence)
	{
		return new TrustFinding(name, question, value, limit, passed, passed ? PASSED : FAILED, sentence, "", List.of(),
			List.of());
	}

	/**
	 * The same with curves.
	 *
	 * @param what the quantity they show, with its unit
	 */
	TrustFinding plot(final String what, final TrustCurve... shown) {
		return new TrustFinding(name, question, value, limit, passed, verdict, sentence, what, List.of(shown), rows);
	}

	/** The same with rows of images. */
	TrustFinding montage(final Row... shown) {
		return new TrustFinding(name, question, value, limit, passed, verdict, sentence, axis, curves, List.of(shown));
	}

	/** The same with another verdict, for information about a model that is no reason to reject it. */
	TrustFinding inWords(final String words) {
		return new TrustFinding(name, question, value, limit, passed, words, sentence, axis, curves, rows);
	}

	/** Whether the number is one to pass or to fail, and not only one to know. */
	public boolean isTest() {
		return verdict.equals(PASSED) || verdict.equals(FAILED);
	}

	/** A share in per cent, with a digit more where it is small. */
	static String percent(final double share) {
		final double percent = 100 * share;
		if (Math.abs(percent) < 0.05) return "less than 0.1 %";
		return String.format(Locale.ROOT, Math.abs(percent) < 9.95 ? "%.1f %%" : "%.0f %%", percent);
	}
}
