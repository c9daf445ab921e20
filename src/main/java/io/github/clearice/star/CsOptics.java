package io.github.clearice.star;

import io.github.clearice.star.CryosparcTable.CsKind;
import io.github.clearice.star.ObservationModel.ObservationColumns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The optics groups of a table of cryoSPARC: rows with equal microscopes, aberrations, pixel sizes and boxes. They are
 * numbered as cryoSPARC's exposure groups, from 1 on, where those are as uniform.
 * <p>
 * With q in 1/Å and lambda in Å, cryoSPARC's phases are taken as {@code 2 pi lambda^2 |q|^3} times {@code tilt_A} (cos
 * phi, sin phi) and {@code trefoil_A} (cos 3 phi, sin 3 phi), in the sense of RELION's beam tilt, which is
 * {@code tilt_A} by Cs; and {@code pi / 2 lambda^3 |q|^4} times {@code tetra_A} (cos 2 phi, sin 2 phi, cos 4 phi, sin 4
 * phi), in the sense of the spherical aberration. {@code anisomag} is RELION's matrix without the identity.
 */
final class CsOptics {

	private static final String GROUP = "ctf/exp_group_id";

	/** Largest beam tilt in radian: larger third-order terms are those of a microscope with a corrector. */
	private static final double LARGEST_TILT = 0.05;

	private static final List<String> ABERRATIONS = List.of("ctf/tilt_A", "ctf/trefoil_A", "ctf/tetra_A", "ctf/anisomag");

	private final CsTable table;
	private final CsKind kind;
	private final int[] numbers;
	/** A row of each group by its number. */
	private final Map<Integer, Integer> groups = new TreeMap<>();

	CsOptics(final CsTable table, final CsKind kind) {
		this.table = table;
		this.kind = kind;
		final Map<List<Double>, Integer> known = new LinkedHashMap<>();
		final int[] keys = new int[table.rows()];
		final List<Integer> first = new ArrayList<>();
		for (int row = 0; row < keys.length; row++) {
			final List<Double> key = key(row);
			keys[row] = known.computeIfAbsent(key, one -> known.size());
			if (keys[row] == first.size()) first.add(row);
		}
		final long exposures = first.stream().map(row -> table.number(row, GROUP, 0.0)).distinct().count();
		final boolean uniform = exposures == first.size() && first.stream().allMatch(row -> table.number(row, GROUP,
			0.0) < 1e6);
		numbers = new int[keys.length];
		for (int row = 0; row < keys.length; row++)
			numbers[row] = 1 + (uniform ? (int) table.number(first.get(keys[row]), GROUP, 0.0) : keys[row]);
		for (final int row : first)
			groups.put(numbers[row], row);
	}

	private List<Double> key(final int row) {
		final List<Double> key = new ArrayList<>(List.of(table.number(row, GROUP, 0.0), voltage(row), sphericalAberration(
			row), table.number(row, "ctf/amp_contrast", Double.NaN), table.number(row, kind.field("psize_A"), Double.NaN),
			box(row)));
		for (final String name : ABERRATIONS)
			for (int i = 0; i < table.items(name); i++)
				key.add(table.number(row, name, i));
		return key;
	}

	private double voltage(final int row) {
		return table.number(row, "ctf/accel_kv", table.number(row, "mscope_params/accel_kv", Double.NaN));
	}

	private double sphericalAberration(final int row) {
		return table.number(row, "ctf/cs_mm", table.number(row, "mscope_params/cs_mm", Double.NaN));
	}

	private double box(final int row) {
		return table.items(kind.field("shape")) == 2 ? table.number(row, kind.field("shape"), 0) : 0;
	}

	/** The number of a row's group. */
	String number(final int row) {
		return Integer.toString(numbers[row]);
	}

	/** The optics groups in the columns of RELION 3.1. */
	StarTable toRelion() {
		final List<String> columns = new ArrayList<>(List.of("rlnOpticsGroup", "rlnOpticsGroupName"));
		final List<String> aberrations = new ArrayList<>();
		final Map<Integer, ObservationModel> models = new TreeMap<>();
		groups.forEach((number, row) -> models.put(number, model(row)));
		if (models.values().stream().anyMatch(model -> !model.equals(ObservationModel.IDEAL))) aberrations.addAll(
			ObservationColumns.NAMES);
		final Map<String, Map<Integer, String>> known = new LinkedHashMap<>();
		groups.forEach((number, row) -> {
			put(known, "rlnVoltage", number, voltage(row));
			put(known, "rlnSphericalAberration", number, sphericalAberration(row));
			put(known, "rlnAmplitudeContrast", number, table.number(row, "ctf/amp_contrast", Double.NaN));
			put(known, kind.relion().pixelSize(), number, table.number(row, kind.field("psize_A"), Double.NaN));
			if (kind == CsKind.PARTICLES && box(row) > 0) known.computeIfAbsent("rlnImageSize", name -> new TreeMap<>()).put(
				number, Long.toString((long) box(row)));
		});
		// A column that not all groups have would be wrong for some.
		known.values().removeIf(values -> values.size() < groups.size());
		columns.addAll(known.keySet());
		if (kind == CsKind.PARTICLES) columns.add("rlnImageDimensionality");
		columns.addAll(aberrations);
		final StarTable.Builder relion = StarTable.loop("optics", columns.toArray(new String[0]));
		for (final int number : groups.keySet()) {
			final List<String> cells = new ArrayList<>(List.of(Integer.toString(number), "opticsGroup" + number));
			for (final Map<Integer, String> values : known.values()) cells.add(values.get(number));
			if (kind == CsKind.PARTICLES) cells.add("2");
			if (!aberrations.isEmpty()) cells.addAll(ObservationColumns.values(models.get(number)));
			relion.add(cells.toArray(new String[0]));
		}
		return relion.build().withVersion(RelionWriter.VERSION);
	}

	private static void put(final Map<String, Map<Integer, String>> known, final String column, final int group,
		final double value)
	{
		if (Double.isFinite(value)) known.computeIfAbsent(column, name -> new TreeMap<>()).put(group, CryosparcTable.text(
			value));
	}

	private ObservationModel model(final int row) {
		final double volt = voltage(row), aberration = 1e7 * sphericalAberration(row);
		final double[] tilt = numbers(row, "ctf/tilt_A", 2), trefoil = numbers(row, "ctf/trefoil_A", 2);
		final double[] tetra = numbers(row, "ctf/tetra_A", 4), matrix = numbers(row, "ctf/anisomag", 4);
		final double lambda = 12.2643247 / Math.sqrt(volt * 1e3 * (1 + volt * 1e3 * 0.978466e-6));
		final boolean tilted = Math.hypot(tilt[0], tilt[1]) < LARGEST_TILT * Math.abs(aberration);
		final double third = -2 * Math.PI * lambda * lambda, fourth = Math.PI / 2 * lambda * lambda * lambda;
		final double[] coma = tilted ? new double[2] : tilt;
		// r^3 cos phi = (Z(1,3) + 2 Z(1,1)) / 3 and r^4 cos 2 phi = (Z(2,4) + 3 Z(2,2)) / 4.
		final List<Double> odd = list(third, 2 * coma[1] / 3, 2 * coma[0] / 3, trefoil[1], coma[1] / 3, coma[0] / 3,
			trefoil[0]);
		final List<Double> even = list(fourth, 0, 3 * tetra[1] / 4, 0, 3 * tetra[0] / 4, tetra[3], tetra[1] / 4, 0,
			tetra[0] / 4, tetra[2]);
		try {
			return new ObservationModel(tilted ? 0 + 1e3 * Math.asin(tilt[0] / aberration) : 0, tilted ? 0 + 1e3 * Math.asin(
				tilt[1] / aberration) : 0, odd, even, new Magnification(1 + matrix[0], 0 + matrix[1], 0 + matrix[2], 1 +
					matrix[3]), CtfState.RECORDED);
		}
		catch (final IllegalArgumentException e) {
			throw table.error(row, "ctf/anisomag", e.getMessage() + ". Correct it.");
		}
	}

	private double[] numbers(final int row, final String name, final int count) {
		final double[] numbers = new double[count];
		if (table.has(name)) for (int i = 0; i < count; i++) numbers[i] = table.number(row, name, i);
		return numbers;
	}

	/** Scaled coefficients, or none where all are 0. */
	private static List<Double> list(final double scale, final double... coefficients) {
		final List<Double> list = new ArrayList<>();
		boolean any = false;
		for (final double coefficient : coefficients) {
			any |= coefficient != 0;
			list.add(coefficient == 0 ? 0 : scale * coefficient);
		}
		return any ? list : List.of();
	}
}
