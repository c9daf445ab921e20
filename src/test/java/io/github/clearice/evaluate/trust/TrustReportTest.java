package io.github.clearice.evaluate.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.FourierShells;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.simulate.Orientations;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.star.OpticsGroup;
import io.github.clearice.star.RelionCtf;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/** Denoisers whose faults are known. */
class TrustReportTest {

	private static final int BOX = 32;
	private static final double SIGMA = 0.5;

	private final ParticlePairs pairs = pairs(120, 0, 1);

	/** It knows all true images and returns the one most similar to the input. */
	private Denoiser oracle(final ParticlePairs known) {
		final float[][] images = images(known.clean());
		return denoiser(image -> Arrays.stream(images).max((a, b) -> Double.compare(TrustData.similarity(image, a),
			TrustData.similarity(image, b))).orElseThrow());
	}

	@Test
	void aDenoiserThatKnowsTheTruthPassesButInventsItFromNoise() {
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
	void aDenoiserThatDoesNothingInventsNothing() {
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
	void aDenoiserThatShowsTheMeanFails() {
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
	void findsDenoisersThatAnswerFromMemory() {
		final ParticlePairs training = pairs(40, 1000, 1);
		final TrustFinding guilty = run(new TrustReport(pairs, oracle(training), 1, TaskListener.SILENT).withTraining(
			training.clean(), null)).get("memory");
		assertFalse(guilty.passed(), guilty.sentence());
		final TrustFinding innocent = run(new TrustReport(pairs, denoiser(float[]::clone), 1, TaskListener.SILENT)
			.withTraining(training.clean(), training.noisy())).get("memory");
		assertTrue(innocent.passed(), innocent.sentence());
	}

	@Test
	void findsDenoisersThatKnowTheNoiseOfTheTraining() {
		final ParticlePairs training = pairs(40, 1000, 1);
		final float[][] noisy = images(training.noisy()), clean = images(training.clean());
		// It recognises each noisy training image exactly and returns other images unchanged.
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
	void findsDenoisersThatTurnParticlesByTheMap() {
		final Volume map = blobs();
		final float[][] clean = views(map, 12), noisy = new float[12][BOX * BOX];
		for (int i = 0; i < clean.length; i++) {
			final SplittableRandom random = Seeds.random(7, i);
			for (int p = 0; p < BOX * BOX; p++) noisy[i][p] = (float) (clean[i][p] + SIGMA * random.nextGaussian());
		}
		final ParticlePairs views = pairs(noisy, clean);
		final TrustFinding right = run(new TrustReport(views, denoiser(float[]::clone), 1, TaskListener.SILENT).withMap(map,
			PointGroup.C1)).get("poses");
		assertEquals(0, right.value(), right.sentence());
		assertTrue(right.passed());
		final TrustFinding turned = run(new TrustReport(views, denoiser(TrustReportTest::quarterTurn), 1,
			TaskListener.SILENT).withMap(map, PointGroup.C1)).get("poses");
		assertEquals(1, turned.value(), turned.sentence());
		assertFalse(turned.passed());
		assertTrue(turned.sentence().contains("The median errors are 9") || turned.sentence().contains(
			"The median errors are 8"), turned.sentence());
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
		// It passes detail on which neighbouring pixels agree, as they do in this noise, and removes white noise.
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
	void findsDenoisersThatHideAnUnknownFactor() {
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
	void correctingTheCtfPassesEachTestAndLeavingItFails() {
		final ParticlePairs pairs = ctfPairs(120, 0, 1), training = ctfPairs(40, 1000, 1), bound = ctfPairs(120, 0, 1.6);
		final Denoiser good = finder(List.of(pairs, training, bound), Optional.of(true));
		final TrustReport report = new TrustReport(pairs, good, 1, TaskListener.SILENT).withFactor(bound).withOthers(List
			.of(good));
		final List<String> tests = List.of("resolution", "noise", "scrambled", "bias", "residual", "factor", "spread");
		final Map<String, TrustFinding> right = run(report);
		for (final String test : tests) assertTrue(right.get(test).passed(), test + ": " + right.get(test).sentence());
		assertEquals(0, right.get("bias").value(), .02);
		assertEquals(0, right.get("residual").value(), .05);
		final Map<String, TrustFinding> wrong = run(new TrustReport(pairs, denoiser(float[]::clone), 1,
			TaskListener.SILENT).withOthers(List.of(good)).withTraining(training.clean(), training.noisy()));
		// It learns nothing, so it remembers nothing.
		assertTrue(wrong.get("memory").passed(), wrong.get("memory").sentence());
		for (final String test : List.of("resolution", "noise", "scrambled", "spread")) assertFalse(wrong.get(test)
			.passed(), test + ": " + wrong.get(test).sentence());
		final float[] mean = new float[BOX * BOX];
		for (final float[] image : images(pairs.clean())) for (int p = 0; p < mean.length; p++) mean[p] += image[p] / pairs
			.size();
		final Map<String, TrustFinding> same = run(new TrustReport(pairs, denoiser(image -> mean.clone()), 1,
			TaskListener.SILENT));
		for (final String test : List.of("bias", "residual")) assertFalse(same.get(test).passed(), test + ": " + same.get(
			test).sentence());
		// It answers with images of the training alone.
		final Map<String, TrustFinding> parrot = run(new TrustReport(pairs, finder(List.of(training), Optional.of(true)), 1,
			TaskListener.SILENT).withTraining(training.clean(), training.noisy()));
		for (final String test : List.of("resolution", "memory")) assertFalse(parrot.get(test).passed(), test + ": " +
			parrot.get(test).sentence());
		final TrustFinding hidden = run(new TrustReport(pairs, finder(List.of(pairs), Optional.of(true)), 1,
			TaskListener.SILENT).withFactor(bound)).get("factor");
		assertFalse(hidden.passed(), hidden.sentence());
	}

	@Test
	void comparesDenoisersThatKeepTheCtfWithImagesThatHaveIt() {
		final ParticlePairs pairs = ctfPairs(120, 0, 1);
		final Map<String, TrustFinding> findings = run(new TrustReport(pairs, finder(List.of(pairs), Optional.of(false)), 1,
			TaskListener.SILENT));
		for (final String test : List.of("resolution", "noise", "scrambled", "bias", "residual")) assertTrue(findings.get(
			test).passed(), test + ": " + findings.get(test).sentence());
		final ParticlePairs kept = new ParticlePairs(pairs.noisy(), new ArrayParticleStack("clean", BOX, 4, observed(
			pairs)));
		assertMessage("keepctf=false", () -> new TrustReport(kept, finder(List.of(pairs), Optional.of(true)), 1,
			TaskListener.SILENT));
	}

	@Test
	void viewsOfResultsWithoutCtfAreComparedWithViewsOfTheMap() {
		final Volume map = blobs();
		final float[][] clean = views(map, 12);
		final ParticlePairs views = withCtf(clean, 0.3);
		final TrustFinding right = run(new TrustReport(views, finder(List.of(views), Optional.of(true)), 1,
			TaskListener.SILENT).withMap(map, PointGroup.C1)).get("poses");
		assertEquals(0, right.value(), right.sentence());
		final TrustFinding turned = run(new TrustReport(views, denoiser(found(List.of(views), false).andThen(
			TrustReportTest::quarterTurn)), 1, TaskListener.SILENT).withMap(map, PointGroup.C1)).get("poses");
		assertFalse(turned.passed(), turned.sentence());
	}

	@Test
	void curvesEndWhereThereIsNoSignal() {
		// Blobs of a standard deviation of 1.6 pixels have exp(-20) of their power at the Nyquist frequency.
		final TrustFinding bias = run(new TrustReport(pairs, denoiser(float[]::clone), 1, TaskListener.SILENT)).get("bias");
		final int rings = bias.curves().get(0).values().length;
		assertTrue(rings > 4 && rings < BOX / 2, rings + " rings");
		assertEquals("power of the bias / power of the particles", bias.axis());
	}

	@Test
	void sharesEndWhereNothingIsRightAndCorrelationsWhereThatIsSeen() {
		final Map<String, TrustFinding> findings = run(new TrustReport(pairs, denoiser(float[]::clone), 1,
			TaskListener.SILENT));
		final double[] correlations = findings.get("resolution").curves().get(0).values();
		int half = 1;
		while (correlations[half] >= .5) half++;
		assertEquals(half + 1, correlations.length - 1);
		assertEquals(half - 1, findings.get("bias").curves().get(0).values().length - 1);
		assertEquals(half - 1, findings.get("residual").curves().get(0).values().length - 1);
		for (final TrustFinding finding : findings.values()) if (!finding.curves().isEmpty()) assertTrue(finding.axis()
			.contains("(1: equal)") || finding.axis().contains(" / power of "), finding.axis());
	}

	@Test
	void smallSharesAreNotCalledNothing() {
		assertEquals("0.5 %", TrustFinding.percent(.005));
		assertEquals("less than 0.1 %", TrustFinding.percent(.0004));
		assertEquals("-2.3 %", TrustFinding.percent(-.023));
		assertEquals("41 %", TrustFinding.percent(.408));
	}

	@Test
	void inventedDetailIsNotedInWords() {
		final TrustFinding invented = run(new TrustReport(pairs, oracle(pairs), 1, TaskListener.SILENT)).get("invented");
		assertFalse(invented.isTest());
		assertTrue(invented.verdict().startsWith("fills in"), invented.verdict());
		assertEquals("invents nothing", run(new TrustReport(pairs, denoiser(float[]::clone), 1, TaskListener.SILENT)).get(
			"invented").verdict());
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

	private static Volume blobs() {
		final Volume map = Volume.zeros(BOX, 4);
		final double[][] blobs = { { 5, -3, 6 }, { -6, 4, 1 }, { 0, 7, -5 }, { 3, 3, 0 } };
		for (int z = 0; z < BOX; z++)
			for (int y = 0; y < BOX; y++)
				for (int x = 0; x < BOX; x++)
					for (final double[] at : blobs) {
						map.voxels()[map.index(x, y, z)] += (float) Math.exp(-(Math.pow(x - 16 - at[0], 2) + Math.pow(y - 16 -
							at[1], 2) + Math.pow(z - 16 - at[2], 2)) / 5);
					}
		return map;
	}

	private static float[][] views(final Volume map, final int count) {
		final FourierProjector projector = new FourierProjector(map);
		final FourierSlice slice = new FourierSlice(projector);
		final float[][] views = new float[count][BOX * BOX];
		for (int i = 0; i < count; i++) slice.project(projector, Orientations.uniform().draw(i, Seeds.random(6, i)),
			views[i]);
		return views;
	}

	private static float[] quarterTurn(final float[] image) {
		final float[] result = image.clone();
		for (int y = 1; y < BOX; y++) for (int x = 1; x < BOX; x++) result[x * BOX + BOX - y] = image[y * BOX + x];
		return result;
	}

	/** The clean images with the CTFs of the noisy ones. */
	private static float[][] observed(final ParticlePairs pairs) {
		return observed(images(pairs.clean()), pairs.noisy().rows().orElseThrow());
	}

	private static float[][] observed(final float[][] clean, final RelionParticles table) {
		final float[][] observed = new float[clean.length][BOX * BOX];
		final RealFourierTransform2D fourier = new RealFourierTransform2D(BOX);
		final Ctf ctf = new Ctf(BOX, 4);
		final float[] spectrum = new float[fourier.spectrumLength()], factors = new float[ctf.length()];
		for (int i = 0; i < observed.length; i++) {
			fourier.forward(clean[i], spectrum);
			ctf.apply(CtfParameters.of(table.particles().get(i)), spectrum, factors);
			fourier.inverse(spectrum, observed[i]);
		}
		return observed;
	}

	/**
	 * It knows all particles with and without their CTFs, and returns the one that is clearly most similar to the input,
	 * or an empty image.
	 */
	private static Function<float[], float[]> found(final List<ParticlePairs> known, final boolean keepsCtf) {
		final List<float[]> seen = new ArrayList<>(), clean = new ArrayList<>();
		for (final ParticlePairs pairs : known) {
			seen.addAll(Arrays.asList(observed(pairs)));
			clean.addAll(Arrays.asList(images(pairs.clean())));
		}
		return image -> {
			int best = 0;
			double greatest = 0;
			for (int i = 0; i < seen.size(); i++) {
				final double similarity = TrustData.similarity(image, seen.get(i));
				if (similarity > greatest) best = i;
				greatest = Math.max(greatest, similarity);
			}
			return greatest < .25 ? new float[image.length] : (keepsCtf ? seen : clean).get(best).clone();
		};
	}

	private static Denoiser finder(final List<ParticlePairs> known, final Optional<Boolean> corrects) {
		return denoiser(found(known, !corrects.orElse(true)), corrects);
	}

	private static Denoiser denoiser(final Function<float[], float[]> work) {
		return denoiser(work, Optional.empty());
	}

	private static Denoiser denoiser(final Function<float[], float[]> work, final Optional<Boolean> corrects) {
		return new ArrayDenoiser() {

			@Override
			public Optional<Boolean> correctsCtf() {
				return corrects;
			}

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

	private static ParticlePairs ctfPairs(final int count, final int first, final double factor) {
		return withCtf(images(pairs(count, first, factor).clean()), 0.15);
	}

	/** Noisy images with CTFs of 1 to 2.5 µm, which zero them before 17 Å, and clean ones without. */
	private static ParticlePairs withCtf(final float[][] clean, final double sigma) {
		final List<RelionParticle> rows = new ArrayList<>();
		for (int i = 0; i < clean.length; i++) {
			final double defocus = 10_000 + 15_000.0 * (i % 7) / 6;
			rows.add(RelionParticle.of("noisy.mrcs", i, 0, 0, 0, 0, 0, 4, new RelionCtf(300, 2.7, 0.1, defocus, defocus, 0, 0,
				0, 1), 1, 1, 1, 0));
		}
		final RelionParticles table = RelionParticles.of(List.of(new OpticsGroup(1, "one", 300, 2.7, 0.1, 4, BOX)), rows);
		final float[][] noisy = observed(clean, table);
		for (int i = 0; i < noisy.length; i++) {
			final SplittableRandom random = Seeds.random(9, i);
			for (int p = 0; p < noisy[i].length; p++) noisy[i][p] += (float) (sigma * random.nextGaussian());
		}
		return new ParticlePairs(ParticleStack.of("noisy", PixelArrays.image(0, noisy), 4, table),
			new ArrayParticleStack("clean", BOX, 4, clean));
	}

	/** Three blobs at different places; the factor sets the brightness of the last. */
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
