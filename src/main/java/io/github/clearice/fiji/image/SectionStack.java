package io.github.clearice.fiji.image;

import ij.VirtualStack;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/**
 * A stack of ImageJ whose images are read from their files when they are displayed, so that stacks larger than memory
 * open at once.
 * <p>
 * As in any virtual stack, changes of an image last until another one is shown;
 * the files never change. Files stay open as long as somebody holds the stack.
 */
final class SectionStack extends VirtualStack {

	private final SectionSource source;
	private final boolean flip;
	private int[] sections;

	/** @param flip whether the file's last row is the top row of the image */
	SectionStack(final SectionSource source, final boolean flip) {
		super(source.width(), source.height());
		this.source = source;
		this.flip = flip;
		this.sections = new int[source.count()];
		for (int i = 0; i < sections.length; i++) sections[i] = i;
		setBitDepth(source.depth().bits());
	}

	SectionSource source() {
		return source;
	}

	/** Whether this shows the sections of its source, all of them and as they are. */
	boolean isWhole() {
		return !flip && sections.length == source.count();
	}

	@Override
	public ImageProcessor getProcessor(final int n) {
		requireSlice(n);
		final float[] pixels = new float[source.width() * source.height()];
		source.read(sections[n - 1], pixels);
		final ImageProcessor processor = processor(pixels);
		if (flip) processor.flipVertical();
		processor.setSliceNumber(n);
		return processor;
	}

	private ImageProcessor processor(final float[] pixels) {
		switch (source.depth()) {
			case BYTE:
				final byte[] bytes = new byte[pixels.length];
				for (int i = 0; i < pixels.length; i++) bytes[i] = (byte) (int) pixels[i];
				return new ByteProcessor(source.width(), source.height(), bytes, null);
			case SHORT:
				final short[] shorts = new short[pixels.length];
				for (int i = 0; i < pixels.length; i++) shorts[i] = (short) (int) pixels[i];
				return new ShortProcessor(source.width(), source.height(), shorts, null);
			default:
				return new FloatProcessor(source.width(), source.height(), pixels);
		}
	}

	@Override
	public int getSize() {
		return sections.length;
	}

	@Override
	public int size() {
		return sections.length;
	}

	@Override
	public String getSliceLabel(final int n) {
		requireSlice(n);
		return source.label(sections[n - 1]);
	}

	@Override
	public void deleteSlice(final int n) {
		requireSlice(n);
		final int[] left = new int[sections.length - 1];
		System.arraycopy(sections, 0, left, 0, n - 1);
		System.arraycopy(sections, n, left, n - 1, left.length - n + 1);
		sections = left;
	}

	private void requireSlice(final int n) {
		if (n < 1 || n > sections.length) throw new IllegalArgumentException("There is no slice " + n + " among " +
			sections.length + " (counted from 1).");
	}
}
