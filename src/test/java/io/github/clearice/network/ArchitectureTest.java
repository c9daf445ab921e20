package io.github.clearice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.network.zoo.Architectures;
import io.github.clearice.network.zoo.Discriminators;
import io.github.clearice.network.zoo.UNet;
import io.github.clearice.tensorflow.NetworkException;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@PlainGraphs
class ArchitectureTest {

	/** Kernels of the six levels of Su et al. and Gu et al. at 256 pixels: 4 x 4 downward; the way up has as many. */
	private static final long SIX_LEVELS = 16 * (64 + 64 * 128 + 128 * 256 + 256 * 512 + 2 * 512 * 512);
	/** The sum of C^2 over the units of one way. */
	private static final long SQUARES = 3 * (64 * 64 + 128 * 128 + 256 * 256 + 512 * 512) + 2 * 512 * 512;
	/** The sum of C over the units of one way. */
	private static final long UNIT_CHANNELS = 3 * (64 + 128 + 256 + 512) + 2 * 512;
	/** Normalised channels downward and upward, without the units. */
	private static final long LEVEL_CHANNELS = (64 + 128 + 256 + 3 * 512) + (64 + 128 + 256 + 2 * 512);

	private static List<String> names() {
		return Architectures.names();
	}

	@Test
	void su2018HasTheParametersOfThePaper() {
		// Units of 1 x 1, 4 x 4 and 1 x 1 with a quarter of the channels inside: C^2 (1/4 + 16/16 + 1/4), and C (1/4 + 1/4
		// + 1) normalised channels. "27.0 M".
		assertEquals(2 * SIX_LEVELS + 2 * SQUARES * 3 / 2 + 1 + 2 * (LEVEL_CHANNELS + 2 * UNIT_CHANNELS * 3 / 2),
			parameters("su2018"));
		assertEquals(27.0, parameters("su2018") / 1e6, 0.05);
	}

	@Test
	void gu2021At256HasTheParametersOfThePublishedCode() {
		// Units of full width: C^2 (1 + 16 + 1). "78.8 M".
		assertEquals(2 * SIX_LEVELS + 2 * SQUARES * 18 + 1 + 2 * (LEVEL_CHANNELS + 2 * UNIT_CHANNELS * 3), parameters(
			"gu2021-256"));
		assertEquals(78.8, parameters("gu2021-256") / 1e6, 0.05);
	}

	@Test
	void pix2pixHasTheParametersOfThePaper() {
		// With three channels in and out: 54.4 M. Biases: the first level, the narrowest, the output.
		final long down = 64 * 128 + 128 * 256 + 256 * 512 + 4 * 512 * 512;
		final long up = 512 * 512 + 3 * 1024 * 512 + 1024 * 256 + 512 * 128 + 256 * 64;
		final long normalised = 2 * (128 + 256 + 4 * 512) + 2 * (4 * 512 + 256 + 128 + 64);
		final long threeChannels = 16 * (3 * 64 + down + up + 128 * 3) + normalised + 64 + 512 + 3;
		assertEquals(54.4, threeChannels / 1e6, 0.05);
		assertEquals(threeChannels - 2 * 16 * (64 + 128) - 2, parameters("pix2pix", 256));
		// At 128 pixels one level of 512 channels less each way.
		assertEquals(parameters("pix2pix", 256) - 16 * (512 * 512 + 1024 * 512) - 2 * 2 * 512, parameters("pix2pix", 128));
	}

	@Test
	void convnetHasTwiceTheKernelsOfItsEncoder() {
		assertEquals(2 * 16 * (64 + 64 * 128 + 128 * 256 + 256 * 512) + 1 + 2 * (64 + 128 + 256 + 512 + 256 + 128 + 64),
			parameters("convnet"));
	}

	@ParameterizedTest
	// Gu et al.: "2.8 GMAC", Su et al.: "6.4 GMAC". The others by hand, a kernel's values times the pixels of its coarser
	// side; ConvNet: 2 * (1024 * 64^2 + 131072 * 32^2 + 524288 * 16^2 + 2097152 * 8^2).
	@CsvSource({ "light, 128, 0.1994", "deep, 128, 0.3504", "residual, 128, 0.227", "gu2021, 128, 2.8",
		"convnet, 128, 0.8137", "su2018, 256, 6.4", "pix2pix, 256, 6.0" })
	void takesTheWorkOfItsLayers(final String name, final int box, final double billions) {
		try (NetworkGraph graph = NetworkGraph.of(Architectures.named(name), box)) {
			assertEquals(billions, graph.products() / 1e9, billions / 50);
			assertEquals(graph.products(), NetworkCost.products(Architectures.named(name), box));
		}
	}

	@ParameterizedTest
	@CsvSource({ "light, 16", "light, 72", "light, 256", "residual, 16", "residual, 72", "gu2021, 16",
		"gu2021, 72", "gu2021, 128", "gu2021-256, 128", "convnet, 32", "convnet, 48", "convnet, 128", "convnet, 256",
		"su2018, 128", "su2018, 192", "pix2pix, 16", "pix2pix, 48", "pix2pix, 80",
		"pix2pix, 128", "pix2pix, 256", "pggan, 16", "pggan, 48" })
	void keepsTheSizeOfTheImage(final String name, final int box) {
		final Architecture architecture = Architectures.named(name);
		architecture.checkBox(box);
		for (final Layers.Mode mode : Layers.Mode.values()) {
			// The largest has its training checked by its smaller relative, and large boxes by small ones of the same layers.
			if (mode == Layers.Mode.TRAINING && (name.equals("gu2021-256") || box > 128)) continue;
			try (NetworkGraph graph = new NetworkGraph(mode, box, 1, architecture::build)) {
				graph.start();
				final float[] result = graph.run(NetworkGraph.waves(box * box));
				assertEquals(box * box, result.length);
				assertTrue(NetworkGraph.finite(result));
				if (architecture.bounded()) for (final float value : result) assertTrue(Math.abs(value) <= 1);
				// A constant result would mean that the network ignores its input.
				assertTrue(deviation(result) > 1e-4, "deviation " + deviation(result));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "gu2021-256, 64, 64", "gu2021-256, 160, 64", "su2018, 200, 64", "convnet, 40, 16", "convnet, 16, 16",
		"pix2pix, 8, 16", "pix2pix, 40, 16", "light, 8, 8",
		"light, 68, 8" })
	void refusesBoxesItCannotTake(final String name, final int box, final int step) {
		final NetworkException refused = assertThrows(NetworkException.class, () -> Architectures.named(name).checkBox(
			box));
		assertTrue(refused.getMessage().contains("in steps of " + step + ", not " + box), refused.getMessage());
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 9, 72, 100, 496, 640 })
	void growingNetworksRefuseBoxesThatDoNotHalve(final int box) {
		final NetworkException refused = assertThrows(NetworkException.class, () -> Architectures.named("pggan").checkBox(
			box));
		assertTrue(refused.getMessage().contains("4, 5, 6 or 7 pixels times a power of two up to 512"), refused
			.getMessage());
		assertEquals(refused.getMessage(), assertThrows(NetworkException.class, () -> Discriminators.named("pggan", true)
			.checkBox(box)).getMessage());
	}

	@ParameterizedTest
	@MethodSource("names")
	void optionsRebuildTheNetwork(final String name) {
		final Architecture architecture = Architectures.named(name);
		assertEquals(architecture, Architectures.rebuild(architecture.name(), architecture.options()));
	}

	@Test
	void unknownNamesAreAnsweredWithTheKnown() {
		final NetworkException refused = assertThrows(NetworkException.class, () -> Architectures.named("resnet"));
		assertTrue(refused.getMessage().contains(
			"light, deep, residual, gu2021, gu2021-256, convnet, su2018, pix2pix, pggan"), refused.getMessage());
	}

	@Test
	void pix2pixDropsInTrainingOnly() {
		final UNet small = new UNet(List.of(2, 4, 4, 4, 4), 3);
		try (NetworkGraph graph = new NetworkGraph(Layers.Mode.TRAINING, 32, 1, small::build)) {
			graph.start();
			final float[] images = NetworkGraph.waves(2 * 32 * 32);
			final float[] first = graph.run(graph.result.value(), images, 1);
			assertArrayEquals(first, graph.run(graph.result.value(), images, 1));
			assertFalse(Arrays.equals(first, graph.run(graph.result.value(), images, 2)));
		}
		try (NetworkGraph graph = NetworkGraph.of(small, 32)) {
			graph.start();
			final float[] images = NetworkGraph.waves(2 * 32 * 32);
			assertArrayEquals(graph.run(graph.result.value(), images, 1), graph.run(graph.result.value(), images, 2));
		}
	}

	private static double deviation(final float[] values) {
		double sum = 0, squares = 0;
		for (final float value : values) {
			sum += value;
			squares += value * value;
		}
		final double mean = sum / values.length;
		return Math.sqrt(squares / values.length - mean * mean);
	}

	private static long parameters(final String name) {
		return parameters(name, 128);
	}

	private static long parameters(final String name, final int box) {
		try (NetworkGraph graph = NetworkGraph.of(Architectures.named(name), box)) {
			return graph.variables.parameterCount();
		}
	}
}
