package io.github.clearice.structure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Gathers the atoms that a reader finds: of one model, and of each residue one
 * alternate location.
 * <p>
 * Of a residue's alternate locations the one with the highest occupancy is kept,
 * the first of equals, for all its atoms together, so that no mixture of two
 * conformations arises; the occupancies stay as they are.
 */
final class AtomCollector {

	/** An atom takes about 130 bytes; the rest is for what is done with it. */
	private static final int BYTES_AN_ATOM = 400;

	private record Residue(String chain, int number, char insertionCode) {

		static Residue of(final Atom atom) {
			return new Residue(atom.chain(), atom.residueNumber(), atom.insertionCode());
		}
	}

	private record Alternate(String label, double occupancy) {}

	private final String file;
	private OptionalInt model;
	private final TreeSet<Integer> models = new TreeSet<>();
	private final List<Atom> atoms = new ArrayList<>();
	private final Map<Integer, String> labels = new HashMap<>();
	private final Map<Residue, Alternate> best = new HashMap<>();
	private final Map<String, String> names = new HashMap<>();
	private final long mostAtoms = Runtime.getRuntime().maxMemory() / BYTES_AN_ATOM;
	private final List<String> warnings = new ArrayList<>();
	private int unknownElements;

	/** @param model the model wanted, or empty for the first */
	AtomCollector(final String file, final OptionalInt model) {
		this.file = file;
		this.model = model;
	}

	/** Whether atoms of a model are wanted; called for each atom's model. */
	boolean wants(final int number) {
		if (models.size() < 1000) models.add(number);
		if (model.isEmpty()) model = OptionalInt.of(number);
		return model.getAsInt() == number;
	}

	/** One copy of each name, for there are few names and many atoms. */
	String shared(final String name) {
		final String known = names.putIfAbsent(name, name);
		return known == null ? name : known;
	}

	/**
	 * The element of an atom that the file calls unknown (X): oxygen, as
	 * crystallographers treat it, with a warning in the end.
	 */
	Element unknownElement() {
		unknownElements++;
		return Element.of("O").orElseThrow();
	}

	/** Notes something worth telling the user; the file's name is put before it. */
	void warn(final String what) {
		warnings.add(file + " " + what + ".");
	}

	/** @param alternate the label of the alternate location, empty for none */
	void add(final Atom atom, final String alternate) {
		if (atoms.size() >= mostAtoms) throw new StructureException(file + " has more than " + mostAtoms +
			" atoms, too many for Java's " + (Runtime.getRuntime().maxMemory() >> 20) +
			" MB of memory. Start Java with a larger -Xmx.");
		if (!alternate.isEmpty()) {
			labels.put(atoms.size(), shared(alternate));
			best.merge(Residue.of(atom), new Alternate(alternate, atom.occupancy()), (old, other) -> other.occupancy > old
				.occupancy ? other : old);
		}
		atoms.add(atom);
	}

	/** @throws StructureException if there are no atoms, or not the wanted model */
	Structure finish() {
		if (models.isEmpty()) throw new StructureException(file +
			" holds no atoms (no ATOM or HETATM records). Is it a PDB or mmCIF file of a structure?");
		if (atoms.isEmpty()) throw new StructureException(file + " has no model " + model.getAsInt() +
			". Its models are " + (models.size() == 1 ? models.first() : models.first() + " to " + models.last()) + ".");
		if (unknownElements > 0) warn("has " + unknownElements +
			" atoms of unknown element (X), taken for oxygen");
		final List<Atom> kept = keptAlternates();
		if (kept.size() < atoms.size()) warn("has " + (atoms.size() - kept.size()) +
			" atoms in alternate locations of lower occupancy, which are left out");
		if (models.size() > 1) warn("has " + models.size() + " models, of which model " + model.getAsInt() +
			" is used");
		return new Structure(file, kept, warnings);
	}

	private List<Atom> keptAlternates() {
		if (labels.isEmpty()) return atoms;
		final List<Atom> kept = new ArrayList<>(atoms.size());
		for (int i = 0; i < atoms.size(); i++) {
			final String label = labels.get(i);
			if (label == null || label.equals(best.get(Residue.of(atoms.get(i))).label)) kept.add(atoms.get(i));
		}
		return kept;
	}
}
