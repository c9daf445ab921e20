package io.github.clearice.train.optimizer;

import io.github.clearice.network.VariableSet;

import java.util.List;

import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Keeps gradients that are computed in float16 between its smallest and its largest
 * number (Micikevicius et al. 2018, section 3.2): the slopes of the loss are
 * multiplied by a factor, the gradients divided by it. The factor doubles in 2,000
 * updates; it is halved, and the weights stay, where a gradient is no number.
 */
public final class GradientScale {

	/** Where the state of a training keeps it. */
	public static final String GROUP = "gradient-scale";

	private static final String FACTOR = "factor";
	private static final float START = 1024;
	private static final float GROWTH = (float) Math.pow(2, 1 / 2000.0);
	private static final float LEAST = 0x1p-24f;
	private static final float MOST = 0x1p24f;

	private final Ops tf;
	private final VariableSet state;
	private final Operand<TFloat32> factor;

	/** @param scope sets it apart from that of another network */
	GradientScale(final Ops tf, final String scope) {
		this.tf = tf;
		state = new VariableSet(tf, scope, 0);
		factor = tf.reshape(state.constant(FACTOR, false, START, 1), tf.constant(new int[0]));
	}

	/** The factor, to be kept between updates. */
	VariableSet state() {
		return state;
	}

	/** Slopes to begin the gradients with. */
	List<Operand<TFloat32>> up(final List<Operand<TFloat32>> slopes) {
		return slopes.stream().<Operand<TFloat32>> map(slope -> tf.math.mul(slope, factor)).toList();
	}

	/** Whether all numbers of all gradients are finite. */
	Operand<TBool> areFinite(final Output<?>[] gradients) {
		Operand<TBool> all = tf.constant(true);
		for (final Output<?> gradient : gradients) {
			final Operand<TFloat32> row = tf.reshape(gradient.expect(TFloat32.class), tf.constant(new int[] { -1 }));
			all = tf.math.logicalAnd(all, tf.reduceAll(tf.math.isFinite(row), tf.constant(0)));
		}
		return all;
	}

	/** A gradient as it would be without the factor; zero where not all are finite. */
	Operand<TFloat32> down(final Operand<TFloat32> gradient, final Operand<TBool> finite) {
		return tf.select(finite, tf.math.div(gradient, factor), tf.zerosLike(gradient));
	}

	/** The learning rate; zero where not all gradients are finite. */
	Operand<TFloat32> rate(final Operand<TFloat32> rate, final Operand<TBool> finite) {
		return tf.select(finite, rate, tf.constant(0f));
	}

	/** Changes the factor for the next update. */
	Op adapt(final Operand<TBool> finite) {
		final Operand<TFloat32> changed = tf.select(finite, tf.math.mul(factor, tf.constant(GROWTH)), tf.math.mul(factor, tf
			.constant(0.5f)));
		final Operand<TFloat32> held = tf.math.minimum(tf.math.maximum(changed, tf.constant(LEAST)), tf.constant(MOST));
		return tf.assignVariableOp(state.handle(FACTOR), tf.reshape(held, tf.constant(new int[] { 1 })));
	}
}
