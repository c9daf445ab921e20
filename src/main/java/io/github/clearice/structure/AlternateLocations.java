package io.github.clearice.structure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses one alternate location of each residue where that is asked for.
 * <p>
 * Atoms that the chosen location lacks come from the location that has them with the highest occupancy, so that
 * residues are whole. An atom that is chosen has the occupancies of all its locations together: the molecule is taken
 * to be in this one always.
 */
final class AlternateLocations {

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
				locations.computeIfAbsent(new Place(Residue.of(atoms.get(i)), atoms.get(i).name()), place -> new ArrayList<>())
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
