package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Against numpy: {@code [np.i0(x) for x in (0, 2, 14, 50)]}. */
class ModifiedBesselTest {

	@Test
	void equalsNumpy() {
		assertEquals(1, ModifiedBessel.i0(0));
		assertEquals(2.2795853023360668, ModifiedBessel.i0(2), 1e-15);
		assertEquals(129418.56270064856, ModifiedBessel.i0(14), 1e-10);
		assertEquals(2.9325537838493355e+20, ModifiedBessel.i0(50), 1e6);
		assertEquals(ModifiedBessel.i0(14), ModifiedBessel.i0(-14));
	}
}
