package io.github.clearice.command;

import java.util.Locale;

/** Structures for tests: bent helices of carbon atoms, without symmetry. */
public final class HelixStructure {

	private HelixStructure() {}

	/** One helix of forty atoms, as the text of a PDB file. */
	public static String pdb() {
		final StringBuilder pdb = new StringBuilder();
		for (int i = 0; i < 40; i++) {
			pdb.append(String.format(Locale.ROOT, "ATOM  %5d  CA  ALA A%4d    %8.3f%8.3f%8.3f  1.00 20.00           C  %n",
				i + 1, i + 1, 6 * Math.cos(0.6 * i) + 0.004 * i * i, 6 * Math.sin(0.6 * i), 0.5 * i - 10));
		}
		return pdb.append("END\n").toString();
	}

	/**
	 * A complex of seven helices, 90 Å wide and high, as the text of a PDB file: chains and residues have the numbers of
	 * RNA polymerase II, of which experiments name some.
	 */
	public static String complexPdb() {
		final String chains = "ABCEFHI";
		final StringBuilder pdb = new StringBuilder();
		int number = 0;
		for (int k = 0; k < chains.length(); k++) {
			final int last = k == 0 ? 1435 : k == 1 ? 1224 : 200, step = k < 2 ? 10 : 5, length = k == 0 ? 90 : 44;
			final double x0 = 30 * Math.cos(2.4 * k), y0 = 30 * Math.sin(2.4 * k), z0 = 6 * k - 18;
			for (int residue = 1; residue <= last; residue += step) {
				final double along = (double) residue / last, turn = 0.6 * residue / step;
				pdb.append(String.format(Locale.ROOT,
					"ATOM  %5d  CA  ALA %c%4d    %8.3f%8.3f%8.3f  1.00 20.00           C  %n", ++number, chains.charAt(k),
					residue, x0 + 9 * Math.cos(turn) + 6 * along * along, y0 + 9 * Math.sin(turn), z0 + length * (along -
						0.5)));
			}
		}
		return pdb.append("END\n").toString();
	}
}
