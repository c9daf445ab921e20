package io.github.clearice.structure;

import java.util.Locale;
import java.util.Set;

/**
 * The kind of a residue, from its name as the PDB and the common simulation
 * programs write it.
 */
public enum ResidueClass {
	/** Water and heavy water. */
	WATER,
	/** The standard amino acids, their protonation variants and common modifications, such as MSE and SEP. */
	PROTEIN,
	/** Nucleotides of DNA and RNA, and common modifications, such as PSU. */
	NUCLEIC,
	/** Everything else: ions, cofactors, lipids, sugars, detergents, buffers. */
	LIGAND;

	private static final Set<String> WATERS = Set.of("HOH", "DOD", "WAT", "H2O", "SOL", "TIP", "TIP3", "TIP4", "TP3",
		"TIP3P", "SPC", "MTO");
	private static final Set<String> STANDARD_AMINO_ACIDS = Set.of("ALA", "ARG", "ASN", "ASP", "CYS", "GLN", "GLU", "GLY",
		"HIS", "ILE", "LEU", "LYS", "MET", "PHE", "PRO", "SER", "THR", "TRP", "TYR", "VAL", "ASX", "GLX", "UNK");
	private static final Set<String> OTHER_AMINO_ACIDS = Set.of("MSE", "SEC", "PYL", "HID", "HIE", "HIP", "HSD", "HSE",
		"HSP", "CYX", "CYM", "ASH", "GLH", "LYN", "SEP", "TPO", "PTR", "CSO", "OCS", "CME", "CSD", "KCX", "LLP", "MLY",
		"M3L", "HYP", "PCA", "FME", "ACE", "NH2", "NME");
	private static final Set<String> STANDARD_NUCLEOTIDES = Set.of("A", "C", "G", "U", "I", "N", "DA", "DC", "DG", "DT",
		"DU", "DI", "DN", "ADE", "CYT", "GUA", "THY", "URA", "RA", "RC", "RG", "RU");
	private static final Set<String> OTHER_NUCLEOTIDES = Set.of("PSU", "5MU", "5MC", "7MG", "H2U", "OMC", "OMG", "OMU",
		"A2M", "1MA", "2MG", "M2G", "MA6", "4SU", "YYG", "6MZ", "5BU", "BRU", "4OC", "UR3", "1MG", "MIA");

	/**
	 * The class of a residue.
	 *
	 * @param residueName in any case
	 * @param hetero whether the file lists it as HETATM; an unknown name in ATOM
	 *          lines is a modified residue usually of a protein
	 */
	public static ResidueClass of(final String residueName, final boolean hetero) {
		final String name = residueName.toUpperCase(Locale.ROOT);
		if (WATERS.contains(name)) return WATER;
		if (STANDARD_AMINO_ACIDS.contains(name) || OTHER_AMINO_ACIDS.contains(name)) return PROTEIN;
		if (STANDARD_NUCLEOTIDES.contains(name) || OTHER_NUCLEOTIDES.contains(name)) return NUCLEIC;
		return hetero ? LIGAND : PROTEIN;
	}

	/** Whether a residue holds hydrogen, carbon, nitrogen, oxygen, phosphorus and sulphur at most. */
	static boolean isStandardPolymer(final String residueName) {
		final String name = residueName.toUpperCase(Locale.ROOT);
		return STANDARD_AMINO_ACIDS.contains(name) || STANDARD_NUCLEOTIDES.contains(name) || WATERS.contains(name);
	}
}
