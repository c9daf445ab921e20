package io.github.clearice.train.optimizer;

import java.util.Arrays;
import java.util.List;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Momentum orthogonalised by Newton and Schulz (Muon; Jordan et al. 2024,
 * <a href="https://kellerjordan.github.io/posts/muon/">kellerjordan.github.io/posts/muon</a>).
 * <p>
 * A kernel {@code [k, k, in, out]} is taken as the matrix {@code [k * k * in, out]}. The
 * momentum of its gradients, with the look ahead of Nesterov, is replaced by a matrix
 * with the same singular vectors and all singular values near 1, so that
 * directions with small gradients are learned as fast as those with large ones.
 */
public final class Muon {

	private static final float MOMENTUM = 0.95f;
	/**
	 * Those of Jordan et al.: singular values go to 0.7 to 1.2, as fast as a polynomial of the fifth degree takes them.
	 */
	private static final float LINEAR = 3.4445f, CUBIC = -4.7750f, QUINTIC = 2.0315f;
	private static final int ITERATIONS = 5;
	private static final float LEAST_NORM = 1e-14f;
	/** Fewer rows or columns are better served by Adam. */
	private static final int LEAST_EDGE = 8;

	private final Ops tf;

	/** @param tf after the operations that must be over before a variable changes */
	Muon(final Ops tf) {
		this.tf = tf;
	}

	/** Whether a variable of this shape is a matrix large enough. */
	static boolean takes(final Shape shape) {
		return shape.numDimensions() >= 2 && columns(shape) >= LEAST_EDGE && rows(shape) >= LEAST_EDGE;
	}

	/**
	 * Adds the update of one variable.
	 *
	 * @param momentum variable of the same shape, zero at first
	 * @param shape of both
	 * @param rate by which singular values change, for matrices with as many rows as columns or fewer; taller ones
	 *          change by the root of the ratio more, so that the spread of a channel's values does not depend on it
	 * @return what to run
	 */
	List<Op> update(final VarHandleOp variable, final VarHandleOp momentum, final Shape shape,
		final Operand<TFloat32> gradient, final Operand<TFloat32> rate)
	{
		final Operand<TFloat32> before = tf.readVariableOp(momentum, TFloat32.class);
		final Operand<TFloat32> now = tf.math.add(tf.math.mul(before, tf.constant(MOMENTUM)), gradient);
		final Operand<TFloat32> ahead = tf.math.add(tf.math.mul(now, tf.constant(MOMENTUM)), gradient);
		final int rows = rows(shape), columns = columns(shape);
		final Operand<TFloat32> matrix = tf.reshape(ahead, tf.constant(new int[] { rows, columns }));
		final float scale = (float) Math.sqrt(Math.max(1, rows / (double) columns));
		final Operand<TFloat32> change = tf.math.mul(orthogonalised(matrix, rows >= columns), tf.math.mul(rate, tf.constant(
			scale)));
		return List.of(tf.assignVariableOp(momentum, now), tf.assignSubVariableOp(variable, tf.reshape(change, tf.constant(
			shape.asArray()))));
	}

	/** Each iteration takes the singular values s of X to a s + b s^3 + c s^5, by products with X alone. */
	Operand<TFloat32> orthogonalised(final Operand<TFloat32> matrix, final boolean tall) {
		final Operand<TFloat32> square = tf.reduceSum(tf.math.square(matrix), tf.constant(new int[] { 0, 1 }), ReduceSum
			.keepDims(false));
		Operand<TFloat32> x = tf.math.div(matrix, tf.math.sqrt(tf.math.add(square, tf.constant(LEAST_NORM))));
		for (int i = 0; i < ITERATIONS; i++) {
			final Operand<TFloat32> gram = tf.linalg.matMul(x, x, MatMul.transposeA(tall), MatMul.transposeB(!tall));
			final Operand<TFloat32> polynomial = tf.math.add(tf.math.mul(gram, tf.constant(CUBIC)), tf.math.mul(tf.linalg
				.matMul(gram, gram), tf.constant(QUINTIC)));
			x = tf.math.add(tf.math.mul(x, tf.constant(LINEAR)), tall ? tf.linalg.matMul(x, polynomial) : tf.linalg.matMul(
				polynomial, x));
		}
		return x;
	}

	private static int columns(final Shape shape) {
		return (int) shape.get(shape.numDimensions() - 1);
	}

	private static int rows(final Shape shape) {
		return (int) Arrays.stream(shape.asArray()).limit(shape.numDimensions() - 1L).reduce(1, (a, b) -> a * b);
	}
}
