package io.github.clearice.stack;

import io.github.clearice.fourier.ImageWindow;
import io.github.clearice.fourier.Resampling;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarTable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Brings the images of optics groups that differ in box or pixel size to one of each, by Fourier resampling.
 * <p>
 * The pixel size is that of the group with the most particles among those with the coarsest pixels, or nearly so: then
 * no image lacks detail that the common pixels could show. The box is that group's own, or, where other images
 * show less, as large as the smallest field of view. Thread-safe.
 */
final class CommonScale {

	/** Groups are calibrated to slightly different pixel sizes; missing parts of the last shells do not matter. */
	private static final double CALIBRATION = 0.02;

	/** Images may lack so much of the field of view; the rest is their own reflection. */
	private static final double LEAST_VIEW = 0.97;

	/** Images that are equal. */
	private record Scale(int box, double pixelSizeAngstrom) {

		double viewAngstrom() {
			return box * pixelSizeAngstrom;
		}
	}

	/** Resamples images of one scale; for one thread. */
	private static final class Way {

		private final float[] image;
		private final float[] resampled;
		private final Resampling.ImageResampler resampler;
		private final int from;

		Way(final Scale scale, final double pixelSizeAngstrom) {
			final Resampling resampling = Resampling.byRatio(scale.box(), pixelSizeAngstrom / scale.pixelSizeAngstrom());
			resampler = resampling.resampler();
			from = resampling.resampledBox();
			image = new float[scale.box() * scale.box()];
			resampled = new float[from * from];
		}
	}

	private final RelionParticles rows;
	private final List<Scale> scales = new ArrayList<>();
	private final int[] scaleOfRow;
	private final int common;
	private final int box;
	private final ThreadLocal<Map<Integer, Way>> ways = ThreadLocal.withInitial(HashMap::new);

	/**
	 * @param boxes of the image of each row, in pixels
	 * @param pixelSizesAngstrom of the image of each row
	 */
	CommonScale(final RelionParticles rows, final int[] boxes, final double[] pixelSizesAngstrom) {
		this.rows = rows;
		scaleOfRow = new int[boxes.length];
		final Map<Scale, Integer> numbers = new LinkedHashMap<>();
		for (int row = 0; row < boxes.length; row++) {
			final Scale scale = new Scale(boxes[row], pixelSizesAngstrom[row]);
			scaleOfRow[row] = numbers.computeIfAbsent(scale, key -> numbers.size());
		}
		scales.addAll(numbers.keySet());
		common = choose();
		final double least = scales.stream().mapToDouble(Scale::viewAngstrom).min().orElseThrow();
		final Scale chosen = scales.get(common);
		box = least >= LEAST_VIEW * chosen.viewAngstrom() ? chosen.box() : 2 * (int) (least / chosen.pixelSizeAngstrom() /
			2);
	}

	private int choose() {
		final int[] counts = new int[scales.size()];
		for (final int scale : scaleOfRow) counts[scale]++;
		final double coarsest = scales.stream().mapToDouble(Scale::pixelSizeAngstrom).max().orElseThrow();
		int best = -1;
		for (int i = 0; i < counts.length; i++) {
			if (scales.get(i).pixelSizeAngstrom() < (1 - CALIBRATION) * coarsest) continue;
			if (best < 0 || counts[i] > counts[best]) best = i;
		}
		return best;
	}

	int box() {
		return box;
	}

	double pixelSizeAngstrom() {
		return scales.get(common).pixelSizeAngstrom();
	}

	/** A one-line report. */
	String message() {
		final int[] counts = new int[scales.size()];
		for (final int scale : scaleOfRow) counts[scale]++;
		final List<String> kinds = new ArrayList<>();
		for (int i = 0; i < counts.length; i++) kinds.add(String.format(Locale.ROOT, "%d of %d pixels of %s Å", counts[i],
			scales.get(i).box(), text(scales.get(i).pixelSizeAngstrom())));
		return rows.file() + " lists images of several boxes or pixel sizes (" + String.join(", ", kinds) +
			"): all are resampled to " + box + " pixels of " + text(pixelSizeAngstrom()) + " Å.";
	}

	/** The rows as they are for the resampled images. */
	RelionParticles rows() {
		final String pixelSize = text(pixelSizeAngstrom());
		StarTable table = rows.table();
		for (final String column : List.of("rlnImagePixelSize", "rlnPixelSize"))
			if (table.has(column)) table = table.withColumn(column, row -> pixelSize);
		if (table.has("rlnMagnification") && table.has("rlnDetectorPixelSize")) {
			final StarTable old = table;
			table = table.withColumn("rlnMagnification", row -> text(1e4 * old.getDouble(row, "rlnDetectorPixelSize") /
				pixelSizeAngstrom()));
		}
		for (final String column : List.of("rlnOriginX", "rlnOriginY")) {
			final StarTable old = table;
			if (old.has(column)) table = old.withColumn(column, row -> text(old.getDouble(row, column) * scales.get(
				scaleOfRow[row]).pixelSizeAngstrom() / pixelSizeAngstrom()));
		}
		final StarTable optics = rows.tables().table("optics").orElse(null);
		return rows.with(table, optics == null ? null : optics.withColumn("rlnImagePixelSize", row -> pixelSize).withColumn(
			"rlnImageSize", row -> Integer.toString(box)));
	}

	/** Reads an image by its own box. */
	interface Source {

		void read(float[] image);
	}

	/** Reads the image of a row and resamples it if its scale differs. */
	void read(final int row, final Source source, final float[] target) {
		if (scaleOfRow[row] == common && box == scales.get(common).box()) {
			source.read(target);
			return;
		}
		final Way way = ways.get().computeIfAbsent(scaleOfRow[row], scale -> new Way(scales.get(scale),
			pixelSizeAngstrom()));
		source.read(way.image);
		way.resampler.apply(way.image, way.resampled);
		ImageWindow.mirrored(way.resampled, way.from, target, box);
	}

	private static String text(final double value) {
		return Double.toString(Math.rint(value * 1e6) / 1e6);
	}

	/** Whether rows differ in what matters: their boxes, or pixel sizes by more than a rounding. */
	static boolean isNeeded(final int[] boxes, final double[] pixelSizesAngstrom, final double rounding) {
		for (int row = 1; row < boxes.length; row++) {
			final double first = pixelSizesAngstrom[0], other = pixelSizesAngstrom[row];
			if (boxes[row] != boxes[0] || Math.abs(first - other) > rounding * Math.max(first, other)) return true;
		}
		return false;
	}
}
