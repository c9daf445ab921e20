package io.github.clearice.prepare;

import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.ParameterException;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The table of prepared particles: columns that tell of the images are those of the new images, all others stay.
 * <p>
 * Pixel sizes and boxes of the optics groups, or the magnification in tables of RELION 3.0; origins in pixels; origins
 * of particles that were centred, which become 0, their shifts being kept in {@value #SHIFT_X} and {@value #SHIFT_Y};
 * {@value #FLIPPED}; and the correction of norms, which normalisation makes void.
 */
final class PreparedTable {

	/** The mark of particles whose phases were flipped. */
	static final String FLIPPED = "rlnCtfDataArePhaseFlipped";
	/** Where coordinates of the centre can be worked out from, once the origin is 0. */
	static final String SHIFT_X = "clearIceShiftXAngst";
	static final String SHIFT_Y = "clearIceShiftYAngst";

	private static final List<String> PIXEL_SIZES = List.of("rlnImagePixelSize", "rlnPixelSize");
	private static final List<String> AXES = List.of("X", "Y");

	private final RelionParticles rows;
	private final PreparationOptions.Geometry geometry;
	private final PreparationOptions options;
	private final Double statedPixelSize;

	private PreparedTable(final RelionParticles rows, final PreparationOptions.Geometry geometry,
		final PreparationOptions options, final Double statedPixelSize)
	{
		this.rows = rows;
		this.geometry = geometry;
		this.options = options;
		this.statedPixelSize = statedPixelSize;
	}

	/**
	 * The rows of prepared images, with the image names of before.
	 *
	 * @param statedPixelSizeAngstrom pixel size of all images before, where the user corrects the table; else null
	 */
	static RelionParticles of(final RelionParticles rows, final PreparationOptions.Geometry geometry,
		final PreparationOptions options, final Double statedPixelSizeAngstrom)
	{
		final PreparedTable prepared = new PreparedTable(rows, geometry, options, statedPixelSizeAngstrom);
		final StarTable optics = rows.tables().table("optics").orElse(null);
		return rows.with(prepared.particles(rows.table(), optics == null), optics == null ? null : prepared.optics(optics));
	}

	private StarTable optics(final StarTable table) {
		StarTable changed = withPixelSizes(table);
		if (!changed.has("rlnImagePixelSize") && !Double.isNaN(geometry.pixelSizeAngstrom())) {
			changed = changed.withColumn("rlnImagePixelSize", row -> text(geometry.preparedPixelSizeAngstrom()));
		}
		changed = changed.withColumn("rlnImageSize", row -> Integer.toString(geometry.preparedBox()));
		return options.flip() ? changed.withColumn(FLIPPED, row -> "1") : changed;
	}

	private StarTable particles(final StarTable table, final boolean alone) {
		StarTable changed = withPixelSizes(table);
		if (!geometry.resampling().isNone() || statedPixelSize != null) changed = withMagnification(changed);
		if (options.centre()) changed = centred(changed);
		else for (final String axis : AXES) {
			changed = scaled(changed, "rlnOrigin" + axis);
			changed = scaled(changed, "rlnOrigin" + axis + "Prior");
		}
		if (options.normalise() && changed.has("rlnNormCorrection")) changed = changed.withColumn("rlnNormCorrection",
			row -> "1.0");
		return options.flip() && (alone || table.has(FLIPPED)) ? changed.withColumn(FLIPPED, row -> "1") : changed;
	}

	private StarTable withPixelSizes(final StarTable table) {
		if (geometry.resampling().isNone() && statedPixelSize == null) return table;
		StarTable changed = table;
		for (final String column : PIXEL_SIZES) changed = changed(changed, column, size -> (statedPixelSize == null ? size
			: statedPixelSize) * geometry.ratio());
		return changed;
	}

	/** RELION 3.0 has the pixel size in the magnification: of binned images it is smaller. */
	private StarTable withMagnification(final StarTable table) {
		if (!table.has("rlnMagnification") || !table.has("rlnDetectorPixelSize")) return table;
		return table.withColumn("rlnMagnification", row -> text(statedPixelSize == null ? table.getDouble(row,
			"rlnMagnification") / geometry.ratio() : 1e4 * table.getDouble(row, "rlnDetectorPixelSize") / geometry
				.preparedPixelSizeAngstrom()));
	}

	private StarTable centred(final StarTable table) {
		StarTable changed = table;
		if (!Double.isNaN(geometry.pixelSizeAngstrom())) {
			changed = changed.withColumn(SHIFT_X, row -> text(pixels(rows, row, "X", geometry) * geometry
				.pixelSizeAngstrom()));
			changed = changed.withColumn(SHIFT_Y, row -> text(pixels(rows, row, "Y", geometry) * geometry
				.pixelSizeAngstrom()));
		}
		for (final String axis : AXES) {
			final String column = "rlnOrigin" + axis;
			for (final String unit : List.of("", "Angst")) {
				final String prior = column + "Prior" + unit;
				final double size = unit.isEmpty() ? 1 : geometry.pixelSizeAngstrom(), ratio = unit.isEmpty() ? geometry.ratio()
					: 1;
				final StarTable before = changed;
				if (before.has(prior)) changed = before.withColumn(prior, row -> text((before.getDouble(row, prior) - size *
					pixels(rows, row, axis, geometry)) / ratio));
				changed = changed(changed, column + unit, origin -> 0);
			}
		}
		return changed;
	}

	/**
	 * The shift that centres a particle, in pixels of its image as it is.
	 *
	 * @throws ParameterException if it is given in Å and the pixel size is unknown
	 */
	static double pixels(final RelionParticles rows, final int row, final String axis,
		final PreparationOptions.Geometry geometry)
	{
		final StarTable table = rows.table();
		final String column = "rlnOrigin" + axis;
		if (!table.has(column + "Angst")) return table.has(column) ? table.getDouble(row, column) : 0;
		if (Double.isNaN(geometry.pixelSizeAngstrom())) throw new ParameterException(
			"The table has shifts in Å, and the pixel size of the images is unknown. Give it with original=.");
		return table.getDouble(row, column + "Angst") / geometry.pixelSizeAngstrom();
	}

	private StarTable scaled(final StarTable table, final String column) {
		return !geometry.resampling().isNone() ? changed(table, column, pixels -> pixels / geometry.ratio()) : table;
	}

	private static StarTable changed(final StarTable table, final String column, final DoubleUnaryOperator change) {
		return table.has(column) ? table.withColumn(column, row -> text(change.applyAsDouble(table.getDouble(row, column))))
			: table;
	}

	private static String text(final double value) {
		// Whole and round numbers look as they did; the rest has all the digits that a float32 reader can use.
		return Double.toString(Math.rint(value * 1e9) / 1e9);
	}
}
