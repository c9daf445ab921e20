package io.github.clearice.denoise;

import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.model.ModelFile;
import io.github.clearice.task.InputException;
import io.github.clearice.task.TemporaryFolder;
import io.github.clearice.tensorflow.Device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The trained model that comes with ClearIce. */
public final class GeneralModel {

	/** Edge length in pixels of the images that its network sees. */
	public static final int BOX = 64;

	private static final String RESOURCE = FilterParameters.GENERAL + ModelFile.EXTENSION;

	private GeneralModel() {}

	/** Makes it ready to run on a device. */
	public static ModelDenoiser open(final Device device) {
		try (TemporaryFolder folder = new TemporaryFolder("general")) {
			return new ModelDenoiser(FilterParameters.GENERAL, ModelFile.readForInference(unpack(folder)), device);
		}
	}

	/** Writes the model file into a folder, for another process. */
	public static Path unpack(final TemporaryFolder folder) {
		try (InputStream in = GeneralModel.class.getResourceAsStream(RESOURCE)) {
			if (in == null) throw new InputException(
				"The general model is missing from this copy of ClearIce. Install ClearIce anew, or use another method.");
			final Path file = folder.resolve(RESOURCE);
			Files.copy(in, file);
			return file;
		}
		catch (final IOException e) {
			throw new InputException("The general model cannot be unpacked: " + e.getMessage() +
				". Make room among the temporary files.", e);
		}
	}
}
