package io.github.clearice.fiji.menu;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.fiji.image.ImageFiles;
import io.github.clearice.fiji.image.OpenImages;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ClearIceException;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import javax.swing.SwingWorker;

import ij.ImagePlus;

/** Says in a dialog how large the images are that were entered. Files are read away from the dialog's thread. */
final class ImageSizePreview extends SwingWorker<String, Void> {

	/**
	 * How large images are, before any work with them begins.
	 *
	 * @param count of images, sections or particles
	 * @param bytes on the disk or in memory
	 */
	private record ImageSize(int count, int width, int height, long bytes) {

		/** The size of a file, of the particles of a STAR file, or of an open image; empty for other names. */
		static Optional<ImageSize> of(final String name) {
			try {
				final Path path = Path.of(name);
				if (Files.isRegularFile(path)) return ImageFiles.isOurs(path) ? ofFile(path) : Optional.empty();
			}
			catch (final InvalidPathException | ClearIceException e) {
				// The command itself reports the fault of a file when it runs.
				return Optional.empty();
			}
			return OpenImages.find(name).map(ImageSize::of);
		}

		/** The size of an open image. */
		static ImageSize of(final ImagePlus image) {
			return new ImageSize(image.getStackSize(), image.getWidth(), image.getHeight(),
				(long) image.getStackSize() * image
				.getWidth() * image.getHeight() * image.getBytesPerPixel());
		}

		private static Optional<ImageSize> ofFile(final Path path) {
			if (ImageFiles.isStar(path)) try (ParticleStack particles = MrcParticleStack.open(path)) {
				return Optional.of(new ImageSize(particles.size(), particles.box(), particles.box(), (long) Float.BYTES *
					particles.size() * particles.box() * particles.box()));
			}
			// To look into a packed file, all of it must be unpacked.
			if (path.toString().matches("(?i).*\\.(gz|bz2)")) return Optional.empty();
			try (MrcFile mrc = MrcFile.open(path)) {
				return Optional.of(new ImageSize(mrc.sections(), mrc.width(), mrc.height(), path.toFile().length()));
			}
		}

		/** In one line. */
		String describe() {
			return String.format(Locale.ROOT, "%,d images of %d x %d pixels, %,.1f MB", count, width, height, bytes / 1e6);
		}
	}

	private final Map<CommandParameter, String> entered;
	private final Consumer<String> shown;

	/**
	 * @param entered the text of each field
	 * @param shown takes a line about the first field that names images; empty where none does
	 */
	ImageSizePreview(final Map<CommandParameter, String> entered, final Consumer<String> shown) {
		this.entered = entered;
		this.shown = shown;
	}

	@Override
	protected String doInBackground() {
		for (final Map.Entry<CommandParameter, String> field : entered.entrySet()) {
			if (!field.getKey().takesImages() || field.getValue().isEmpty()) continue;
			final Optional<ImageSize> size = ImageSize.of(field.getValue().split(",")[0].trim());
			if (size.isPresent()) return field.getKey().label() + ": " + size.get().describe();
		}
		return "";
	}

	@Override
	protected void done() {
		try {
			shown.accept(get());
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		catch (final ExecutionException e) {
			throw new IllegalStateException(e.getCause());
		}
	}
}
