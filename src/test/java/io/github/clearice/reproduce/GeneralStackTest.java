package io.github.clearice.reproduce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.command.HelixStructure;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneralStackTest {

	private static final int BOX = 24;

	@TempDir
	Path folder;

	private Path structure;

	@BeforeEach
	void writeStructure() throws IOException {
		structure = folder.resolve("helix.pdb");
		Files.writeString(structure, HelixStructure.pdb());
	}

	@Test
	void stacksOfOneStructureDifferAndAreTheSameWhenMadeAgain() throws IOException {
		simulate(1, "first");
		simulate(1, "again");
		simulate(2, "second");
		for (final String file : List.of("clean.mrcs", "noisy.mrcs", "particles.star")) {
			assertArrayEquals(Files.readAllBytes(folder.resolve("first").resolve(file)), Files.readAllBytes(folder.resolve(
				"again").resolve(file)));
			assertTrue(Files.mismatch(folder.resolve("first").resolve(file), folder.resolve("second")
				.resolve(file)) >= 0, file);
		}
	}

	@Test
	void halfOfTheStacksHaveFlippedPhasesAndTheirImagesLieInTheBox() {
		int flipped = 0;
		final Set<Double> pixels = new HashSet<>();
		for (int number = 1; number <= 12; number++) {
			simulate(number, "stack" + number);
			final RelionParticle first = RelionParticles.read(folder.resolve("stack" + number + "/particles.star"))
				.particles().get(0);
			if (first.ctf() != null) {
				flipped++;
				assertEquals(CtfState.PHASE_FLIPPED, first.observation().ctfState());
			}
			try (MrcParticleStack clean = MrcParticleStack.open(folder.resolve("stack" + number + "/clean.mrcs"))) {
				assertTrue(clean.pixelSizeAngstrom() >= 2.5 && clean.pixelSizeAngstrom() <= 6);
				pixels.add(clean.pixelSizeAngstrom());
				final float[] image = new float[BOX * BOX];
				clean.read(0, image);
				double rim = 0, all = 0;
				for (int p = 0; p < image.length; p++) {
					all += image[p];
					if (p < BOX || p >= BOX * (BOX - 1)) rim += image[p];
				}
				assertTrue(rim < 0.02 * all, "stack " + number);
			}
		}
		assertTrue(flipped >= 3 && flipped <= 9, flipped + " of 12");
		assertEquals(12, pixels.size());
	}

	@Test
	void anEmptyStackHasNoiseAndBlackImages() {
		simulate(0, "empty");
		try (MrcParticleStack clean = MrcParticleStack.open(folder.resolve("empty/clean.mrcs"));
				MrcParticleStack noisy = MrcParticleStack.open(folder.resolve("empty/noisy.mrcs")))
		{
			final float[] image = new float[BOX * BOX];
			clean.read(2, image);
			assertArrayEquals(new float[BOX * BOX], image);
			noisy.read(2, image);
			assertTrue(ImageStatistics.of(image).variance() > 0);
			assertEquals(noisy.size(), clean.size());
		}
	}

	@Test
	void stacksHoldAllTheLargestNumberOrAHalfAQuarterOrAnEighth() {
		final Set<Integer> counts = new HashSet<>();
		for (int number = 1; number < 40; number++) counts.add(new GeneralStack("1abc", number, BOX, 2000, 400).count());
		assertEquals(Set.of(2000, 1000, 500, 250), counts);
	}

	@Test
	void noStructureIsBothLearntFromAndTestedOn() {
		final List<String> training = GeneralStudy.structures("training"), held = GeneralStudy.structures("held-out");
		assertEquals(15, new HashSet<>(held).size());
		assertTrue(new HashSet<>(training).size() == training.size() && training.size() >= 60);
		assertTrue(training.stream().noneMatch(held::contains));
		assertTrue(training.stream().allMatch(code -> code.matches("[0-9][0-9a-z]{3}")));
	}

	private void simulate(final int number, final String name) {
		new GeneralStack("1abc", number, BOX, 24, 3).simulate(structure, folder.resolve(name), TaskListener.SILENT);
	}
}
