package io.github.clearice.fiji.image;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcHeader;
import io.github.clearice.mrc.MrcKind;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileInfo;

/**
 * Opens MRC files as images of ImageJ.
 * <p> Stacks and volumes are virtual: pixels are read from the disk when they are displayed. Images of a stack lie
 * along the time axis, because they have no distance along Z; sections of a volume lie along Z, and the volumes of a
 * stack of volumes along time. Rows keep the order of the file. A volume shows the section through its middle first.
 */
public final class MrcImage {

	private static final double PIXEL_SIZE_TOLERANCE = 1e-3;

	private MrcImage() {}

	/** Opens a file according to its name and header. */
	public static ImagePlus open(final Path path) {
		return open(path, null, Double.NaN, false);
	}

	/**
	 * Opens a file that the user knows better than its header.
	 *
	 * @param kind kind of its content, or null for that in the file
	 * @param pixelSizeAngstrom NaN for the file's value
	 * @param flip whether the last row of the file is the top row
	 * @throws io.github.clearice.task.InputException if it is not an MRC image or cannot be read
	 */
	public static ImagePlus open(final Path path, final MrcKind kind, final double pixelSizeAngstrom,
		final boolean flip)
	{
		final MrcFile file = kind == null ? MrcFile.open(path) : MrcFile.open(path, kind);
		try {
			final ImagePlus image = image(file, new SectionStack(new MrcSections(file), flip), pixelSizeAngstrom);
			setFile(image, path);
			if (file.sections() == 1) file.close();
			return image;
		}
		catch (final RuntimeException e) {
			file.close();
			throw e;
		}
	}

	private static ImagePlus image(final MrcFile file, final ImageStack stack, final double pixelSizeAngstrom) {
		final String title = String.valueOf(file.path().getFileName());
		final boolean single = file.sections() == 1;
		final ImagePlus image = single ? new ImagePlus(title, stack.getProcessor(1)) : new ImagePlus(title, stack);
		final boolean volume = file.kind() == MrcKind.VOLUME || file.kind() == MrcKind.VOLUME_STACK;
		if (!single) {
			final int slices = volume ? file.sectionsPerVolume() : 1;
			image.setDimensions(1, slices, file.sections() / slices);
			image.setOpenAsHyperStack(file.kind() == MrcKind.VOLUME_STACK);
		}
		final boolean given = !Double.isNaN(pixelSizeAngstrom);
		final double depth = given ? pixelSizeAngstrom : file.pixelSizeAngstrom(2);
		Calibrations.set(image, given ? pixelSizeAngstrom : file.pixelSizeAngstrom(0), given ? pixelSizeAngstrom : file
			.pixelSizeAngstrom(1), volume ? depth : Double.NaN);
		image.setProperty("Info", info(file));
		if (volume && !single) showMiddle(image);
		return image;
	}

	/** The first section of a map is usually empty, and its contrast hides the rest. */
	private static void showMiddle(final ImagePlus image) {
		image.setPosition(1, image.getNSlices() / 2 + 1, 1);
		image.resetDisplayRange();
	}

	/**
	 * Opens a file that is about to go away: pixels are read into memory.
	 *
	 * @throws io.github.clearice.task.InputException if it is not an MRC image or cannot be read
	 * @throws OutOfMemoryError if it does not fit
	 */
	public static ImagePlus read(final Path path) {
		try (MrcFile file = MrcFile.open(path)) {
			final SectionStack virtual = new SectionStack(new MrcSections(file), false);
			final ImageStack stack = new ImageStack(file.width(), file.height());
			for (int slice = 1; slice <= virtual.size(); slice++) stack.addSlice(virtual.getProcessor(slice));
			return image(file, stack, Double.NaN);
		}
	}

	/** The file from which ClearIce opened the image, if its content still equals the image. */
	public static Optional<Path> fileOf(final ImagePlus image) {
		if (image.changes || !(image.getStack() instanceof SectionStack stack) || !stack.isWhole()) return Optional.empty();
		final SectionSource source = stack.source();
		final boolean same = isSame(Calibrations.pixelSizeAngstrom(image), source.pixelSizeAngstrom()) && isSame(
			Calibrations.pixelHeightAngstrom(image), source.pixelHeightAngstrom());
		return same && Files.exists(source.path()) ? Optional.of(source.path()) : Optional.empty();
	}

	private static boolean isSame(final double shownAngstrom, final double storedAngstrom) {
		return Double.isNaN(storedAngstrom) || Math.abs(shownAngstrom / storedAngstrom - 1) < PIXEL_SIZE_TOLERANCE;
	}

	/** An image's title as the name of a file, without the ending. */
	public static String plainTitle(final ImagePlus image) {
		return ImageFiles.withoutEnding(image.getTitle()).replaceAll("[\\\\/:*?\"<>|,\\p{Cntrl}]", "_");
	}

	/** Records in ImageJ where an image comes from, for its title, Open Recent and Revert. */
	static void setFile(final ImagePlus image, final Path path) {
		final Path absolute = path.toAbsolutePath();
		final FileInfo info = image.getFileInfo();
		info.directory = absolute.getParent() + java.io.File.separator;
		info.fileName = String.valueOf(absolute.getFileName());
		info.fileFormat = FileInfo.UNKNOWN;
		image.setFileInfo(info);
	}

	private static String pixelSize(final MrcFile file) {
		final double width = file.pixelSizeAngstrom(0), height = file.pixelSizeAngstrom(1);
		if (Double.isNaN(width)) return "unknown";
		return isSame(width, height) ? String.format(Locale.ROOT, "%.5g Å", width) : String.format(Locale.ROOT,
			"%.5g x %.5g Å", width, height);
	}

	/** The text about the file in Image &gt; Show Info.... */
	private static String info(final MrcFile file) {
		final MrcHeader header = file.header();
		final StringBuilder text = new StringBuilder();
		text.append(String.format(Locale.ROOT, "MRC %s, %d x %d x %d, mode %d (%s), %s%n", file.kind().name().toLowerCase(
			Locale.ROOT).replace('_', ' '), header.nx(), header.ny(), header.nz(), header.mode(), file.mode(), header
				.byteOrder()));
		text.append("Pixel size: ").append(pixelSize(file)).append('\n');
		text.append(String.format(Locale.ROOT, "Minimum, maximum, mean, rms: %g, %g, %g, %g%n", header.dmin(), header
			.dmax(), header.dmean(), header.rms()));
		header.labels().stream().filter(label -> !label.isEmpty()).forEach(label -> text.append("Label: ").append(label)
			.append('\n'));
		file.warnings().forEach(warning -> text.append("Warning: ").append(warning).append('\n'));
		return text.toString();
	}

	/** An image's pixel size in Å; NaN where its unit is not a length that we know. */
	public static double pixelSizeAngstrom(final ImagePlus image) {
		return Calibrations.pixelSizeAngstrom(image);
	}

	/** Whether two images have the same width and, if both are calibrated, pixel size. */
	public static boolean haveSamePixels(final ImagePlus first, final ImagePlus second) {
		final double ratio = Calibrations.pixelSizeAngstrom(first) / Calibrations.pixelSizeAngstrom(second);
		return first.getWidth() == second.getWidth() && !(Math.abs(ratio - 1) > PIXEL_SIZE_TOLERANCE);
	}
}
