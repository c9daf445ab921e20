package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContaminationTest {

	private static final int BOX = 32;
	private static final int COUNT = 40;

	/** Discs of radius 6 to 9 on a background of 10, and noise of three times their height. */
	private final ParticlePairs pairs = pairs(COUNT);

	@ParameterizedTest
	@CsvSource({ "A, false, true", "B, true, false", "C, true, true" })
	void replacesWhatItsTypeSays(final ContaminationType type, final boolean noisy, final boolean reference) {
		final Contamination contamination = new Contamination(type, Contaminant.GAUSSIAN, .25, 7);
		final ParticlePairs changed = contamination.of(pairs);
		final BitSet replaced = contamination.replaced(COUNT);
		assertEquals(10, replaced.cardinality());
		for (int i = 0; i < COUNT; i++) {
			assertEquals(noisy && replaced.get(i), !Arrays.equals(image(pairs.noisy(), i), image(changed.noisy(), i)));
			assertEquals(reference && replaced.get(i), !Arrays.equals(image(pairs.clean(), i), image(changed.clean(), i)));
		}
	}

	@Test
	void aLargerShareReplacesTheSamePairsAndMore() {
		final BitSet few = new Contamination(ContaminationType.A, Contaminant.EMPTY, .1, 3).replaced(200);
		final BitSet more = new Contamination(ContaminationType.A, Contaminant.EMPTY, .3, 3).replaced(200);
		assertEquals(20, few.cardinality());
		assertEquals(60, more.cardinality());
		few.andNot(more);
		assertTrue(few.isEmpty());
		assertFalse(more.equals(new Contamination(ContaminationType.A, Contaminant.EMPTY, .3, 4).replaced(200)));
	}

	@ParameterizedTest
	@EnumSource(Contaminant.class)
	void isTheSameWheneverItIsRead(final Contaminant contaminant) {
		final ParticlePairs first = new Contamination(ContaminationType.C, contaminant, 1, 5).of(pairs);
		final ParticlePairs second = new Contamination(ContaminationType.C, contaminant, 1, 5).of(pairs);
		for (final int i : new int[] { 7, 0, 7 }) {
			assertArrayEquals(image(first.noisy(), i), image(second.noisy(), i));
			assertArrayEquals(image(first.clean(), i), image(second.clean(), i));
		}
		assertFalse(Arrays.equals(image(first.noisy(), 0), image(first.noisy(), 1)));
	}

	@Test
	void noiseHasTheScaleOfTheStackItComesInto() {
		final ParticlePairs gaussian = new Contamination(ContaminationType.C, Contaminant.GAUSSIAN, 1, 5).of(pairs);
		final ParticlePairs uniform = new Contamination(ContaminationType.C, Contaminant.UNIFORM, 1, 5).of(pairs);
		for (final boolean noisy : new boolean[] { true, false }) {
			final Contaminant.Scale scale = Contaminant.Scale.of(noisy ? pairs.noisy() : pairs.clean());
			final ImageStatistics drawn = statistics(noisy ? gaussian.noisy() : gaussian.clean());
			assertEquals(scale.mean(), drawn.mean(), .05 * scale.standardDeviation());
			assertEquals(scale.standardDeviation(), drawn.standardDeviation(), .03 * scale.standardDeviation());
			final ImageStatistics flat = statistics(noisy ? uniform.noisy() : uniform.clean());
			assertTrue(flat.minimum() >= scale.minimum() && flat.maximum() <= scale.maximum());
			// The standard deviation of the uniform distribution: range / sqrt(12).
			assertEquals(scale.range() / Math.sqrt(12), flat.standardDeviation(), .03 * scale.range());
		}
	}

	/** A contaminant of type C appears in both images of a pair, with noise added in the noisy one. */
	@ParameterizedTest
	@EnumSource(value = Contaminant.class, names = { "ICE", "CARBON", "NEIGHBOUR", "EMPTY" })
	void bothImagesOfAPairShowTheSame(final Contaminant contaminant) {
		final ParticlePairs changed = new Contamination(ContaminationType.C, contaminant, 1, 5).of(pairs);
		final float[] sum = new float[BOX * BOX];
		for (int i = 0; i < COUNT; i++) {
			final float[] noisy = image(changed.noisy(), i), clean = image(changed.clean(), i);
			for (int p = 0; p < sum.length; p++) noisy[p] -= clean[p];
			assertEquals(3, ImageStatistics.of(noisy).standardDeviation(), .25);
			for (int p = 0; p < sum.length; p++) sum[p] += noisy[p];
		}
		assertEquals(3 * Math.sqrt(COUNT), ImageStatistics.of(sum).standardDeviation(), 1.5);
	}

	@Test
	void emptyIceIsTheBackground() {
		final ParticleStack empty = new Contamination(ContaminationType.A, Contaminant.EMPTY, 1, 5).of(pairs).clean();
		for (final float value : image(empty, 3)) assertEquals(10, value, 1e-5);
	}

	@Test
	void shuffledReferencesAreThoseOfOtherParticles() {
		final ParticleStack shuffled = new Contamination(ContaminationType.A, Contaminant.SHUFFLED, 1, 5).of(pairs).clean();
		for (int i = 0; i < COUNT; i++) {
			final float[] image = image(shuffled, i);
			assertFalse(Arrays.equals(image(pairs.clean(), i), image));
			boolean found = false;
			for (int other = 0; other < COUNT; other++) found |= Arrays.equals(image(pairs.clean(), other), image);
			assertTrue(found);
		}
	}

	@Test
	void refusesWhatCannotBe() {
		assertThrows(ParameterException.class, () -> new Contamination(ContaminationType.A, Contaminant.ICE, 1.01, 1));
		assertThrows(ParameterException.class, () -> new Contamination(ContaminationType.A, Contaminant.ICE, Double.NaN,
			1));
		assertThrows(ParameterException.class, () -> Contaminant.named("dirt"));
		assertThrows(ParameterException.class, () -> ContaminationType.named("D"));
		final float[][] constant = new float[4][BOX * BOX];
		final ParticleStack stack = new ArrayParticleStack("constant", BOX, 4, constant);
		final Contamination all = new Contamination(ContaminationType.A, Contaminant.ICE, 1, 1);
		assertEquals("All pixels of constant are equal: there is no particle in it. Name another stack.", assertThrows(
			ParameterException.class, () -> all.of(new ParticlePairs(stack, stack))).getMessage());
		final Contamination shuffled = new Contamination(ContaminationType.A, Contaminant.SHUFFLED, 1, 1);
		assertThrows(ParameterException.class, () -> shuffled.of(pairs(1)));
	}

	private static ParticlePairs pairs(final int count) {
		final float[][] noisy = new float[count][BOX * BOX], clean = new float[count][BOX * BOX];
		for (int i = 0; i < count; i++) {
			final SplittableRandom random = Seeds.random(9, i);
			final double radius = random.nextDouble(6, 9);
			for (int p = 0; p < BOX * BOX; p++) {
				clean[i][p] = (float) (10 + (Math.hypot(p % BOX - BOX / 2, (double) (p / BOX) - BOX / 2) < radius ? 1 + .01 * i
					: 0));
				noisy[i][p] = (float) (clean[i][p] + 3 * random.nextGaussian());
			}
		}
		return new ParticlePairs(new ArrayParticleStack("noisy", BOX, 4, noisy), new ArrayParticleStack("clean", BOX, 4,
			clean));
	}

	private static ImageStatistics statistics(final ParticleStack stack) {
		final float[] all = new float[stack.size() * BOX * BOX];
		for (int i = 0; i < stack.size(); i++) System.arraycopy(image(stack, i), 0, all, i * BOX * BOX, BOX * BOX);
		return ImageStatistics.of(all);
	}

	private static float[] image(final ParticleStack stack, final int index) {
		final float[] image = new float[BOX * BOX];
		stack.read(index, image);
		return image;
	}
}
