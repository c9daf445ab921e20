package io.github.clearice.scifio;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcKind;
import io.github.clearice.mrc.MrcWriter;
import io.scif.ImageMetadata;

import java.nio.file.Path;
import java.util.Locale;

import net.imagej.axis.Axes;
import net.imagej.axis.AxisType;
import net.imagej.axis.CalibratedAxis;
import net.imagej.axis.DefaultLinearAxis;

/** Axes and lengths of MRC files as SCIFIO has them, and back. */
final class MrcAxes {

	private static final String ANGSTROM = "Å";

	private MrcAxes() {}

	/**
	 * X and Y; Z for the sections of a volume; and time for images that are no sections of one thing, and for the volumes
	 * of a stack. They have no distance along Z, by which viewers would make a volume of them, and ImageJ opens them as
	 * frames, too.
	 */
	static CalibratedAxis[] of(final MrcFile file) {
		final CalibratedAxis x = axis(Axes.X, file.pixelSizeAngstrom(0)), y = axis(Axes.Y, file.pixelSizeAngstrom(1));
		return switch (file.kind()) {
			case IMAGE -> new CalibratedAxis[] { x, y };
			case STACK -> new CalibratedAxis[] { x, y, new DefaultLinearAxis(Axes.TIME) };
			case VOLUME -> new CalibratedAxis[] { x, y, axis(Axes.Z, file.pixelSizeAngstrom(2)) };
			case VOLUME_STACK -> new CalibratedAxis[] { x, y, axis(Axes.Z, file.pixelSizeAngstrom(2)), new DefaultLinearAxis(
				Axes.TIME) };
		};
	}

	static long[] lengths(final MrcFile file) {
		return switch (file.kind()) {
			case IMAGE -> new long[] { file.width(), file.height() };
			case STACK, VOLUME -> new long[] { file.width(), file.height(), file.sections() };
			case VOLUME_STACK -> new long[] { file.width(), file.height(), file.sectionsPerVolume(), file.sections() / file
				.sectionsPerVolume() };
		};
	}

	private static CalibratedAxis axis(final AxisType type, final double pixelSizeAngstrom) {
		return Double.isNaN(pixelSizeAngstrom) ? new DefaultLinearAxis(type) : new DefaultLinearAxis(type, ANGSTROM,
			pixelSizeAngstrom);
	}

	/**
	 * Begins a file with the size and pixel size of an image: a volume where all sections
	 * lie along Z and the name does not say otherwise, and a stack in all other cases, as
	 * in ImageJ.
	 *
	 * @throws io.github.clearice.task.OutputException if it cannot be created
	 */
	static MrcWriter begin(final Path target, final ImageMetadata image) {
		final int width = (int) image.getAxisLength(Axes.X), height = (int) image.getAxisLength(Axes.Y);
		final double pixelSize = angstrom(image.getAxis(Axes.X));
		return kind(target, image) == MrcKind.VOLUME ? MrcWriter.volume(target, width, height, pixelSize, MrcPixels.modeFor(
			image.getPixelType())) : MrcWriter.stack(target, width, height, pixelSize, MrcPixels.modeFor(image
				.getPixelType()));
	}

	private static MrcKind kind(final Path target, final ImageMetadata image) {
		final String name = target.getFileName().toString().toLowerCase(Locale.ROOT);
		final long sections = Math.max(1, image.getAxisLength(Axes.Z));
		if (name.endsWith(".mrcs") || name.endsWith(".st") || image.getPlaneCount() != sections) return MrcKind.STACK;
		return name.endsWith(".map") || sections > 1 ? MrcKind.VOLUME : MrcKind.STACK;
	}

	/** The length of a pixel in Å; NaN where it is not known. */
	static double angstrom(final CalibratedAxis axis) {
		if (axis == null || axis.unit() == null) return Double.NaN;
		final double scale = axis.averageScale(0, 1);
		return switch (axis.unit().toLowerCase(Locale.ROOT)) {
			// The letter, the sign of its own that Unicode has for it, and the word.
			case "å", "\u212b", "angstrom", "angstroms", "a" -> scale;
			case "nm", "nanometer", "nanometers" -> 10 * scale;
			case "µm", "\u03bcm", "um", "micron", "microns", "micrometer" -> 1e4 * scale;
			default -> Double.NaN;
		};
	}
}
