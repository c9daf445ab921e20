package io.github.clearice.command;

import java.util.Locale;

/** A structure for tests: forty carbon atoms on a bent helix without symmetry. */
public final class HelixStructure {

	private HelixStructure() {}

	/** As the text of a PDB file. */
	public static String pdb() {
		final StringBuilder pdb = new StringBuilder();
		for (int i = 0; i < 40; i++) {
			pdb.append(String.format(Locale.ROOT, "ATOM  %5d  CA  ALA A%4d    %8.3f%8.3f%8.3f  1.00 20.00           C  %n",
				i + 1, i + 1, 6 * Math.cos(0.6 * i) + 0.004 * i * i, 6 * Math.sin(0.6 * i), 0.5 * i - 10));
		}
		return pdb.append("END\n").toString();
	}
}
