package io.github.clearice.structure;

import io.github.clearice.task.InputException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.rcsb.cif.model.Block;

/**
 * The biological assemblies that mmCIF describes: {@code pdbx_struct_assembly_gen} and {@code pdbx_struct_oper_list}.
 */
final class MmcifAssemblies {

	private final List<Block> blocks;
	private final String file;

	MmcifAssemblies(final List<Block> blocks, final String file) {
		this.blocks = blocks;
		this.file = file;
	}

	/**
	 * All assemblies by their names, with chains by their label_asym_id.
	 *
	 * @throws InputException if an operation is not there or holds no numbers
	 */
	Map<String, Assembly> read() {
		final MmcifReader.CifTable generators = MmcifReader.CifTable.of(blocks, "pdbx_struct_assembly_gen");
		if (generators == null) return Map.of();
		final Map<String, Assembly.Operation> operations = operations();
		final Map<String, Assembly> assemblies = new LinkedHashMap<>();
		for (int row = 0; row < generators.rows(); row++) {
			final Assembly assembly = assemblies.computeIfAbsent(generators.text(row, "assembly_id"), name -> new Assembly(
				new ArrayList<>()));
			assembly.parts().add(new Assembly.Part(Set.of(distinct(generators.text(row, "asym_id_list"))), Assembly
				.operations(generators.text(row, "oper_expression"), operations, file)));
		}
		return assemblies;
	}

	private static String[] distinct(final String list) {
		return Arrays.stream(list.split(",")).map(String::trim).distinct().toArray(String[]::new);
	}

	private Map<String, Assembly.Operation> operations() {
		final Map<String, Assembly.Operation> operations = new HashMap<>();
		final MmcifReader.CifTable list = MmcifReader.CifTable.of(blocks, "pdbx_struct_oper_list");
		for (int row = 0; list != null && row < list.rows(); row++) {
			final double[] values = new double[12];
			for (int i = 0; i < 12; i++)
				values[i] = number(list, row, i % 4 < 3 ? "matrix[" + (i / 4 + 1) + "][" + (i % 4 + 1) + "]" : "vector[" + (i /
					4 + 1) + "]");
			operations.put(list.text(row, "id"), new Assembly.Operation(values));
		}
		return operations;
	}

	private double number(final MmcifReader.CifTable list, final int row, final String item) {
		try {
			return MmcifReader.parse(list.text(row, item));
		}
		catch (final NumberFormatException e) {
			throw new InputException(file + ": _pdbx_struct_oper_list." + item + " of the operation " + InputException
				.quote(list.text(row, "id")) + " is not a number. Fetch the file again.");
		}
	}
}
