package io.github.clearice.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.TestData;
import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AtomSelectionTest {

	private static final Structure STRUCTURE = structure("A", "B", "D", "E", "a", "AA", "AB", "AD", "1", "A-2");

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"A|A", //
		"A-D|A,B,D", // C is not there, its neighbours are
		"B, D - E ,1|B,D,E,1", //
		"AA-AD|AA,AB,AD", //
		"A-2|A-2", // a name with a hyphen
		"''|A,B,D,E,a,AA,AB,AD,1,A-2", //
	})
	void selectsChains(final String chains, final String expected) {
		assertEquals(List.of(expected.split(",")), new AtomSelection(chains, "").of(STRUCTURE).chains());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"C|test has no chain C. Its chains are A, B, D, E, a, AA, AB, AD, 1, A-2.", //
		"A-C|test has no chain C. Its chains are A, B, D, E, a, AA, AB, AD, 1, A-2.", //
		"b|test has no chain b. Its chains are A, B, D, E, a, AA, AB, AD, 1, A-2.", //
		"D-A|The chain range D-A is not one for test: write ranges as A-D or AA-AF, other names one by one with commas. The chains are A, B, D, E, a, AA, AB, AD, 1, A-2.", //
	})
	void refusesUnknownChainsNamingThoseThereAre(final String chains, final String message) {
		assertEquals(message, assertThrows(InputException.class, () -> new AtomSelection(chains, "").of(STRUCTURE))
			.getMessage());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"A:2-3|''|A2 A3", //
		"A:2|''|A2", //
		"A:-1-0, B:3|''|A-1 A0 B3", // numbers below zero
		"A-B:3-9|''|A3 B3", // several chains
		"A:0-2,A:2-3|chain:A:1-2|A0 A3", // leaving some out
		"''|chain:A,chain:B:-1-2|B3", //
		"C:1|''|C:1-1", // a chain of that name
	})
	void selectsResidues(final String chains, final String exclude, final String expected) {
		final List<Atom> atoms = new ArrayList<>();
		for (final String chain : List.of("A", "B")) for (int residue = -1; residue <= 3; residue++) atoms.add(atom(chain,
			residue, "ALA", "CA", "C", false));
		if (chains.startsWith("C")) atoms.add(atom("C:1", -1, "ALA", "CA", "C", false));
		assertEquals(expected, new AtomSelection(chains, exclude).of(new Structure("test", atoms, List.of())).atoms()
			.stream().map(atom -> atom.chain() + atom.residueNumber()).collect(Collectors.joining(" ")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"C:1-2|test has no chain C. Its chains are A, B, D, E, a, AA, AB, AD, 1, A-2.", //
		"A:9-7|The residues A:9-7 are not a range. Write the smaller number first, as in A:810-1070.", //
		"A:7-9|test has no residue of A:7-9: chain A runs from 1 to 1. Give numbers that are there.", //
	})
	void refusesResiduesThatAreNotThere(final String chains, final String message) {
		assertEquals(message, assertThrows(InputException.class, () -> new AtomSelection(chains, "").of(STRUCTURE))
			.getMessage());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "water|C,H,ZN,O5'", "hydrogen|C,ZN,O5',O", "ligand|C,H,O5',O",
		"nucleic|C,H,ZN,O", "protein|ZN,O5',O", "'water, Hydrogen,ligand'|C,O5'", "chain:A|O5',O" })
	void excludesClasses(final String exclude, final String expected) {
		final List<String> names = new AtomSelection("", exclude).of(classes()).atoms().stream().map(Atom::name).toList();
		assertEquals(List.of(expected.split(",")), names);
	}

	@Test
	void refusesAnUnknownClass() {
		assertEquals(
			"Cannot exclude 'solvent': the classes are water, hydrogen, ligand, protein, nucleic, and chain:NAME for chains.",
			assertThrows(InputException.class, () -> new AtomSelection("", "solvent")).getMessage());
	}

	@Test
	void refusesASelectionWithoutAtoms() {
		assertEquals("No atom of test is left with chains=B exclude=protein. Select more chains or exclude less.",
			assertThrows(InputException.class, () -> new AtomSelection("B", "protein").of(STRUCTURE)).getMessage());
	}

	/**
	 * {@code zcat 5a1a*.gz | awk '($1=="ATOM"||$1=="HETATM")&&$6!="HOH"' | wc -l}: 32920;
	 * {@code zcat 5a1a*.gz | awk '$1=="HETATM"{print $6}' | sort | uniq -c}: 776 HOH, 8 MG, 8 NA, 80 PTQ;
	 * {@code zcat 5a1a*.gz | awk '($1=="ATOM"||$1=="HETATM")&&($19=="A"||$19=="C")' | wc -l}: 16848;
	 * {@code zcat 6vyb*.gz | grep -c ^ATOM}: 21539, the rest are sugars;
	 * {@code zcat 1wcm*.gz | awk '/^ATOM/{c=substr($0,22,1);n=substr($0,23,4)+0;if(c=="A"&&(n<=346||n>=1395&&n<=1435)||
	 * c=="B"&&n>=1151)k++}END{print k}'}: 3533.
	 */
	@ParameterizedTest
	@CsvSource({ "5a1a_betagal.cif.gz, '', water, 32920", "5a1a_betagal.cif.gz, 'A,C', '', 16848",
		"5a1a_betagal.cif.gz, '', 'water,ligand', 32824", "6vyb_spike_open.pdb.gz, '', ligand, 21539",
		"1wcm_rnapii_12subunit.pdb.gz, 'A:1-346,A:1395-1435,B:1151-1224', ligand, 3533" })
	void selectsFromRealEntries(final String file, final String chains, final String exclude, final int atoms) {
		final Structure structure = StructureReader.read(TestData.file("structures/" + file));
		assertEquals(atoms, new AtomSelection(chains, exclude).of(structure).atoms().size());
	}

	private static Structure structure(final String... chains) {
		final List<Atom> atoms = new ArrayList<>();
		for (final String chain : chains) atoms.add(atom(chain, "ALA", "C", "C", false));
		return new Structure("test", atoms, List.of());
	}

	private static Structure classes() {
		return new Structure("test", List.of(atom("A", "ALA", "C", "C", false), atom("A", "ALA", "H", "H", false), atom("A",
			"ZN", "ZN", "Zn", true), atom("B", "DA", "O5'", "O", false), atom("C", "HOH", "O", "O", true)), List.of());
	}

	private static Atom atom(final String chain, final String residue, final String name, final String element,
		final boolean hetero)
	{
		return atom(chain, 1, residue, name, element, hetero);
	}

	private static Atom atom(final String chain, final int number, final String residue, final String name,
		final String element, final boolean hetero)
	{
		return new Atom(chain, number, ' ', residue, name, Element.of(element).orElseThrow(), hetero, 0, 0, 0, 1, 0);
	}
}
