package io.github.clearice.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.reconstruct.pose.Rotations;
import io.github.clearice.reproduce.Experiment.ExperimentSize;
import io.github.clearice.reproduce.RefinedSet.ViewComparison;
import io.github.clearice.reproduce.SuRefinedPoses.RefinementError;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Orientations;
import io.github.clearice.star.OpticsGroup;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TextFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefinedSetTest {

	@TempDir
	Path folder;

	@Test
	void testsOnParticlesThatWereNotTrainedOn() throws IOException {
		Files.createFile(folder.resolve("stack.mrcs"));
		final RunContext context = context();
		new RefinedSet(write("run_data.star", 100), folder.resolve("map.mrc"), "C1").divide(context, 60, 40,
			"a/training.star", "b/test.star");
		final Set<Integer> seen = new HashSet<>();
		for (final String file : List.of("a/training.star", "b/test.star")) {
			final RelionParticles particles = RelionParticles.read(context.file(file));
			for (final RelionParticle particle : particles.particles()) {
				assertTrue(seen.add(particle.index()), "Particle " + particle.index() + " is in both");
				assertEquals(folder.resolve("stack.mrcs"), particles.stackFile(particle));
			}
		}
		assertEquals(100, seen.size());
	}

	@Test
	void refusesTooFewParticles() {
		final RefinedSet set = new RefinedSet(write("run_data.star", 100), null, "C1");
		final String message = assertThrows(ParameterException.class, () -> set.divide(context(), 80, 21, "a.star",
			"b.star")).getMessage();
		assertTrue(message.contains("100") && message.contains("smaller size"), message);
		assertFalse(Files.exists(context().file("a.star")));
	}

	@Test
	void otherExperimentsRefuseParticles() {
		final RefinedSet set = new RefinedSet(write("run_data.star", 3), null, "C1");
		for (final String name : List.of("gu-contamination", Experiments.ALL)) {
			final String message = assertThrows(ParameterException.class, () -> new ExperimentRun(name, set,
				ExperimentSize.SMOKE, context(), TaskListener.SILENT)).getMessage();
			assertTrue(message.contains("su-refined-poses"), message);
		}
		final String message = assertThrows(ParameterException.class, () -> new RefinedSet(null, folder.resolve("map.mrc"),
			"C1")).getMessage();
		assertTrue(message.contains("star="), message);
	}

	@Test
	void errorsOfPosesAreAsLargeAsStated() {
		final Path truth = write("truth.star", 2000), disturbed = folder.resolve("disturbed.star");
		new RefinementError(2, 1, 0.02).disturb(truth, disturbed, 7);
		final List<RelionParticle> before = RelionParticles.read(truth).particles(), after = RelionParticles.read(disturbed)
			.particles();
		final double[] angles = new double[before.size()];
		double squares = 0;
		for (int i = 0; i < angles.length; i++) {
			angles[i] = Rotations.distanceDegree(matrix(before.get(i)), matrix(after.get(i)), PointGroup.C1);
			squares += Math.pow(after.get(i).originXAngstrom() - before.get(i).originXAngstrom(), 2);
		}
		Arrays.sort(angles);
		// scipy.stats.chi(3).median() * 2 = 3.076, and 2 % that are far off move it little.
		assertEquals(3.1, angles[angles.length / 2], 0.15);
		assertEquals(1, Math.sqrt(squares / angles.length), 0.06);
		assertEquals(0.02, Arrays.stream(angles).filter(angle -> angle > 15).count() / 2000.0, 0.008);
	}

	@Test
	void countsWrongViewsWithTheirInterval() {
		final double[] errors = new double[300];
		for (int i = 0; i < 3; i++) errors[i] = 90;
		// scipy.stats.binomtest(3, 300).proportion_ci(method='wilson') = (0.003406, 0.028984)
		final Path table = folder.resolve("views.tsv");
		final double[] correlations = new double[300];
		Arrays.fill(correlations, 0.5);
		ViewSummary.write(table, List.of(new ViewComparison(errors, correlations, correlations).summary("a")));
		assertEquals("a\t300\t3\t0.0100\t0.0034\t0.0290\t0.00\t0.5000\t0.5000\t0.5000", TextFile.lines(table).get(1));
		assertEquals(List.of(new ViewSummary("a", 300, 3, 0.01, 0.0034, 0.029, 0, 0.5, 0.5, 0.5)), ViewSummary.read(table));
	}

	private static double[] matrix(final RelionParticle particle) {
		return new Orientation(particle.rotDegree(), particle.tiltDegree(), particle.psiDegree()).matrix();
	}

	private RunContext context() {
		return new RunContext(folder.resolve("out"), null, (call, listener) -> {}, (target, across, upwards,
			curves) -> {});
	}

	private Path write(final String name, final int count) {
		final List<RelionParticle> rows = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			final Orientation view = Orientations.uniform().draw(i, Seeds.random(1, i)).orientation();
			rows.add(RelionParticle.of("stack.mrcs", i, view.rotDegree(), view.tiltDegree(), view.psiDegree(), 1, -1, 4, null,
				1, 1, 1 + i % 2, 0));
		}
		final Path file = folder.resolve(name);
		RelionParticles.of(List.of(new OpticsGroup(1, "one", 300, 2.7, 0.1, 4, 64)), rows).write(file);
		return file;
	}
}
