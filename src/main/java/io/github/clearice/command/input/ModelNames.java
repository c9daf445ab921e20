package io.github.clearice.command.input;

import io.github.clearice.denoise.FilterParameters;
import io.github.clearice.denoise.GeneralModel;
import io.github.clearice.model.ModelFile;
import io.github.clearice.task.InputFile;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TemporaryFolder;
import io.github.clearice.worker.WorkerJava;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds models by what users call them: the path of a file, the name of a model in a folder of shared models, or the
 * general model.
 * <p>
 * Shared models lie in {@code models/clearice} of the Fiji, or of the folder into which ClearIce was unpacked, and in
 * the folders that the environment variable {@value #VARIABLE} or the system property {@value #PROPERTY} lists.
 */
public final class ModelNames {

	public static final String VARIABLE = "CLEARICE_MODELS", PROPERTY = WorkerJava.MODELS;

	/** What may be given where a model is asked for. */
	public static final String DESCRIPTION = "A model file (.clearice), the name of a shared model, or general for" +
		" the model that comes with ClearIce.";

	private static final Path OWN = Path.of("models", "clearice");

	private ModelNames() {}

	/** The folders of shared models, whether they are there or not; of models of one name, the first counts. */
	public static List<Path> folders() {
		final List<Path> folders = new ArrayList<>();
		for (final String listed : new String[] { System.getProperty(PROPERTY), System.getenv(VARIABLE) }) {
			if (listed == null) continue;
			for (final String folder : listed.split(File.pathSeparator))
				if (!folder.isBlank()) folders.add(Path.of(folder.strip()));
		}
		WorkerJava.applicationFolder().ifPresent(application -> folders.add(application.resolve(OWN)));
		return folders;
	}

	/** The shared models: their names, and where they are. */
	public static Map<String, Path> shared() {
		final Map<String, Path> models = new TreeMap<>();
		for (final Path folder : folders()) {
			if (!Files.isDirectory(folder)) continue;
			try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ModelFile.EXTENSION)) {
				for (final Path file : files) if (Files.isRegularFile(file)) models.putIfAbsent(nameOf(file), file);
			}
			catch (final IOException e) {
				throw new ParameterException("The folder of shared models " + folder + " cannot be read (" + e.getMessage() +
					"). Check its permissions, or take it off " + VARIABLE + ".", e);
			}
		}
		return models;
	}

	private static String nameOf(final Path file) {
		final String name = file.getFileName().toString();
		return name.substring(0, name.length() - ModelFile.EXTENSION.length());
	}

	/** The models that have names, with a few words about each, for a list. */
	public static Map<String, String> all() {
		final Map<String, String> names = new TreeMap<>();
		shared().forEach((name, file) -> names.put(name, "shared model in " + file.getParent()));
		names.putIfAbsent(FilterParameters.GENERAL, "comes with ClearIce");
		return names;
	}

	/** The file of a model: that of this path, or else the shared one of this name; empty if there is neither. */
	public static Optional<Path> file(final String name) {
		return InputFile.named(name).filter(Files::isRegularFile).or(() -> Optional.ofNullable(shared().get(name
			.strip())));
	}

	/** Whether a name is that of a shared model or of the general model. */
	public static boolean isKnown(final String name) {
		return all().containsKey(name.strip());
	}

	/** What a model is called in texts. */
	public static String title(final String name) {
		return file(name).map(file -> file.getFileName().toString()).orElse(name.strip());
	}

	/**
	 * Reads a model with all it holds.
	 *
	 * @throws ParameterException if there is none of this name
	 * @throws io.github.clearice.task.InputException if the file is no model
	 */
	public static ModelFile read(final String name) {
		final boolean general = name.strip().equals(FilterParameters.GENERAL);
		// A folder of this name is that of the micrographs which general.star lists.
		final Optional<Path> file = file(name).or(() -> general ? Optional.empty() : InputFile.named(name));
		if (file.isPresent()) return ModelFile.read(file.get());
		if (!general) throw new ParameterException("There is no model " + name +
			": neither a file, nor a shared model. Check the name; of models by name there are " + String.join(", ", all()
				.keySet()) + ".");
		try (TemporaryFolder folder = new TemporaryFolder("general")) {
			return ModelFile.read(GeneralModel.unpack(folder));
		}
	}
}
