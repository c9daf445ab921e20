package io.github.clearice.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.train.DivergenceWatch.Divergence;
import io.github.clearice.train.Validation.ImageVariance;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.options.OptionReader;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DivergenceWatchTest {

	private final DivergenceWatch watch = new DivergenceWatch(true, 0, false, 100);

	@ParameterizedTest
	@CsvSource({ "NaN, .5, .4, loss", "Infinity, .5, .4, loss", ".1, NaN, .4, scores", ".1, .5, -Infinity, scores" })
	void noticesValuesThatAreNotNumbers(final double loss, final double real, final double fake, final String what) {
		assertTrue(watch.afterUpdate(new StepReport(loss, true, 0, real, fake, Double.NaN)).get().reason().contains(what));
	}

	@Test
	void noticesALossThatExplodes() {
		for (int i = 0; i < 500; i++) assertEquals(Optional.empty(), autoencoder(0.3 * Math.exp(-i / 100.0) + 0.01));
		// A single bad batch is none.
		assertEquals(Optional.empty(), autoencoder(2));
		Optional<Divergence> found = Optional.empty();
		for (int i = 0; i < 100 && found.isEmpty(); i++) found = autoencoder(2);
		assertTrue(found.get().reason().startsWith("the loss had exploded"), found.toString());
	}

	@Test
	void toleratesALossThatStaysBelowItsBeginning() {
		for (int i = 0; i < 400; i++) assertEquals(Optional.empty(), autoencoder(i == 0 ? 0.5 : 0.01));
		for (int i = 0; i < 400; i++) assertEquals(Optional.empty(), autoencoder(0.8));
	}

	/** A share that follows at a pace of 1/250 is not above 0.75 before: log(0.25) / log(1 - 1/250) = 345.9. */
	private static final int STUCK = 345;

	@Test
	void noticesADiscriminatorThatIsAlwaysSure() {
		for (int i = 0; i < STUCK; i++) assertEquals(Optional.empty(), watch.afterUpdate(game(.9999, .0001)));
		assertFalse(watch.isHealthy());
		final Divergence found = watch.afterUpdate(game(.9999, .0001)).get();
		assertTrue(found.criticAlone() && found.reason().contains("certain of every image"), found.toString());
	}

	/** As in the paper's own setting, where it is certain after a hundred updates while the PSNR continues rising. */
	@Test
	void aSureDiscriminatorIsOnlyIdleBesideAPixelLoss() {
		final DivergenceWatch beside = new DivergenceWatch(true, 0, true, 100);
		for (int i = 0; i < STUCK; i++) assertEquals(Optional.empty(), beside.afterUpdate(game(.9999, .0001)));
		assertFalse(beside.isIdle());
		assertEquals(Optional.empty(), beside.afterUpdate(game(.9999, .0001)));
		assertTrue(beside.isIdle() && beside.isHealthy());
	}

	@Test
	void aDiscriminatorThatIsOftenSureIsNotStuck() {
		for (int i = 0; i < 5000; i++)
			assertEquals(Optional.empty(), watch.afterUpdate(game(i % 10 < 6 ? .9999 : .9, .0001)));
	}

	@Test
	void fewUnsureUpdatesDoNotHideAStuckDiscriminator() {
		Optional<Divergence> found = Optional.empty();
		for (int i = 0; i < 1000 && found.isEmpty(); i++) found = watch.afterUpdate(game(1, i % 6 == 0 ? .97 : 1));
		assertTrue(found.get().reason().contains("same score"), found.toString());
	}

	@Test
	void clampedScoresAreSureAtTheirBounds() {
		final DivergenceWatch clamped = new DivergenceWatch(true, 0.01, false, 100);
		for (int i = 0; i < STUCK; i++) clamped.afterUpdate(game(.99, .01));
		assertTrue(clamped.afterUpdate(game(.99, .01)).isPresent());
	}

	@Test
	void noticesACriticWhosePenaltyExplodes() {
		final DivergenceWatch critic = new DivergenceWatch(false, 0, false, 100);
		for (int i = 0; i < 300; i++)
			assertEquals(Optional.empty(), critic.afterUpdate(new StepReport(.1, true, 0, 3, 1, 400 * Math.exp(-i / 50.0))));
		Optional<Divergence> found = Optional.empty();
		for (int i = 0; i < 20 && found.isEmpty(); i++)
			found = critic.afterUpdate(new StepReport(.1, true, 0, 3, 1, 1e7));
		assertTrue(found.get().criticAlone() && found.get().reason().contains(
			"gradient penalty of the critic had exploded"), found.toString());
	}

	@Test
	void aWassersteinCriticMayBeAsSureAsItLikes() {
		final DivergenceWatch critic = new DivergenceWatch(false, 0, false, 100);
		for (int i = 0; i < 2000; i++) assertEquals(Optional.empty(), critic.afterUpdate(game(40, -35)));
	}

	@Test
	void noticesResultsThatAreTheSameForAllImages() {
		// Nothing counts during the warm-up.
		assertEquals(Optional.empty(), watch.afterValidation(90, 1e-9, 0.01));
		for (int step = 110; step < 210; step += 20)
			assertEquals(Optional.empty(), watch.afterValidation(step, 1e-9, 0.01));
		assertTrue(watch.afterValidation(210, 1e-9, 0.01).get().reason().contains("same for all images in 6 validations"));
		assertEquals(Optional.empty(), watch.afterValidation(230, 1e-3, 0.01));
		for (int step = 300; step < 600; step += 200)
			assertEquals(Optional.empty(), watch.afterValidation(step, 1e-9, 0.01));
		assertTrue(watch.afterValidation(700, 1e-9, 0.01).get().reason().contains("same for all images in 3 validations"));
		assertTrue(watch.afterValidation(800, Double.NaN, 0.01).get().reason().contains("no longer numbers"));
	}

	@Test
	void remembersWhatItSawThroughACheckpoint() {
		for (int i = 0; i < 300; i++) watch.afterUpdate(game(.9999, .0001));
		final Map<String, String> state = new LinkedHashMap<>();
		watch.save(state);
		final DivergenceWatch again = new DivergenceWatch(true, 0, false, 100);
		again.restore(new OptionReader(state));
		for (int i = 300; i < STUCK; i++) assertEquals(Optional.empty(), again.afterUpdate(game(.9999, .0001)));
		assertTrue(again.afterUpdate(game(.9999, .0001)).isPresent());
	}

	/** numpy: {@code np.random.seed(0); a = np.random.rand(3, 4).astype('f4'); a.var(axis=0).mean()}. */
	@Test
	void varianceIsThatBetweenImages() {
		final ImageVariance variance = new ImageVariance(4);
		variance.add(new float[] { 0.54881352f, 0.71518934f, 0.60276335f, 0.54488319f, 0.4236548f, 0.64589411f, 0.43758720f,
			0.891773f });
		variance.add(new float[] { 0.96366274f, 0.38344151f, 0.79172504f, 0.52889490f });
		assertEquals(0.030660691671, variance.mean(), 1e-8);
	}

	private static StepReport game(final double real, final double fake) {
		return new StepReport(.1, true, 0, real, fake, Double.NaN);
	}

	private Optional<Divergence> autoencoder(final double loss) {
		return watch.afterUpdate(StepReport.of(loss));
	}
}
