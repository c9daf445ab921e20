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
 * The particles of a stack as one lazy image with the axes x, y and number of the particle. A particle is read when one
 * of its pixels is first looked at, and may be forgotten again when memory is short.
 */
final class ParticleImages {

	private final ParticleStack stack;
	private final AtomicReferenceArray<SoftReference<Cell<FloatArray>>> cells;

	private ParticleImages(final ParticleStack stack) {
		this.stack = stack;
		cells = new AtomicReferenceArray<>(stack.size());
	}

	static Img<FloatType> of(final ParticleStack stack) {
		final int box = stack.box();
		final CellGrid grid = new CellGrid(new long[] { box, box, stack.size() }, new int[] { box, box, 1 });
		return new LazyCellImg<>(grid, new FloatType(), new ParticleImages(stack)::cell);
	}

	private Cell<FloatArray> cell(final long index) {
		final SoftReference<Cell<FloatArray>> known = cells.get((int) index);
		Cell<FloatArray> cell = known == null ? null : known.get();
		if (cell == null) {
			final int box = stack.box();
			final float[] pixels = new float[box * box];
			stack.read((int) index, pixels);
			cell = new Cell<>(new int[] { box, box, 1 }, new long[] { 0, 0, index }, new FloatArray(pixels));
			cells.set((int) index, new SoftReference<>(cell));
		}
		return cell;
	}
}
