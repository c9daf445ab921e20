package io.github.clearice.filter;

import java.util.Arrays;

/**
 * Squared distances between all square patches of an image and the patches that
 * lie a given shift away, in a time that hardly depends on the size of the patch:
 * sums over columns run down the image (the integral form of Darbon et al. 2008).
 * One instance a thread.
 *
 * @see <a href="https://doi.org/10.1109/ISBI.2008.4541250">Darbon et al. 2008</a>
 */
public final class PatchDistances {

	private final int width;
	private final int patch;
	private final float[] sums;
	private final float[] doubled;
	private final float[] distances;
	private final float[] here;
	private final float[] there;
	private float[] image;
	private int row;
	private int left;
	private int columns;
	private int shift;

	/**
	 * @param width of the images in pixels
	 * @param patch edge length of the patches in pixels
	 */
	public PatchDistances(final int width, final int patch) {
		this.width = width;
		this.patch = patch;
		sums = new float[width];
		doubled = new float[width];
		distances = new float[width];
		here = new float[width];
		there = new float[width];
	}

	/**
	 * Begins with the distances of one shift. All patches and their shifted partners
	 * must lie within the image.
	 *
	 * @param pixels rows of {@code width} pixels
	 * @param firstRow row of the upper left pixels of the first patches
	 * @param firstColumn column of the upper left pixel of the first patch of each row
	 * @param patches number of patches in a row
	 */
	public void start(final float[] pixels, final int dy, final int dx, final int firstRow, final int firstColumn,
		final int patches)
	{
		image = pixels;
		shift = dy * width + dx;
		row = firstRow;
		left = firstColumn;
		columns = patches;
		Arrays.fill(sums, 0, patches + patch - 1, 0);
		for (int y = 0; y < patch - 1; y++) add(firstRow + y);
	}

	/** Sums of squared differences of the next row of patches; the array is used again. */
	public float[] next() {
		add(row + patch - 1);
		sumAlongRow();
		subtract(row++);
		return distances;
	}

	/** Sums of {@code patch} neighbours by doubling: of 1, 2, 4, .., joined by the binary digits of the length. */
	private void sumAlongRow() {
		final int length = columns + patch - 1;
		System.arraycopy(sums, 0, doubled, 0, length);
		Arrays.fill(distances, 0, columns, 0);
		int summed = 0;
		for (int power = 1; power <= patch; power *= 2) {
			if ((patch & power) != 0) {
				addTo(distances, doubled, summed, columns);
				summed += power;
			}
			addTo(doubled, doubled, power, length - power);
		}
	}

	private void add(final int y) {
		copyRows(y);
		for (int i = 0; i < columns + patch - 1; i++) {
			final float difference = here[i] - there[i];
			sums[i] += difference * difference;
		}
	}

	private void subtract(final int y) {
		copyRows(y);
		for (int i = 0; i < columns + patch - 1; i++) {
			final float difference = here[i] - there[i];
			sums[i] -= difference * difference;
		}
	}

	/** Adds numbers that lie further on; through a copy, because the compiler vectorises separate arrays. */
	private void addTo(final float[] target, final float[] source, final int first, final int count) {
		System.arraycopy(source, first, there, 0, count);
		for (int i = 0; i < count; i++) target[i] += there[i];
	}

	private void copyRows(final int y) {
		final int from = y * width + left;
		System.arraycopy(image, from, here, 0, columns + patch - 1);
		System.arraycopy(image, from + shift, there, 0, columns + patch - 1);
	}
}
