package io.github.clearice.structure;

import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The atoms of one model of a structure, in the file's order.
 *
 * @param name its name in messages, usually the file name
 * @param atoms at least one
 * @param warnings one line for each remarkable property of the file
 */
public record Structure(String name, List<Atom> atoms, List<String> warnings) {

	/** @throws InputException if there are no atoms */
	public Structure {
		if (atoms.isEmpty()) throw new InputException(name + " holds no atoms. Choose another structure.");
		atoms = List.copyOf(atoms);
		warnings = List.copyOf(warnings);
	}

	/** The chains' names, in order of appearance. */
	public List<String> chains() {
		final LinkedHashSet<String> names = new LinkedHashSet<>();
		for (final Atom atom : atoms) names.add(atom.chain());
		return List.copyOf(names);
	}

	/**
	 * The centre of mass, occupancies counted.
	 *
	 * @throws InputException if all occupancies are 0
	 */
	public Point centreOfMass() {
		double mass = 0, x = 0, y = 0, z = 0;
		for (final Atom atom : atoms) {
			final double share = atom.occupancy() * atom.element().massDalton();
			mass += share;
			x += share * atom.xAngstrom();
			y += share * atom.yAngstrom();
			z += share * atom.zAngstrom();
		}
		if (!(mass > 0)) throw new InputException("All " + atoms.size() + " atoms of " + name +
			" have occupancy 0, so nothing of them would be seen. Set the occupancies to 1.");
		return new Point(x / mass, y / mass, z / mass);
	}

	/** The same structure with other atoms. */
	public Structure withAtoms(final List<Atom> otherAtoms) {
		return new Structure(name, otherAtoms, warnings);
	}

	/** The same structure with each atom replaced, as by a rotation of some chains about a hinge. */
	public Structure map(final UnaryOperator<Atom> change) {
		final List<Atom> changed = new ArrayList<>(atoms.size());
		for (final Atom atom : atoms) changed.add(change.apply(atom));
		return withAtoms(changed);
	}
}
