package io.github.clearice.denoise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.StackDenoising;
import io.github.clearice.task.InputException;
import io.github.clearice.task.TaskListener;

import java.util.List;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.ShortType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The two methods that the tests contribute are in META-INF of the test resources. */
class ContributedDenoisersTest {

	@AfterEach
	void forgetRegistered() {
		ContributedDenoisers.unregister("tripling");
	}

	@Test
	void pluginsAndServicesStandInTheListOfMethods() {
		assertTrue(FilterParameters.methods().containsAll(List.of("bm3d", "halving", "doubling")), FilterParameters
			.methods().toString());
	}

	@Test
	void aContributedMethodDenoisesAStackIntoAnImageOfAnyType() {
		final ArrayParticleStack noisy = new ArrayParticleStack("two", 2, 1, new float[][] { { 2, 4, 6, 8 }, { 10, 12, 14,
			16 } });
		final Img<ShortType> target = ArrayImgs.shorts(2, 2, 2);
		try (Denoiser halving = FilterParameters.defaults().denoiser("halving", noisy)) {
			StackDenoising.run(noisy, halving, target, TaskListener.SILENT);
		}
		final int[] pixels = new int[8];
		int i = 0;
		for (final ShortType pixel : target) pixels[i++] = pixel.get();
		assertArrayEquals(new int[] { 1, 2, 3, 4, 5, 6, 7, 8 }, pixels);
	}

	@Test
	void aRegisteredMethodCanBeUsedByName() {
		ContributedDenoisers.register(factory("tripling"));
		assertEquals("tripling", ContributedDenoisers.named("tripling").orElseThrow().create().name());
		ContributedDenoisers.unregister("tripling");
		assertTrue(ContributedDenoisers.named("tripling").isEmpty());
	}

	@Test
	void namesThatMeanSomethingElseAreRefused() {
		for (final String name : List.of("bm3d", "all", "Median", "two words", "")) {
			final InputException refused = assertThrows(InputException.class, () -> ContributedDenoisers.register(
				factory(name)), name);
			assertTrue(refused.getMessage().contains(name), refused.getMessage());
		}
	}

	private static DenoiserFactory factory(final String name) {
		return new DenoiserFactory() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public String description() {
				return "";
			}

			@Override
			public Denoiser create() {
				return HalvingPlugin.by(name, 3);
			}
		};
	}
}
