package io.github.clearice.structure;

import io.github.clearice.task.InputException;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * The selection of atoms that makes up a structure.
 *
 * @param model which model, or empty for the first
 * @param alternates {@value #ALL} alternate locations, each with its occupancy; {@value #HIGHEST} for the one with the
 *          highest occupancy of each residue; or the label of one, such as {@code B}
 * @param plddt the treatment of the confidence that predicted models have in place of B factors
 * @param assembly the biological assembly to build, by its number or name in the file; {@value #MODELS} for all models
 *          together, as in the files of assemblies of the PDB; empty for the atoms as they are listed
 */
public record StructureOptions(OptionalInt model, String alternates, Plddt plddt, String assembly) {

	/** All alternate locations. */
	public static final String ALL = "all";
	/** The alternate location of each residue with the highest occupancy. */
	public static final String HIGHEST = "highest";
	/** All models of a file are one assembly. */
	public static final String MODELS = "models";

	/** The first model with all alternate locations, as it is listed. */
	public static final StructureOptions DEFAULT = new StructureOptions(OptionalInt.empty(), ALL, Plddt.IGNORED, "");

	/** The treatment of pLDDT values in the B factors of predicted models. */
	public enum Plddt {

		/** B factors are 0, so that all atoms are equally sharp. */
		IGNORED,
		/** B factors are estimated from them. */
		CONVERTED,
		/** The confidences are read as B factors, which they are not. */
		KEPT;

		/** The word for it in commands. */
		public String word() {
			return this == IGNORED ? "ignore" : this == CONVERTED ? "convert" : "keep";
		}

		/** @throws InputException if it is none of the words */
		public static Plddt of(final String word) {
			for (final Plddt plddt : values()) if (plddt.word().equals(word.toLowerCase(Locale.ROOT))) return plddt;
			throw new InputException("plddt=" + word + " is none of ignore, convert and keep. Give one of them.");
		}
	}

	public StructureOptions {
		alternates = alternates == null || alternates.isBlank() ? ALL : alternates.trim();
		assembly = assembly == null ? "" : assembly.trim();
		if (isOfModels(assembly) && model.isPresent() && model.getAsInt() != 1) throw new InputException("assembly=" +
			MODELS + " takes all models, and model=" + model.getAsInt() + " one. Leave one of them out.");
	}

	/** The same with another choice of alternate locations. */
	public StructureOptions withAlternates(final String others) {
		return new StructureOptions(model, others, plddt, assembly);
	}

	/** Whether all models are to be one structure. */
	boolean isOfModels() {
		return isOfModels(assembly);
	}

	private static boolean isOfModels(final String assembly) {
		return MODELS.equals(assembly.toLowerCase(Locale.ROOT));
	}

	/** Whether an assembly is to be built from the operations that the file lists. */
	boolean buildsAssembly() {
		return !assembly.isEmpty() && !isOfModels();
	}
}
