package io.github.clearice.evaluate.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.simulate.Orientations;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/** Denoisers whose faults are known. */
class TrustReportTest {

	private static final int BOX = 32;
	private static final double SIGMA = 0.5;

	private final ParticlePairs pairs = pairs(120, 0, 1);

	/** It knows all truths, and gives back the one that an image is most like. */
	private Denoiser oracle(final ParticlePairs known) {
		final float[][] images = images(known.clean());
		return denoiser(image -> Arrays.stream(images).max((a, b) -> Double.compare(TrustData.similarity(image, a),
			TrustData.similarity(image, b))).orElseThrow());
	}

	@Test
	void whoKnowsTheTruthPassesButInventsItFromNoise() {
		final Map<String, TrustFinding> findings = run(new TrustReport(pairs, oracle(pairs), 1, TaskListener.SILENT));
		assertTrue(findings.get("resolution").passed());
		assertEquals(0, findings.get("bias").value(), .03);
		assertEquals(0, findings.get("residual").value(), .03);
		// A template stays a template without a particle, and knows detail that the data lack.
		assertFalse(findings.get("noise").passed());
		assertTrue(findings.get("noise").value() > .8);
		assertFalse(findings.get("invented").passed());
	}

	@Test
	void whoDoesNothingInventsNothing() {
		final Map<String, TrustFinding> findings = run(new TrustReport(pairs, denoiser(float[]::clone), 1,
			TaskListener.SILENT));
		// Phases that are random have no correlation with the truth.
		assertEquals(0, findings.get("invented").value(), .05);
		assertTrue(findings.get("invented").passed());
		assertEquals(0, findings.get("bias").value(), 1e-6);
		assertEquals(0, findings.get("residual").value(), 1e-6);
		assertTrue(findings.get("resolution").passed());
		assertEquals(findings.get("resolution").limit(), findings.get("resolution").value());
	}

	@Test
	void whoShowsTheMeanFails() {
		final float[] mean = new float[BOX * BOX];
		for (final float[] image : images(pairs.clean())) for (int p = 0; p < mean.length; p++) mean[p] += image[p] / pairs
			.size();
		final Map<String, TrustFinding> findings = run(new TrustReport(pairs, denoiser(image -> mean.clone()), 1,
			TaskListener.SILENT));
		assertFalse(findings.get("bias").passed(), findings.get("bias").sentence());
		assertFalse(findings.get("residual").passed());
		assertTrue(findings.get("noise").value() > .9);
	}

	@Test
	void whoAnswersFromMemoryIsFound() {
		final ParticlePairs training = pairs(40, 1000, 1);
		final TrustFinding guilty = run(new TrustReport(pairs, oracle(training), 1, TaskListener.SILENT).withTraining(
			training.clean(), null)).get("memory");
		assertFalse(guilty.passed(), guilty.sentence());
		final TrustFinding innocent = run(new TrustReport(pairs, denoiser(float[]::clone), 1, TaskListener.SILENT)
			.withTraining(training.clean(), training.noisy())).get("memory");
		assertTrue(innocent.passed(), innocent.sentence());
	}

	@Test
	void whoKnowsTheNoiseOfTheTrainingIsFoundByItsNoisyImages() {
		final ParticlePairs training = pairs(40, 1000, 1);
		final float[][] noisy = images(training.noisy()), clean = images(training.clean());
		// It knows each noisy image of the training to the last pixel, and does nothing to others.
		final Denoiser parrot = denoiser(image -> {
			for (int i = 0; i < noisy.length; i++) if (Arrays.equals(noisy[i], image)) return clean[i].clone();
			return image.clone();
		});
		assertTrue(run(new TrustReport(pairs, parrot, 1, TaskListener.SILENT).withTraining(training.clean(), null)).get(
			"memory").passed());
		final TrustFinding found = run(new TrustReport(pairs, parrot, 1, TaskListener.SILENT).withTraining(training.clean(),
			training.noisy())).get("memory");
		assertEquals(1000, found.value());
		assertFalse(found.passed());
	}

	@Test
	void whoTurnsParticlesIsFoundByTheMap() {
		final Volume map = Volume.zeros(BOX, 4);
		final double[][] blobs = { { 5, -3, 6 }, { -6, 4, 1 }, { 0, 7, -5 }, { 3, 3, 0 } };
		for (int z = 0; z < BOX; z++)
			for (int y = 0; y < BOX; y++)
				for (int x = 0; x < BOX; x++)
					for (final double[] at : blobs) {
						map.voxels()[map.index(x, y, z)] += (float) Math.exp(-(Math.pow(x - 16 - at[0], 2) +
							Math.pow(y - 16 - at[1],
							2) + Math.pow(z - 16 - at[2], 2)) / 5);
					}
		final FourierProjector projector = new FourierProjector(map);
		final FourierSlice slice = new FourierSlice(projector);
		final float[][] noisy = new float[12][BOX * BOX], clean = new float[12][BOX * BOX];
		for (int i = 0; i < clean.length; i++) {
			final SplittableRandom random = Seeds.random(6, i);
			slice.project(projector, Orientations.uniform().draw(i, random), clean[i]);
			for (int p = 0; p < BOX * BOX; p++) noisy[i][p] = (float) (clean[i][p] + SIGMA * random.nextGaussian());
		}
		final ParticlePairs views = pairs(noisy, clean);
		final TrustFinding right = run(new TrustReport(views, denoiser(float[]::clone), 1, TaskListener.SILENT).withMap(map,
			PointGroup.C1)).get("poses");
		assertEquals(0, right.value(), right.sentence());
		assertTrue(right.passed());
		final TrustFinding turned = run(new TrustReport(views, denoiser(image -> {
			final float[] result = image.clone();
			for (int y = 1; y < BOX; y++) for (int x = 1; x < BOX; x++) result[x * BOX + BOX - y] = image[y * BOX + x];
			return result;
		}), 1, TaskListener.SILENT).withMap(map, PointGroup.C1)).get("poses");
		assertEquals(1, turned.value(), turned.sentence());
		assertFalse(turned.passed());
		assertTrue(turned.sentence().contains("the median error is 9") || turned.sentence().contains(
			"the median error is 8"), turned.sentence());
	}

	@Test
	void colouredNoiseBringsAQuestionAboutWhiteNoise() {
		final ParticlePairs coloured = pairs(60, 0, 1);
		final float[][] clean = images(coloured.clean()), noisy = images(coloured.noisy());
		for (int i = 0; i < noisy.length; i++) {
			final SplittableRandom random = Seeds.random(8, i);
			final float[] white = new float[BOX * BOX];
			for (int p = 0; p < white.length; p++)
				white[p] = (float) (SIGMA * random.nextGaussian());
			for (int p = 0; p < white.length; p++)
				noisy[i][p] = clean[i][p] + white[p] + white[(p + 1) % white.length] + white[(p + BOX) % white.length];
		}
		// It shows what it is given where neighbours agree, as they do in this noise, and nothing of white noise.
		final Denoiser fooled = denoiser(image -> {
			double product = 0, square = 0;
			for (int p = 1; p < image.length; p++) {
				product += image[p] * image[p - 1];
				square += image[p] * image[p];
			}
			return product > .15 * square ? image.clone() : new float[image.length];
		});
		final Map<String, TrustFinding> findings = run(new TrustReport(coloured, fooled, 1, TaskListener.SILENT));
		assertFalse(findings.get("noise").passed());
		assertEquals(0, findings.get("white").value());
		assertFalse(findings.get("scrambled").passed(), findings.get("scrambled").sentence());
		assertFalse(run(new TrustReport(pairs, fooled, 1, TaskListener.SILENT)).containsKey("white"));
	}

	@Test
	void whoHidesAnUnknownFactorIsFound() {
		final ParticlePairs bound = pairs(120, 0, 1.6);
		final TrustFinding hidden = run(new TrustReport(pairs, oracle(pairs), 1, TaskListener.SILENT).withFactor(bound))
			.get("factor");
		assertEquals(0, hidden.value(), .3);
		assertFalse(hidden.passed());
		final TrustFinding shown = run(new TrustReport(pairs, denoiser(float[]::clone), 1, TaskListener.SILENT).withFactor(
			bound)).get("factor");
		// The noise of both stacks is the same, so that their difference is the factor.
		assertEquals(1, shown.value(), 1e-4);
	}

	@Test
	void trainingsThatAgreeDoNotSpread() {
		final Denoiser plain = denoiser(float[]::clone);
		final TrustReport report = new TrustReport(pairs, plain, 1, TaskListener.SILENT);
		assertEquals(0, run(report.withOthers(List.of(plain, plain))).get("spread").value(), 1e-9);
		final Denoiser brighter = denoiser(image -> {
			final float[] result = image.clone();
			for (int p = 0; p < result.length; p++) result[p] += 1;
			return result;
		});
		// Variance of 0 and 1, divided by n - 1: 0.5.
		final double power = TrustData.meanVariance(images(pairs.clean()));
		assertEquals(.5 / power, run(new TrustReport(pairs, plain, 1, TaskListener.SILENT).withOthers(List.of(brighter)))
			.get("spread").value(), 1e-3 / power);
	}

	@Test
	void randomPhasesKeepThePowerOfEachRingAndTheCoarseImage() {
		final float[] image = images(pairs.noisy())[3];
		final float[] randomised = PhaseRandomised.randomised(image, BOX, 6, Seeds.random(1, 2));
		final RealFourierTransform2D transform = new RealFourierTransform2D(BOX);
		final FourierShells rings = FourierShells.ofImages(BOX);
		final float[] before = new float[transform.spectrumLength()], after = before.clone();
		transform.forward(image, before);
		transform.forward(randomised, after);
		final double[] power = new double[rings.count()], kept = power.clone(), cross = power.clone();
		rings.addPower(before, power);
		rings.addPower(after, kept);
		rings.addCross(before, after, cross);
		for (int k = 0; k <= rings.nyquist(); k++) {
			assertEquals(power[k], kept[k], 1e-3 * power[k], "ring " + k);
			if (k < 6) assertEquals(power[k], cross[k], 1e-3 * power[k], "ring " + k);
			else assertTrue(Math.abs(cross[k]) < .6 * power[k], "ring " + k);
		}
	}

	@Test
	void refusesWhatCannotBeAsked() {
		assertMessage("at least 8 pairs", () -> new TrustReport(pairs(5, 0, 1), denoiser(float[]::clone), 1,
			TaskListener.SILENT));
		final TrustReport report = new TrustReport(pairs, denoiser(float[]::clone), 1, TaskListener.SILENT);
		assertMessage("without a factor", () -> report.withFactor(pairs));
		assertMessage("as many, with the same seed", () -> report.withFactor(pairs(20, 0, 1.6)));
		assertMessage("Give images of one box", () -> report.withTraining(new ArrayParticleStack("small", 16, 4,
			new float[9][256]), null));
		assertMessage("Give the pairs of the training", () -> report.withTraining(pairs.clean(), pairs(9, 0, 1).noisy()));
	}

	private static void assertMessage(final String part, final Runnable work) {
		final String message = assertThrows(ParameterException.class, work::run).getMessage();
		assertTrue(message.contains(part), message);
	}

	private static Map<String, TrustFinding> run(final TrustReport report) {
		return report.run().stream().collect(Collectors.toMap(TrustFinding::name, finding -> finding));
	}

	private static Denoiser denoiser(final Function<float[], float[]> work) {
		return new ArrayDenoiser() {

			@Override
			public String name() {
				return "test";
			}

			@Override
			protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
				for (int i = 0; i < noisy.length; i++) System.arraycopy(work.apply(noisy[i]), 0, denoised[i], 0,
					noisy[i].length);
			}
		};
	}

	/** Three blobs in places of their own, of which the last is as bright as the factor says. */
	private static ParticlePairs pairs(final int count, final int first, final double factor) {
		final float[][] noisy = new float[count][BOX * BOX], clean = new float[count][BOX * BOX];
		for (int i = 0; i < count; i++) {
			final SplittableRandom random = Seeds.random(5, first + i);
			for (int blob = 0; blob < 3; blob++) {
				final double x = random.nextDouble(8, 24), y = random.nextDouble(8, 24), height = blob == 2 ? factor : 1;
				for (int p = 0; p < BOX * BOX; p++) clean[i][p] += (float) (height * Math.exp(-(Math.pow(p % BOX - x, 2) + Math
					.pow(p / BOX - y, 2)) / 5));
			}
			for (int p = 0; p < BOX * BOX; p++) noisy[i][p] = (float) (clean[i][p] + SIGMA * random.nextGaussian());
		}
		return pairs(noisy, clean);
	}

	private static ParticlePairs pairs(final float[][] noisy, final float[][] clean) {
		return new ParticlePairs(new ArrayParticleStack("noisy", BOX, 4, noisy), new ArrayParticleStack("clean", BOX, 4,
			clean));
	}

	private static float[][] images(final ParticleStack stack) {
		return ((ArrayParticleStack) stack).images();
	}
}
