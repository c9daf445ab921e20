package io.github.clearice.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The biological assemblies in the REMARK 350 of a PDB file.
 *
 * @see <a href="https://www.wwpdb.org/documentation/file-format-content/format33/remarks1.html">PDB format 3.3,
 *      remark 350</a>
 */
final class AssemblyRemarks {

	private static final Pattern NUMBER = Pattern.compile("BIOMOLECULE:\\s*(\\d+).*");
	private static final Pattern CHAINS = Pattern.compile("(APPLY THE FOLLOWING TO CHAINS:|AND CHAINS:)(.*)");
	private static final Pattern ROW = Pattern.compile(
		"BIOMT([123])\\s+(\\d+)\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+(\\S+).*");

	private final Map<String, List<Assembly.Part>> parts = new LinkedHashMap<>();
	private final Map<Integer, double[]> rows = new LinkedHashMap<>();
	private Set<String> chains = new LinkedHashSet<>();
	private String number;

	/**
	 * Takes a line of the remark.
	 *
	 * @param text the text after {@code REMARK 350}
	 * @return false if its numbers are none
	 */
	boolean add(final String text) {
		final String line = text.trim();
		final Matcher named = NUMBER.matcher(line), listed = CHAINS.matcher(line), row = ROW.matcher(line);
		if (named.matches()) {
			finishPart();
			number = named.group(1);
			parts.putIfAbsent(number, new ArrayList<>());
		}
		else if (listed.matches()) {
			if (listed.group(1).startsWith("APPLY")) finishPart();
			Arrays.stream(listed.group(2).split(",")).map(String::trim).filter(name -> !name.isEmpty()).map(name -> name
				.equals("NULL") ? "_" : name).forEach(chains::add);
		}
		else if (row.matches()) return add(row);
		return true;
	}

	private boolean add(final Matcher row) {
		final double[] values = rows.computeIfAbsent(Integer.parseInt(row.group(2)), key -> new double[12]);
		for (int i = 0; i < 4; i++) {
			try {
				values[4 * (Integer.parseInt(row.group(1)) - 1) + i] = Double.parseDouble(row.group(3 + i));
			}
			catch (final NumberFormatException e) {
				return false;
			}
		}
		return true;
	}

	private void finishPart() {
		if (number != null && !rows.isEmpty()) parts.get(number).add(new Assembly.Part(Set.copyOf(chains), rows.values()
			.stream().map(Assembly.Operation::new).toList()));
		chains = new LinkedHashSet<>();
		rows.clear();
	}

	/** The contents of the lines, by the numbers of the assemblies. */
	Map<String, Assembly> assemblies() {
		finishPart();
		final Map<String, Assembly> assemblies = new HashMap<>();
		parts.forEach((name, all) -> assemblies.put(name, new Assembly(all)));
		return assemblies;
	}
}
