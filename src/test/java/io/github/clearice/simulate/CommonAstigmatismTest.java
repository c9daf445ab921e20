package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.star.OpticsGroup;
import io.github.clearice.star.RelionCtf;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;

class CommonAstigmatismTest {

	@Test
	void oneDirectionIsCommon() {
		final CommonAstigmatism common = CommonAstigmatism.of(particles(i -> 170 + i % 3));
		assertEquals(400, common.differenceAngstrom(), 2);
		assertEquals(171, common.angleDegree(), 1);
		// pi lambda 400 / 16 = 0.49 at 1 Å, but 1.97 at 0.5 Å: beyond a quarter period.
		assertFalse(common.matters(1));
		assertTrue(common.matters(0.5));
	}

	@Test
	void directionsThatDifferAreNot() {
		final CommonAstigmatism common = CommonAstigmatism.of(particles(i -> 37 * i));
		assertTrue(common.differenceAngstrom() < 40, common.toString());
		assertFalse(common.matters(0.1));
	}

	private static RelionParticles particles(final IntToDoubleFunction angle) {
		final List<RelionParticle> particles = new ArrayList<>();
		for (int i = 0; i < 90; i++) {
			particles.add(RelionParticle.of("s.mrcs", i, 0, 0, 0, 0, 0, 1, new RelionCtf(300, 2.7, 0.1, 10_400, 10_000, angle
				.applyAsDouble(i) % 180, 0, 0, 1), 1, 1, 1, 0));
		}
		return RelionParticles.of(List.of(new OpticsGroup(1, "g", 300, 2.7, 0.1, 1, 32)), particles);
	}
}
