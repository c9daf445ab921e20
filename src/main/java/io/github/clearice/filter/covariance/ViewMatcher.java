package io.github.clearice.filter.covariance;

import io.github.clearice.fourier.FourierSeries;

import java.util.Arrays;

import org.apache.commons.math3.util.KthSelector;

/**
 * Finds the images of a stack that show about the same view as one, rotated in the plane or mirrored: those whose
 * components of {@link SignalFrame} differ least. Immutable and thread-safe; {@link Search} holds the buffers of one
 * thread.
 * <p>
 * The magnitudes of components do not change with rotation and mirroring. They choose candidates, of which all angles
 * are compared by a Fourier series over the orders.
 *
 * @see <a href="https://doi.org/10.1016/j.jsb.2014.03.003">Zhao and Singer 2014</a>, on the classification of views by
 *      rotationally invariant features
 */
final class ViewMatcher {

	/** Images whose angles are compared, and their least share of all. */
	private static final int CANDIDATES = 100, SHARE = 40;
	/** The orders that are compared hold at least this part of what filtered images show. */
	private static final double COMPARED = 0.999;
	/** Angles of a turn for each order, so that a parabola finds the angle between them. */
	private static final int ANGLES_PER_ORDER = 4, FEWEST_ANGLES = 32;

	private final SignalFrame frame;
	private final float[][] views;
	private final float[][] magnitudes;
	private final float[] energies;
	private final int angles;
	/** Orders that are compared; what is in higher ones is nearly all noise. */
	private final int orders;

	/**
	 * An image that shows about the same view.
	 *
	 * @param index among those that were searched
	 * @param angle by which it has to be rotated, in radians
	 * @param mirrored whether it is mirrored first
	 * @param distance squared, of the coefficients of all compared orders
	 */
	record Match(int index, double angle, boolean mirrored, double distance) {}

	/** @param views what the components of the images are taken for; not changed afterwards */
	ViewMatcher(final SignalFrame frame, final float[][] views) {
		this.frame = frame;
		this.views = views;
		orders = orders(frame);
		magnitudes = new float[views.length][];
		energies = new float[views.length];
		for (int i = 0; i < views.length; i++) {
			magnitudes[i] = magnitudes(views[i]);
			energies[i] = product(magnitudes[i], magnitudes[i]);
		}
		// A whole number of vectors of a processor for each half of a turn.
		angles = FEWEST_ANGLES * ((ANGLES_PER_ORDER * orders + FEWEST_ANGLES - 1) / FEWEST_ANGLES);
	}

	private static int orders(final SignalFrame frame) {
		final double[] signal = frame.variances(), shown = new double[frame.orders()];
		double all = 0;
		for (int k = 0; k < shown.length; k++) {
			for (int c = frame.offset(k), end = c + frame.size(k); c < end; c++) shown[k] += FourierBesselBasis.multiplicity(
				k) * signal[c] * signal[c] / (1 + signal[c]);
			all += shown[k];
		}
		int orders = 1;
		double sum = shown[0];
		while (orders < shown.length && sum < COMPARED * all) sum += shown[orders++];
		return orders;
	}

	/** Weighted so that their squared distance bounds that of the components from below. */
	private float[] magnitudes(final float[] view) {
		final int length = frame.length();
		final float[] magnitudes = new float[frame.offset(orders)];
		for (int k = 0; k < orders; k++) {
			final float weight = (float) Math.sqrt(FourierBesselBasis.multiplicity(k));
			for (int c = frame.offset(k), end = c + frame.size(k); c < end; c++) magnitudes[c] = k == 0 ? view[c] : weight *
				(float) Math.sqrt(view[c] * view[c] + view[length + c] * view[length + c]);
		}
		return magnitudes;
	}

	private static float product(final float[] first, final float[] second) {
		float a = 0, b = 0, c = 0, d = 0;
		int i = 0;
		for (; i + 3 < first.length; i += 4) {
			a += first[i] * second[i];
			b += first[i + 1] * second[i + 1];
			c += first[i + 2] * second[i + 2];
			d += first[i + 3] * second[i + 3];
		}
		for (; i < first.length; i++) a += first[i] * second[i];
		return a + b + c + d;
	}

	/** Rotates components, mirrored first where the match says so. */
	void turn(final Match match, final float[] view, final float[] turned) {
		final int length = frame.length();
		final double stepRe = Math.cos(match.angle), stepIm = Math.sin(match.angle);
		final float sign = match.mirrored ? -1 : 1;
		double re = 1, im = 0;
		for (int k = 0; k < frame.orders(); k++) {
			final float phaseRe = (float) re, phaseIm = (float) im;
			for (int c = frame.offset(k), end = c + frame.size(k); c < end; c++) {
				final float viewRe = view[c], viewIm = sign * view[length + c];
				turned[c] = viewRe * phaseRe - viewIm * phaseIm;
				turned[length + c] = viewRe * phaseIm + viewIm * phaseRe;
			}
			final double next = re * stepRe - im * stepIm;
			im = re * stepIm + im * stepRe;
			re = next;
		}
	}

	/** The squared distance of components, all orders counted with their multiplicity. */
	static double distance(final SignalFrame frame, final float[] first, final float[] second) {
		final int length = frame.length();
		double sum = 0;
		for (int k = 0; k < frame.orders(); k++) {
			double order = 0;
			for (int c = frame.offset(k), end = c + frame.size(k); c < end; c++) {
				final double re = first[c] - second[c], im = first[length + c] - second[length + c];
				order += re * re + im * im;
			}
			sum += FourierBesselBasis.multiplicity(k) * order;
		}
		return sum;
	}

	/** Searches for the matches of one image after the other. */
	final class Search {

		private final FourierSeries series = new FourierSeries(angles, orders);
		private final KthSelector selector = new KthSelector();
		private final double[] bounds = new double[views.length], selected = new double[views.length];
		private final float[] direct = new float[angles], mirrored = new float[angles];
		/** Coefficients of the cosines and sines of both. */
		private final float[] directA = new float[orders], directB = new float[orders], mirroredA = new float[orders],
				mirroredB = new float[orders];

		/**
		 * The images that are most like one, itself among them if it is one of them.
		 *
		 * @param view components of the image
		 * @param count number of matches, fewer if there are fewer images
		 * @return in the order of their distances
		 */
		Match[] nearest(final float[] view, final int count) {
			final float[] own = magnitudes(view);
			final float energy = product(own, own);
			for (int i = 0; i < bounds.length; i++) bounds[i] = energies[i] - 2 * product(own, magnitudes[i]);
			System.arraycopy(bounds, 0, selected, 0, bounds.length);
			final int candidates = Math.min(bounds.length, Math.max(CANDIDATES, bounds.length / SHARE));
			final double last = selector.select(selected, null, candidates - 1);
			final Match[] matches = new Match[candidates];
			int found = 0;
			for (int i = 0; i < bounds.length && found < candidates; i++)
				if (bounds[i] <= last) matches[found++] = match(view, energy, i);
			Arrays.sort(matches, 0, found, (a, b) -> a.distance != b.distance ? Double.compare(a.distance, b.distance)
				: Integer.compare(a.index, b.index));
			return Arrays.copyOf(matches, Math.min(count, found));
		}

		private Match match(final float[] view, final float energy, final int index) {
			correlate(view, views[index]);
			final int straight = largest(direct), turned = largest(mirrored);
			final boolean mirror = mirrored[turned] > direct[straight];
			final float[] values = mirror ? mirrored : direct;
			final int at = mirror ? turned : straight;
			final double before = values[(at + angles - 1) % angles], here = values[at], after = values[(at + 1) % angles];
			final double curvature = before - 2 * here + after;
			final double shift = curvature < 0 ? (before - after) / (2 * curvature) : 0;
			final double peak = here - (before - after) * shift / 4;
			return new Match(index, series.angle(at + shift), mirror, energy + energies[index] - 4 * peak);
		}

		/** Half the products of one image and another one, mirrored or not, for all angles. */
		private void correlate(final float[] view, final float[] other) {
			final int length = frame.length();
			for (int k = 0; k < orders; k++) {
				float reRe = 0, imIm = 0, reIm = 0, imRe = 0;
				for (int c = frame.offset(k), end = c + frame.size(k); c < end; c++) {
					reRe += view[c] * other[c];
					imIm += view[length + c] * other[length + c];
					reIm += view[c] * other[length + c];
					imRe += view[length + c] * other[c];
				}
				// conj(view) other, and conj(view) conj(other): of order 0 half, as -k goes with each other k.
				final float weight = k == 0 ? 0.5f : 1;
				directA[k] = weight * (reRe + imIm);
				directB[k] = imRe - reIm;
				mirroredA[k] = weight * (reRe - imIm);
				mirroredB[k] = imRe + reIm;
			}
			series.evaluate(directA, directB, direct);
			series.evaluate(mirroredA, mirroredB, mirrored);
		}

		private int largest(final float[] values) {
			int largest = 0;
			for (int i = 1; i < angles; i++) if (values[i] > values[largest]) largest = i;
			return largest;
		}
	}
}
