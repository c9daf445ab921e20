package io.github.clearice.stack;

import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

import net.imglib2.img.Img;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Images that are read or computed when they are looked at, as one ImgLib2 image with the axes x, y and number of the
 * image, counted from 0. An image is read when one of its pixels is first looked at, and may be forgotten again when
 * memory is short; it cannot be changed. Thread-safe if the source is.
 */
public final class LazyImages extends LazyCellImg<FloatType, FloatArray> {

	/** Where images come from. */
	@FunctionalInterface
	public interface Source {

		/**
		 * Reads or computes one image, from any thread.
		 *
		 * @param index number of the image, from 0
		 * @param pixels receives {@code box * box} pixels, row by row
		 */
		void read(int index, float[] pixels);
	}

	private final Source source;

	private LazyImages(final CellGrid grid, final Source source, final Cells cells) {
		super(grid, new FloatType(), cells::cell);
		this.source = source;
	}

	/**
	 * @param box edge length of each image in pixels
	 * @param size number of images
	 */
	public static Img<FloatType> of(final int box, final int size, final Source source) {
		return new LazyImages(new CellGrid(new long[] { box, box, size }, new int[] { box, box, 1 }), source, new Cells(box,
			size, source));
	}

	/** Reads one image past the memory of those that were looked at: stacks are longer than memory. */
	void read(final int index, final float[] pixels) {
		source.read(index, pixels);
	}

	/** The images that were looked at. */
	private static final class Cells {

		private final int box;
		private final Source source;
		/** In pages, each made when one of its images is looked at: stacks may have thousands of millions of images. */
		private final AtomicReferenceArray<Page> pages;

		/** Some images in a row. */
		private static final class Page extends AtomicReferenceArray<SoftReference<Cell<FloatArray>>> {

			private static final long serialVersionUID = 1L;

			private static final int SIZE = 1 << 12;

			Page() {
				super(SIZE);
			}
		}

		Cells(final int box, final int size, final Source source) {
			this.box = box;
			this.source = source;
			pages = new AtomicReferenceArray<>((int) (((long) size + Page.SIZE - 1) / Page.SIZE));
		}

		private Page page(final int number) {
			final Page there = pages.get(number);
			if (there != null) return there;
			pages.compareAndSet(number, null, new Page());
			return pages.get(number);
		}

		Cell<FloatArray> cell(final long index) {
			final Page page = page((int) (index / Page.SIZE));
			final int within = (int) (index % Page.SIZE);
			final SoftReference<Cell<FloatArray>> kept = page.get(within);
			Cell<FloatArray> cell = kept == null ? null : kept.get();
			if (cell == null) {
				final float[] pixels = new float[box * box];
				source.read((int) index, pixels);
				cell = new Cell<>(new int[] { box, box, 1 }, new long[] { 0, 0, index }, new FloatArray(pixels));
				page.set(within, new SoftReference<>(cell));
			}
			return cell;
		}
	}
}
