package io.github.clearice.micrograph;

import io.github.clearice.star.StarException;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the particles of micrographs are known to be, by RELION coordinates in a STAR file. */
public final class PickTruth {

	private static final String NAME = "rlnMicrographName", X = "rlnCoordinateX", Y = "rlnCoordinateY";

	private final Map<Integer, List<Pick>> places = new TreeMap<>();

	private PickTruth() {}

	/**
	 * Reads a STAR file. Of names such as {@code 000002@noisy.mrcs}, the number tells the micrograph, so that the
	 * places are those of denoised micrographs too; without one, all belong to the first.
	 *
	 * @throws StarException if there are no coordinates
	 */
	public static PickTruth read(final Path star) {
		final PickTruth truth = new PickTruth();
		final StarTable table = StarFile.read(star).tables().stream().filter(one -> one.has(X) && one.has(Y)).findFirst()
			.orElseThrow(() -> new StarException(star + " has no table with " + X + " and " + Y +
				". Give a STAR file with coordinates."));
		for (int row = 0; row < table.rows(); row++) {
			final String name = table.has(NAME) ? table.get(row, NAME) : "";
			final int number = name.matches("\\d+@.*") ? Integer.parseInt(name.substring(0, name.indexOf('@'))) - 1 : 0;
			truth.places.computeIfAbsent(number, key -> new ArrayList<>()).add(new Pick(table.getDouble(row, X), table
				.getDouble(row, Y), 1, 0));
		}
		return truth;
	}

	/**
	 * Marks which candidates are particles: the best within reach of each, and none twice.
	 *
	 * @param micrograph its number, from 0
	 * @param candidates the best first
	 * @param reach how far from its true place a particle may be found, in pixels
	 * @param border particles nearer to the rim are not looked for, in pixels
	 */
	public PickScore score(final int micrograph, final List<Pick> candidates, final double reach, final double border,
		final int width, final int height)
	{
		final List<Pick> left = new ArrayList<>(places.getOrDefault(micrograph, List.of()));
		left.removeIf(place -> place.x() < border || place.y() < border || place.x() > width - 1 - border || place
			.y() > height - 1 - border);
		final int particles = left.size();
		final boolean[] right = new boolean[candidates.size()];
		for (int i = 0; i < right.length; i++) {
			Pick nearest = null;
			double least = reach;
			for (final Pick place : left) {
				final double away = Math.hypot(place.x() - candidates.get(i).x(), place.y() - candidates.get(i).y());
				if (away > least) continue;
				least = away;
				nearest = place;
			}
			right[i] = nearest != null;
			left.remove(nearest);
		}
		final double[] scores = candidates.stream().mapToDouble(Pick::score).toArray();
		return new PickScore(particles, scores, right);
	}
}
