package io.github.clearice.mrc;

import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MappedPixels.MrcLayout;
import io.github.clearice.mrc.MrcImages.MappedImages;
import io.github.clearice.mrc.MrcProbe.ByteOrders;
import io.github.clearice.mrc.MrcProbe.ForeignFormat;
import io.github.clearice.task.InputException;

import java.nio.file.Path;
import java.util.List;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * An MRC file open for reading: an image, a stack, a volume or a stack of
 * volumes.
 * <p> Opening reads the header alone; pixels are memory-mapped and read from the disk on first access, so that a stack
 * of 100 GB opens at once and any particle is read by itself. Compressed files ({@code .gz}, {@code .bz2}) are unpacked
 * into the temporary folder first. Axes are put into the order X, Y, Z; rows stay in the order of the file.
 * Thread-safe, except {@link #close()}.
 */
public final class MrcFile implements AutoCloseable {

	/** A hundred times that of the largest tilt series and movies. */
	private static final int LARGEST_EXTENDED_HEADER = 1 << 28;

	private final MrcSource source;
	private final MrcHeader header;
	private final MrcLayout layout;
	private final MappedPixels pixels;
	private final PixelDecoder decoder;
	private final List<String> warnings;
	private final int[] size = new int[3];

	private MrcFile(final MrcSource source, final MrcHeader header, final MrcLayout layout) {
		this.source = source;
		this.header = header;
		this.layout = layout;
		this.pixels = new MappedPixels(source, header, layout);
		this.decoder = new PixelDecoder(layout.mode(), layout.unsignedBytes(), header.nx());
		this.warnings = layout.warnings();
		final int[] stored = { header.nx(), header.ny(), header.nz() };
		for (int i = 0; i < 3; i++) size[layout.axes()[i]] = stored[i];
	}

	/**
	 * Opens a file according to its name and header: files named {@code .mrcs} or {@code .st} are stacks; otherwise the
	 * space group, the sampling and the cell along Z decide.
	 *
	 * @throws InputException if it is not an MRC image, is cut short or cannot be read
	 */
	public static MrcFile open(final Path path) {
		return openAs(path, null);
	}

	/**
	 * Opens a file that the caller knows to be of a kind, whatever the header says.
	 *
	 * @throws InputException also if its sections cannot be of that kind
	 */
	public static MrcFile open(final Path path, final MrcKind as) {
		if (as == null) throw new IllegalArgumentException("Name the kind, or leave it out.");
		return openAs(path, as);
	}

	private static MrcFile openAs(final Path path, final MrcKind as) {
		final MrcSource source = MrcSource.open(path);
		try {
			final MrcHeader header = readHeader(source);
			return new MrcFile(source, header, MrcLayout.of(path, header, source.length(), as));
		}
		catch (final RuntimeException e) {
			source.close();
			throw e;
		}
	}

	/** The header in the byte order that makes sense of it. */
	static MrcHeader readHeader(final MrcSource source) {
		if (source.length() == 0) throw InputException.of(source.path(), "is empty. Copy or compute it again.");
		ForeignFormat.problem(source).ifPresent(problem -> {
			throw InputException.of(source.path(), problem);
		});
		if (source.length() < MrcHeader.LENGTH) throw InputException.of(source.path(), "has " + source.length() +
			" bytes, less than the 1024 of an MRC header. It is no MRC file, or was cut short.");
		return ByteOrders.decide(source.read(0, MrcHeader.LENGTH), source.length());
	}

	/** The file as it was named. */
	public Path path() {
		return source.path();
	}

	/** The header, unchanged from the file. */
	public MrcHeader header() {
		return header;
	}

	/** What the sections are. */
	public MrcKind kind() {
		return layout.kind();
	}

	/** How pixels are stored. */
	public MrcMode mode() {
		return layout.mode();
	}

	/** Pixels along X. */
	public int width() {
		return size[0];
	}

	/** Pixels along Y. */
	public int height() {
		return size[1];
	}

	/** Images of a stack, or pixels along Z; of a stack of volumes, those of all volumes. */
	public int sections() {
		return size[2];
	}

	/** Whether the header says that this holds several volumes (space groups 401 to 630), whatever its name is. */
	public boolean statesVolumeStack() {
		final int inVolume = header.sampling()[2];
		return header.ispg() >= 401 && header.ispg() <= 630 && inVolume > 1 && sections() % inVolume == 0;
	}

	/** Sections of one volume: {@link #sections()}, or those of each volume of a stack of volumes. */
	public int sectionsPerVolume() {
		return kind() == MrcKind.VOLUME_STACK ? header.sampling()[2] : sections();
	}

	/** Edge of a pixel along X in Å; NaN where the header does not tell. */
	public double pixelSizeAngstrom() {
		return pixelSizeAngstrom(0);
	}

	/** Edge of a pixel along X (0), Y (1) or Z (2) in Å; NaN where the header does not tell. */
	public double pixelSizeAngstrom(final int axis) {
		return HeaderRules.pixelSizeAngstrom(header, axis);
	}

	/** Values that were ignored or guessed, one line each, beginning with the file's name. */
	public List<String> warnings() {
		return warnings;
	}

	/**
	 * The bytes of the extended header; empty if there is none.
	 *
	 * @throws InputException if it is absurdly long
	 */
	public byte[] extendedHeader() {
		if (header.nsymbt() > LARGEST_EXTENDED_HEADER) throw InputException.of(path(), "its extended header of " + header
			.nsymbt() + " bytes (nsymbt) is too long to be read.");
		return source.read(MrcHeader.LENGTH, header.nsymbt());
	}

	/**
	 * Reads one section, from any thread.
	 *
	 * @param index 0 to {@code sections() - 1}
	 * @param into receives {@code width() * height()} pixels, row by row
	 * @throws IndexOutOfBoundsException if there is no such section
	 * @throws IllegalArgumentException if the array is too short
	 * @throws InputException if the file has shrunk since it was opened, or is closed
	 */
	public void readSection(final int index, final float[] into) {
		if (index < 0 || index >= sections()) throw new IndexOutOfBoundsException(path() + ": there is no section " +
			index + " among " + sections() + " (counted from 0).");
		if (into.length < (long) width() * height()) throw new IllegalArgumentException(path() + ": a section needs " +
			(long) width() * height() + " pixels, not " + into.length + ".");
		readSection(index, into, 0);
	}

	/**
	 * Reads a cubic volume into memory. An unknown pixel size is taken as 1 Å;
	 * {@link #pixelSizeAngstrom()} returns.
	 *
	 * @throws InputException if it is not one cube with cubic voxels, or too large
	 */
	public Volume readVolume() {
		final int box = width();
		if (kind() == MrcKind.VOLUME_STACK) throw InputException.of(path(), "holds " + sections() / sectionsPerVolume() +
			" volumes. Extract one of them first.");
		if (height() != box || sections() != box) throw InputException.of(path(), "is not a cube but" +
			" " + box + " x " + height() +
			" x " + sections() + " voxels. Crop or pad it to a cubic box.");
		if (box > Volume.LARGEST_BOX) throw InputException.of(path(), "a box of " + box + " voxels is more than the " +
			Volume.LARGEST_BOX + " that fit. Crop or bin it.");
		requireCubicVoxels();
		final float[] data = new float[box * box * box];
		for (int z = 0; z < box; z++) readSection(z, data, z * box * box);
		return Volume.of(box, Double.isNaN(pixelSizeAngstrom()) ? 1 : pixelSizeAngstrom(), data);
	}

	/**
	 * The pixels as a read-only lazy image: X and Y; Z, or the number of the image, unless this is a single image; and
	 * the number of the volume in a stack of volumes.
	 * <p>
	 * Pixels are {@code FloatType} (modes 2, 12), {@code ShortType} (1),
	 * {@code UnsignedShortType} (6), {@code ByteType} or {@code UnsignedByteType} (0)
	 * and {@code UnsignedByteType} (101). The image is good while this is open and
	 * the file keeps its length; where another program cuts it short, Java throws an
	 * {@link InternalError}, which {@link #readSection} turns into a message.
	 */
	public RandomAccessibleInterval<? extends RealType<?>> image() {
		final MappedImages images = switch (kind()) {
			case IMAGE -> new MappedImages(pixels, header.nx(), header.ny());
			case STACK, VOLUME -> new MappedImages(pixels, header.nx(), header.ny(), header.nz());
			case VOLUME_STACK -> new MappedImages(pixels, header.nx(), header.ny(), sectionsPerVolume(), header.nz() /
				sectionsPerVolume());
		};
		return inOrder(images.image(layout.mode(), layout.unsignedBytes()));
	}

	@Override
	public void close() {
		source.close();
	}

	private <T> RandomAccessibleInterval<T> inOrder(final RandomAccessibleInterval<T> stored) {
		final int[] axes = layout.axes().clone();
		RandomAccessibleInterval<T> image = stored;
		for (int axis = 0; axis < Math.min(3, stored.numDimensions()); axis++) {
			int from = axis;
			while (axes[from] != axis) from++;
			if (from == axis) continue;
			image = Views.permute(image, axis, from);
			axes[from] = axes[axis];
			axes[axis] = axis;
		}
		return image;
	}

	private void readSection(final int index, final float[] into, final int offset) {
		pixels.requireWhole();
		try {
			if (layout.isInOrder()) readStored(index, into, offset);
			else readReordered(index, into, offset);
		}
		catch (final InternalError e) {
			// The virtual machine's error for a fault in mapped memory.
			throw pixels.shrunk(e);
		}
	}

	private void readStored(final int index, final float[] into, final int offset) {
		final int parts = pixels.blocksPerSection();
		for (int part = 0; part < parts; part++) {
			final int firstRow = part * pixels.rowsPerBlock();
			final int rows = Math.min(pixels.rowsPerBlock(), header.ny() - firstRow);
			decoder.decode(pixels.block((long) index * parts + part), into, offset + firstRow * header.nx(), rows * header
				.nx());
		}
	}

	private void readReordered(final int index, final float[] into, final int offset) {
		final RandomAccessibleInterval<? extends RealType<?>> image = image();
		final RandomAccess<? extends RealType<?>> access = image.randomAccess();
		if (image.numDimensions() > 2) access.setPosition(index % sectionsPerVolume(), 2);
		if (image.numDimensions() > 3) access.setPosition(index / sectionsPerVolume(), 3);
		for (int y = 0; y < height(); y++) for (int x = 0; x < width(); x++) {
			access.setPosition(x, 0);
			access.setPosition(y, 1);
			into[offset + y * width() + x] = access.get().getRealFloat();
		}
	}

	private void requireCubicVoxels() {
		final double x = pixelSizeAngstrom(0);
		for (int axis = 1; axis < 3; axis++) {
			final double other = pixelSizeAngstrom(axis);
			if (Math.abs(other - x) > 0.01 * x) throw InputException.of(path(), "its voxels are no cubes but " + x + " x " +
				pixelSizeAngstrom(1) + " x " + pixelSizeAngstrom(2) + " Å. Resample it first.");
		}
	}
}
