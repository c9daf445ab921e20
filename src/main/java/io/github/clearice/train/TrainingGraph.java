package io.github.clearice.train;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.Device;
import io.github.clearice.network.Feature;
import io.github.clearice.network.Layers;
import io.github.clearice.network.TensorFlowRuntime;
import io.github.clearice.network.VariableSet;
import io.github.clearice.network.Weight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * The graph of one training: a network in training mode, its loss, Adam (Kingma
 * and Ba 2015, algorithm 1), a running average of the weights (Polyak
 * averaging), and the same network again in inference mode on that average. One
 * step is one run of the session.
 */
final class TrainingGraph implements AutoCloseable {

	private static final float ADAM_EPSILON = 1e-8f;
	/** The statistics of a batch are too noisy for inference, whether or not the weights are averaged. */
	private static final double LEAST_STATISTICS_DECAY = 0.99;

	private final int box;
	private final AdamSettings adam;
	private final Graph graph = new Graph();
	private final Ops tf = Ops.create(graph);
	private final Placeholder<TFloat32> noisy;
	private final Placeholder<TFloat32> clean;
	private final Placeholder<TFloat32> learningRate;
	private final Placeholder<TFloat32> beta1Power;
	private final Placeholder<TFloat32> beta2Power;
	private final Placeholder<TFloat32> averageDecay;
	private final Placeholder<TFloat32> statisticsDecay;
	private final VariableSet weights;
	private final VariableSet average;
	private final VariableSet moments1;
	private final VariableSet moments2;
	private final Operand<TFloat32> loss;
	private final Operand<TFloat32> prediction;
	private final List<Op> step = new ArrayList<>();
	private final Session session;

	/** Builds the graph and starts all variables from the seed. */
	TrainingGraph(final Architecture architecture, final int box, final Loss loss, final AdamSettings adam,
		final long seed, final Device device)
	{
		architecture.checkBox(box);
		this.box = box;
		this.adam = adam;
		noisy = images();
		clean = images();
		learningRate = scalar();
		beta1Power = scalar();
		beta2Power = scalar();
		averageDecay = scalar();
		statisticsDecay = scalar();
		weights = new VariableSet(tf, "weights", seed);
		final Layers training = new Layers(tf, weights, Layers.Mode.TRAINING, statisticsDecay);
		final Feature result = architecture.build(training, new Feature(noisy, box, 1));
		this.loss = loss.build(tf, result.value(), clean);
		moments1 = weights.zerosOfTrainable("moments1");
		moments2 = weights.zerosOfTrainable("moments2");
		average = weights.copyOfTrainable("average");
		step.addAll(training.updates());
		step.addAll(averageUpdates(adamUpdates()));
		final Layers inference = new Layers(tf, weights.overlaidBy(average), Layers.Mode.INFERENCE, statisticsDecay);
		prediction = architecture.build(inference, new Feature(noisy, box, 1)).value();
		session = new Session(graph, device.configuration());
		groups().values().forEach(set -> set.fill(session, set.initialValues()));
	}

	private List<Op> adamUpdates() {
		final List<String> names = weights.trainableNames();
		final Output<?>[] trainable = names.stream().map(name -> weights.read(name).asOutput()).toArray(Output<?>[]::new);
		// The seed of the gradient must be given: the default, OnesLike, has no gradient of its own.
		final Output<?>[] gradients = graph.addGradients("gradients", new Output<?>[] { loss.asOutput() }, trainable,
			new Output<?>[] { tf.constant(1f).asOutput() });
		final List<Op> all = new ArrayList<>();
		for (final Output<?> gradient : gradients) all.add(gradient);
		// No variable changes before the last gradient is known.
		final Ops after = tf.withControlDependencies(all);
		final List<Op> updates = new ArrayList<>();
		for (int i = 0; i < gradients.length; i++) {
			final String name = names.get(i);
			updates.add(after.train.resourceApplyAdam(weights.handle(name), moments1.handle(name), moments2.handle(name),
				beta1Power, beta2Power, learningRate, after.constant(adam.beta1()), after.constant(adam.beta2()), after
					.constant(ADAM_EPSILON), gradients[i].expect(TFloat32.class)));
		}
		return updates;
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
	 * One update of the weights.
	 *
	 * @param images normalised noisy images, one after the other
	 * @param targets normalised clean images
	 * @param number of this update, from 1
	 * @return the loss before the update
	 */
	float step(final float[] images, final float[] targets, final long number, final float rate) {
		// Averages forget their arbitrary start at first.
		final double youth = (1.0 + number) / (10.0 + number);
		final float decay = (float) Math.min(adam.averageDecay(), youth);
		final float statistics = (float) Math.min(Math.max(adam.averageDecay(), LEAST_STATISTICS_DECAY), youth);
		try (TFloat32 in = tensor(images);
				TFloat32 out = tensor(targets);
				TFloat32 rateNow = TFloat32.scalarOf(rate);
				TFloat32 power1 = TFloat32.scalarOf((float) Math.pow(adam.beta1(), number));
				TFloat32 power2 = TFloat32.scalarOf((float) Math.pow(adam.beta2(), number));
				TFloat32 decayNow = TFloat32.scalarOf(decay);
				TFloat32 statisticsNow = TFloat32.scalarOf(statistics))
		{
			final Session.Runner runner = session.runner().feed(noisy, in).feed(clean, out).feed(learningRate, rateNow).feed(
				beta1Power, power1).feed(beta2Power, power2).feed(averageDecay, decayNow).feed(statisticsDecay,
					statisticsNow).fetch(loss);
			step.forEach(runner::addTarget);
			try (Result result = runner.run()) {
				return ((TFloat32) result.get(0)).getFloat();
			}
			catch (final TensorFlowException e) {
				throw new TrainingException("TensorFlow failed at update " + number + " (" + TensorFlowRuntime.firstLine(e) +
					"). Use a smaller batch=, or device=cpu.", e);
			}
		}
	}

	/** Denoises normalised images with the averaged weights. */
	float[] predict(final float[] images) {
		try (TFloat32 in = tensor(images); Result result = session.runner().feed(noisy, in).fetch(prediction).run()) {
			final float[] out = new float[images.length];
			((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(out);
			return out;
		}
		catch (final TensorFlowException e) {
			throw new TrainingException("TensorFlow failed at a validation (" + TensorFlowRuntime.firstLine(e) +
				"). Use device=cpu, or close other programs that need memory.", e);
		}
	}

	/** The weights for inference: the average of what is trained, and the moving averages of batch normalisation. */
	List<Weight> inferenceWeights() {
		return weights.overlaidBy(average).values(session);
	}

	/** All that the graph remembers between two updates, by group. */
	Map<String, List<Weight>> variables() {
		final Map<String, List<Weight>> values = new LinkedHashMap<>();
		groups().forEach((name, set) -> values.put(name, set.values(session)));
		return values;
	}

	/**
	 * Goes back to earlier {@link #variables()}.
	 *
	 * @throws io.github.clearice.network.NetworkException if they are those of another network
	 */
	void restore(final Map<String, List<Weight>> values) {
		groups().forEach((name, set) -> set.fill(session, values.getOrDefault(name, List.of())));
	}

	private Map<String, VariableSet> groups() {
		final Map<String, VariableSet> groups = new LinkedHashMap<>();
		groups.put("weights", weights);
		groups.put("average", average);
		groups.put("moments1", moments1);
		groups.put("moments2", moments2);
		return groups;
	}

	long parameterCount() {
		return weights.parameterCount();
	}

	@Override
	public void close() {
		session.close();
		graph.close();
	}

	private Placeholder<TFloat32> images() {
		return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, box, box, 1)));
	}

	private Placeholder<TFloat32> scalar() {
		return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
	}

	private TFloat32 tensor(final float[] images) {
		final long count = images.length / ((long) box * box);
		return TFloat32.tensorOf(Shape.of(count, box, box, 1), DataBuffers.of(images, true, false));
	}
}
