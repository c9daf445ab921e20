package io.github.clearice.command;

import io.github.clearice.fiji.image.ComputedStack;
import io.github.clearice.fiji.image.ImageParticles;
import io.github.clearice.fiji.image.MrcImage;
import io.github.clearice.fiji.image.OpenImages;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.Optional;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;

/** Denoised images of an open image that are computed when they are looked at. */
final class DenoisedView {

	private DenoisedView() {}

	/**
	 * The slices of an image as particles, with what the STAR file says of them if it comes from one.
	 *
	 * @param content what the user says that images show
	 * @param pixelSizeAngstrom what the user says, or null
	 * @param outlives whether they are needed longer than the image is open
	 */
	static ParticleStack particles(final ImagePlus image, final String content, final Double pixelSizeAngstrom,
		final boolean outlives, final TaskListener listener)
	{
		final int edge = Math.max(image.getWidth(), image.getHeight());
		final boolean large = image.getWidth() != image.getHeight() || edge >= MicrographInput.LARGE || image
			.getStackSize() == 1 && edge > MicrographInput.ALONE;
		if (content.equals(MicrographInput.MICROGRAPHS) || content.equals(MicrographInput.AUTO) && large)
			throw new ParameterException("\"" + image.getTitle() +
				"\" is taken for micrographs, which have no preview and no virtual result. If these are particles, give" +
				" content=particles.");
		final Optional<Path> file = MrcImage.fileOf(image);
		if (file.isPresent()) return Stacks.open(file.get(), pixelSizeAngstrom, null, listener);
		final ImageStack slices = image.getStack();
		// ImageJ takes the pixels of an image away when it is closed.
		return new ImageParticles(image, outlives && !slices.isVirtual() ? slices.duplicate() : slices, pixelSizeAngstrom);
	}

	/** An image beside its source, with its title, calibration, order of slices and labels. */
	static ImagePlus of(final ImagePlus source, final OnDemandDenoiser denoiser) {
		final ImageStack noisy = source.getStack();
		final String[] labels = noisy.isVirtual() ? null : noisy.getSliceLabels();
		final ComputedStack stack = new ComputedStack(source.getWidth(), source.getHeight(), source.getStackSize(),
			denoiser::denoise, slice -> labels == null ? noisy.getSliceLabel(slice) : labels[slice - 1], IJ::log);
		final ImagePlus image = new ImagePlus(OpenImages.uniqueTitle(MrcImage.plainTitle(source) + "-denoised"), stack);
		image.setDimensions(source.getNChannels(), source.getNSlices(), source.getNFrames());
		image.setCalibration(source.getCalibration().copy());
		image.setProperty("Info", "Computed when it is looked at; File > Save As > MRC... writes all of it.\n");
		return image;
	}
}
