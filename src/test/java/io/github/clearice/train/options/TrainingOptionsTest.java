package io.github.clearice.train.options;

import static io.github.clearice.train.TinyTraining.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.tensorflow.Precision;
import io.github.clearice.train.options.Adversary.Gan;
import io.github.clearice.train.options.Objective.Loss;
import io.github.clearice.train.options.Objective.Reduction;
import io.github.clearice.train.options.Preset.OptionOrigin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingOptionsTest {

	private static final TrainingOptions FAST = TrainingOptions.fast();

	@ParameterizedTest
	@EnumSource(Preset.class)
	void presetsComeBackFromTheirMap(final Preset preset) {
		final TrainingOptions options = preset.options();
		assertEquals(options, TrainingOptions.of(options.toMap()));
		assertEquals(new OptionOrigin(preset.label(), List.of()), options.origin());
		assertEquals(preset, Preset.named(preset.label()));
		assertFalse(preset.description().isBlank());
	}

	@ParameterizedTest
	@CsvSource({ "none, auto, AUTO", "wgan, auto, FLOAT32", "wgan, bfloat16, BFLOAT16", "beta, auto, AUTO" })
	void gradientPenaltiesAreFloat32UnlessAskedOtherwise(final String gan, final String given, final Precision settled) {
		assertEquals(settled, FAST.with(Map.of("gan", gan, "precision", given)).precision());
	}

	@ParameterizedTest
	@EnumSource(Gan.class)
	void everyFamilyComesBackFromItsMap(final Gan gan) {
		final TrainingOptions options = FAST.with("gan", gan.label());
		assertEquals(gan, options.objective().adversary().map(Adversary::gan).orElse(Gan.NONE));
		assertEquals(options, TrainingOptions.of(options.toMap()));
		assertTrue(options.toMap().keySet().containsAll(gan.options().keySet()));
		assertEquals(FAST.toMap().size() + gan.options().size(), options.toMap().size());
	}

	/** The figures of Gu et al. 2021 before its Algorithm 1. */
	@Test
	void paperIsAsPrinted() {
		final TrainingOptions paper = Preset.PAPER.options();
		final Adversary game = paper.objective().adversary().get();
		assertEquals(new Objective(Loss.L1, 10, Reduction.SUM, paper.objective().adversary()), paper.objective());
		assertEquals(new Adversary(Gan.BETA, 0.5, 0.5, 0, 0, 0, "auto", Reduction.SUM, 1, 2, 1, 0.001), game);
		assertEquals(20, paper.schedule().batch());
		assertEquals(0.01, paper.learningRate().at(1, 0));
		assertEquals(0.01, paper.learningRate().at(100, 1));
		assertEquals("(0.5, 0.5)-GAN + 10 l1", paper.objective().label());
		assertEquals("pixels sum, scores sum", paper.objective().reduction());
		assertEquals(10, paper.with("gan", "wgan").objective().adversary().get().mu());
	}

	@Test
	void saysWhatOfAPresetIsOverridden() {
		final TrainingOptions options = FAST.with(Map.of("epochs", "60", "batch", "7", "seed", "3")).with("gan", "wgan");
		assertEquals(new OptionOrigin("fast", List.of("batch", "gan", "seed")), options.origin());
		assertEquals("batch gan seed", options.toMap().get("overridden"));
		assertEquals("fast", options.toMap().get("preset"));
	}

	@Test
	void anotherFamilyKeepsWhatItShares() {
		final TrainingOptions wgan = Preset.PUBLISHED_CODE.options().with("gan", "wgan");
		final Adversary game = wgan.objective().adversary().get();
		assertEquals(2, game.criticInterval());
		assertEquals(Reduction.MEAN, game.scores());
		assertEquals(Reduction.SUM, wgan.with("gan", "js").objective().adversary().get().scores());
		assertEquals(10, wgan.objective().lambda());
		assertEquals(Reduction.MEAN, wgan.objective().pixels());
		assertFalse(wgan.toMap().containsKey("clamp"));
		assertEquals(Gan.BETA, wgan.with(Map.of("gan", "beta", "alpha", "-0.5")).objective().adversary().get().gan());
		assertEquals(1, wgan.with("gan", "none").objective().lambda());
		assertEquals(Reduction.MEAN, wgan.with("gan", "none").objective().pixels());
		assertEquals(0, FAST.with(Map.of("gan", "js", "lambda", "0")).objective().lambda());
	}

	/** Sums and lambda = 10 are the paper's, means and lambda = 100 those of pix2pix. */
	@Test
	void beginsWithTheBalanceOfAFamilysSource() {
		final Objective wgan = FAST.with("gan", "wgan").objective();
		assertEquals(10, wgan.lambda());
		assertEquals(Reduction.SUM, wgan.pixels());
		assertEquals(Reduction.MEAN, wgan.adversary().get().scores());
		assertEquals(Reduction.SUM, FAST.with("gan", "js").objective().adversary().get().scores());
		final Objective conditional = FAST.with("gan", "conditional").objective();
		assertEquals(100, conditional.lambda());
		assertEquals(Reduction.MEAN, conditional.pixels());
		assertEquals(Reduction.MEAN, conditional.adversary().get().scores());
		assertEquals(Reduction.MEAN, FAST.with(Map.of("gan", "wgan", "pixels", "mean")).objective().pixels());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"gan=wgan alpha=0.5 | Option alpha goes with gan=beta only, but gan is wgan", //
		"gan=wgan beta=0 | Option beta goes with gan=beta only, but gan is wgan", //
		"gan=js alpha=0 | Option alpha goes with gan=beta only, but gan is js", //
		"alpha=0.5 | Option alpha goes with gan=beta only, but gan is none", //
		"mu=10 | Option mu goes with gan=wgan only, but gan is none", //
		"gan=beta mu=10 | Option mu goes with gan=wgan only, but gan is beta", //
		"gan=wgan clamp=0.01 | Option clamp goes with gan=js or gan=beta only, but gan is wgan", //
		"discriminator=light | Option discriminator goes with gan=js, gan=beta, gan=wgan or gan=conditional only", //
		"lambda=0 | With lambda=0 and gan=none there is nothing to train for", //
		"gan=beta lambda=-1 | Option lambda must be 0 or more, not -1.0", //
		"gan=beta lambda=NaN | Option lambda must be 0 or more", //
		"gan=beta alpha=1.01 | Option alpha must be -1 to 1, not 1.01", //
		"gan=beta beta=-2 | Option beta must be -1 to 1, not -2", //
		"gan=beta beta=NaN | Option beta must be -1 to 1", //
		"gan=wgan mu=0 | Option mu must be above 0, not 0.0", //
		"gan=js clamp=0.5 | Option clamp must be at least 0 and below 0.5, not 0.5", //
		"gan=js kd=0 | Option kd must be 1 to 100, not 0", //
		"gan=js kg=0 | Option kg must be 1 to 100, not 0", //
		"gan=js parity=-1 | Option parity must be 0 to 1000, not -1", //
		"gan=js parity=1 lambda=0 | A parity of gradients needs a pixel loss", //
		"parity=1 | Option parity goes with", //
		"gan=js criticevery=0 | Option criticevery must be 1 to 100, not 0", //
		"gan=js criticrate=0 | Option criticrate must be above 0 and at most 10, not 0.0", //
		"gan=gan | Option gan must be none, js, beta, wgan or conditional, not gan", //
		"pixels=median | Option pixels must be mean or sum, not median", //
		"loss=l3 | Option loss must be l1 or l2, not l3", //
		"augment=true | Option augment must be none, rotations or free, not true", //
		"decay=true | Option decay must be cosine, none or plateau, not true", //
		"patience=3 | Option patience goes with decay=plateau only", //
		"decay=plateau patience=0 | Option patience must be 1 or more validations, not 0", //
		"earlystop=-1 | Option earlystop must be 0 (never) or more validations, not -1", //
		"epochs=1.5 | Option epochs must be a whole number, not 1.5", //
		"threads=-1 | Option threads must be 0 (all) or more, not -1", //
		"gan=js supervision=noise2void | A discriminator would take the noisy targets of supervision=noise2void for clean", //
		"preset=paper | Option preset says where the options come from", //
		"rat=1 | There is no training option rat. The options are: preset" })
	void refusesWhatContradicts(final String settings, final String message) {
		final Map<String, String> changes = new LinkedHashMap<>();
		for (final String setting : settings.split(" ")) changes.put(setting.split("=")[0], setting.split("=")[1]);
		assertMessage(message, () -> FAST.with(changes));
	}

	@Test
	void refusesAPresetThatIsNot() {
		assertMessage("There is no preset gu. Use fast, best, paper, published-code, su2018, pix2pix, pggan or adapt.",
			() -> Preset.named("gu"));
	}

	/** A card lists every option: a training that continued with a guessed option would be a different one. */
	@Test
	void cardsMustHoldEveryOption() {
		final Map<String, String> card = FAST.toMap();
		assertEquals(FAST, TrainingOptions.of(card));
		for (final String name : card.keySet()) {
			final Map<String, String> damaged = new LinkedHashMap<>(card);
			damaged.remove(name);
			assertMessage("Training option " + name + " is missing. The model file is damaged", () -> TrainingOptions
				.of(damaged));
		}
	}
}
