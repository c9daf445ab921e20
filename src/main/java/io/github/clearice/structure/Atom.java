package io.github.clearice.structure;

/**
 * An atom of a structure.
 *
 * @param chain the chain's name as authors and viewers show it
 *          (auth_asym_id in mmCIF)
 * @param residueNumber the authors' residue number
 * @param insertionCode distinguishes residues with the same number; usually a space
 * @param residueName such as {@code ALA}, {@code DG}, {@code HOH}
 * @param name the atom's name within its residue, such as {@code CA}
 * @param element its element
 * @param hetero whether the file lists it as HETATM
 * @param xAngstrom position
 * @param yAngstrom position
 * @param zAngstrom position
 * @param occupancy share of the particles that have the atom here, 0 to usually 1
 * @param bFactorSquareAngstrom isotropic B factor, {@code 8 pi^2 <u^2>}
 */
public record Atom(String chain, int residueNumber, char insertionCode, String residueName, String name,
	Element element, boolean hetero, double xAngstrom, double yAngstrom, double zAngstrom, double occupancy,
	double bFactorSquareAngstrom)
{

	/** The same atom at another place. */
	public Atom at(final double newXAngstrom, final double newYAngstrom, final double newZAngstrom) {
		return new Atom(chain, residueNumber, insertionCode, residueName, name, element, hetero, newXAngstrom,
			newYAngstrom, newZAngstrom, occupancy, bFactorSquareAngstrom);
	}

	/** The same atom with another occupancy. */
	Atom withOccupancy(final double newOccupancy) {
		return new Atom(chain, residueNumber, insertionCode, residueName, name, element, hetero, xAngstrom, yAngstrom,
			zAngstrom, newOccupancy, bFactorSquareAngstrom);
	}

	/** The same atom with another B factor. */
	Atom withBFactor(final double newBFactorSquareAngstrom) {
		return new Atom(chain, residueNumber, insertionCode, residueName, name, element, hetero, xAngstrom, yAngstrom,
			zAngstrom, occupancy, newBFactorSquareAngstrom);
	}

	/** The same atom in another chain. */
	Atom inChain(final String newChain) {
		return new Atom(newChain, residueNumber, insertionCode, residueName, name, element, hetero, xAngstrom, yAngstrom,
			zAngstrom, occupancy, bFactorSquareAngstrom);
	}

	/** The kind of residue that it belongs to. */
	public ResidueClass residueClass() {
		return ResidueClass.of(residueName, hetero);
	}
}
