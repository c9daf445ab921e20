package io.github.clearice.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.task.InputException;
import io.github.clearice.task.Seeds;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class InputCheckTest {

	private static final int BOX = 32;

	private final InputProfile trained = profile(stack(300, 1, 0, 1)).orElseThrow();

	@Test
	void measuresSignalAndNoise() {
		// White noise alone: no signal, the same power in each ring.
		final InputProfile noise = profile(stack(300, 0, 0, 2)).orElseThrow();
		assertEquals(0, noise.snr(), .01);
		assertEquals(BOX / 2, noise.spectrum().size());
		for (final double power : noise.spectrum()) assertEquals(1, power, .1);
		// A blob in noise of variance 1.
		double sum = 0, square = 0;
		for (int p = 0; p < BOX * BOX; p++) {
			sum += blob(p);
			square += blob(p) * blob(p);
		}
		final double variance = square / (BOX * BOX) - Math.pow(sum / (BOX * BOX), 2);
		assertEquals(variance, trained.snr(), .01);
		assertEquals(300, trained.images());
		assertTrue(trained.contrast() > .5, "bright blobs stand out: " + trained.contrast());
		assertEquals(0, noise.contrast(), .02);
	}

	@Test
	void saysNothingOfParticlesLikeThoseOfTheTraining() {
		assertEquals(List.of(), warnings(stack(300, 1, 0, 3)));
		// Few images give little information, and differences within chance are not reported.
		for (int seed = 10; seed < 15; seed++)
			assertEquals(List.of(), warnings(stack(InputProfile.SMALLEST_SAMPLE, 1, 0, seed)));
	}

	@Test
	void noticesAnotherSignalToNoiseRatio() {
		final List<String> weak = warnings(stack(300, .7, 0, 4));
		assertTrue(weak.size() == 1 && weak.get(0).contains("noise as particles"), weak.toString());
		final List<String> strong = warnings(stack(300, 2, 0, 4));
		assertTrue(strong.get(0).contains("less detail than there is"), strong.toString());
	}

	@Test
	void noticesAMismatchOfFewParticlesByTheirProfiles() {
		for (int seed = 30; seed < 40; seed++)
			for (final int count : new int[] { 1, 3, 7, 19 }) assertEquals(List.of(), warnings(stack(count, 1, 0, seed)),
				count + " particles of seed " + seed);
		for (int seed = 40; seed < 45; seed++) {
			assertTrue(warnings(stack(5, 2, 0, seed)).stream().anyMatch(line -> line.contains("SNR")), "seed " + seed);
			assertTrue(warnings(stack(10, 1, .7, seed)).stream().anyMatch(line -> line.contains("spectrum")), "seed " + seed);
		}
	}

	@Test
	void takesTheRatiosOfItsTrainingForItsOwn() {
		final float[][] images = new float[300][];
		for (int i = 0; i < images.length; i++) images[i] = stack(1, .5 + 1.5 * i / images.length, 0, 1000 + i).images()[0];
		final InputProfile range = profile(new ArrayParticleStack("range", BOX, 4, images)).orElseThrow();
		assertTrue(range.snrSpread() > .05, "spread " + range.snrSpread());
		assertEquals(List.of(), InputCheck.warnings(stack(300, .7, 0, 4), range, "m"));
		assertEquals(List.of(), InputCheck.warnings(stack(300, 1.8, 0, 4), range, "m"));
		assertFalse(InputCheck.warnings(stack(300, 4, 0, 4), range, "m").isEmpty());
	}

	@Test
	void refusesImagesThatWereFiltered() {
		final ArrayParticleStack smooth = stack(20, 1, .999, 6);
		final String message = assertThrows(InputException.class, () -> warnings(smooth)).getMessage();
		assertTrue(message.contains("without filters or denoising"), message);
	}

	@Test
	void noticesCtfsThatTheTrainingDidNotHave() {
		assertTrue(ofCtf(true, ModelCard.TrainedCtf.NONE).orElseThrow().contains("ctf=true"));
		assertTrue(ofCtf(false, ModelCard.TrainedCtf.CORRECTED).orElseThrow().contains("as they were recorded"));
		assertEquals(Optional.empty(), ofCtf(true, ModelCard.TrainedCtf.CORRECTED));
		assertEquals(Optional.empty(), ofCtf(null, ModelCard.TrainedCtf.CORRECTED));
		assertEquals(Optional.empty(), ofCtf(true, null));
	}

	private static Optional<String> ofCtf(final Boolean shown, final ModelCard.TrainedCtf trained) {
		return InputCheck.ofCtf("stack", Optional.ofNullable(shown), trained, "m");
	}

	@Test
	void noticesAnotherSpectrum() {
		final List<String> coloured = warnings(stack(300, 1, .5, 5));
		assertTrue(coloured.get(coloured.size() - 1).startsWith(
			"Warning: the spectrum of stack is not that of the training of m"), coloured.toString());
	}

	@Test
	void doesNotCheckWithoutAProfile() {
		assertEquals(List.of(), InputCheck.warnings(stack(300, 0, 0, 6), null, "m"));
		assertNull(CardJson.card(CardJson.text(TinyModel.model().card())).input());
	}

	@Test
	void aCardKeepsTheProfile() {
		final String text = CardJson.text(trained);
		assertTrue(text.contains("\"snr\""), text);
		final String card = CardJson.text(TinyModel.model().card()).replace("\"input\": null", "\"input\": " + text);
		assertEquals(trained, CardJson.card(card).input());
		assertThrows(InputException.class, () -> CardJson.card(card.replace("\"spectrum\"", "\"other\"")));
	}

	@Test
	void leavesConstantAndDamagedImagesOut() {
		final ArrayParticleStack stack = stack(60, 1, 0, 7);
		stack.images()[3] = new float[BOX * BOX];
		stack.images()[4][5] = Float.NaN;
		assertEquals(58, profile(stack).orElseThrow().images());
		assertEquals(Optional.empty(), profile(stack(InputProfile.SMALLEST_SAMPLE - 1, 1, 0, 8)));
	}

	private List<String> warnings(final ArrayParticleStack stack) {
		return InputCheck.warnings(stack, trained, "m");
	}

	private static Optional<InputProfile> profile(final ArrayParticleStack stack) {
		return InputProfile.of(stack.box(), stack.size(), stack::read);
	}

	private static double blob(final int pixel) {
		return 1.5 * Math.exp(-(Math.pow(pixel % BOX - 16, 2) + Math.pow(pixel / BOX - 16, 2)) / 40);
	}

	/** Blobs in noise of variance 1, in which each pixel contains a share of its neighbour. */
	private static ArrayParticleStack stack(final int count, final double height, final double share, final long seed) {
		final float[][] images = new float[count][BOX * BOX];
		for (int i = 0; i < count; i++) {
			final SplittableRandom random = Seeds.random(seed, i);
			double last = random.nextGaussian();
			for (int p = 0; p < BOX * BOX; p++) {
				last = share * last + Math.sqrt(1 - share * share) * random.nextGaussian();
				images[i][p] = (float) (height * blob(p) + last);
			}
		}
		return new ArrayParticleStack("stack", BOX, 4, images);
	}
}
