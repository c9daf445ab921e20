package io.github.clearice.mrc;

import io.github.clearice.mrc.MrcProbe.ByteOrders;
import io.github.clearice.task.InputException;
import io.github.clearice.task.Provenance;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts together the header of a file to be written, by the rules of MRC2014. */
final class HeaderBuilder {

	private static final int LITTLE_STAMP = 0x44440000;
	private static final int BIG_STAMP = 0x11110000;
	private static final String OWN_LABEL = "Written by ClearIce";

	private final ByteBuffer bytes;
	private final MrcKind kind;
	private final byte[] extendedHeader;
	/** A new volume's cell is as high as it turns out to have sections; a copy keeps its cell. */
	private final boolean freshVolume;

	private HeaderBuilder(final ByteBuffer bytes, final MrcKind kind, final byte[] extendedHeader,
		final boolean freshVolume)
	{
		this.bytes = bytes;
		this.kind = kind;
		this.extendedHeader = extendedHeader;
		this.freshVolume = freshVolume;
	}

	/** A header from scratch, little-endian. */
	static HeaderBuilder fresh(final MrcKind kind, final int width, final int height, final double pixelSizeAngstrom,
		final MrcMode mode)
	{
		final ByteBuffer bytes = ByteBuffer.allocate(MrcHeader.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
		final HeaderBuilder builder = new HeaderBuilder(bytes, kind, new byte[0], kind == MrcKind.VOLUME);
		final double pixel = Double.isNaN(pixelSizeAngstrom) ? 0 : pixelSizeAngstrom;
		builder.words(8, width, height, 1);
		builder.reals(11, width * pixel, height * pixel, pixel);
		builder.reals(14, 90, 90, 90);
		builder.word(23, kind == MrcKind.VOLUME ? 1 : 0);
		builder.labels(List.of());
		builder.finish(width, height, mode);
		return builder;
	}

	/** The header of a file that keeps what another's header says about its place, cell and history. */
	static HeaderBuilder like(final MrcFile source, final MrcMode mode) {
		final MrcHeader header = source.header();
		final ByteBuffer bytes = ByteBuffer.wrap(header.toBytes()).order(header.byteOrder());
		final HeaderBuilder builder = new HeaderBuilder(bytes, source.kind(), source.extendedHeader(),
			false);
		builder.keepPlace(source);
		builder.keepSpaceGroup(source);
		builder.keepExtendedHeader();
		builder.keepImodFlags(header);
		builder.labels(header.labels());
		builder.finish(source.width(), source.height(), mode);
		return builder;
	}

	ByteOrder byteOrder() {
		return bytes.order();
	}

	byte[] extendedHeader() {
		return extendedHeader;
	}

	/**
	 * The finished header.
	 *
	 * @throws InputException if the sections of a stack of volumes do not make whole volumes
	 */
	byte[] build(final Path target, final int sections, final SectionStatistics statistics) {
		final int depth = bytes.getInt(36);
		if (kind == MrcKind.VOLUME_STACK && sections % depth != 0) throw InputException.of(target, sections +
			" sections were written, which are no whole volumes of " + depth + ". Nothing was saved.");
		word(3, sections);
		if (freshVolume) {
			word(10, sections);
			real(13, sections * (double) bytes.getFloat(48));
		}
		reals(20, statistics.min(), statistics.max(), statistics.mean());
		// Programs that check rms in the precision of the pixels, as mrcfile does, overflow at half precision.
		final boolean half = bytes.getInt(12) == MrcMode.FLOAT16.code();
		real(55, half ? -1 : statistics.standardDeviation());
		return bytes.array();
	}

	private void keepPlace(final MrcFile source) {
		final MrcHeader header = source.header();
		final int[] axes = header.axes();
		final int[] stored = header.start();
		final int[] start = stored.clone();
		if (ByteOrders.isPermutation(axes)) for (int i = 0; i < 3; i++) start[axes[i] - 1] = stored[i];
		words(5, start);
		final int[] size = { source.width(), source.height(), source.sectionsPerVolume() };
		final int[] sampling = header.sampling();
		final float[] angles = header.cellAnglesDegree();
		final float[] origin = header.origin();
		for (int axis = 0; axis < 3; axis++) {
			final double pixel = source.pixelSizeAngstrom(axis);
			final int voxels = isFlat(axis) ? 1 : sampling[axis] > 0 ? sampling[axis] : size[axis];
			word(8 + axis, voxels);
			real(11 + axis, Double.isNaN(pixel) ? isFlat(axis) ? knownOrZero(source.pixelSizeAngstrom()) : 0 : pixel *
				voxels);
			if (!Float.isFinite(angles[axis]) || angles[axis] == 0) real(14 + axis, 90);
			if (!Float.isFinite(origin[axis])) real(50 + axis, 0);
		}
	}

	// Images of a stack have no neighbours along Z: mz is 1 and the cell one pixel high.
	private boolean isFlat(final int axis) {
		return axis == 2 && (kind == MrcKind.STACK || kind == MrcKind.IMAGE);
	}

	private static double knownOrZero(final double pixelSizeAngstrom) {
		return Double.isNaN(pixelSizeAngstrom) ? 0 : pixelSizeAngstrom;
	}

	private void keepSpaceGroup(final MrcFile source) {
		final int group = source.header().ispg();
		switch (kind) {
			case IMAGE, STACK -> word(23, 0);
			case VOLUME -> word(23, group >= 1 && group <= 230 ? group : 1);
			case VOLUME_STACK -> word(23, group >= 401 && group <= 630 ? group : 401);
		}
	}

	// Crystallographic maps from before 2014 hold symmetry records without saying so.
	private void keepExtendedHeader() {
		if (extendedHeader.length == 0 || extendedHeader.length % 80 != 0) return;
		for (int i = 104; i < 108; i++) if (bytes.get(i) != 0) return;
		for (final byte character : extendedHeader) if (character < ' ' || character > '~') return;
		text(104, 4, "CCP4");
	}

	private void keepImodFlags(final MrcHeader header) {
		// Bytes are written signed, one pixel each, and rms is known.
		if (header.hasImodStamp()) word(40, header.imodFlags() & ~(8 | 16) | 1);
	}

	private void labels(final List<String> kept) {
		final List<String> labels = new ArrayList<>(kept);
		final List<String> own = Provenance.lines();
		if (own.isEmpty()) own.add(OWN_LABEL);
		labels.removeIf(label -> label.isEmpty() || own.contains(label));
		while (labels.size() + Math.min(own.size(), MrcHeader.LABELS) > MrcHeader.LABELS) labels.remove(labels.size() - 1);
		labels.addAll(own.subList(0, Math.min(own.size(), MrcHeader.LABELS)));
		for (int i = 0; i < MrcHeader.LABELS; i++) {
			text(224 + i * MrcHeader.LABEL_LENGTH, MrcHeader.LABEL_LENGTH, i < labels.size() ? labels.get(i) : "");
		}
		word(56, labels.size());
	}

	private void finish(final int width, final int height, final MrcMode mode) {
		words(1, width, height, 1);
		word(4, mode.code());
		words(17, 1, 2, 3);
		word(28, 20141);
		text(208, 4, "MAP ");
		final ByteOrder order = bytes.order();
		bytes.order(ByteOrder.BIG_ENDIAN).putInt(212, order == ByteOrder.BIG_ENDIAN ? BIG_STAMP : LITTLE_STAMP);
		bytes.order(order);
	}

	private void word(final int number, final int value) {
		bytes.putInt(4 * (number - 1), value);
	}

	private void words(final int number, final int... values) {
		for (int i = 0; i < values.length; i++) word(number + i, values[i]);
	}

	private void real(final int number, final double value) {
		bytes.putFloat(4 * (number - 1), (float) value);
	}

	private void reals(final int number, final double... values) {
		for (int i = 0; i < values.length; i++) real(number + i, values[i]);
	}

	private void text(final int offset, final int length, final String text) {
		final byte[] padded = new byte[length];
		final byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
		System.arraycopy(characters, 0, padded, 0, Math.min(length, characters.length));
		bytes.put(offset, padded);
	}

	/**
	 * Smallest, largest, mean and standard deviation of all pixels, section by
	 * section. Each section's sums are taken about its own mean and merged by the
	 * pairwise formula of Chan, Golub and LeVeque (1979), equation 1.5, so that
	 * billions of pixels lose no digits.
	 */
	static final class SectionStatistics implements Serializable {

		private static final long serialVersionUID = 1L;

		private long count;
		private double mean;
		private double squares;
		private float min = Float.POSITIVE_INFINITY;
		private float max = Float.NEGATIVE_INFINITY;

		/** Those of the first pixels of an array, which must be finite. */
		static SectionStatistics of(final float[] section, final int pixels) {
			final SectionStatistics own = new SectionStatistics();
			double sum = 0;
			float low = section[0], high = section[0];
			for (int i = 0; i < pixels; i++) {
				final float value = section[i];
				sum += value;
				low = Math.min(low, value);
				high = Math.max(high, value);
			}
			own.count = pixels;
			own.mean = sum / pixels;
			own.min = low;
			own.max = high;
			for (int i = 0; i < pixels; i++) {
				final double deviation = section[i] - own.mean;
				own.squares += deviation * deviation;
			}
			return own;
		}

		/** Adds the first pixels of an array, which must be finite. */
		void add(final float[] section, final int pixels) {
			add(of(section, pixels));
		}

		/** Adds another section. */
		void add(final SectionStatistics section) {
			final long total = count + section.count;
			final double difference = section.mean - mean;
			mean += difference * section.count / total;
			squares += section.squares + difference * difference * ((double) count * section.count / total);
			count = total;
			min = Math.min(min, section.min);
			max = Math.max(max, section.max);
		}

		float min() {
			return min;
		}

		float max() {
			return max;
		}

		double mean() {
			return mean;
		}

		/** Population standard deviation, which MRC2014 calls rms. */
		double standardDeviation() {
			return Math.sqrt(squares / count);
		}
	}
}
