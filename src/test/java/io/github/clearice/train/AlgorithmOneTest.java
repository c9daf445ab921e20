package io.github.clearice.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.network.PlainGraphs;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.task.Seeds;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.train.data.Batches;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.options.TrainingOptions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Algorithm 1 of Gu et al. 2021, seen from the weights and moments that the graph keeps. */
@PlainGraphs
class AlgorithmOneTest {

	private static final int BOX = TinyTraining.BOX;
	private static final int BATCH = 4;
	private static final double BETA1 = 0.8;
	/** Changes no weight, but moments show the gradients. */
	private static final double STILL = 1e-30;
	/** Edge of the map of scores. */
	private static final int MAP = 3;

	/** The gradient that Adam saw is that of the stated loss: its length is the slope along it. */
	@ParameterizedTest
	@ValueSource(strings = { "gan=js lambda=0", "gan=beta alpha=0.5 beta=0.5 scores=mean pixels=mean lambda=10",
		"gan=beta alpha=-0.5 beta=-0.5 lambda=3", "gan=beta alpha=1 beta=-0.7 lambda=0 scores=sum",
		"gan=wgan lambda=2 loss=l2", "gan=conditional lambda=5", "gan=js clamp=0.1 lambda=1 scores=sum pixels=sum" })
	void generatorDescendsItsLoss(final String settings) {
		final double lambda = options(settings).objective().lambda();
		try (TrainingGraph graph = graph(settings + " kg=1 criticevery=100")) {
			assertSlope(graph, "weights", "moments1", 1, found -> found.adversarialLoss() + lambda * found.pixelLoss());
		}
	}

	/** By the results themselves, in place of the weights: sums over pixels make the l1 loss's gradient lambda each. */
	@Test
	void tellsHowStronglyTheDiscriminatorPulls() {
		try (TrainingGraph tenth = graph("gan=js lambda=10 pixels=sum scores=sum");
				TrainingGraph one = graph("gan=js lambda=1 pixels=sum scores=sum");
				TrainingGraph none = graph("gan=none"); TrainingGraph alone = graph("gan=js lambda=0"))
		{
			assertTrue(Double.isNaN(tenth.gradientRatio(0)), "there is no batch yet");
			for (final TrainingGraph graph : List.of(tenth, one, none, alone)) graph.step(batch(), 1, STILL, STILL);
			final double ratio = one.gradientRatio(1);
			assertTrue(ratio > 1e-6 && ratio < 1, "ratio " + ratio);
			assertEquals(ratio / 10, tenth.gradientRatio(1), 1e-4 * ratio);
			assertTrue(Double.isNaN(none.gradientRatio(1)) && Double.isNaN(alone.gradientRatio(1)));
		}
	}

	/** At a parity of the ratio that lambda gives, the weights go where they would go without it. */
	@ParameterizedTest
	@ValueSource(strings = { "gan=js lambda=1", "gan=beta alpha=0.5 beta=0.5 lambda=3 pixels=mean", "gan=wgan lambda=2",
		"gan=conditional lambda=5" })
	void parityHoldsTheRatioOfTheGradients(final String settings) {
		final double ratio;
		final Map<String, float[]> expected;
		try (TrainingGraph graph = graph(settings + " kg=1 criticevery=100")) {
			graph.step(batch(), 1, STILL, STILL);
			ratio = graph.gradientRatio(1);
			expected = gradient(graph, "moments1");
		}
		for (final double parity : new double[] { ratio, 3 * ratio }) {
			try (TrainingGraph graph = graph(settings + " kg=1 criticevery=100 parity=" + parity)) {
				graph.step(batch(), 1, STILL, STILL);
				assertEquals(ratio, graph.gradientRatio(1), 1e-3 * ratio);
				double difference = 0, length = 0;
				final Map<String, float[]> found = gradient(graph, "moments1");
				for (final Map.Entry<String, float[]> each : expected.entrySet())
					for (int i = 0; i < each.getValue().length; i++) {
						difference += Math.pow(found.get(each.getKey())[i] - each.getValue()[i], 2);
						length += Math.pow(each.getValue()[i], 2);
					}
				if (parity == ratio) assertEquals(0, Math.sqrt(difference / length), 1e-3);
				else assertTrue(Math.sqrt(difference / length) > 0.01 * Math.min(1, ratio), "parity changes nothing");
			}
		}
	}

	/** Gu et al. 2021, equation 8 with the penalty subtracted. */
	@ParameterizedTest
	@ValueSource(strings = { "scores=mean", "scores=sum" })
	void criticAscendsItsDifferenceLessThePenalty(final String settings) {
		final int weight = settings.endsWith("sum") ? MAP * MAP : 1;
		try (TrainingGraph graph = graph("gan=wgan mu=7 kg=1 " + settings)) {
			assertSlope(graph, "critic-weights", "critic-moments1", -1, found -> weight * (found.realScore() - found
				.fakeScore()) - 7 * found.penalty());
		}
	}

	/**
	 * Moves a group of weights along the gradient that its optimiser saw, and looks at a value that it descends (1) or
	 * ascends (-1).
	 */
	private static void assertSlope(final TrainingGraph graph, final String weights, final String moments, final int sign,
		final ToDoubleFunction<StepReport> value)
	{
		final Map<String, List<Weight>> start = graph.variables();
		graph.step(batch(), 1, STILL, STILL);
		final Map<String, float[]> gradient = gradient(graph, moments);
		double length = 0;
		for (final float[] values : gradient.values()) for (final float g : values) length += g * g;
		length = Math.sqrt(length);
		assertTrue(length > 1e-3, "no gradient");
		final double h = 5e-4;
		final double above = value.applyAsDouble(stepFrom(graph, moved(start, weights, gradient, h / length)));
		final double below = value.applyAsDouble(stepFrom(graph, moved(start, weights, gradient, -h / length)));
		assertEquals(sign * length, (above - below) / (2 * h), 0.02 * length);
	}

	/** At a constant gradient g the first moment is (1 - beta1^n) g after n updates. */
	@Test
	void ascendsAndDescendsAsOftenAsItSays() {
		for (final int[] steps : new int[][] { { 1, 3 }, { 3, 1 }, { 4, 2 } }) {
			try (TrainingGraph once = graph("gan=js kd=1 kg=1");
					TrainingGraph often = graph("gan=js kd=" + steps[0] + " kg=" + steps[1]))
			{
				once.step(batch(), 1, STILL, STILL);
				often.step(batch(), 1, STILL, STILL);
				assertScaled(once, often, "critic-moments1", (1 - Math.pow(BETA1, steps[0])) / (1 - BETA1));
				assertScaled(once, often, "moments1", (1 - Math.pow(BETA1, steps[1])) / (1 - BETA1));
				// An ascent leaves the averages of the generator's batch normalisation alone.
				if (steps[1] == 1) assertScaled(once, often, "weights", 1);
			}
		}
	}

	@Test
	void trainsTheDiscriminatorInEveryNthUpdate() {
		try (TrainingGraph graph = graph("gan=js criticevery=3 kg=1")) {
			Map<String, float[]> before = group(graph, "critic-weights"), generator = group(graph, "weights");
			for (int number = 1; number <= 6; number++) {
				final StepReport report = graph.step(batch(), number, 0.001, 0.001);
				assertTrue(Double.isFinite(report.realScore()) && Double.isFinite(report.fakeScore()));
				final Map<String, float[]> after = group(graph, "critic-weights"), next = group(graph, "weights");
				assertEquals(number % 3 != 0, same(before, after));
				assertFalse(same(generator, next));
				before = after;
				generator = next;
			}
		}
	}

	/** The generator's first descent is computed together with the last ascent, but uses the discriminator after it. */
	@Test
	void generatorDescendsAgainstTheDiscriminatorAfterItsAscent() {
		try (TrainingGraph joined = graph("gan=beta alpha=0.5 beta=0.5 kd=2 kg=1 lambda=0"); TrainingGraph apart = graph(
			"gan=beta alpha=0.5 beta=0.5 kd=1 kg=1 criticevery=100 lambda=0"))
		{
			final Map<String, List<Weight>> start = joined.variables();
			final StepReport report = joined.step(batch(), 1, 0.01, 0.01);
			final Map<String, List<Weight>> mixed = new LinkedHashMap<>(start);
			mixed.put("critic-weights", joined.variables().get("critic-weights"));
			apart.restore(mixed, 0);
			final StepReport expected = apart.step(batch(), 1, 0.01, 0.01);
			assertEquals(expected.adversarialLoss(), report.adversarialLoss(), 1e-5);
			assertScaled(apart, joined, "moments1", 1);
			assertScaled(apart, joined, "weights", 1);
			apart.restore(start, 0);
			assertTrue(Math.abs(apart.step(batch(), 1, 0.01, 0.01).adversarialLoss() - report.adversarialLoss()) > 1e-3);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "js", "beta", "wgan", "conditional" })
	void ascentSeparatesRealFromFake(final String gan) {
		try (TrainingGraph graph = graph("gan=" + gan + " kg=1 lambda=1")) {
			final StepReport first = graph.step(batch(), 1, 1e-9, 0.003);
			StepReport last = first;
			for (int number = 2; number <= 30; number++) last = graph.step(batch(), number, 1e-9, 0.003);
			assertTrue(last.realScore() - last.fakeScore() > first.realScore() - first.fakeScore() + 0.1, first + " " + last);
			assertTrue(last.adversarialLoss() > first.adversarialLoss(), first + " " + last);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "js", "beta", "wgan", "conditional" })
	void descentRaisesTheScoreOfFakes(final String gan) {
		try (TrainingGraph graph = graph("gan=" + gan + " kg=1 lambda=0 criticevery=100")) {
			final StepReport first = graph.step(batch(), 1, 0.001, 0.001);
			StepReport last = first;
			for (int number = 2; number <= 10; number++) last = graph.step(batch(), number, 0.001, 0.001);
			assertTrue(last.adversarialLoss() < first.adversarialLoss() - 0.005, first + " " + last);
		}
	}

	@Test
	void penaltyPullsTheSlopeOfTheCriticToOne() {
		try (TrainingGraph graph = graph("gan=wgan mu=1000 kg=1")) {
			final double first = graph.step(batch(), 1, 1e-9, 0.003).penalty();
			double last = first;
			for (int number = 2; number <= 60; number++) last = graph.step(batch(), number, 1e-9, 0.003).penalty();
			assertTrue(last < first / 5, first + " " + last);
		}
	}

	/** Without a discriminator a sum over pixels has the gradient of a mean, times their number. */
	@Test
	void reductionsScaleGradients() {
		try (TrainingGraph mean = graph("gan=none"); TrainingGraph sum = graph("gan=none pixels=sum")) {
			final StepReport one = mean.step(batch(), 1, STILL, STILL), other = sum.step(batch(), 1, STILL, STILL);
			assertEquals(one.pixelLoss() * BOX * BOX, other.pixelLoss(), 1e-4 * other.pixelLoss());
			assertScaled(mean, sum, "moments1", BOX * BOX);
		}
		try (TrainingGraph mean = graph("gan=js lambda=0 kg=1 scores=mean"); TrainingGraph sum = graph(
			"gan=js lambda=0 kg=1 scores=sum")) {
			final StepReport one = mean.step(batch(), 1, STILL, STILL), other = sum.step(batch(), 1, STILL, STILL);
			assertEquals(one.adversarialLoss() * MAP * MAP, other.adversarialLoss(), 1e-4 * Math.abs(other
				.adversarialLoss()));
			assertScaled(mean, sum, "critic-moments1", MAP * MAP);
			assertScaled(mean, sum, "moments1", MAP * MAP);
		}
	}

	/** Su et al. 2018 halve the discriminator's cross-entropy; otherwise it ascends as that of the Jensen-Shannon GAN. */
	@Test
	void conditionalDiscriminatorAscendsHalfTheCrossEntropy() {
		final TrainingOptions conditional = options("gan=conditional kg=1");
		final Networks networks = TinyTraining.networks(conditional);
		try (TrainingGraph whole = graph(options("gan=js kg=1 scores=mean"), networks);
				TrainingGraph half = graph(conditional, networks))
		{
			whole.step(batch(), 1, STILL, STILL);
			half.step(batch(), 1, STILL, STILL);
			assertScaled(whole, half, "critic-moments1", 0.5);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gan=wgan kd=2 kg=2", "gan=beta alpha=0.5 beta=0.5 criticevery=2 kg=1", "gan=conditional" })
	void continuesBitForBitFromItsVariables(final String settings) {
		System.clearProperty(Device.SIMPLIFY);
		try (TrainingGraph whole = graph(settings); TrainingGraph resumed = graph(settings + " seed=77")) {
			for (int number = 1; number <= 3; number++) whole.step(batch(), number, 0.01, 0.01);
			final Map<String, List<Weight>> checkpoint = whole.variables();
			for (int number = 4; number <= 5; number++) whole.step(batch(), number, 0.01, 0.01);
			try (TrainingGraph other = graph(settings)) {
				other.restore(checkpoint, 0);
				for (int number = 4; number <= 5; number++) other.step(batch(), number, 0.01, 0.01);
				whole.variables().forEach((group, weights) -> TinyTraining.assertSameWeights(weights, other.variables().get(
					group)));
			}
			assertFalse(same(group(whole, "critic-weights"), group(resumed, "critic-weights")));
		}
	}

	/** Blind-spot training: pixels of weight zero may have any value. */
	@Test
	void pixelsWithoutWeightDoNotCount() {
		final float[] weights = new float[BATCH * BOX * BOX];
		for (int i = 0; i < weights.length; i += 7) weights[i] = 1;
		final Batches.Batch full = batch();
		final float[] other = full.targets().clone();
		for (int i = 0; i < other.length; i++) if (weights[i] == 0) other[i] += 1000;
		try (TrainingGraph one = graph("supervision=noise2void gan=none"); TrainingGraph two = graph(
			"supervision=noise2void gan=none"))
		{
			final StepReport first = one.step(new Batches.Batch(full.images(), full.targets(), weights), 1, 0.01, 0.01);
			final StepReport second = two.step(new Batches.Batch(full.images(), other, weights), 1, 0.01, 0.01);
			assertEquals(first, second);
			assertTrue(first.pixelLoss() < 100);
			assertTrue(same(group(one, "weights"), group(two, "weights")));
		}
	}

	private static StepReport stepFrom(final TrainingGraph graph, final Map<String, List<Weight>> variables) {
		graph.restore(variables, 0);
		return graph.step(batch(), 1, STILL, STILL);
	}

	private static Map<String, List<Weight>> moved(final Map<String, List<Weight>> start, final String group,
		final Map<String, float[]> direction, final double by)
	{
		final List<Weight> moved = new ArrayList<>();
		for (final Weight weight : start.get(group)) {
			final float[] values = weight.values().clone();
			final float[] along = direction.get(weight.name());
			if (along != null) for (int i = 0; i < values.length; i++) values[i] += (float) (by * along[i]);
			moved.add(new Weight(weight.name(), weight.shape(), values));
		}
		final Map<String, List<Weight>> all = new LinkedHashMap<>(start);
		all.put(group, moved);
		return all;
	}

	/** After one update from zero. */
	private static Map<String, float[]> gradient(final TrainingGraph graph, final String moments) {
		final Map<String, float[]> gradient = group(graph, moments);
		gradient.values().forEach(values -> {
			for (int i = 0; i < values.length; i++) values[i] /= (float) (1 - BETA1);
		});
		return gradient;
	}

	private static void assertScaled(final TrainingGraph one, final TrainingGraph other, final String group,
		final double factor)
	{
		final Map<String, float[]> expected = group(one, group), actual = group(other, group);
		double largest = 0;
		for (final float[] values : expected.values())
			for (final float value : values)
				largest = Math.max(largest, Math.abs(value));
		assertTrue(largest > 0);
		for (final String name : expected.keySet())
			for (int i = 0; i < expected.get(name).length; i++)
				assertEquals(factor * expected.get(name)[i], actual.get(name)[i], 1e-4 * factor * largest, group + " " + name);
	}

	private static boolean same(final Map<String, float[]> one, final Map<String, float[]> other) {
		return one.keySet().stream().allMatch(name -> Arrays.equals(one.get(name), other.get(name)));
	}

	private static Map<String, float[]> group(final TrainingGraph graph, final String name) {
		final Map<String, float[]> values = new HashMap<>();
		for (final Weight weight : graph.variables().get(name)) values.put(weight.name(), weight.values());
		return values;
	}

	private static TrainingGraph graph(final String settings) {
		final TrainingOptions options = options(settings);
		return graph(options, TinyTraining.networks(options));
	}

	private static TrainingOptions options(final String settings) {
		final Map<String, String> changes = new HashMap<>(Map.of("beta1", Double.toString(BETA1), "seed", "5"));
		for (final String setting : settings.split(" ")) changes.put(setting.split("=")[0], setting.split("=")[1]);
		return TinyTraining.options().with(changes);
	}

	private static TrainingGraph graph(final TrainingOptions options, final Networks networks) {
		return new TrainingGraph(networks, BOX, options, new Device(false, Precision.FLOAT32, 1));
	}

	private static Batches.Batch batch() {
		final SplittableRandom random = Seeds.random(23);
		final float[] images = new float[BATCH * BOX * BOX], targets = new float[BATCH * BOX * BOX];
		for (int i = 0; i < images.length; i++) {
			targets[i] = (float) Math.sin(0.01 * i) + 0.5f * ((i / 5) % 2);
			images[i] = (float) (targets[i] + random.nextGaussian());
		}
		return new Batches.Batch(images, targets, null);
	}
}
