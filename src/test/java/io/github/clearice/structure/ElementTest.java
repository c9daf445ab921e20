package io.github.clearice.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementTest {

	/** f(0) in Å: the sums of a_1 to a_5 in table 1 of Peng et al. 1996. */
	@ParameterizedTest
	@CsvSource({ "H, 0.5288", "C, 2.5088", "N, 2.2135", "O, 1.9834", "P, 5.4876", "S, 5.1604", "K, 8.9834", "Zn, 6.0634",
		"D, 0.5288" })
	void scattersForwardAsPublished(final String symbol, final double angstrom) {
		assertEquals(angstrom, Element.of(symbol).orElseThrow().scattering().at(0), 1e-9);
	}

	/**
	 * The Mott-Bethe formula on the X-ray scattering factors of International
	 * Tables C, table 6.1.1.4 (Cromer-Mann coefficients a, b, c), a fit of its own:
	 * {@code 0.0239337*(Z-c-sum(a*exp(-b*s*s)))/s**2} in Python.
	 */
	@ParameterizedTest
	@CsvSource({ "C, 0.3, 0.9323", "C, 0.7, 0.2235", "N, 0.3, 1.0058", "N, 0.7, 0.2662", "O, 0.3, 1.0400",
		"O, 0.7, 0.3070", "Mg, 0.3, 1.2084", "Mg, 0.7, 0.4249", "S, 0.3, 1.8514", "S, 0.7, 0.5128", "Fe, 0.3, 2.4604",
		"Fe, 0.7, 0.8543", "Zn, 0.3, 2.4643", "Zn, 0.7, 0.9549", "I, 0.3, 4.3421", "I, 0.7, 1.5033" })
	void scattersAsXRayTablesPredict(final String symbol, final double s, final double angstrom) {
		assertEquals(angstrom, Element.of(symbol).orElseThrow().scattering().at(s), 0.006 * angstrom);
	}

	@Test
	void knowsHydrogenToCalifornium() {
		final String symbols =
			"H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr" +
				" Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os" +
				" Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf";
		int number = 0;
		for (final String symbol : symbols.split(" ")) {
			final Element element = Element.of(symbol.toUpperCase(Locale.ROOT)).orElseThrow();
			assertEquals(symbol, element.symbol());
			assertEquals(++number, element.atomicNumber());
			// Nuclei of natural elements have at least as many neutrons as protons, hydrogen excepted.
			assertTrue(element.massDalton() > 1.98 * number || number == 1, symbol);
			assertTrue(element.scattering().at(0) > 0 && element.scattering().at(2) < element.scattering().at(0), symbol);
		}
		assertEquals(98, number);
		assertTrue(Element.of("X").isEmpty());
	}
}
