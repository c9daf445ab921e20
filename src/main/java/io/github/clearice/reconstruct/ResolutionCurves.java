package io.github.clearice.reconstruct;

import io.github.clearice.fourier.RealFourierTransform3D;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.Volume;
import io.github.clearice.task.InputException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TextFile;
import io.github.clearice.task.TsvTable;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The correlation of two volumes with and without a mask.
 * <p>
 * A mask takes away noise around the particle, but its own shape correlates too.
 * How much is measured with phases made random from the first shell on where the
 * unmasked correlation is below {@value #RANDOM_BELOW}, and taken away:
 * {@code (masked - randomised) / (1 - randomised)} (Chen et al. 2013, equation 4;
 * from two shells later on, as in RELION).
 *
 * @param unmasked of the whole boxes
 * @param masked within the mask; null without one
 * @param randomised within the mask, after the phases were made random; null without a mask
 * @param corrected the curve to report: that of the masked volumes, corrected for the mask's own contribution; without
 * a mask, the unmasked curve
 * @param randomFrom first shell whose phases were made random; 0 without a mask
 */
public record ResolutionCurves(ShellCorrelation unmasked, ShellCorrelation masked, ShellCorrelation randomised,
	ShellCorrelation corrected, int randomFrom)
{

	private static final double RANDOM_BELOW = 0.8;

	private static final String SHELL = "shell", RESOLUTION = "resolution", CORRELATION = "fsc";

	/** How far beyond the first random shell the correction begins. */
	private static final int TRANSITION = 2;

	/** Correlates whole boxes. */
	public static ResolutionCurves of(final Volume first, final Volume second) {
		final ShellCorrelation curve = ShellCorrelation.of(first, second);
		return new ResolutionCurves(curve, null, null, curve, 0);
	}

	/**
	 * Correlates within a mask.
	 *
	 * @param mask weights of the voxels, 0 to 1
	 * @param seed of the random phases
	 * @throws io.github.clearice.task.ParameterException if the volumes and the mask have different boxes or pixel sizes
	 */
	public static ResolutionCurves of(final Volume first, final Volume second, final Volume mask, final long seed) {
		final ShellCorrelation unmasked = ShellCorrelation.of(first, second);
		final ShellCorrelation masked = ShellCorrelation.of(first.times(mask), second.times(mask));
		final int from = firstBelow(unmasked.values());
		final ShellCorrelation randomised = ShellCorrelation.of(withRandomPhases(first, from, Seeds.derive(seed,
			0)).times(mask),
			withRandomPhases(second, from, Seeds.derive(seed, 1)).times(mask));
		final double[] corrected = masked.values().clone();
		for (int shell = from + TRANSITION; shell < corrected.length; shell++) {
			final double bias = randomised.values()[shell];
			corrected[shell] = corrected[shell] <= bias ? 0 : (corrected[shell] - bias) / (1 - bias);
		}
		return new ResolutionCurves(unmasked, masked, randomised, new ShellCorrelation(first.box(), first
			.pixelSizeAngstrom(), corrected), from);
	}

	/** The same curves of volumes whose pixel size is unknown. */
	public ResolutionCurves withoutPixelSize() {
		return new ResolutionCurves(unmasked.withoutPixelSize(), masked == null ? null : masked.withoutPixelSize(),
			randomised == null ? null : randomised.withoutPixelSize(), corrected.withoutPixelSize(), randomFrom);
	}

	/**
	 * Writes the table; it appears under its name only when complete.
	 *
	 * @throws io.github.clearice.task.OutputException if the file cannot be written
	 */
	public void write(final Path target) {
		TextFile.write(target, format());
	}

	/**
	 * The table as lines of tab-separated values, the names of the columns first.
	 * <p>
	 * Columns: {@code shell resolution fsc}, one row a shell from 0 to Nyquist, the resolution in Å ({@code Infinity} in
	 * row 0, {@code NaN} where the pixel size is unknown). With a mask, {@code fsc} is the corrected curve, and
	 * {@code unmasked masked randomised} follow.
	 */
	public String format() {
		final boolean within = masked != null;
		final StringBuilder table = new StringBuilder(TabSeparated.line(SHELL, RESOLUTION, CORRELATION, within ? List.of(
			"unmasked", "masked", "randomised") : List.of()));
		for (int shell = 0; shell < corrected.values().length; shell++) {
			table.append(TabSeparated.line(shell, TabSeparated.decimals(6, 1 / corrected.frequencyPerAngstrom(shell),
				corrected.values()[shell]), within ? TabSeparated.decimals(6, unmasked.values()[shell], masked.values()[shell],
					randomised.values()[shell]) : List.of()));
		}
		return table.toString();
	}

	/**
	 * Reads the curve to report from a table that {@link #write} wrote.
	 *
	 * @throws io.github.clearice.task.InputException if it cannot be read, or is no such table
	 */
	public static ShellCorrelation read(final Path table) {
		final List<TsvTable.Row> rows = TsvTable.read(table).rows();
		if (rows.size() < 2) throw InputException.of(table,
			"the table has no curve. Run the command that wrote it again.");
		final TsvTable.Row last = rows.get(rows.size() - 1);
		final int box = 2 * (rows.size() - 1);
		return new ShellCorrelation(box, last.number(RESOLUTION) * last.number(SHELL) / box, rows.stream().mapToDouble(
			row -> row.number(CORRELATION)).toArray());
	}

	private static int firstBelow(final double[] values) {
		for (int shell = 1; shell < values.length; shell++) if (values[shell] < RANDOM_BELOW) return shell;
		return values.length;
	}

	/**
	 * Makes phases random beyond a shell. Any remaining correlation between two such volumes within a mask is caused by
	 * the mask.
	 *
	 * @param from first shell with random phases; amplitudes stay
	 */
	static Volume withRandomPhases(final Volume volume, final int from, final long seed) {
		final int box = volume.box(), columns = box / 2 + 1;
		final RealFourierTransform3D transform = new RealFourierTransform3D(box);
		final float[] spectrum = transform.forward(volume.voxels());
		final SplittableRandom random = Seeds.random(seed);
		for (int z = 0; z < box; z++) for (int y = 0; y < box; y++) for (int x = 0; x < columns; x++) {
			if (Math.rint(Math.sqrt((double) x * x + square(y, box) + square(z, box))) < from) continue;
			final int mirror = ((box - z) % box * box + (box - y) % box) * columns + x;
			final int at = (z * box + y) * columns + x;
			final boolean paired = x == 0 || 2 * x == box;
			// A pair within a plane of the half spectrum gets its phase once; a coefficient that is its own partner stays
			// real.
			if (paired && mirror <= at) continue;
			final double phase = random.nextDouble(2 * Math.PI);
			final double amplitude = Math.hypot(spectrum[2 * at], spectrum[2 * at + 1]);
			spectrum[2 * at] = (float) (amplitude * Math.cos(phase));
			spectrum[2 * at + 1] = (float) (amplitude * Math.sin(phase));
			if (!paired) continue;
			spectrum[2 * mirror] = spectrum[2 * at];
			spectrum[2 * mirror + 1] = -spectrum[2 * at + 1];
		}
		return Volume.of(box, volume.pixelSizeAngstrom(), transform.inverse(spectrum));
	}

	private static double square(final int index, final int box) {
		final double frequency = 2 * index <= box ? index : index - box;
		return frequency * frequency;
	}
}
