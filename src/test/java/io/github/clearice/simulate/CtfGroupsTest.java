package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.star.RelionCtf;
import io.github.clearice.star.RelionParticle;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class CtfGroupsTest {

	private static final int BOX = 64;
	private static final double PIXEL = 2;

	@Test
	void amplitudesAreThoseOfTheImageWithoutAstigmatism() {
		final CtfParameters round = new CtfParameters(15_000, 15_000, 0, 300, 2.7, 0.1, 30, 40, 0.8);
		final CtfGroups groups = CtfGroups.of(List.of(particle(0, round.toRelion())), PIXEL, 8);
		final Ctf ctf = new Ctf(BOX, PIXEL);
		final float[] values = new float[ctf.length()];
		ctf.sample(round, values);
		for (int kx = 0; kx <= BOX / 2; kx++) assertEquals(values[kx], groups.amplitude(0, (double) kx / BOX), 2e-6);
	}

	@Test
	void particlesOfOneDefocusShareAGroup() {
		final List<RelionParticle> particles = new ArrayList<>();
		for (int i = 0; i < 30; i++) particles.add(particle(i, ctf(10_000 + 2000 * (i % 3), 400)));
		final CtfGroups groups = CtfGroups.of(particles, PIXEL, 64);
		assertEquals(3, groups.parameters().size());
		for (int i = 0; i < 30; i++) assertEquals(10_000 + 2000 * (i % 3), groups.parameters().get(groups.groupOf()[i])
			.defocusUAngstrom(), 1e-6);
	}

	@Test
	void manyDefociAreTakenTogether() {
		final List<RelionParticle> particles = new ArrayList<>();
		for (int i = 0; i < 500; i++) particles.add(particle(i, ctf(10_000 + 30 * i, 0)));
		final CtfGroups groups = CtfGroups.of(particles, PIXEL, 20);
		assertTrue(groups.parameters().size() <= 20 && groups.parameters().size() >= 10, groups.parameters().size() +
			" groups");
		for (int i = 0; i < 500; i++) assertEquals(10_000 + 30 * i, groups.parameters().get(groups.groupOf()[i])
			.defocusUAngstrom(), 1000);
	}

	@Test
	void refusesParticlesWithoutDefocus() {
		final String message = assertThrows(SimulationException.class, () -> CtfGroups.of(List.of(particle(4, null)), PIXEL,
			8)).getMessage();
		assertTrue(message.contains("000005@a.mrcs has no defocus"), message);
	}

	private static RelionCtf ctf(final double defocus, final double astigmatism) {
		return new RelionCtf(300, 2.7, 0.1, defocus + astigmatism / 2, defocus - astigmatism / 2, 20, 0, 0, 1);
	}

	private static RelionParticle particle(final int index, final RelionCtf ctf) {
		return RelionParticle.of("a.mrcs", index, 0, 0, 0, 0, 0, PIXEL, ctf, 1, 0, 0, 0);
	}
}
