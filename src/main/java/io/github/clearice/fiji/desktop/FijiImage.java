package io.github.clearice.fiji.desktop;

import io.github.clearice.command.OpenImage;
import io.github.clearice.fiji.image.ImageParticles;
import io.github.clearice.fiji.image.MrcExport;
import io.github.clearice.fiji.image.MrcImage;
import io.github.clearice.fiji.plot.ParticleMarks;
import io.github.clearice.fiji.plot.PickOverlay;
import io.github.clearice.micrograph.Pick;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

import ij.ImagePlus;
import ij.ImageStack;

/** An image of ImageJ as commands see it. */
public record FijiImage(ImagePlus content) implements OpenImage {

	/** The image of ImageJ behind one that a command has. */
	public static ImagePlus of(final OpenImage image) {
		return (ImagePlus) image.content();
	}

	@Override
	public String title() {
		return content.getTitle();
	}

	@Override
	public String plainTitle() {
		return MrcImage.plainTitle(content);
	}

	@Override
	public int width() {
		return content.getWidth();
	}

	@Override
	public int height() {
		return content.getHeight();
	}

	@Override
	public int slices() {
		return content.getStackSize();
	}

	@Override
	public Optional<Path> file() {
		return MrcImage.fileOf(content);
	}

	@Override
	public ParticleStack particles(final Double pixelSizeAngstrom, final boolean outlives) {
		final ImageStack slices = content.getStack();
		// ImageJ takes the pixels of an image away when it is closed.
		return ImageParticles.of(content, outlives && !slices.isVirtual() ? slices.duplicate() : slices,
			pixelSizeAngstrom);
	}

	@Override
	public String mrcEnding() {
		return new MrcExport(content, null, null).ending();
	}

	@Override
	public void write(final Path file, final TaskListener listener) {
		new MrcExport(content, null, null).write(file, listener);
	}

	@Override
	public void markBackground(final double diameterFraction) {
		ParticleMarks.background(content, diameterFraction);
	}

	@Override
	public void frame(final String kind, final IntFunction<String> names) {
		ParticleMarks.frame(content, kind, names);
	}

	@Override
	public void mark(final List<List<Pick>> picks, final int box) {
		PickOverlay.show(content, picks, box);
	}
}
