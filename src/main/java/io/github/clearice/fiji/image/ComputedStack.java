package io.github.clearice.fiji.image;

import io.github.clearice.task.ClearIceException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import ij.VirtualStack;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

/**
 * A virtual stack whose images are computed when they are displayed or saved. The last ones stay in memory; where one
 * follows the other, as when they are saved, more and more are computed at once.
 * <p>
 * A failure cannot be reported to ImageJ while it shows a slice: such a slice is empty (NaN), its label says why,
 * and so
 * does the Log window, once.
 */
public final class ComputedStack extends VirtualStack {

	/** Computes images. */
	public interface Source {

		/**
		 * @param first of the images, from 0
		 * @return {@code count} images of {@code width * height} pixels
		 * @throws ClearIceException if they cannot be computed
		 */
		float[][] compute(int first, int count);
	}

	private static final long KEPT_BYTES = 64L << 20;
	private static final int MOST_AT_ONCE = 64;

	private final int count;
	private final Source source;
	private final IntFunction<String> labels;
	private final Consumer<String> log;
	private final Map<Integer, float[]> kept = new LinkedHashMap<>();
	private final Map<Integer, String> failed = new LinkedHashMap<>();
	private String lastFailure = "";
	private int next = -1;
	private int atOnce = 1;

	/**
	 * @param count of images
	 * @param labels of slices, by their numbers from 1; null for none
	 * @param log receives errors
	 */
	public ComputedStack(final int width, final int height, final int count, final Source source,
		final IntFunction<String> labels, final Consumer<String> log)
	{
		super(width, height);
		this.count = count;
		this.source = source;
		this.labels = labels;
		this.log = log;
		setBitDepth(32);
	}

	@Override
	public synchronized ImageProcessor getProcessor(final int n) {
		if (n < 1 || n > count) throw new IllegalArgumentException("There is no slice " + n + " among " + count +
			" (counted from 1).");
		final float[] pixels = pixels(n - 1);
		final ImageProcessor processor = new FloatProcessor(getWidth(), getHeight(), pixels);
		processor.setSliceNumber(n);
		return processor;
	}

	/** A copy, because ImageJ lets users draw into a slice until another one is shown. */
	private float[] pixels(final int index) {
		if (!kept.containsKey(index)) {
			atOnce = index == next ? Math.min(2 * atOnce, largestBlock()) : 1;
			try {
				compute(index, Math.min(atOnce, count - index));
			}
			catch (final ClearIceException e) {
				return failure(index, e.getMessage());
			}
		}
		return kept.get(index).clone();
	}

	private int largestBlock() {
		return (int) Math.max(1, Math.min(MOST_AT_ONCE, mostKept() / 2));
	}

	private long mostKept() {
		return Math.max(2, KEPT_BYTES / ((long) Float.BYTES * getWidth() * getHeight()));
	}

	private void compute(final int first, final int number) {
		final float[][] images = source.compute(first, number);
		while (!kept.isEmpty() && kept.size() + number > mostKept()) kept.remove(kept.keySet().iterator().next());
		for (int i = 0; i < number; i++) {
			kept.put(first + i, images[i]);
			failed.remove(first + i);
		}
		next = first + number;
	}

	private float[] failure(final int index, final String reason) {
		failed.put(index, reason);
		if (!reason.equals(lastFailure)) log.accept("Slice " + (index + 1) + " could not be computed. " + reason);
		lastFailure = reason;
		final float[] empty = new float[getWidth() * getHeight()];
		Arrays.fill(empty, Float.NaN);
		return empty;
	}

	@Override
	public int getSize() {
		return count;
	}

	@Override
	public int size() {
		return count;
	}

	@Override
	public synchronized String getSliceLabel(final int n) {
		return failed.containsKey(n - 1) ? "not computed: " + failed.get(n - 1) : labels.apply(n);
	}

	/** All of them belong together. */
	@Override
	public void deleteSlice(final int n) {
		throw new UnsupportedOperationException("Slices that are computed cannot be deleted. Save the stack, and open it.");
	}
}
