package io.github.clearice.train.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.train.loss.AdversarialLoss.CrossEntropyLoss;
import io.github.clearice.train.loss.AdversarialLoss.WassersteinLoss;

import java.util.function.BiFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Values and slopes of adversarial losses, against integrals that mpmath computed with 60 digits. */
class AdversarialLossTest {

	/**
	 * Columns: alpha, beta, z, S(t, 1), S(t, 0), dS(t, 1)/dz, dS(t, 0)/dz.
	 *
	 * <pre>
	 * from mpmath import *; mp.dps = 60
	 * A, B, t = mpf(alpha), mpf(beta), 1/(1+exp(-mpf(z)))
	 * -betainc(A,B+1,t,1), -betainc(A+1,B,0,t), t**A*(1-t)**(B+1), -t**(A+1)*(1-t)**B
	 * </pre>
	 */
	@ParameterizedTest
	@CsvSource({ //
		"0, 0, -20, -20.0000000021, -2.06115362031e-9, 0.999999997939, -2.06115361819e-9", //
		"0, 0, -3.3, -3.33621925887, -0.0362192588707, 0.964428810727, -0.0355711892726", //
		"0, 0, 0, -0.69314718056, -0.69314718056, 0.5, -0.5", //
		"0, 0, .7, -0.403186048885, -1.10318604889, 0.331812227832, -0.668187772168", //
		"0, 0, 20, -2.06115362031e-9, -20.0000000021, 2.06115361819e-9, -0.999999997939", //
		"1, 1, -20, -0.499999997939, -2.12417711889e-18, 2.06115360969e-9, -4.24835422902e-18", //
		"1, 1, -3.3, -0.46506146548, -0.000632654753135, 0.033085578824, -0.00122030094233", //
		"1, 1, 0, -0.125, -0.125, 0.125, -0.125", //
		"1, 1, .7, -0.0550496772694, -0.223237449438, 0.0735670424264, -0.148145830867", //
		"1, 1, 20, -2.12417711889e-18, -0.499999997939, 4.24835422902e-18, -2.06115360969e-9", //
		".5, .5, -20, -1.57070552694, -6.23841529713e-14, 4.53999295753e-5, -9.35762293027e-14", //
		".5, .5, -3.3, -1.19583817604, -0.00452122080764, 0.178630023897, -0.00658844107429", //
		".5, .5, 0, -0.285398163397, -0.285398163397, 0.25, -0.25", //
		".5, .5, .7, -0.143001443754, -0.486066953556, 0.156238421147, -0.314625543596", //
		".5, .5, 20, -6.23841529713e-14, -1.57070552694, 9.35762293027e-14, -4.53999295753e-5", //
		"-.5, -.5, -20, -44052.9315896, -9.0799859525e-5, 22026.4657948, -4.53999297625e-5", //
		"-.5, -.5, -3.3, -10.4139596544, -0.384099817242, 5.20697982718, -0.192049908621", //
		"-.5, -.5, 0, -2.0, -2.0, 1.0, -1.0", //
		"-.5, -.5, .7, -1.40937617944, -2.83813509719, 0.704688089719, -1.41906754859", //
		"-.5, -.5, 20, -9.0799859525e-5, -44052.9315896, 4.53999297625e-5, -22026.4657948", //
		".9, -.9, -20, -10.1664073677, -1.65217515148e-17, 1.52299797133e-8, -3.13913278558e-17", //
		".9, -.9, -3.3, -10.1103761915, -0.000972485018403, 0.0494783905698, -0.00182491976213", //
		".9, -.9, 0, -9.38094287033, -0.325646596809, 0.5, -0.5", //
		".9, -.9, .7, -8.98559204659, -0.905418638917, 0.623014149306, -1.25459642996", //
		".9, -.9, 20, -1.35335283211, -72955512.4506, 0.135335282958, -65659969.002", //
		"-.9, .3, -20, -72955517.5282, -1.35335283226, 65659969.0832, -0.135335283125", //
		"-.9, .3, -3.3, -20.2498697783, -7.1797229393, 19.2115622144, -0.708583265193", //
		"-.9, .3, 0, -0.648918044826, -9.72496411577, 0.757858283255, -0.757858283255", //
		"-.9, .3, .7, -0.281370748394, -10.2332898979, 0.342571659086, -0.689854605988", //
		"-.9, .3, 20, -3.93006848129e-12, -12.8223360291, 5.10908902385e-12, -0.00247875217462", //
		"1, 0, -20, -0.999999997939, -2.12417712181e-18, 2.06115361394e-9, -4.24835423778e-18", //
		"1, 0, -3.3, -0.964428810727, -0.000648069598023, 0.0343058797664, -0.00126530950627", //
		"1, 0, 0, -0.5, -0.19314718056, 0.25, -0.25", //
		"1, 0, .7, -0.331812227832, -0.434998276717, 0.221712873293, -0.446474898875", //
		"1, 0, 20, -2.06115361819e-9, -19.0000000041, 2.06115361394e-9, -0.999999995878" })
	void valuesAndSlopesAreThoseOfTheIntegrals(final double alpha, final double beta, final float z, final double real,
		final double fake, final double realSlope, final double fakeSlope)
	{
		final BetaLoss loss = new BetaLoss(alpha, beta, 0);
		assertClose(real, loss.real(z), 1e-6);
		assertClose(fake, loss.fake(z), 1e-6);
		assertEquals(loss.fake(z), loss.generator(z));
		assertClose(realSlope, inGraph(loss::realSlope, z)[0], 4e-6);
		assertClose(fakeSlope, inGraph(loss::fakeSlope, z)[0], 4e-6);
		assertClose(fakeSlope, inGraph(loss::generatorSlope, z)[0], 4e-6);
	}

	/** Members that Gu et al. 2021 name, in closed form: Jensen-Shannon, squares, (.5, .5), boosting. */
	@ParameterizedTest
	@CsvSource({ "-37.31", "-6.02", "-0.013", "0", "1.77", "8.4", "39.99" })
	void namedMembersHaveTheirClosedForms(final double z) {
		final double t = 1 / (1 + Math.exp(-z)), u = 1 / (1 + Math.exp(z));
		assertClose(-Math.log1p(Math.exp(-z)), new BetaLoss(0, 0, 0).real(z), 1e-7);
		assertClose(-Math.log1p(Math.exp(z)), new BetaLoss(0, 0, 0).fake(z), 1e-7);
		assertClose(-u * u / 2, new BetaLoss(1, 1, 0).real(z), 1e-7);
		assertClose(-t * t / 2, new BetaLoss(1, 1, 0).fake(z), 1e-7);
		assertClose(-2 * Math.exp(-z / 2), new BetaLoss(-.5, -.5, 0).real(z), 1e-7);
		assertClose(-2 * Math.exp(z / 2), new BetaLoss(-.5, -.5, 0).fake(z), 1e-7);
		// Close to t = 0 the two terms of the closed form cancel.
		if (z < -10) return;
		assertEquals(-(Math.asin(Math.sqrt(t)) - Math.sqrt(t * u)), new BetaLoss(.5, .5, 0).fake(z), 1e-8);
	}

	/** With alpha or beta at -1 one of the integrals is infinite; its slope is not, and values count from t = 1/2. */
	@Test
	void valuesCountFromTheMiddleWhereTheIntegralIsInfinite() {
		final BetaLoss loss = new BetaLoss(0, -1, 0);
		// S(t, 1) - S(1/2, 1) = int c^-1 (1-c)^-1 dc = z; S(t, 0) = -int_0^t (1-c)^-2 dc = -t / (1-t).
		assertEquals(3.7, loss.real(3.7), 1e-7);
		assertEquals(-55, loss.real(-55), 1e-7);
		assertEquals(55, loss.real(55), 1e-7);
		assertClose(-Math.exp(2.5), loss.fake(2.5), 1e-7);
		assertEquals(1, inGraph(loss::realSlope, -30, 30)[1], 1e-6);
	}

	/** Beyond |z| = 40 values continue along their exponentials, and slopes stay finite. */
	@Test
	void staysFiniteAtSaturation() {
		final BetaLoss loss = new BetaLoss(-.5, -.5, 0);
		assertClose(-2 * Math.exp(35), loss.real(-70), 1e-7);
		assertClose(-2 * Math.exp(-35), loss.real(70), 1e-7);
		for (final float z : new float[] { -1e30f, -1e4f, 1e4f, 1e30f }) {
			for (final double alpha : new double[] { -1, -.5, 0, 1 })
				for (final double beta : new double[] { -1, -.5, 0, 1 }) {
					final BetaLoss extreme = new BetaLoss(alpha, beta, 0);
					assertTrue(Float.isFinite(inGraph(extreme::realSlope, z)[0]));
					assertTrue(Float.isFinite(inGraph(extreme::fakeSlope, z)[0]));
				}
		}
	}

	/** As torch.clamp: beyond the bound the score, and so the loss, no longer changes. */
	@Test
	void clampedScoresHaveNoSlopeBeyondTheBound() {
		final BetaLoss loss = new BetaLoss(.5, .5, 0.01);
		final BetaLoss free = new BetaLoss(.5, .5, 0);
		final float bound = (float) Math.log(99);
		final float[] z = { -9, -bound - 1e-3f, -bound + 1e-3f, 2, bound - 1e-3f, bound + 1e-3f, 9 };
		final float[] held = inGraph(loss::fakeSlope, z), unheld = inGraph(free::fakeSlope, z);
		for (int i = 0; i < z.length; i++) assertEquals(i < 2 || i > 4 ? 0 : unheld[i], held[i], 1e-9f);
		assertTrue(held[2] < 0 && held[4] < 0);
		assertEquals(free.fake(Math.log(99)), loss.fake(9));
		assertEquals(0.99, loss.score(9), 1e-12);
		assertEquals(0.01, loss.score(-50), 1e-12);
		assertEquals(free.score(1), loss.score(1));
	}

	/** -log t and half the cross-entropy, as pix2pix has them; t(2) = 0.8807970779778823. */
	@Test
	void crossEntropyIsHalvedForTheDiscriminatorAndDoesNotSaturateForTheGenerator() {
		final CrossEntropyLoss loss = new CrossEntropyLoss();
		assertEquals(0.5 * (1 - 0.8807970779778823), inGraph(loss::realSlope, 2)[0], 1e-7);
		assertEquals(-0.5 * 0.8807970779778823, inGraph(loss::fakeSlope, 2)[0], 1e-7);
		assertEquals(-(1 - 0.8807970779778823), inGraph(loss::generatorSlope, 2)[0], 1e-7);
		assertEquals(-1, inGraph(loss::generatorSlope, -30)[0], 1e-7);
		assertEquals(0.12692801104297263, loss.generator(2), 1e-12);
		assertEquals(0.8807970779778823, loss.score(2), 1e-12);
	}

	@Test
	void wassersteinScoresAreTheLogits() {
		final WassersteinLoss loss = new WassersteinLoss();
		assertEquals(1, inGraph(loss::realSlope, -70)[0]);
		assertEquals(-1, inGraph(loss::fakeSlope, 3)[0]);
		assertEquals(-1, inGraph(loss::generatorSlope, 3)[0]);
		assertEquals(-3.5, loss.generator(3.5));
		assertEquals(-70, loss.score(-70));
	}

	private static void assertClose(final double expected, final double actual, final double tolerance) {
		assertEquals(expected, actual, tolerance * Math.abs(expected));
	}

	private static float[] inGraph(final BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> slope, final float... z) {
		try (Graph graph = new Graph(); Session session = new Session(graph)) {
			final Ops tf = Ops.create(graph);
			final Operand<TFloat32> result = slope.apply(tf, tf.constant(z));
			try (Result found = session.runner().fetch(result).run()) {
				final float[] values = new float[z.length];
				((TFloat32) found.get(0)).asRawTensor().data().asFloats().read(values);
				return values;
			}
		}
	}
}
