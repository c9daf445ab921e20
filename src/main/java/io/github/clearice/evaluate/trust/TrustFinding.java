package io.github.clearice.evaluate.trust;

import java.util.List;

/**
 * What one test of a denoiser found.
 *
 * @param name of the test, one lower-case word: its number is kept in the model card as {@code trust-NAME}
 * @param question that it answers
 * @param value its number
 * @param limit that the number must keep
 * @param passed whether it does
 * @param sentence what the number means, in plain words
 * @param curves by ring of spatial frequency, for a plot; may be none
 * @param rows of images, for a montage; may be none
 */
public record TrustFinding(String name, String question, double value, double limit, boolean passed, String sentence,
	List<TrustCurve> curves, List<Row> rows)
{

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

	public TrustFinding {
		curves = List.copyOf(curves);
		rows = List.copyOf(rows);
	}

	/** A number that must not be larger than the limit. */
	static TrustFinding atMost(final String name, final String question, final double value, final double limit,
		final String sentence, final List<TrustCurve> curves, final List<Row> rows)
	{
		return new TrustFinding(name, question, value, limit, value <= limit, sentence, curves, rows);
	}

	/** A number that must not be smaller than the limit. */
	static TrustFinding atLeast(final String name, final String question, final double value, final double limit,
		final String sentence, final List<TrustCurve> curves, final List<Row> rows)
	{
		return new TrustFinding(name, question, value, limit, value >= limit, sentence, curves, rows);
	}
}
