package io.github.clearice.train;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.VariableSet;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.network.zoo.GuidedNetwork;
import io.github.clearice.task.ParameterException;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Feeds;
import io.github.clearice.tensorflow.TensorFlowRuntime;
import io.github.clearice.train.data.Batches;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.loss.PixelLoss;
import io.github.clearice.train.optimizer.Adam.GradientScale;
import io.github.clearice.train.options.Adversary;
import io.github.clearice.train.options.Objective;
import io.github.clearice.train.options.Sampling.Supervision;
import io.github.clearice.train.options.TrainingOptions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * The graph of one training: a generator, its loss and, for an adversarial
 * objective, a discriminator, each with an Adam of its own. One step is one
 * iteration of Algorithm 1 of Gu et al. 2021.
 */
public final class TrainingGraph implements NetworkTraining {

	private final int box;
	private final TrainingOptions options;
	private final Graph graph = new Graph();
	private final Ops tf = Ops.create(graph);
	private final Placeholder<TFloat32> noisy;
	private final Placeholder<TFloat32> target;
	/** Null if all pixels count equally. */
	private final Placeholder<TFloat32> pixelWeights;
	private final Placeholder<TFloat32> share;
	private final Architecture architecture;
	private final Generator generator;
	private final Operand<TFloat32> pixelLoss;
	/** Null for an autoencoder. */
	private final Critic critic;
	private final List<Op> descent;
	/** An ascent of the discriminator and then a descent of the generator, which share the forward pass of the latter. */
	private final List<Op> ascentAndDescent;
	/** How strongly the discriminator pulls beside the pixel loss; null where there is only one of them. */
	private final Operand<TFloat32> gradientRatio;
	/** Null before the first update. */
	private Batches.Batch last;
	private final Session session;
	private double shareNow = 1;

	/**
	 * Builds the graph and starts all variables from the seed.
	 *
	 * @throws ParameterException if TensorFlow fails; nothing is left of the graph then
	 */
	public TrainingGraph(final Networks networks, final int box, final TrainingOptions options, final Device device) {
		networks.checkBox(box);
		this.box = box;
		this.options = options;
		try {
			architecture = networks.generator();
			noisy = images(architecture.planes());
			target = images(1);
			pixelWeights = options.sampling().supervision() == Supervision.NOISE2VOID ? images(1) : null;
			share = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
			generator = new Generator(graph, tf, architecture, options, box, noisy, share);
			pixelLoss = pixelLoss(options.objective());
			critic = networks.discriminator().map(network -> new Critic(graph, tf, network, options, box, noisy, target,
				generator.result(), share)).orElse(null);
			final OutputGradients pulls = critic == null || options.objective().lambda() == 0 ? null : pulls("pulls", false);
			gradientRatio = pulls == null ? null : pulls.ratio();
			descent = descent("gradients", false, pulls);
			ascentAndDescent = critic == null ? List.of() : descent("gradients-after-ascent", true, parity() > 0 ? pulls(
				"pulls-after-ascent", true) : null);
			session = new Session(graph, device.configuration());
			VariableSet.fill(session, groups().values(), VariableSet::initialValues);
		}
		catch (final RuntimeException e) {
			close();
			throw translated("while it built the network", e);
		}
		catch (final Error e) {
			close();
			throw e;
		}
	}

	/** TensorFlow's own message is for programmers, and is only the cause. */
	private static RuntimeException translated(final String when, final RuntimeException e) {
		if (!TensorFlowRuntime.isFailure(e)) return e;
		return new ParameterException("TensorFlow failed " + when + " (" + TensorFlowRuntime.firstLine(e) +
			"). Close other programs that need memory, or use a smaller batch= or device=cpu (clearice train).", e);
	}

	private static <T> T translated(final String when, final Supplier<T> work) {
		try {
			return work.get();
		}
		catch (final RuntimeException e) {
			throw translated(when, e);
		}
	}

	private Operand<TFloat32> pixelLoss(final Objective objective) {
		final PixelLoss loss = new PixelLoss(objective.loss(), objective.pixels());
		if (architecture.planes() > 1) return loss.buildRelative(tf, generator.result(), target, GuidedNetwork.guide(tf,
			noisy));
		return pixelWeights == null ? loss.build(tf, generator.result(), target) : loss.buildWeighted(tf, generator
			.result(), target, pixelWeights);
	}

	private OutputGradients pulls(final String name, final boolean afterAscent) {
		return new OutputGradients(graph, tf, name, generator.result(), pixelLoss, options.objective().lambda(), critic
			.fakeScores(afterAscent), critic.generatorSlopes(afterAscent));
	}

	private double parity() {
		return options.objective().adversary().map(Adversary::parity).orElse(0.0);
	}

	private List<Op> descent(final String name, final boolean afterAscent, final OutputGradients pulls) {
		final List<Operand<TFloat32>> terms = new ArrayList<>();
		final List<Operand<TFloat32>> slopes = new ArrayList<>();
		if (parity() > 0) {
			terms.add(generator.result());
			slopes.add(pulls.balanced(parity()));
		}
		else addLosses(terms, slopes, afterAscent);
		final List<Op> operations = generator.descent(name, terms, slopes);
		if (afterAscent) operations.addAll(critic.ascentOperations());
		return operations;
	}

	/** Both losses as lambda weighs them. */
	private void addLosses(final List<Operand<TFloat32>> terms, final List<Operand<TFloat32>> slopes,
		final boolean afterAscent)
	{
		if (critic != null) {
			terms.add(critic.fakeScores(afterAscent));
			slopes.add(critic.generatorSlopes(afterAscent));
		}
		final double lambda = options.objective().lambda();
		if (lambda > 0) {
			terms.add(pixelLoss);
			slopes.add(tf.constant((float) lambda));
		}
	}

	@Override
	public Architecture generator() {
		return architecture;
	}

	/** Sets the share of the newest level of growing networks. */
	void blend(final double newShare) {
		shareNow = newShare;
	}

	@Override
	public StepReport step(final Batches.Batch batch, final long number, final double rate, final double criticRate) {
		last = batch;
		final int count = count(batch);
		try (Feeds feeds = feeds(batch)) {
			if (pixelWeights != null) feeds.array(pixelWeights, shape(count, 1), batch.weights());
			if (critic != null) return adversarialStep(feeds, number, count, rate, criticRate);
			generator.feed(feeds, number, rate);
			try (Result found = run(feeds, descent, pixelLoss)) {
				return StepReport.of(numbers(found, 0)[0]);
			}
		}
		catch (final RuntimeException e) {
			throw translated("at update " + number, e);
		}
	}

	private int count(final Batches.Batch batch) {
		return batch.targets().length / (box * box);
	}

	private Feeds feeds(final Batches.Batch batch) {
		return new Feeds().array(noisy, shape(count(batch), architecture.planes()), batch.images()).array(target, shape(
			count(batch), 1), batch.targets()).number(share, shareNow);
	}

	@Override
	public double gradientRatio(final long number) {
		if (gradientRatio == null || last == null) return Double.NaN;
		try (Feeds feeds = feeds(last)) {
			generator.feed(feeds, number, 0);
			try (Result found = run(feeds, List.of(), gradientRatio)) {
				return numbers(found, 0)[0];
			}
		}
		catch (final RuntimeException e) {
			throw translated("at a validation", e);
		}
	}

	private StepReport adversarialStep(final Feeds feeds, final long number, final int count, final double rate,
		final double criticRate)
	{
		final Adversary adversary = options.objective().adversary().orElseThrow();
		final int descents = adversary.generatorSteps();
		final boolean ascends = critic.ascendsIn(number);
		generator.feed(feeds, (number - 1) * descents + 1, rate);
		if (ascends) {
			ascendAllButOnce(feeds, number, count, criticRate);
			critic.feed(feeds, number, adversary.criticSteps(), count, criticRate);
		}
		final StepReport report = report(feeds, ascends);
		for (int k = 2; k <= descents; k++) {
			generator.feed(feeds, (number - 1) * descents + k, rate);
			run(feeds, descent).close();
		}
		return report;
	}

	/** The ascents before the one that is combined with the first descent: they need the result of the generator once. */
	private void ascendAllButOnce(final Feeds feeds, final long number, final int count, final double rate) {
		final int ascents = options.objective().adversary().orElseThrow().criticSteps();
		if (ascents == 1) return;
		critic.feed(feeds, number, 1, count, rate);
		try (Result found = run(feeds, critic.ascentOperations(), generator.result())) {
			for (int k = 2; k < ascents; k++) {
				critic.feed(feeds, number, k, count, rate);
				final Session.Runner runner = feeds.into(session.runner()).feed(generator.result(), found.get(0));
				critic.ascentOperations().forEach(runner::addTarget);
				runner.run().close();
			}
		}
	}

	/** Runs the last ascent, if there is one in this update, with the first descent. */
	private StepReport report(final Feeds feeds, final boolean ascends) {
		final List<Operand<TFloat32>> wanted = new ArrayList<>(List.of(pixelLoss, critic.realScores(), critic.fakeScores(
			false)));
		if (ascends) wanted.add(critic.fakeScores(true));
		final boolean penalised = ascends && critic.penalty() != null;
		if (penalised) wanted.add(critic.penalty());
		try (Result found = run(feeds, ascends ? ascentAndDescent : descent, wanted.toArray(new Operand<?>[0]))) {
			return new StepReport(numbers(found, 0)[0], true, critic.generatorLoss(numbers(found, ascends ? 3 : 2)), critic
				.meanScore(numbers(found, 1)), critic.meanScore(numbers(found, 2)), penalised ? numbers(found, 4)[0]
					: Double.NaN);
		}
	}

	private Result run(final Feeds feeds, final List<Op> operations, final Operand<?>... wanted) {
		final Session.Runner runner = feeds.into(session.runner());
		operations.forEach(runner::addTarget);
		for (final Operand<?> operand : wanted) runner.fetch(operand);
		return runner.run();
	}

	private static float[] numbers(final Result found, final int index) {
		final TFloat32 tensor = (TFloat32) found.get(index);
		final float[] numbers = new float[(int) tensor.size()];
		tensor.asRawTensor().data().asFloats().read(numbers);
		return numbers;
	}

	@Override
	public float[] predict(final float[] images) {
		final int planes = architecture.planes();
		try (Feeds feeds = new Feeds().array(noisy, shape(images.length / (box * box * planes), planes), images).number(
			share, shareNow);
				Result found = run(feeds, List.of(), generator.prediction()))
		{
			return numbers(found, 0);
		}
		catch (final RuntimeException e) {
			throw translated("at a validation", e);
		}
	}

	@Override
	public List<Weight> inferenceWeights() {
		return translated("while the weights were read", () -> generator.inferenceWeights().values(session));
	}

	@Override
	public void begin(final List<Weight> trained) {
		translated("while the weights were set", () -> {
			generator.begin(session, trained);
			return null;
		});
	}

	@Override
	public Map<String, List<Weight>> variables() {
		final Map<VariableSet, List<Weight>> found = translated("while the weights were read", () -> VariableSet.values(
			session, groups().values()));
		final Map<String, List<Weight>> values = new LinkedHashMap<>();
		groups().forEach((name, set) -> values.put(name, found.getOrDefault(set, List.of())));
		return values;
	}

	@Override
	public void restore(final Map<String, List<Weight>> values, final long number) {
		final Map<VariableSet, List<Weight>> weights = new LinkedHashMap<>();
		groups().forEach((name, set) -> {
			// A training that continues in float16 may have begun in another precision.
			if (values.containsKey(name) || !name.endsWith(GradientScale.GROUP)) weights.put(set, values.getOrDefault(name,
				List.of()));
		});
		translated("while the weights were restored", () -> {
			VariableSet.fill(session, weights.keySet(), weights::get);
			return null;
		});
	}

	private Map<String, VariableSet> groups() {
		final Map<String, VariableSet> groups = new LinkedHashMap<>(generator.groups());
		if (critic != null) groups.putAll(critic.groups());
		return groups;
	}

	long parameterCount() {
		return generator.parameterCount();
	}

	@Override
	public void close() {
		// Null where the graph was never finished.
		if (session != null) session.close();
		graph.close();
	}

	private Placeholder<TFloat32> images(final int planes) {
		return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, box, box, planes)));
	}

	private Shape shape(final int count, final int planes) {
		return Shape.of(count, box, box, planes);
	}
}
