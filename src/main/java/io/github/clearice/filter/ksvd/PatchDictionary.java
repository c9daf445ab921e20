package io.github.clearice.filter.ksvd;

import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.TaskListener;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A dictionary of small patches, learned by K-SVD so that sums of few of its atoms come
 * near to many patches: the atoms of each are found by orthogonal matching pursuit,
 * then each atom is replaced by what fits best where it is used.
 *
 * @see <a href="https://doi.org/10.1109/TSP.2006.881199">Aharon, Elad and Bruckstein 2006</a>; the best fit is by one
 *      alternation as Rubinstein, Zibulevsky and Elad 2008 do
 */
final class PatchDictionary implements Serializable {

	private static final long serialVersionUID = 1L;

	private static final String TASK = "Learning a dictionary";

	private final int length;
	private final int atoms;
	private final int most;
	private final double squaredError;
	/** {@code [length][atoms]}. */
	private final float[] dictionary;

	/**
	 * @param edge length of the patches in pixels
	 * @param atomsAlongEdge the dictionary begins with this number of cosines along each axis
	 * @param most atoms in a sum
	 * @param squaredError at which a sum is near enough
	 */
	PatchDictionary(final int edge, final int atomsAlongEdge, final int most, final double squaredError) {
		length = edge * edge;
		atoms = atomsAlongEdge * atomsAlongEdge - 1;
		this.most = most;
		this.squaredError = squaredError;
		dictionary = new float[length * atoms];
		for (int a = 0; a < atoms; a++) {
			final int u = (a + 1) / atomsAlongEdge, v = (a + 1) % atomsAlongEdge;
			final float[] atom = new float[length];
			for (int i = 0; i < length; i++)
				atom[i] = (float) (Math.cos(Math.PI * u * (i / edge + 0.5) / atomsAlongEdge) * Math.cos(Math.PI * v * (i %
					edge + 0.5) / atomsAlongEdge));
			set(a, atom);
		}
	}

	/** Makes the pursuit of a thread. */
	SparseCoder coder(final float[] products) {
		return new SparseCoder(length, dictionary, products, most);
	}

	float[] products() {
		return SparseCoder.products(length, dictionary);
	}

	double squaredError() {
		return squaredError;
	}

	/** Adds an atom to a patch. */
	void add(final int atom, final float weight, final float[] patch) {
		for (int i = 0; i < length; i++) patch[i] += weight * dictionary[i * atoms + atom];
	}

	/** @param patches one after the other, each of mean 0 */
	void learn(final float[] patches, final int iterations, final TaskListener listener) {
		final int count = patches.length / length;
		final int[][] chosen = new int[count][];
		final float[][] weights = new float[count][];
		listener.begin(TASK, iterations);
		try {
			for (int iteration = 0; iteration < iterations; iteration++) {
				listener.checkCancelled(TASK);
				code(patches, chosen, weights);
				improve(patches, chosen, weights);
				listener.progress(iteration + 1);
			}
		}
		finally {
			listener.end();
		}
	}

	private void code(final float[] patches, final int[][] chosen, final float[][] weights) {
		final float[] products = products();
		ParallelLoop.run(chosen.length, 64, thread -> {
			final SparseCoder coder = coder(products);
			return patch -> {
				final int found = coder.code(patches, (int) patch * length, squaredError);
				chosen[(int) patch] = new int[found];
				weights[(int) patch] = new float[found];
				for (int n = 0; n < found; n++) {
					chosen[(int) patch][n] = coder.atom(n);
					weights[(int) patch][n] = coder.weight(n);
				}
			};
		});
	}

	/**
	 * Replaces atom after atom, with its weights, by the best rank-one approximation of the residual of the other atoms.
	 */
	private void improve(final float[] patches, final int[][] chosen, final float[][] weights) {
		final float[] rest = patches.clone();
		final float[] sum = new float[length];
		for (int p = 0; p < chosen.length; p++) subtract(rest, p, chosen[p], weights[p]);
		final int[][] users = users(chosen);
		for (int a = 0; a < atoms; a++) {
			Arrays.fill(sum, 0);
			for (final int p : users[a]) {
				final float weight = weights[p][indexOf(chosen[p], a)];
				for (int i = 0; i < length; i++) {
					rest[p * length + i] += weight * dictionary[i * atoms + a];
					sum[i] += weight * rest[p * length + i];
				}
			}
			if (users[a].length > 0) set(a, sum);
			for (final int p : users[a]) {
				float weight = 0;
				for (int i = 0; i < length; i++) weight += dictionary[i * atoms + a] * rest[p * length + i];
				weights[p][indexOf(chosen[p], a)] = weight;
				for (int i = 0; i < length; i++) rest[p * length + i] -= weight * dictionary[i * atoms + a];
			}
		}
	}

	private void subtract(final float[] rest, final int patch, final int[] chosen, final float[] weights) {
		for (int n = 0; n < chosen.length; n++) for (int i = 0; i < length; i++) rest[patch * length + i] -= weights[n] *
			dictionary[i * atoms + chosen[n]];
	}

	/** The patches that use each atom. */
	private int[][] users(final int[][] chosen) {
		final int[] counts = new int[atoms];
		for (final int[] of : chosen) for (final int atom : of) counts[atom]++;
		final int[][] users = new int[atoms][];
		for (int a = 0; a < atoms; a++) users[a] = new int[counts[a]];
		for (int p = chosen.length - 1; p >= 0; p--) for (final int atom : chosen[p]) users[atom][--counts[atom]] = p;
		return users;
	}

	private static int indexOf(final int[] chosen, final int atom) {
		int n = 0;
		while (chosen[n] != atom) n++;
		return n;
	}

	/** An atom of unit norm; one that vanishes is left as it was. */
	private void set(final int atom, final float[] values) {
		double squares = 0;
		for (final float value : values) squares += value * value;
		if (squares == 0) return;
		for (int i = 0; i < length; i++) dictionary[i * atoms + atom] = (float) (values[i] / Math.sqrt(squares));
	}
}
