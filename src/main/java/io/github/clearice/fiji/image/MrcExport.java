package io.github.clearice.fiji.image;

import io.github.clearice.mrc.MrcKind;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.task.InputException;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;

/**
 * Saves images of ImageJ as MRC files: rows in their order, the calibration's
 * pixel size in Å, pixels as they are. The image is not changed.
 */
public final class MrcExport {

	private static final String TASK = "Saving as MRC";

	private final ImagePlus image;
	private final MrcMode mode;
	private final MrcKind kind;

	/**
	 * @param mode how pixels are stored, or null for the mode that suits the image: mode 2 for 32-bit images, 6 for 8 and
	 *          unsigned 16 bits, 1 for signed 16 bits
	 * @param kind {@link MrcKind#STACK} or {@link MrcKind#VOLUME}, or null: slices along Z are a volume, and frames
	 *          or channels a stack
	 * @throws InputException if the image has colours, or pixels that are not square
	 */
	public MrcExport(final ImagePlus image, final MrcMode mode, final MrcKind kind) {
		if (image.getType() == ImagePlus.COLOR_RGB ||
			image.getType() == ImagePlus.COLOR_256) throw new InputException("\"" +
			image.getTitle() + "\" is a colour image, which MRC does not hold. Convert it by Image > Type > 32-bit.");
		final double width = image.getCalibration().pixelWidth;
		final double height = image.getCalibration().pixelHeight;
		if (Math.abs(width - height) > 1e-3 * width) throw new InputException("\"" + image.getTitle() +
			"\" has pixels of " +
			width + " x " + height + " " + image.getCalibration().getUnits() +
			", but they must be square. Correct it by Image > Properties, or scale the image.");
		this.image = image;
		this.mode = mode == null ? natural() : mode;
		this.kind = kind == null ? image.getNSlices() > 1 && image.getNFrames() == 1 ? MrcKind.VOLUME : MrcKind.STACK
			: kind;
	}

	/** How pixels will be stored. */
	public MrcMode mode() {
		return mode;
	}

	/** The kind of the file's content. */
	public MrcKind kind() {
		return kind;
	}

	/** The ending of names of files of this kind. */
	public String ending() {
		return kind == MrcKind.VOLUME ? ".mrc" : ".mrcs";
	}

	/**
	 * Writes the file.
	 *
	 * @throws InputException if a pixel is NaN or does not fit the mode; nothing is written
	 * @throws OutputException if the file cannot be written
	 */
	public void write(final Path target, final TaskListener listener) {
		final int slices = image.getStackSize();
		final double known = Calibrations.pixelSizeAngstrom(image);
		final double pixel = known > 0 ? known : Double.NaN;
		OutputException.requireSpace(target, mode.rowBytes(image.getWidth()) * image.getHeight() * slices);
		listener.begin(TASK, slices);
		try (MrcWriter writer = kind == MrcKind.VOLUME ? MrcWriter.volume(target, image.getWidth(), image.getHeight(),
			pixel, mode) : MrcWriter.stack(target, image.getWidth(), image.getHeight(), pixel, mode))
		{
			final ImageStack stack = image.getStack();
			final float[] pixels = new float[image.getWidth() * image.getHeight()];
			for (int slice = 1; slice <= slices; slice++) {
				listener.checkCancelled(TASK);
				read(slices == 1 ? image.getProcessor() : stack.getProcessor(slice), pixels);
				writer.write(pixels);
				listener.progress(slice);
			}
			writer.commit();
		}
		finally {
			listener.end();
		}
	}

	private void read(final ImageProcessor processor, final float[] pixels) {
		// ImageJ keeps signed numbers of 16 bits with an offset, which the calibration takes away.
		final float offset = image.getCalibration().isSigned16Bit() ? 32768 : 0;
		for (int i = 0; i < pixels.length; i++) pixels[i] = processor.getf(i) - offset;
	}

	private MrcMode natural() {
		if (image.getBitDepth() == 32) return MrcMode.FLOAT32;
		return image.getCalibration().isSigned16Bit() ? MrcMode.INT16 : MrcMode.UINT16;
	}
}
