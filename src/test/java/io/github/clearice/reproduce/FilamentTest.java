package io.github.clearice.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.fourier.Volume;
import io.github.clearice.reproduce.Filament.Motor;
import io.github.clearice.simulate.FourierProjector;
import io.github.clearice.simulate.FourierSlice;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Pose;
import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.star.OpticsGroup;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.structure.DensityMap;
import io.github.clearice.structure.DensityOptions;
import io.github.clearice.structure.Point;
import io.github.clearice.structure.Structure;
import io.github.clearice.structure.StructureReader;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilamentTest {

	private static final int BOX = 64;
	private static final double PIXEL = 8;

	@TempDir
	Path folder;

	@Test
	void repeatsAfterThirteenSubunitsInSixTurns() {
		final Point first = Filament.place(0, 40, 0, 0), last = Filament.place(13, 40, 0, 0);
		assertEquals(13 * 27.5, last.zAngstrom(), 1e-9);
		// 13 * 166.7 = 6 * 360 + 7.1
		assertEquals(-7.1, Math.toDegrees(Math.atan2(last.yAngstrom(), last.xAngstrom())) - Math.toDegrees(Math.atan2(first
			.yAngstrom(), first.xAngstrom())), 1e-9);
	}

	@Test
	void weighsAsMuchAsActinAndMyosin() {
		final List<Point> subunit = new ArrayList<>();
		Filament.fill(23, 23, (out, aside, along) -> subunit.add(new Point(out, aside, along)));
		// Actin has 42 kDa; protein 0.81 Da a cubic Å. A grid of 9 Å fills a ball of this size within a tenth.
		assertEquals(42_000, subunit.size() * Filament.ATOM_CUBIC_ANGSTROM * 0.81, 6000);
		// A head of 95 kDa, a lever of 27,000 and a tail of 9,000 cubic Å.
		assertEquals(95_000 + 0.81 * 36_000, new Motor(0, 90, 90, 0).atoms().size() * Filament.ATOM_CUBIC_ANGSTROM * 0.81,
			15_000);
	}

	@Test
	void isReadAsAStructureWithTheSameCentre() throws IOException {
		final Filament filament = Filament.random(Seeds.random(5));
		Files.writeString(folder.resolve("f.pdb"), filament.pdb());
		final Structure structure = StructureReader.read(folder.resolve("f.pdb"));
		assertEquals(filament.atoms().size(), structure.atoms().size());
		assertEquals(filament.centre().xAngstrom(), structure.centreOfMass().xAngstrom(), 1e-3);
		assertEquals(filament.centre().zAngstrom(), structure.centreOfMass().zAngstrom(), 1e-3);
	}

	@Test
	void drawsOtherMotorsWithAnotherSeed() {
		assertEquals(Filament.random(Seeds.random(5)), Filament.random(Seeds.random(5)));
		assertNotEquals(Filament.random(Seeds.random(5)), Filament.random(Seeds.random(6)));
	}

	@Test
	void motorsAreSeenInProjectionsAndNotInNoise() throws IOException {
		final List<Filament> filaments = List.of(Filament.random(Seeds.random(1)), Filament.random(Seeds.random(2)));
		final SplittableRandom random = Seeds.random(3);
		final List<RelionParticle> rows = new ArrayList<>();
		try (ParticleStackWriter clean = new ParticleStackWriter(folder.resolve("clean.mrcs"), BOX, PIXEL);
				ParticleStackWriter noise = new ParticleStackWriter(folder.resolve("noise.mrcs"), BOX, PIXEL))
		{
			for (final Filament filament : filaments) {
				final FourierProjector projector = new FourierProjector(map(filament));
				for (int i = 0; i < 20; i++) {
					final Orientation view = new Orientation(random.nextDouble(-180, 180), 90, random.nextDouble(-180, 180));
					final float[] image = new float[BOX * BOX];
					new FourierSlice(projector).project(projector, Pose.centred(view), image);
					clean.write(image);
					for (int p = 0; p < image.length; p++) image[p] = (float) random.nextGaussian();
					noise.write(image);
					rows.add(RelionParticle.of("clean.mrcs", rows.size(), view.rotDegree(), 90, view.psiDegree(), 0, 0, PIXEL,
						null, 1, 1 + filaments.indexOf(filament), 1, 0));
				}
			}
			clean.commit();
			noise.commit();
		}
		final RelionParticles particles = RelionParticles.of(List.of(new OpticsGroup(1, "one", 300, 2.7, 0.1, PIXEL, BOX)),
			rows);
		final MotorScores truth = MotorScores.of(folder.resolve("clean.mrcs"), particles, filaments);
		final MotorScores noise = MotorScores.of(folder.resolve("noise.mrcs"), particles, filaments);
		assertTrue(truth.areaUnderCurve() > 0.99, "AUC " + truth.areaUnderCurve());
		assertEquals(0.5, noise.areaUnderCurve(), 0.12);
		final MotorSummary seen = truth.summary("truth", truth);
		assertTrue(seen.leverErrorDegree() < 4, "The lever is off by " + seen.leverErrorDegree());
		assertEquals(1, seen.headShare(), 5e-5);
	}

	@Test
	void keepsSummariesOfMotorsInATable() {
		final List<MotorSummary> rows = List.of(new MotorSummary("noisy", 12, 5, 0.75, 0.5, 31.25, 0.625, 90, 1, 0.5,
			Double.NaN), new MotorSummary("truth", 12, 5, 1, 1, 2, 1, 10, 1, 1, 1));
		MotorSummary.write(folder.resolve("motors.tsv"), rows);
		assertEquals(rows, MotorSummary.read(folder.resolve("motors.tsv")));
	}

	private Volume map(final Filament filament) throws IOException {
		Files.writeString(folder.resolve("f.pdb"), filament.pdb());
		return DensityMap.compute(StructureReader.read(folder.resolve("f.pdb")), DensityOptions.atResolution(BOX, PIXEL,
			20), TaskListener.SILENT);
	}
}
