package io.github.clearice.train.optimizer;

import io.github.clearice.network.VariableSet;
import io.github.clearice.tensorflow.Feeds;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.train.options.AdamSettings;
import io.github.clearice.train.options.TrainingOptions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The optimiser of one network (Kingma and Ba 2015, algorithm 1): its moments and
 * its updates in the graph. Kernels may go by {@link Muon} instead.
 */
public final class Adam {

	/** Part of the names of its groups. */
	public static final String MOMENTS = "moments";
	private static final float EPSILON = 1e-8f;

	private final Graph graph;
	private final Ops tf;
	private final VariableSet weights;
	private final AdamSettings settings;
	private final boolean muon;
	private final String prefix;
	/** Null where gradients are computed in a precision that reaches far enough. */
	private final GradientScale scale;
	private final VariableSet moments1;
	private final VariableSet moments2;
	private final Placeholder<TFloat32> rate;
	private final Placeholder<TFloat32> beta1Power;
	private final Placeholder<TFloat32> beta2Power;

	/**
	 * @param muon whether kernels go by Muon
	 * @param prefix sets its moments apart from those of another network
	 */
	public Adam(final Graph graph, final Ops tf, final VariableSet weights, final TrainingOptions options,
		final boolean muon, final String prefix)
	{
		this.graph = graph;
		this.tf = tf;
		this.weights = weights;
		this.settings = options.adam();
		this.muon = muon;
		this.prefix = prefix;
		scale = options.compute().precision() == Precision.FLOAT16 ? new GradientScale(tf, prefix + GradientScale.GROUP)
			: null;
		moments1 = weights.zerosOfTrainable(prefix + MOMENTS + 1);
		moments2 = weights.zerosOfTrainable(prefix + MOMENTS + 2);
		rate = scalar();
		beta1Power = scalar();
		beta2Power = scalar();
	}

	/**
	 * Adds a descent of all trainable weights.
	 *
	 * @param terms the losses to minimise
	 * @param slopes by how much the loss rises with each number of the terms
	 * @return operations to run
	 */
	public List<Op> descent(final String name, final List<Operand<TFloat32>> terms,
		final List<Operand<TFloat32>> slopes)
	{
		final List<String> names = weights.trainableNames();
		final Output<?>[] trainable = names.stream().map(variable -> weights.read(variable).asOutput()).toArray(
			Output<?>[]::new);
		// The seeds of the gradients must be given: the default, OnesLike, has no gradient of its own.
		final Output<?>[] gradients = graph.addGradients(name, outputs(terms), trainable, outputs(scale == null ? slopes
			: scale.up(slopes)));
		// No variable changes before the last gradient is known.
		final Ops after = tf.withControlDependencies(new ArrayList<Op>(List.of(gradients)));
		final Operand<TBool> finite = scale == null ? null : scale.areFinite(gradients);
		final Operand<TFloat32> rateNow = scale == null ? rate : scale.rate(rate, finite);
		final List<Op> updates = new ArrayList<>();
		for (int i = 0; i < gradients.length; i++) {
			final Operand<TFloat32> gradient = gradients[i].expect(TFloat32.class);
			updates.addAll(update(after, names.get(i), scale == null ? gradient : scale.down(gradient, finite), rateNow));
		}
		if (scale != null) updates.add(scale.adapt(finite));
		return updates;
	}

	private List<Op> update(final Ops after, final String variable, final Operand<TFloat32> gradient,
		final Operand<TFloat32> rateNow)
	{
		final Shape shape = weights.read(variable).asOutput().shape();
		if (muon && Muon.takes(shape)) return new Muon(after).update(weights.handle(variable), moments1.handle(variable),
			shape, gradient, rateNow);
		return List.of(after.train.resourceApplyAdam(weights.handle(variable), moments1.handle(variable), moments2.handle(
			variable), beta1Power, beta2Power, rateNow, after.constant(settings.beta1()), after.constant(settings.beta2()),
			after.constant(EPSILON), gradient));
	}

	/**
	 * Feeds a descent.
	 *
	 * @param number of the descent, from 1
	 */
	public void feed(final Feeds feeds, final double rateNow, final long number) {
		feeds.number(rate, rateNow).number(beta1Power, Math.pow(settings.beta1(), number)).number(beta2Power, Math.pow(
			settings.beta2(), number));
	}

	/** The variables of the optimiser, by name. */
	public Map<String, VariableSet> groups() {
		final Map<String, VariableSet> groups = new LinkedHashMap<>();
		groups.put(prefix + MOMENTS + 1, moments1);
		groups.put(prefix + MOMENTS + 2, moments2);
		if (scale != null) groups.put(prefix + GradientScale.GROUP, scale.state());
		return groups;
	}

	private static Output<?>[] outputs(final List<Operand<TFloat32>> operands) {
		return operands.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
	}

	private Placeholder<TFloat32> scalar() {
		return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
	}

	/**
	 * Keeps gradients that are computed in float16 between its smallest and its largest
	 * number (Micikevicius et al. 2018, section 3.2): the slopes of the loss are
	 * multiplied by a factor, the gradients divided by it. The factor doubles in 2,000
	 * updates; it is halved, and the weights stay, where a gradient is not a number.
	 */
	public static final class GradientScale {

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
			final Operand<TFloat32> changed = tf.select(finite, tf.math.mul(factor, tf.constant(GROWTH)), tf.math.mul(factor,
				tf
				.constant(0.5f)));
			final Operand<TFloat32> held = tf.math.minimum(tf.math.maximum(changed, tf.constant(LEAST)), tf.constant(MOST));
			return tf.assignVariableOp(state.handle(FACTOR), tf.reshape(held, tf.constant(new int[] { 1 })));
		}
	}
}
