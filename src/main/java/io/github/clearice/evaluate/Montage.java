package io.github.clearice.evaluate;

import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.PngFile;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A picture of the same particles in several stacks, such as noisy, denoised and
 * truth: one row per stack, one column per particle.
 * <p>
 * Each image has a contrast of its own, unless said otherwise: black and white are its
 * {@value #DARK_QUANTILE} and {@value #BRIGHT_QUANTILE} quantiles, so that noise
 * does not hide the particle and a faint particle does not look empty. Small
 * boxes are enlarged by whole factors, without smoothing.
 */
public final class Montage {

	private static final double DARK_QUANTILE = 0.002;
	private static final double BRIGHT_QUANTILE = 0.998;

	/** Images are enlarged to at least this edge length. */
	private static final int SMALLEST_TILE = 128;

	private static final int GAP = 4;
	private static final int PAPER = 255;
	private static final int BAR_HEIGHT = 4;

	/** A scale bar is at most this part of an image. */
	private static final double LONGEST_BAR = 0.5;

	private final int[] particles;
	private final List<String> labels = new ArrayList<>();
	private final List<float[][]> rows = new ArrayList<>();
	/** For each row, the row that gives its contrast. */
	private final List<Integer> contrasts = new ArrayList<>();
	private int box;
	private double pixelSizeAngstrom = Double.NaN;

	/** @param particles which particles to show, counted from 0, at least one */
	public Montage(final int... particles) {
		if (particles.length == 0) throw new ParameterException("A montage needs at least one particle.");
		this.particles = particles.clone();
	}

	/** A montage of the first particles of a stack of this size, at most {@code count}. */
	public static Montage ofFirst(final int count, final int stackSize) {
		final int[] first = new int[Math.min(count, stackSize)];
		Arrays.setAll(first, i -> i);
		return new Montage(first);
	}

	/**
	 * Adds a row below the others.
	 *
	 * @param label the text above it, if Java has fonts
	 * @throws ParameterException if the stack lacks a particle or has another box than
	 *           the rows before
	 */
	public Montage add(final String label, final ParticleStack stack) {
		if (!rows.isEmpty() && stack.box() != box) throw new ParameterException("A montage of boxes of " + box +
			" pixels cannot show " + stack.name() + ", whose box is " + stack.box() + "; use stacks of one box.");
		final float[][] row = new float[particles.length][stack.box() * stack.box()];
		for (int i = 0; i < particles.length; i++) {
			if (particles[i] < 0 || particles[i] >= stack.size()) throw new ParameterException("There is no particle " +
				(particles[i] + 1) + " in " + stack.name() + ", which holds " + stack.size() + "; choose another.");
			stack.read(particles[i], row[i]);
		}
		box = stack.box();
		if (Double.isNaN(pixelSizeAngstrom)) pixelSizeAngstrom = stack.pixelSizeAngstrom();
		labels.add(label);
		contrasts.add(rows.size());
		rows.add(row);
		return this;
	}

	/**
	 * Gives the row that was added last the contrast of another, image by image, so that faint images look faint.
	 *
	 * @param label of the other row
	 * @throws ParameterException if there is no such row
	 */
	public Montage withContrastOf(final String label) {
		final int other = labels.indexOf(label);
		if (other < 0) throw new ParameterException("A montage has no row \"" + label + "\".");
		contrasts.set(rows.size() - 1, other);
		return this;
	}

	/** The labels of the rows, from top to bottom. */
	public List<String> labels() {
		return List.copyOf(labels);
	}

	/** Draws all rows as 8-bit grey, with a scale bar below where a stack states its pixel size. */
	public BufferedImage draw() {
		if (rows.isEmpty()) throw new ParameterException("A montage needs at least one row.");
		final int zoom = (SMALLEST_TILE + box - 1) / box;
		final int tile = zoom * box;
		int width = particles.length * (tile + GAP) + GAP;
		for (final String label : labels) width = Math.max(width, LabelFont.width(label) + 2 * GAP);
		final int bottom = rows.size() * (LabelFont.LINE_HEIGHT + tile) + GAP;
		final boolean hasScale = !Double.isNaN(pixelSizeAngstrom);
		final int height = hasScale ? bottom + LabelFont.LINE_HEIGHT : bottom;
		final BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
		final WritableRaster raster = picture.getRaster();
		final int[] paper = new int[width * height];
		Arrays.fill(paper, PAPER);
		raster.setSamples(0, 0, width, height, 0, paper);
		for (int r = 0; r < rows.size(); r++) {
			final int top = r * (LabelFont.LINE_HEIGHT + tile);
			LabelFont.draw(picture, labels.get(r), GAP, top);
			for (int i = 0; i < particles.length; i++) {
				drawImage(raster, rows.get(r)[i], rows.get(contrasts.get(r))[i], GAP + i * (tile + GAP), top +
					LabelFont.LINE_HEIGHT, zoom);
			}
		}
		if (hasScale) drawScaleBar(picture, bottom, zoom);
		return picture;
	}

	private void drawScaleBar(final BufferedImage picture, final int top, final int zoom) {
		final double angstrom = barAngstrom(LONGEST_BAR * box * pixelSizeAngstrom);
		final int length = (int) Math.round(zoom * angstrom / pixelSizeAngstrom);
		final int above = top + (LabelFont.LINE_HEIGHT - BAR_HEIGHT) / 2;
		for (int y = above; y < above + BAR_HEIGHT; y++) for (int x = GAP; x < GAP + length; x++) picture.getRaster()
			.setSample(x, y, 0, 0);
		LabelFont.draw(picture, (angstrom < 1 ? String.valueOf(angstrom) : String.valueOf(Math.round(angstrom))) + " Å",
			2 * GAP + length, top);
	}

	/** The longest of 1, 2, 5, 10, 20 and so on that is no longer than this. */
	private static double barAngstrom(final double longest) {
		final double power = Math.pow(10, Math.floor(Math.log10(longest)));
		final double digit = longest / power;
		return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
	}

	/**
	 * Draws the montage into a PNG file, which appears when it is complete.
	 *
	 * @throws OutputException if the file cannot be written
	 */
	public void write(final Path target) {
		PngFile.write(target, draw());
	}

	/** @param contrast image whose darkest and brightest pixels become black and white */
	private void drawImage(final WritableRaster raster, final float[] pixels, final float[] contrast, final int left,
		final int top, final int zoom)
	{
		final float[] sorted = contrast.clone();
		Arrays.sort(sorted);
		final double dark = sorted[(int) Math.round(DARK_QUANTILE * (sorted.length - 1))];
		final double bright = sorted[(int) Math.round(BRIGHT_QUANTILE * (sorted.length - 1))];
		final double scale = bright > dark ? 255 / (bright - dark) : 0;
		for (int y = 0; y < box * zoom; y++) for (int x = 0; x < box * zoom; x++) {
			final double grey = (pixels[y / zoom * box + x / zoom] - dark) * scale;
			raster.setSample(left + x, top + y, 0, (int) Math.max(0, Math.min(255, Math.round(grey))));
		}
	}
}
