package io.github.clearice.structure;

import io.github.clearice.structure.StructureOptions.Plddt;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Structures that were predicted, whose B factors are confidences: pLDDT, 0 to 100 (or 0 to 1) and high where the
 * prediction is sure, the opposite of a B factor.
 */
final class PredictedModel {

	/** Phrases in title, authors and remarks that mark a predicted model. */
	private static final Pattern MARK = Pattern.compile(
		"\\b(ALPHA ?FOLD|ESM ?FOLD|COLAB ?FOLD|OPEN ?FOLD|OMEGA ?FOLD|ROSETTA ?FOLD|PLDDT)");
	private static final Pattern EXPERIMENT = Pattern.compile(
		"DIFFRACTION|MICROSCOPY|CRYSTALLOGRAPHY|NMR|SCATTERING|SPECTROSCOPY");
	/** Where confidences of programs that write 0 to 1 end. */
	private static final double UNIT = 1;
	private static final double PERCENT = 100;

	private boolean marked;
	private boolean experimental;

	/** Looks at a title, an author or a remark. */
	void seeText(final String text) {
		marked |= MARK.matcher(text.toUpperCase(Locale.ROOT)).find();
	}

	/** Looks at the method by which the structure was found. */
	void seeMethod(final String method) {
		experimental |= EXPERIMENT.matcher(method.toUpperCase(Locale.ROOT)).find();
	}

	/** Notes that the structure was refined against data. */
	void seeRefinement() {
		experimental = true;
	}

	/** Whether B factors are confidences. Experiments that began with a prediction name their method. */
	boolean isPredicted(final List<Atom> atoms) {
		return marked && !experimental && atoms.stream().allMatch(atom -> atom.bFactorSquareAngstrom() >= 0 && atom
			.bFactorSquareAngstrom() <= PERCENT) && atoms.stream().anyMatch(atom -> atom.bFactorSquareAngstrom() > 0);
	}

	/** The atoms with B factors in place of confidences. */
	static List<Atom> withBFactors(final List<Atom> atoms, final Plddt plddt) {
		if (plddt == Plddt.KEPT) return atoms;
		if (plddt == Plddt.IGNORED) return atoms.stream().map(atom -> atom.withBFactor(0)).toList();
		final boolean percent = atoms.stream().anyMatch(atom -> atom.bFactorSquareAngstrom() > UNIT);
		return atoms.stream().map(atom -> atom.withBFactor(bFactorSquareAngstrom(atom.bFactorSquareAngstrom() / (percent
			? PERCENT : 1)))).toList();
	}

	/**
	 * {@code 8 pi^2 / 3} times the square of the expected error in Å, {@code 1.5 exp(4 (0.7 - lddt))}.
	 *
	 * @param lddt 0 to 1
	 * @see <a href="https://doi.org/10.1107/S2059798322010026">Oeffner et al. 2022</a>
	 */
	static double bFactorSquareAngstrom(final double lddt) {
		final double error = 1.5 * Math.exp(4 * (0.7 - lddt));
		return 8 * Math.PI * Math.PI / 3 * error * error;
	}

	/** The message for the user. */
	static String message(final Plddt plddt) {
		switch (plddt) {
			case KEPT:
				return "is a predicted model, whose confidences (pLDDT) are taken for B factors as asked for";
			case CONVERTED:
				return "is a predicted model: its B factors are estimated from its confidences (pLDDT)";
			default:
				return "is a predicted model: its B factors are confidences (pLDDT), which are ignored; clearice map" +
					" plddt=convert estimates B factors from them";
		}
	}
}
