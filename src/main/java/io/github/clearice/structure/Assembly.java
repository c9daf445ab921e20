package io.github.clearice.structure;

import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How copies of chains make up a biological assembly.
 *
 * @param parts chains with the operations that are applied to them
 */
record Assembly(List<Part> parts) {

	/** More than any virus has. */
	private static final int MOST_COPIES = 20_000;

	/** @param operations one for each copy of the chains */
	record Part(Set<String> chains, List<Operation> operations) {}

	/**
	 * A rotation and a translation.
	 *
	 * @param values three rows of a matrix, each followed by its element of the translation in Å
	 */
	record Operation(double... values) {

		static final Operation IDENTITY = new Operation(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);

		/** This operation after another. */
		Operation after(final Operation first) {
			final double[] product = new double[12];
			for (int row = 0; row < 3; row++) for (int column = 0; column < 4; column++) {
				for (int k = 0; k < 3; k++) product[4 * row + column] += values[4 * row + k] * first.values[4 * k + column];
				if (column == 3) product[4 * row + 3] += values[4 * row + 3];
			}
			return new Operation(product);
		}

		Atom apply(final Atom atom) {
			return atom.at(coordinate(0, atom), coordinate(4, atom), coordinate(8, atom));
		}

		private double coordinate(final int row, final Atom atom) {
			return values[row] * atom.xAngstrom() + values[row + 1] * atom.yAngstrom() + values[row + 2] * atom.zAngstrom() +
				values[row + 3];
		}
	}

	/** The assembly of a name among those of a file. */
	static Assembly named(final String name, final Map<String, Assembly> all, final String file) {
		final Assembly assembly = all.get(name);
		if (assembly == null) throw new InputException(file + " has no assembly " + name + ". " + (all.isEmpty()
			? "It describes none" : "Its assemblies are " + String.join(", ", all.keySet())) +
			"; leave assembly= out, or give assembly=models if its models are the assembly.");
		return assembly;
	}

	/** Number of atoms of the assembly. */
	long count(final List<String> chains) {
		long count = 0;
		for (final Part part : parts)
			count += part.operations.size() * chains.stream().filter(part.chains::contains).count();
		return count;
	}

	/**
	 * All copies. The first copy of a chain keeps its name, further ones are called {@code A-2}, {@code A-3} and so on,
	 * as in the files of assemblies of the PDB.
	 *
	 * @param chains of the atoms, by which the parts name them
	 */
	List<Atom> build(final List<Atom> atoms, final List<String> chains) {
		final List<Atom> copies = new ArrayList<>();
		final Map<String, Integer> numbers = new LinkedHashMap<>();
		for (final Part part : parts) for (final Operation operation : part.operations) {
			for (final String chain : part.chains) numbers.merge(chain, 1, Integer::sum);
			// One text for each name: copies have many atoms.
			final Map<String, String> names = new HashMap<>();
			for (int i = 0; i < atoms.size(); i++) if (part.chains.contains(chains.get(i))) {
				final int number = numbers.get(chains.get(i));
				final Atom atom = operation.apply(atoms.get(i));
				copies.add(atom.inChain(names.computeIfAbsent(atom.chain(), chain -> copyOf(chain, number))));
			}
		}
		return copies;
	}

	/** The name of a further copy of a chain. */
	static String copyOf(final String chain, final int number) {
		return number == 1 ? chain : chain + "-" + number;
	}

	/**
	 * The operations that an expression of mmCIF means, such as {@code 1}, {@code (1-60)}, {@code 1,2,P} or
	 * {@code (1-60)(61)}, where each operation of the last parentheses is followed by each of those before.
	 *
	 * @throws InputException if the expression is none, or names an operation that is not there
	 * @see <a
	 * href="https://mmcif.wwpdb.org/dictionaries/mmcif_pdbx_v50.dic/Items/_pdbx_struct_assembly_gen.oper_expression.html">PDBx/mmCIF
	 *      dictionary</a>
	 */
	static List<Operation> operations(final String expression, final Map<String, Operation> known, final String file) {
		final String text = expression.replaceAll("\\s", "");
		List<Operation> product = List.of(Operation.IDENTITY);
		final String[] factors = text.startsWith("(") ? text.substring(1).replaceFirst("\\)$", "").split("\\)\\(")
			: new String[] { text };
		for (final String factor : factors) {
			final List<Operation> next = new ArrayList<>();
			for (final Operation before : product)
				for (final String name : names(factor, known.keySet())) {
					final Operation operation = known.get(name);
					if (operation == null) throw new InputException(file + " has no operation " + InputException.quote(
						name) + " for the assembly's " + InputException.quote(expression) +
						". Fetch the file again, or leave assembly= out.");
					next.add(before.after(operation));
					if (next.size() > MOST_COPIES) throw new InputException(file + " describes an assembly of more than " +
						MOST_COPIES + " copies (" + InputException.quote(expression) + "). Leave assembly= out.");
				}
			product = next;
		}
		return product;
	}

	private static List<String> names(final String list, final Collection<String> known) {
		final List<String> names = new ArrayList<>();
		for (final String item : list.split(",")) {
			final String[] ends = item.split("-");
			final boolean range = !known.contains(item) && ends.length == 2 && ends[0].matches("\\d{1,5}") && ends[1].matches(
				"\\d{1,5}");
			if (!range) names.add(item);
			else for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[1]); i++) names.add(Integer.toString(i));
		}
		return names;
	}
}
