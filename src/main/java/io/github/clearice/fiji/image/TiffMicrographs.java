package io.github.clearice.fiji.image;

import io.github.clearice.micrograph.MicrographSource;
import io.github.clearice.task.ParameterException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.FileOpener;
import ij.io.Opener;
import ij.io.TiffDecoder;
import ij.measure.Calibration;
import ij.process.ImageProcessor;

/**
 * Micrographs in a TIFF file, by ImageJ's own reader. Rows are read from the last to the first, as RELION reads TIFF
 * files, so that coordinates mean the same in both.
 */
public final class TiffMicrographs implements MicrographSource {

	/** The offset that ImageJ adds to signed 16-bit numbers. */
	private static final float SIGN_OFFSET = 32768;

	private final Path path;
	private final FileInfo header;
	private final int sections;
	private ImagePlus image;

	/** @throws ParameterException if ImageJ cannot read the file */
	public TiffMicrographs(final Path path) {
		this.path = path.toAbsolutePath();
		try {
			final FileInfo[] images = new TiffDecoder(folder(), name()).getTiffInfo();
			if (images == null || images.length == 0) throw unreadable("it holds no images");
			header = images[0];
			sections = images.length > 1 ? images.length : Math.max(1, header.nImages);
		}
		catch (final IOException e) {
			throw unreadable(String.valueOf(e.getMessage()).lines().findFirst().orElse("damaged"));
		}
		if (header.getBytesPerPixel() == 3 || header.fileType == FileInfo.COLOR8 || header.fileType == FileInfo.RGB48)
			throw unreadable("it has colours");
	}

	private ParameterException unreadable(final String why) {
		return new ParameterException("ImageJ cannot read " + path + " as a TIFF file: " + why +
			". Save it as MRC, or as an uncompressed TIFF file in shades of grey.");
	}

	private String folder() {
		return path.getParent() + File.separator;
	}

	private String name() {
		return path.getFileName().toString();
	}

	@Override
	public Path path() {
		return path;
	}

	@Override
	public int width() {
		return header.width;
	}

	@Override
	public int height() {
		return header.height;
	}

	@Override
	public int sections() {
		return sections;
	}

	@Override
	public double pixelSizeAngstrom() {
		// The unit stands in ImageJ's description of the image, where it wrote the file.
		new FileOpener(header).decodeDescriptionString(header);
		final ImagePlus calibrated = new ImagePlus();
		final Calibration calibration = calibrated.getCalibration();
		calibration.pixelWidth = header.pixelWidth;
		calibration.setUnit(header.unit);
		return MrcImage.pixelSizeAngstrom(calibrated);
	}

	@Override
	public List<String> warnings() {
		return List.of();
	}

	@Override
	public ArrayImg<FloatType, FloatArray> read(final int section) {
		if (image == null) image = new Opener().openTiff(folder(), name());
		if (image == null || image.getStackSize() <= section) throw unreadable("image " + (section + 1) +
			" cannot be read");
		final ImageProcessor processor = image.getStack().getProcessor(section + 1);
		final float[] pixels = new float[Math.multiplyExact(header.width, header.height)];
		final float offset = image.getCalibration().isSigned16Bit() ? SIGN_OFFSET : 0;
		for (int y = 0; y < header.height; y++) for (int x = 0; x < header.width; x++) {
			pixels[(header.height - 1 - y) * header.width + x] = processor.getf(x, y) - offset;
		}
		return ArrayImgs.floats(pixels, header.width, header.height);
	}

	@Override
	public void close() {
		image = null;
	}
}
