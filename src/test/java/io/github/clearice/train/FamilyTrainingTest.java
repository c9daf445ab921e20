package io.github.clearice.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.ModelFile;
import io.github.clearice.network.Architecture;
import io.github.clearice.network.Discriminator;
import io.github.clearice.network.LayerStyle.Activation;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.network.zoo.BottleneckNetworks.BottleneckAutoencoder;
import io.github.clearice.network.zoo.BottleneckNetworks.BottleneckDiscriminator;
import io.github.clearice.network.zoo.PlainNetworks.PlainAutoencoder;
import io.github.clearice.network.zoo.PlainNetworks.PlainDiscriminator;
import io.github.clearice.network.zoo.UNet;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Small members of the families of networks, each with the discriminator and the loss of its source. */
@PlainGraphs
class FamilyTrainingTest {

	@TempDir
	Path folder;

	private static Stream<Arguments> families() {
		final List<Integer> channels = List.of(8, 12, 16);
		final List<Integer> units = List.of(1, 1, 0);
		final List<Integer> pair = List.of(8, 12);
		final List<Integer> once = List.of(1, 1);
		return Stream.of(
			// Su et al. 2018
			Arguments.of("conditional", new BottleneckAutoencoder(channels, units, 4, Activation.ELU),
				new BottleneckDiscriminator(pair, once, 4, Activation.ELU, true, false)),
			// Gu et al. 2021 at 256 pixels
			Arguments.of("beta", new BottleneckAutoencoder(channels, units, 1, Activation.RELU), new BottleneckDiscriminator(
				pair, once, 1, Activation.RELU, false, false)), Arguments.of("wgan", new BottleneckAutoencoder(channels, units,
					1, Activation.RELU), new BottleneckDiscriminator(pair, once, 1, Activation.RELU, false, true)),
			// its ConvNet
			Arguments.of("js", new PlainAutoencoder(channels), new PlainDiscriminator(pair, List.of(2, 2), false,
				Activation.FAINT, false, false)), Arguments.of("wgan", new PlainAutoencoder(channels), new PlainDiscriminator(
					pair, List.of(2, 2), false, Activation.FAINT, false, true)),
			// pix2pix
			Arguments.of("conditional", new UNet(List.of(8, 12, 16, 16), 1), new PlainDiscriminator(pair, List.of(2, 1), true,
				Activation.LEAKY, true, false)));
	}

	/** The noisy images stand at 9 to 10 dB of a disc's range, hence of the validation. */
	@ParameterizedTest
	@MethodSource("families")
	void everyFamilyLearnsToDenoise(final String gan, final Architecture generator, final Discriminator discriminator) {
		final TrainingOptions options = TinyTraining.options().with(Map.of("gan", gan, "kg", "1", "epochs", "12",
			"optimiser", "adam", "rate", "0.01", "lambda", "100", "pixels", "mean"));
		final ModelFile model = Trainer.train(PairSource.of(TinyTraining.pairs(120)), options, new Networks(generator,
			Optional.of(discriminator)), folder.resolve("m.clearice"), new Recorder());
		final double best = model.card().metrics().get("validation-psnr");
		assertTrue(best > 15, best + " dB");
		assertEquals(generator, model.card().network());
	}
}
