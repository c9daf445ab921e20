package io.github.clearice.train.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.train.options.Objective.Loss;
import io.github.clearice.train.options.Objective.Reduction;

import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class PixelLossTest {

	/** Two images of 2 x 2 pixels. */
	private static final float[][][][] RESULT = { { { { 1 }, { 2 } }, { { 3 }, { 4 } } }, { { { 0 }, { 0 } }, { { 0 },
		{ -1 } } } };
	private static final float[][][][] TARGET = { { { { 1 }, { 0 } }, { { 0 }, { 4.5f } } }, { { { 1 }, { 0 } }, { { 0 },
		{ 1 } } } };
	private static final float[][][][] WEIGHTS = { { { { 1 }, { 0 } }, { { 1 }, { 0 } } }, { { { 0 }, { 0 } }, { { 0 },
		{ 2 } } } };

	/** Differences 0, 2, 3, -.5 and -1, 0, 0, -2, by hand. */
	@ParameterizedTest
	@CsvSource({ "L1, MEAN, 1.0625", "L1, SUM, 4.25", "L2, MEAN, 2.28125", "L2, SUM, 9.125" })
	void reducesPixelsAsItSaysAndAveragesImages(final Loss loss, final Reduction reduction, final double expected) {
		assertEquals(expected, value(tf -> new PixelLoss(loss, reduction).build(tf, tf.constant(RESULT),
			tf.constant(TARGET))), 1e-6);
	}

	/** Weighted: 0 + 3 and 2 * 2 in absolute differences, 9 and 2 * 4 in squares; the weights sum to 4. */
	@ParameterizedTest
	@CsvSource({ "L1, MEAN, 1.75", "L1, SUM, 3.5", "L2, MEAN, 4.25", "L2, SUM, 8.5" })
	void countsPixelsByTheirWeights(final Loss loss, final Reduction reduction, final double expected) {
		assertEquals(expected, value(tf -> new PixelLoss(loss, reduction).buildWeighted(tf, tf.constant(RESULT), tf
			.constant(TARGET), tf.constant(WEIGHTS))), 1e-6);
	}

	/** Mean absolute differences of a guess of zeros are 1.375 and .5, those of the results 1.375 and .75. */
	@Test
	void comparesWithTheLossOfAGuess() {
		final PixelLoss loss = new PixelLoss(Loss.L1, Reduction.MEAN);
		assertEquals((1 + 1.5) / 2, value(tf -> loss.buildRelative(tf, tf.constant(RESULT), tf.constant(TARGET), tf
			.zerosLike(tf.constant(TARGET)))), 1e-6);
		assertEquals(1, value(tf -> loss.buildRelative(tf, tf.constant(RESULT), tf.constant(TARGET), tf.constant(RESULT))),
			1e-6);
	}

	@Test
	void equalWeightsChangeNothing() {
		final PixelLoss loss = new PixelLoss(Loss.L1, Reduction.MEAN);
		final double plain = value(tf -> loss.build(tf, tf.constant(RESULT), tf.constant(TARGET)));
		assertEquals(plain, value(tf -> loss.buildWeighted(tf, tf.constant(RESULT), tf.constant(TARGET), tf.fill(tf.shape(
			tf.constant(RESULT)), tf.constant(3f)))), 1e-6);
	}

	private static double value(final Function<Ops, Operand<TFloat32>> loss) {
		try (Graph graph = new Graph(); Session session = new Session(graph)) {
			final Operand<TFloat32> result = loss.apply(Ops.create(graph));
			try (Result found = session.runner().fetch(result).run()) {
				return ((TFloat32) found.get(0)).getFloat();
			}
		}
	}
}
