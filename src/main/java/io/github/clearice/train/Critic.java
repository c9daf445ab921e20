package io.github.clearice.train;

import io.github.clearice.network.Discriminator;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.network.VariableSet;
import io.github.clearice.task.Seeds;
import io.github.clearice.tensorflow.Feeds;
import io.github.clearice.train.loss.AdversarialLoss;
import io.github.clearice.train.loss.AdversarialLoss.GradientPenalty;
import io.github.clearice.train.optimizer.Adam;
import io.github.clearice.train.options.Adversary;
import io.github.clearice.train.options.Adversary.Gan;
import io.github.clearice.train.options.Objective.Reduction;
import io.github.clearice.train.options.TrainingOptions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * The discriminator's side of Algorithm 1 (Gu et al. 2021) in a training graph: its weights, scores and ascent, and the
 * slopes for the generator. Its batch normalisation always uses the statistics of the batch, separately for real and
 * fake images.
 */
final class Critic {

	private static final int WEIGHT_STREAM = 0xc217;
	private static final int MIX_STREAM = 0x317;
	private static final String PREFIX = "critic-";

	private final Ops tf;
	private final Discriminator discriminator;
	private final Adversary adversary;
	private final AdversarialLoss loss;
	private final long seed;
	private final int box;
	private final Operand<TFloat32> noisy;
	private final Operand<TFloat32> share;
	private final Placeholder<TFloat32> mix;
	private final VariableSet weights;
	private final Adam adam;
	private final FeatureMap real;
	private final FeatureMap fake;
	private final FeatureMap fakeAfterAscent;
	private final Operand<TFloat32> penalty;
	private final List<Op> ascent;

	/**
	 * Adds the discriminator to a graph.
	 *
	 * @param noisy the noisy images of the result
	 * @param target images that the discriminator learns to take for real
	 * @param result of the generator
	 * @param share of the newest level, if the discriminator grows
	 */
	Critic(final Graph graph, final Ops tf, final Discriminator discriminator, final TrainingOptions options,
		final int box, final Operand<TFloat32> noisy, final Operand<TFloat32> target, final Operand<TFloat32> result,
		final Operand<TFloat32> share)
	{
		this.tf = tf;
		this.discriminator = discriminator;
		this.adversary = options.objective().adversary().orElseThrow();
		this.loss = AdversarialLoss.of(adversary);
		this.seed = options.seed();
		this.box = box;
		this.noisy = noisy;
		this.share = share;
		mix = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1, 1, 1)));
		weights = new VariableSet(tf, PREFIX + "weights", Seeds.derive(seed, WEIGHT_STREAM));
		real = scores(weights, target);
		fake = scores(weights, result);
		adam = new Adam(graph, tf, weights, options, false, PREFIX);
		penalty = adversary.gan() == Gan.WGAN ? GradientPenalty.build(graph, tf, target, result, mix, images -> scores(
			weights, images).value(), weightOfScore(real)) : null;
		ascent = ascent();
		fakeAfterAscent = scores(weights.readAfter(ascent), result);
	}

	private FeatureMap scores(final VariableSet variables, final Operand<TFloat32> images) {
		final FeatureMap alone = new FeatureMap(images, box, 1);
		// Its moving averages are never used, so nothing keeps them.
		final Layers layers = new Layers(tf, variables, Layers.Mode.TRAINING, tf.constant(1f)).fading(share);
		return discriminator.build(layers, discriminator.conditional() ? layers.concatenated(alone, new FeatureMap(noisy,
			box, 1)) : alone);
	}

	/** The ascent of S(D(x), 1) + S(D(G(y)), 0) - mu * penalty, as a descent of its negative. */
	private List<Op> ascent() {
		final List<Operand<TFloat32>> terms = new ArrayList<>(List.of(real.value(), fake.value()));
		final List<Operand<TFloat32>> slopes = new ArrayList<>(List.of(reduced(real, tf.math.neg(loss.realSlope(tf, real
			.value()))), reduced(fake, tf.math.neg(loss.fakeSlope(tf, fake.value())))));
		if (penalty != null) {
			terms.add(penalty);
			slopes.add(tf.constant((float) adversary.mu()));
		}
		return adam.descent("critic-gradients", terms, slopes);
	}

	/** Weight of one score in the loss of an image. */
	private float weightOfScore(final FeatureMap scores) {
		return adversary.scores() == Reduction.SUM ? 1 : 1f / (scores.size() * scores.size());
	}

	/** The slopes of the mean over images of their reduced scores. */
	private Operand<TFloat32> reduced(final FeatureMap scores, final Operand<TFloat32> slopes) {
		final float perImage = weightOfScore(scores) * scores.size() * scores.size();
		return tf.math.mul(slopes, tf.math.div(tf.constant(perImage), tf.dtypes.cast(tf.size(slopes), TFloat32.class)));
	}

	/** The operations of one ascent. */
	List<Op> ascentOperations() {
		return ascent;
	}

	/** Scores of targets before the ascent. */
	Operand<TFloat32> realScores() {
		return real.value();
	}

	/** Scores of results: before the ascent, or after that of the same run. */
	Operand<TFloat32> fakeScores(final boolean afterAscent) {
		return (afterAscent ? fakeAfterAscent : fake).value();
	}

	/** Slopes of the generator's loss at {@link #fakeScores}. */
	Operand<TFloat32> generatorSlopes(final boolean afterAscent) {
		final FeatureMap scores = afterAscent ? fakeAfterAscent : fake;
		return reduced(scores, loss.generatorSlope(tf, scores.value()));
	}

	/** The gradient penalty, a scalar; null without. */
	Operand<TFloat32> penalty() {
		return penalty;
	}

	/** Whether it is trained in an update, by the update's number. */
	boolean ascendsIn(final long update) {
		return update % adversary.criticInterval() == 0;
	}

	/**
	 * Feeds one ascent; its random numbers depend only on the seed and its number.
	 *
	 * @param update from 1
	 * @param step from 1 to k_d
	 * @param images of the batch
	 */
	void feed(final Feeds feeds, final long update, final int step, final int images, final double rate) {
		final long number = (update / adversary.criticInterval() - 1) * adversary.criticSteps() + step;
		adam.feed(feeds, rate, number);
		final SplittableRandom random = Seeds.random(seed, MIX_STREAM, number);
		final float[] shares = new float[images];
		for (int i = 0; i < images; i++) shares[i] = (float) random.nextDouble();
		feeds.array(mix, Shape.of(images, 1, 1, 1), shares);
	}

	/** The generator's loss of fetched scores: reduced over each image, mean over images. */
	double generatorLoss(final float[] scores) {
		double sum = 0;
		for (final float score : scores) sum += loss.generator(score);
		return sum / scores.length * (adversary.scores() == Reduction.SUM ? fake.size() * fake.size() : 1);
	}

	/** The mean of fetched scores, as scores are given: between 0 and 1 if there is a sigmoid. */
	double meanScore(final float[] scores) {
		double sum = 0;
		for (final float score : scores) sum += loss.score(score);
		return sum / scores.length;
	}

	/** The variables that it keeps between updates, by name. */
	Map<String, VariableSet> groups() {
		final Map<String, VariableSet> groups = new LinkedHashMap<>();
		groups.put(PREFIX + "weights", weights);
		groups.putAll(adam.groups());
		return groups;
	}
}
