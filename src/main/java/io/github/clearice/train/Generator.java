package io.github.clearice.train;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.network.VariableSet;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.tensorflow.Feeds;
import io.github.clearice.train.optimizer.Adam;
import io.github.clearice.train.options.AdamSettings.Optimiser;
import io.github.clearice.train.options.TrainingOptions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The denoiser in a training graph: in training mode with its descent, a running
 * average of its weights (Polyak averaging), and again in inference mode on that
 * average.
 */
final class Generator {

	/** The statistics of a batch are too noisy for inference, whether or not the weights are averaged. */
	private static final double LEAST_STATISTICS_DECAY = 0.99;

	private final Ops tf;
	private final TrainingOptions options;
	private final Placeholder<TFloat32> averageDecay;
	private final Placeholder<TFloat32> statisticsDecay;
	private final Placeholder<TInt64> randomSeed;
	private final VariableSet weights;
	private final VariableSet average;
	private final Adam adam;
	private final Layers training;
	private final Operand<TFloat32> result;
	private final Operand<TFloat32> prediction;
	private boolean trained;

	/**
	 * Adds the denoiser to a graph.
	 *
	 * @param noisy images of this box, with as many channels as the network has planes
	 * @param share of the newest level, if the network grows
	 */
	Generator(final Graph graph, final Ops tf, final Architecture architecture, final TrainingOptions options,
		final int box, final Operand<TFloat32> noisy, final Operand<TFloat32> share)
	{
		this.tf = tf;
		this.options = options;
		averageDecay = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
		statisticsDecay = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
		randomSeed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
		weights = new VariableSet(tf, "weights", options.seed());
		training = new Layers(tf, weights, Layers.Mode.TRAINING, statisticsDecay, randomSeed).fading(share);
		final FeatureMap images = new FeatureMap(noisy, box, architecture.planes());
		result = architecture.build(training, images).value();
		adam = new Adam(graph, tf, weights, options, options.adam().optimiser() == Optimiser.MUON, "");
		average = weights.copyOfTrainable("average");
		final Layers inference = new Layers(tf, inferenceWeights(), Layers.Mode.INFERENCE, statisticsDecay).fading(share);
		prediction = architecture.build(inference, images).value();
	}

	/** The results of the network for the noisy images in training. */
	Operand<TFloat32> result() {
		return result;
	}

	/** The results with the averaged weights. */
	Operand<TFloat32> prediction() {
		return prediction;
	}

	/**
	 * Adds a descent, which the moving averages follow.
	 *
	 * @param terms the losses to minimise
	 * @param slopes by how much the loss rises with each number of the terms
	 * @return operations to run
	 */
	List<Op> descent(final String name, final List<Operand<TFloat32>> terms, final List<Operand<TFloat32>> slopes) {
		final List<Op> operations = new ArrayList<>(training.updates());
		operations.addAll(averageUpdates(adam.descent(name, terms, slopes)));
		return operations;
	}

	private List<Op> averageUpdates(final List<Op> adamUpdates) {
		final Ops after = tf.withControlDependencies(adamUpdates);
		final Operand<TFloat32> share = after.math.sub(after.constant(1f), averageDecay);
		final List<Op> updates = new ArrayList<>();
		for (final String name : weights.trainableNames()) {
			final Operand<TFloat32> now = after.readVariableOp(weights.handle(name), TFloat32.class);
			final Operand<TFloat32> past = after.readVariableOp(average.handle(name), TFloat32.class);
			updates.add(after.assignSubVariableOp(average.handle(name), after.math.mul(share, after.math.sub(past, now))));
		}
		return updates;
	}

	/**
	 * Feeds one descent.
	 *
	 * @param number of the descent, from 1
	 */
	void feed(final Feeds feeds, final long number, final double rate) {
		// Averages forget their arbitrary start at first, but not that of a trained model.
		final double youth = trained ? 1 : (1.0 + number) / (10.0 + number);
		final float kept = options.adam().averageDecay();
		adam.feed(feeds, rate, number);
		feeds.number(averageDecay, Math.min(kept, youth)).number(statisticsDecay, Math.min(Math.max(kept,
			LEAST_STATISTICS_DECAY), youth)).pair(randomSeed, options.seed(), number);
	}

	/**
	 * Sets weights and averages to those of a trained model.
	 *
	 * @throws io.github.clearice.tensorflow.NetworkException if they are those of another network
	 */
	void begin(final Session session, final List<Weight> inference) {
		weights.fill(session, inference);
		final List<String> averaged = average.names();
		average.fill(session, inference.stream().filter(weight -> averaged.contains(weight.name())).toList());
		trained = true;
	}

	/** The averaged trained weights, and the moving averages of batch normalisation. */
	VariableSet inferenceWeights() {
		return weights.overlaidBy(average);
	}

	/** The variables that it keeps between updates, by name. */
	Map<String, VariableSet> groups() {
		final Map<String, VariableSet> groups = new LinkedHashMap<>();
		groups.put("weights", weights);
		groups.put("average", average);
		groups.putAll(adam.groups());
		return groups;
	}

	long parameterCount() {
		return weights.parameterCount();
	}
}
