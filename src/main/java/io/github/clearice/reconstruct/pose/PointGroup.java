package io.github.clearice.reconstruct.pose;

import io.github.clearice.simulate.Orientation;
import io.github.clearice.task.ParameterException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rotations that lay a symmetric particle on itself, with axes as in RELION:
 * Cn about Z; Dn with a further twofold axis along X; T with threefold axes along
 * Z; O with fourfold axes along X, Y and Z; I (also called I2) with twofold axes
 * along X, Y and Z and a fivefold one in the plane of X and Z; I1, turned by 90
 * degrees about Z; I3 with a fivefold axis along Z; I4 as I3, turned by 180 degrees.
 *
 * @param name as it is written, such as C1 or D2
 * @param rotations all elements, the identity first, row by row
 */
public record PointGroup(String name, List<double[]> rotations) {

	/** The accepted names, for messages. */
	private static final String KNOWN = "Cn, Dn, T, O, I, I1, I2, I3 or I4, such as C1, C4 or D2";

	private static final Pattern NUMBERED = Pattern.compile("([CD])([1-9][0-9]{0,2})");

	private static final int LARGEST = 2000;

	/** No symmetry. */
	public static final PointGroup C1 = of("C1");

	public PointGroup {
		rotations = List.copyOf(rotations);
	}

	/**
	 * The group of a name, in upper or lower case.
	 *
	 * @throws ParameterException if there is none
	 */
	public static PointGroup of(final String name) {
		final String upper = name.trim().toUpperCase(Locale.ROOT);
		return new PointGroup(upper, closure(generators(upper)));
	}

	/** The number of rotations. */
	public int order() {
		return rotations.size();
	}

	/** The angle in degrees by which two orientations differ, at the least that the symmetry allows. */
	public double distanceDegree(final Orientation first, final Orientation second) {
		return Rotations.distanceDegree(first.matrix(), second.matrix(), this);
	}

	private static List<double[]> generators(final String name) {
		final Matcher numbered = NUMBERED.matcher(name);
		if (numbered.matches()) {
			final double[] main = rotation(Integer.parseInt(numbered.group(2)), 0, 0, 1);
			return numbered.group(1).equals("C") ? List.of(main) : List.of(main, rotation(2, 1, 0, 0));
		}
		final double golden = (1 + Math.sqrt(5)) / 2;
		switch (name) {
			case "T":
				return List.of(rotation(3, 0, 0, 1), rotation(2, 0, Math.sqrt(2), 1));
			case "O":
				return List.of(rotation(3, 1, 1, 1), rotation(4, 0, 0, 1));
			case "I":
			case "I2":
				return List.of(rotation(2, 0, 0, 1), rotation(5, 1, 0, golden), rotation(2, 1, 0, 0));
			case "I1":
				return List.of(rotation(2, 0, 0, 1), rotation(5, golden, 0, -1), rotation(2, 1, 0, 0));
			case "I3":
				return List.of(rotation(5, 0, 0, 1), rotation(2, -1, 0, golden));
			case "I4":
				return List.of(rotation(5, 0, 0, 1), rotation(2, 1, 0, golden));
			default:
				throw new ParameterException("There is no point group " + name + " (symmetry=). Give " + KNOWN + ".");
		}
	}

	/** The turn by one nth of a circle about an axis of any length (Rodrigues). */
	private static double[] rotation(final int fold, final double x, final double y, final double z) {
		final double length = Math.sqrt(x * x + y * y + z * z);
		final double[] u = { x / length, y / length, z / length };
		final double angle = 2 * Math.PI / fold, c = Math.cos(angle), s = Math.sin(angle);
		return new double[] { //
			c + u[0] * u[0] * (1 - c), u[0] * u[1] * (1 - c) - u[2] * s, u[0] * u[2] * (1 - c) + u[1] * s, //
			u[1] * u[0] * (1 - c) + u[2] * s, c + u[1] * u[1] * (1 - c), u[1] * u[2] * (1 - c) - u[0] * s, //
			u[2] * u[0] * (1 - c) - u[1] * s, u[2] * u[1] * (1 - c) + u[0] * s, c + u[2] * u[2] * (1 - c) };
	}

	private static List<double[]> closure(final List<double[]> generators) {
		final List<double[]> group = new ArrayList<>();
		group.add(new double[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 });
		for (int i = 0; i < group.size(); i++) {
			for (final double[] generator : generators) {
				final double[] product = product(group.get(i), generator);
				if (group.stream().noneMatch(known -> isSame(known, product))) group.add(product);
			}
			if (group.size() > LARGEST) throw new IllegalStateException("The generators make no finite group.");
		}
		return group;
	}

	private static boolean isSame(final double[] first, final double[] second) {
		for (int i = 0; i < 9; i++) if (Math.abs(first[i] - second[i]) > 1e-6) return false;
		return true;
	}

	/** The matrix product of two rotations. */
	public static double[] product(final double[] first, final double[] second) {
		final double[] product = new double[9];
		for (int row = 0; row < 3; row++) for (int column = 0; column < 3; column++) {
			for (int k = 0; k < 3; k++) product[3 * row + column] += first[3 * row + k] * second[3 * k + column];
		}
		return product;
	}
}
