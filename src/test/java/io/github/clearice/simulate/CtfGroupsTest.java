package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class CtfGroupsTest {

	private static final int BOX = 64;
	private static final double PIXEL = 2;

	@Test
	void amplitudesAreThoseOfTheImageWithoutAstigmatism() {
		final CtfParameters round = new CtfParameters(15_000, 15_000, 0, 300, 2.7, 0.1, 30, 40, 0.8);
		final CtfGroups groups = CtfGroups.of(List.of(round), PIXEL, 8);
		final Ctf ctf = new Ctf(BOX, PIXEL);
		final float[] values = new float[ctf.length()];
		ctf.sample(round, values);
		for (int kx = 0; kx <= BOX / 2; kx++) assertEquals(values[kx], groups.amplitude(0, (double) kx / BOX), 2e-6);
	}

	@Test
	void particlesOfOneDefocusShareAGroup() {
		final List<CtfParameters> particles = new ArrayList<>();
		for (int i = 0; i < 30; i++) particles.add(ctf(10_000 + 2000 * (i % 3), 400));
		final CtfGroups groups = CtfGroups.of(particles, PIXEL, 64);
		assertEquals(3, groups.parameters().size());
		for (int i = 0; i < 30; i++) assertEquals(10_000 + 2000 * (i % 3), groups.parameters().get(groups.groupOf()[i])
			.defocusUAngstrom(), 1e-6);
	}

	@Test
	void manyDefociAreTakenTogether() {
		final List<CtfParameters> particles = new ArrayList<>();
		for (int i = 0; i < 500; i++) particles.add(ctf(10_000 + 30 * i, 0));
		final CtfGroups groups = CtfGroups.of(particles, PIXEL, 20);
		assertTrue(groups.parameters().size() <= 20 && groups.parameters().size() >= 10, groups.parameters().size() +
			" groups");
		for (int i = 0; i < 500; i++) assertEquals(10_000 + 30 * i, groups.parameters().get(groups.groupOf()[i])
			.defocusUAngstrom(), 1000);
	}

	/** Every particle has a scale and a B factor of its own. */
	@Test
	void scalesAndBFactorsOfParticlesAreTakenTogether() {
		final List<CtfParameters> particles = new ArrayList<>();
		for (int i = 0; i < 300; i++)
			particles.add(new CtfParameters(12_000, 12_000, 0, 300, 2.7, 0.1, 0, i, 0.5 + 0.003 * i));
		final CtfGroups groups = CtfGroups.of(particles, PIXEL, 30);
		assertTrue(groups.parameters().size() <= 30 && groups.parameters().size() >= 4, groups.parameters().size() +
			" groups");
		for (int i = 0; i < 300; i++)
			assertEquals(0.5 + 0.003 * i, groups.parameters().get(groups.groupOf()[i]).scale(), 0.25);
	}

	private static CtfParameters ctf(final double defocus, final double astigmatism) {
		return new CtfParameters(defocus + astigmatism / 2, defocus - astigmatism / 2, 20, 300, 2.7, 0.1, 0, 0, 1);
	}
}
