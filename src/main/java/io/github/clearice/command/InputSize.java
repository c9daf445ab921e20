package io.github.clearice.command;

import io.github.clearice.command.image.ImageFiles;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.task.ClearIceException;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import ij.ImagePlus;

/** Says in a dialog how large the images are that were entered, before the work begins. */
final class InputSize {

	private InputSize() {}

	/** One line about the first field that names images; empty where none does. */
	static String of(final List<ParameterField> fields) {
		for (final ParameterField field : fields) {
			if (!field.parameter().takesImages() || field.text().isEmpty()) continue;
			final String size = of(field.text().split(",")[0].trim());
			if (!size.isEmpty()) return field.parameter().label() + ": " + size;
		}
		return "";
	}

	private static String of(final String name) {
		try {
			final Path path = Path.of(name);
			if (Files.isRegularFile(path)) return ImageFiles.isOurs(path) && !ImageFiles.isStar(path) ? ofFile(path) : "";
		}
		catch (final InvalidPathException | ClearIceException e) {
			// The command itself says what is wrong with a file, when it is run.
			return "";
		}
		return OpenImages.find(name).map(InputSize::ofImage).orElse("");
	}

	private static String ofImage(final ImagePlus image) {
		return describe(image.getStackSize(), image.getWidth(), image.getHeight(), (long) image.getStackSize() * image
			.getWidth() * image.getHeight() * image.getBytesPerPixel());
	}

	private static String ofFile(final Path path) {
		final File file = path.toFile();
		// To look into a packed file, all of it must be unpacked.
		if (!file.getName().matches("(?i).*\\.(mrcs?|map|st|ali|rec)")) return "";
		try (MrcFile mrc = MrcFile.open(path)) {
			return describe(mrc.sections(), mrc.width(), mrc.height(), file.length());
		}
	}

	private static String describe(final int count, final int width, final int height, final long bytes) {
		return String.format(Locale.ROOT, "%,d images of %d x %d pixels, %,.1f MB", count, width, height, bytes / 1e6);
	}
}
