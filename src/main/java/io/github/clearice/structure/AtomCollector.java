package io.github.clearice.structure;

import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Gathers the atoms that a reader finds, and makes the structure of them that the options ask for: of one model or of
 * all, with all alternate locations or one, with B factors that are such, and as an assembly.
 */
final class AtomCollector {

	/** An atom takes about 130 bytes; the rest is for processing. */
	private static final int BYTES_AN_ATOM = 400;

	private final String file;
	private final StructureOptions options;
	private OptionalInt model;
	private final TreeSet<Integer> models = new TreeSet<>();
	private final Map<Integer, Integer> modelNumbers = new HashMap<>();
	private int modelNumber = 1;
	private final List<Atom> atoms = new ArrayList<>();
	/** The chains by which assemblies name atoms. */
	private final List<String> chains = new ArrayList<>();
	private final Map<Integer, String> labels = new HashMap<>();
	private final Map<String, String> names = new HashMap<>();
	private final long mostAtoms = Runtime.getRuntime().maxMemory() / BYTES_AN_ATOM;
	private final List<String> warnings = new ArrayList<>();
	private final PredictedModel prediction = new PredictedModel();
	private int unknownElements;

	AtomCollector(final String file, final StructureOptions options) {
		this.file = file;
		this.options = options;
		this.model = options.model();
	}

	/** Whether atoms of a model are wanted; called for each atom's model. */
	boolean wants(final int number) {
		if (options.isOfModels()) {
			modelNumber = modelNumbers.computeIfAbsent(number, key -> modelNumbers.size() + 1);
			models.add(number);
			return true;
		}
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

	/** Adds a warning for the user; the file's name is put before it. */
	void warn(final String what) {
		warnings.add(file + " " + what + ".");
	}

	/** The file's record of how the structure was determined. */
	PredictedModel prediction() {
		return prediction;
	}

	/**
	 * @param alternate the label of the alternate location, empty for none
	 * @param chain by which assemblies name the atom
	 */
	void add(final Atom atom, final String alternate, final String chain) {
		requireRoom(atoms.size() + 1L);
		if (!alternate.isEmpty()) labels.put(atoms.size(), shared(alternate));
		atoms.add(modelNumber == 1 ? atom : atom.inChain(shared(Assembly.copyOf(atom.chain(), modelNumber))));
		chains.add(chain);
	}

	private void requireRoom(final long count) {
		if (count > mostAtoms) throw new InputException(file + " has more than " + mostAtoms +
			" atoms, too many for Java's " + (Runtime.getRuntime().maxMemory() >> 20) +
			" MB of memory. Start Java with a larger -Xmx.");
	}

	/**
	 * @param assemblies gives those that the file describes, by name, where one is to be built
	 * @throws InputException if there are no atoms, or not the wanted model or assembly
	 */
	Structure finish(final Supplier<Map<String, Assembly>> assemblies) {
		if (models.isEmpty()) throw new InputException(file +
			" holds no atoms (no ATOM or HETATM records). Is it a PDB or mmCIF file of a structure?");
		if (atoms.isEmpty()) throw new InputException(file + " has no model " + model.getAsInt() +
			". Its models are " + (models.size() == 1 ? models.first() : models.first() + " to " + models.last()) + ".");
		if (unknownElements > 0) warn("has " + unknownElements +
			" atoms of unknown element (X), taken for oxygen");
		if (models.size() > 1 && !options.isOfModels()) warn("has " + models.size() + " models, of which model " + model
			.getAsInt() + " is used");
		chooseAlternates();
		if (options.buildsAssembly()) build(Assembly.named(options.assembly(), assemblies.get(), file));
		if (!prediction.isPredicted(atoms)) return new Structure(file, atoms, warnings);
		warn(PredictedModel.message(options.plddt()));
		return new Structure(file, PredictedModel.withBFactors(atoms, options.plddt()), warnings);
	}

	private void build(final Assembly assembly) {
		final long count = assembly.count(chains);
		if (count == 0) throw new InputException(file + " has none of the chains of its assembly " + options
			.assembly() + ". Leave assembly= out.");
		requireRoom(count);
		final List<Atom> copies = assembly.build(atoms, chains);
		atoms.clear();
		atoms.addAll(copies);
	}

	private void chooseAlternates() {
		if (labels.isEmpty() || options.alternates().equals(StructureOptions.ALL)) return;
		if (!options.alternates().equals(StructureOptions.HIGHEST) && !labels.containsValue(options.alternates()))
			throw new InputException(file + " has no alternate location " + options.alternates() + ". Its labels are " +
				String.join(", ", new TreeSet<>(labels.values())) + ". Give one of them, or all or highest.");
		final List<Atom> chosen = new AlternateLocations(atoms, labels).choose(options.alternates());
		final List<String> chainsOfAll = List.copyOf(chains);
		final int before = atoms.size();
		atoms.clear();
		chains.clear();
		for (int i = 0; i < before; i++)
			if (chosen.get(i) != null) {
				atoms.add(chosen.get(i));
				chains.add(chainsOfAll.get(i));
			}
		warn("has " + (before - atoms.size()) +
			" atoms in other alternate locations, whose occupancies are added to those of the location that is kept");
	}

	/**
	 * Chooses one alternate location of each residue where that is asked for.
	 * <p>
	 * Atoms that the chosen location lacks come from the location that has them with the highest occupancy, so that
	 * residues are whole. An atom that is chosen has the occupancies of all its locations together: the molecule is taken
	 * to be in this one always.
	 */
	private static final class AlternateLocations {

		private record Residue(String chain, int number, char insertionCode) {

			static Residue of(final Atom atom) {
				return new Residue(atom.chain(), atom.residueNumber(), atom.insertionCode());
			}
		}

		private record Place(Residue residue, String name) {}

		private final List<Atom> atoms;
		private final Map<Integer, String> labels;
		private final Map<Place, List<Integer>> locations = new LinkedHashMap<>();
		private final Map<Residue, String> chosen = new HashMap<>();

		/** @param labels of the atoms that have one, by their index */
		AlternateLocations(final List<Atom> atoms, final Map<Integer, String> labels) {
			this.atoms = atoms;
			this.labels = labels;
		}

		/**
		 * The atoms of one alternate location, in their places; null where an atom is left out.
		 *
		 * @param wanted a label, or {@link StructureOptions#HIGHEST}; residues without this label keep their highest
		 */
		List<Atom> choose(final String wanted) {
			chooseLabels(wanted);
			for (int i = 0; i < atoms.size(); i++)
				if (labels.containsKey(i)) {
					locations.computeIfAbsent(new Place(Residue.of(atoms.get(i)), atoms.get(i).name()),
						place -> new ArrayList<>())
						.add(i);
				}
			final Map<Integer, Atom> kept = new HashMap<>();
			locations.forEach((place, all) -> {
				final int best = best(all, chosen.get(place.residue));
				final double occupancy = all.stream().mapToDouble(i -> atoms.get(i).occupancy()).sum();
				kept.put(best, atoms.get(best).withOccupancy(occupancy));
			});
			final List<Atom> result = new ArrayList<>();
			for (int i = 0; i < atoms.size(); i++) {
				result.add(labels.containsKey(i) ? kept.get(i) : atoms.get(i));
			}
			return result;
		}

		/** The label with the highest occupancy of an atom, the first of equals, for all atoms of a residue together. */
		private void chooseLabels(final String wanted) {
			final Map<Residue, Double> highest = new HashMap<>();
			for (int i = 0; i < atoms.size(); i++) {
				final String label = labels.get(i);
				if (label == null) continue;
				final double occupancy = label.equals(wanted) ? Double.POSITIVE_INFINITY : atoms.get(i).occupancy();
				final Residue residue = Residue.of(atoms.get(i));
				if (highest.containsKey(residue) && occupancy <= highest.get(residue)) continue;
				highest.put(residue, occupancy);
				chosen.put(residue, label);
			}
		}

		private int best(final List<Integer> all, final String label) {
			int best = all.get(0);
			for (final int i : all) {
				if (labels.get(i).equals(label)) return i;
				if (atoms.get(i).occupancy() > atoms.get(best).occupancy()) best = i;
			}
			return best;
		}
	}
}
