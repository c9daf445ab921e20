package io.github.clearice.train;

import static io.github.clearice.train.TinyTraining.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.network.zoo.Discriminators;
import io.github.clearice.train.options.Preset;
import io.github.clearice.train.options.TrainingOptions;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NetworksTest {

	@ParameterizedTest
	@CsvSource({ "auto, js, light", "light, wgan, light", "gu2021, beta, gu2021", "gu2021, wgan, gu2021",
		"pix2pix, conditional, pix2pix", "su2018, conditional, su2018", "light, conditional, light-conditional",
		"pix2pix, js, light", "gu2021, conditional, light-conditional" })
	void takesTheDiscriminatorThatGoesWithTheNetwork(final String network, final String gan, final String discriminator) {
		final TrainingOptions options = TrainingOptions.fast().with(Map.of("network", network, "gan", gan, "device",
			"cpu"));
		assertEquals(Discriminators.named(discriminator, gan.equals("wgan")), Networks.named(options, 1).discriminator()
			.get());
	}

	@Test
	void conditionalLossNeedsAConditionalDiscriminator() {
		final TrainingOptions options = TrainingOptions.fast().with(Map.of("gan", "conditional", "discriminator", "light",
			"device", "cpu"));
		assertMessage("gan=conditional needs a discriminator that sees the noisy image too, but light does not",
			() -> Networks.named(options, 1));
		assertMessage("Discriminator must be one of", () -> Networks.named(options.with("discriminator", "judge"), 1));
	}

	@ParameterizedTest
	@EnumSource(Preset.class)
	void presetsNameNetworksThatAreThere(final Preset preset) {
		final TrainingOptions options = preset.options().with("device", "cpu");
		assertEquals(options.objective().adversary().isPresent(), Networks.named(options, 1).discriminator().isPresent());
	}

	@Test
	void refusesBoxesThatTheDiscriminatorCannotTake() {
		final TrainingOptions options = TrainingOptions.fast().with(Map.of("network", "gu2021", "gan", "js"));
		Networks.named(options.with("gan", "none"), 1).checkBox(16);
		assertMessage("discriminator takes boxes of 32", () -> Networks.named(options, 1).checkBox(16));
	}

	@Test
	void autoencodersHaveNoDiscriminator() {
		assertTrue(Networks.named(TrainingOptions.fast().with("device", "cpu"), 1).discriminator().isEmpty());
	}
}
