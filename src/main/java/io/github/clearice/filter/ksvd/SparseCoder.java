package io.github.clearice.filter.ksvd;

import java.util.Arrays;

/**
 * Orthogonal matching pursuit: the few atoms of a dictionary whose sum comes within a
 * given distance of a signal, the most like first, all weights fitted anew with each
 * atom. One instance a thread.
 *
 * @see <a href="https://csaws.cs.technion.ac.il/~ronrubin/Publications/KSVD-OMP-v2.pdf">Rubinstein, Zibulevsky and Elad
 *      2008</a>, Batch-OMP
 */
final class SparseCoder {

	private final int length;
	private final int atoms;
	private final int most;
	/** {@code [length][atoms]}. */
	private final float[] dictionary;
	/** {@code [atoms][atoms]}: the products of all atoms. */
	private final float[] products;
	private final float[] likeness;
	private final float[] current;
	private final int[] chosen;
	private final double[] weights;
	/** The lower triangle of Cholesky's factor of the chosen atoms' products, row by row. */
	private final double[] factor;
	private int count;

	/**
	 * @param dictionary {@code [length][atoms]}, atoms of unit norm
	 * @param products of {@link #products}
	 * @param most atoms in a sum
	 */
	SparseCoder(final int length, final float[] dictionary, final float[] products, final int most) {
		this.length = length;
		this.dictionary = dictionary;
		this.products = products;
		this.most = most;
		atoms = dictionary.length / length;
		likeness = new float[atoms];
		current = new float[atoms];
		chosen = new int[most];
		weights = new double[most];
		factor = new double[most * most];
	}

	/** The products of all atoms with each other. */
	static float[] products(final int length, final float[] dictionary) {
		final int atoms = dictionary.length / length;
		final float[] products = new float[atoms * atoms];
		for (int i = 0; i < length; i++) for (int a = 0; a < atoms; a++) {
			final float value = dictionary[i * atoms + a];
			for (int b = 0; b < atoms; b++) products[a * atoms + b] += value * dictionary[i * atoms + b];
		}
		return products;
	}

	/**
	 * Finds the atoms of a signal.
	 *
	 * @param signal at an offset of the array
	 * @param squaredError at which the search ends
	 * @return how many atoms it takes, 0 where the signal is that short itself
	 */
	int code(final float[] signal, final int offset, final double squaredError) {
		double rest = project(signal, offset);
		count = 0;
		System.arraycopy(likeness, 0, current, 0, atoms);
		while (count < most && rest > squaredError) {
			final int atom = mostLike();
			if (current[atom] == 0 || !extend(atom)) break;
			solve();
			rest = energy(signal, offset) - explained();
			for (int a = 0; a < atoms; a++) current[a] = likeness[a];
			for (int c = 0; c < count; c++) {
				final float weight = (float) weights[c];
				final int row = chosen[c] * atoms;
				for (int a = 0; a < atoms; a++) current[a] -= weight * products[row + a];
			}
		}
		return count;
	}

	/** The n-th atom that was found. */
	int atom(final int n) {
		return chosen[n];
	}

	/** The weight of a chosen atom. */
	float weight(final int n) {
		return (float) weights[n];
	}

	private double project(final float[] signal, final int offset) {
		Arrays.fill(likeness, 0);
		for (int i = 0; i < length; i++) {
			final float value = signal[offset + i];
			final int row = i * atoms;
			for (int a = 0; a < atoms; a++) likeness[a] += value * dictionary[row + a];
		}
		return energy(signal, offset);
	}

	private double energy(final float[] signal, final int offset) {
		double sum = 0;
		for (int i = 0; i < length; i++) sum += signal[offset + i] * signal[offset + i];
		return sum;
	}

	private int mostLike() {
		int best = 0;
		for (int a = 1; a < atoms; a++) if (Math.abs(current[a]) > Math.abs(current[best])) best = a;
		return best;
	}

	/** Adds an atom to the factor; false where it is a sum of those before. */
	private boolean extend(final int atom) {
		double squares = 0;
		for (int row = 0; row < count; row++) {
			double value = products[atom * atoms + chosen[row]];
			for (int c = 0; c < row; c++) value -= factor[row * most + c] * factor[count * most + c];
			value /= factor[row * most + row];
			factor[count * most + row] = value;
			squares += value * value;
		}
		if (squares > 1 - 1e-6) return false;
		factor[count * most + count] = Math.sqrt(1 - squares);
		chosen[count++] = atom;
		return true;
	}

	/** The weights for which the sum of the chosen atoms is nearest to the signal. */
	private void solve() {
		for (int row = 0; row < count; row++) {
			double value = likeness[chosen[row]];
			for (int c = 0; c < row; c++) value -= factor[row * most + c] * weights[c];
			weights[row] = value / factor[row * most + row];
		}
		for (int row = count - 1; row >= 0; row--) {
			double value = weights[row];
			for (int c = row + 1; c < count; c++) value -= factor[c * most + row] * weights[c];
			weights[row] = value / factor[row * most + row];
		}
	}

	/** The squared length of the sum. */
	private double explained() {
		double sum = 0;
		for (int c = 0; c < count; c++) sum += weights[c] * likeness[chosen[c]];
		return sum;
	}
}
