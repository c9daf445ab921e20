package io.github.clearice.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelFile;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@PlainGraphs
class GanTrainingTest {

	@TempDir
	Path folder;

	/** The noisy images stand at 9 to 10 dB of a disc's range, hence of the validation. */
	@ParameterizedTest
	@CsvSource({ "js", "beta", "wgan", "conditional" })
	void everyFamilyLearnsToDenoise(final String gan) {
		final Recorder heard = new Recorder();
		final TrainingOptions options = TinyTraining.options().with(Map.of("gan", gan, "epochs", "12", "kg", "1"));
		final ModelFile model = TinyTraining.train(TinyTraining.pairs(120), options, folder.resolve("m.clearice"), heard);
		final double best = model.card().metrics().get("validation-psnr");
		assertTrue(best > 17, best + " dB");
	}

	@Test
	void cardDescribesTheTraining() {
		final ParticlePairs pairs = TinyTraining.pairs(30);
		final TrainingOptions options = TinyTraining.options().with(Map.of("gan", "beta", "alpha", "-0.5", "lambda", "3",
			"scores", "mean", "epochs", "1"));
		final ModelCard card = TinyTraining.train(pairs, options, folder.resolve("m.clearice"), TrainingListener.SILENT)
			.card();
		assertEquals("(-0.5, 0.5)-GAN + 3 l1", card.loss());
		assertEquals("pixels sum, scores mean", card.reduction());
		assertEquals(options, TrainingOptions.of(card.training()));
		assertEquals("fast", card.training().get("preset"));
		final List<String> overridden = List.of(card.training().get("overridden").split(" "));
		assertTrue(overridden.containsAll(List.of("alpha", "epochs", "gan", "lambda", "scores")), overridden.toString());
		assertFalse(overridden.contains("beta"));
	}
}
