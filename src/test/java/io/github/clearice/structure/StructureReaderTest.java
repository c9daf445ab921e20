package io.github.clearice.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.TestData;

import java.util.List;
import java.util.function.ToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructureReaderTest {

	/**
	 * Count, mean position and mean B factor, PDB files:
	 * {@code zcat 1wcm*.gz | grep -E '^(ATOM|HETATM)' | awk '{x+=substr($0,31,8);y+=substr($0,39,8);z+=substr($0,47,8);b+=substr($0,61,6)} END {print NR,x/NR,y/NR,z/NR,b/NR}'};
	 * mmCIF files:
	 * {@code zcat 5a1a*.gz | awk '$1=="ATOM"||$1=="HETATM" {x+=$11;y+=$12;z+=$13;b+=$15;n++} END {print n,x/n,y/n,z/n,b/n}'};
	 * 1ake without alternate location B (half occupied, as A is):
	 * {@code zcat 1ake*.gz | awk '($1=="ATOM"||$1=="HETATM")&&$5!="B" {x+=$10;y+=$11;z+=$12;b+=$17;n++} END {print n,x/n,y/n,z/n,b/n}'}.
	 */
	@ParameterizedTest
	@CsvSource({ //
		"1wcm_rnapii_12subunit.pdb.gz, 30945, 108.2254, 51.8986, -1.8682, 98.8349", //
		"6vyb_spike_open.pdb.gz, 22365, 209.3928, 209.8825, 204.5684, 47.9947", //
		"5a1a_betagal.cif.gz, 33696, 93.0020, 93.0020, 93.0020, 19.4194", //
		"4ake_open.cif.gz, 3459, -3.0865, 0.6584, 0.4975, 42.6728", //
		"6vxx_spike_closed.cif.gz, 23694, 210.0000, 210.0000, 206.5954, 28.7208", //
		"1ake_closed.cif.gz, 3804, 20.1665, 25.4774, 20.3311, 43.3237", //
	})
	void readsRealEntries(final String file, final int atoms, final double x, final double y, final double z,
		final double b)
	{
		final Structure structure = StructureReader.read(TestData.file("structures/" + file));
		assertEquals(atoms, structure.atoms().size());
		assertEquals(x, mean(structure, Atom::xAngstrom), 1e-4);
		assertEquals(y, mean(structure, Atom::yAngstrom), 1e-4);
		assertEquals(z, mean(structure, Atom::zAngstrom), 1e-4);
		assertEquals(b, mean(structure, Atom::bFactorAngstrom2), 1e-4);
	}

	@Test
	void namesChainsAsAuthorsDo() {
		assertEquals(List.of("A", "B", "C", "D"), StructureReader.read(TestData.file("structures/5a1a_betagal.cif.gz"))
			.chains());
	}

	private static double mean(final Structure structure, final ToDoubleFunction<Atom> figure) {
		return structure.atoms().stream().mapToDouble(figure).average().orElseThrow();
	}
}
