package io.github.clearice.command;

import io.github.clearice.task.OutputException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TemporaryFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets commands, which work on files, work on open images too.
 * <p> Where a parameter that takes images names no file but an open image, or is left out and means the active one, the
 * command is given a file with its pixels: that which the image was opened from, or a temporary copy. The output that
 * the command would write beside such a file becomes an image, which keeps the calibration and the order of slices. The
 * open images are never changed.
 */
final class ImageExchange implements AutoCloseable {

	private final ClearIceCommand command;
	private final TaskListener listener;
	private final Map<OpenImage, Path> files = new HashMap<>();
	private final Map<CommandParameter, String> replaced = new LinkedHashMap<>();
	/** Copies beside an output, which stay if that comes to be. */
	private final List<Path> lasting = new ArrayList<>();
	private TemporaryFolder folder;
	private OpenImage active;
	private Path output;

	private ImageExchange(final ClearIceCommand command, final TaskListener listener) {
		this.command = command;
		this.listener = listener;
	}

	/**
	 * Puts files in the place of images among a command's parameters, until
	 * {@link #close()}.
	 *
	 * @throws io.github.clearice.task.ClearIceException if an image cannot be made a file
	 */
	static ImageExchange begin(final ClearIceCommand command, final TaskListener listener) {
		final ImageExchange exchange = new ImageExchange(command, listener);
		try {
			for (final CommandParameter parameter : CommandParameter.of(command.getClass())) exchange.replace(parameter);
			return exchange;
		}
		catch (final RuntimeException e) {
			exchange.close();
			throw e;
		}
	}

	private void replace(final CommandParameter parameter) {
		final String text = parameter.text(command).trim();
		if (parameter.takesImages()) {
			final String files = text.isEmpty() ? fileOfActive(parameter) : filesOf(text, parameter);
			if (!files.equals(text)) put(parameter, files);
		}
		else if (parameter.resultEnding() != null && text.isEmpty() && active != null) {
			output = folder().resolve(active.plainTitle() + "-" + parameter.resultEnding() + ".mrcs");
			put(parameter, output.toString());
		}
		else if (parameter.isTable() && text.isEmpty()) put(parameter, folder().resolve(parameter.name() + ".tsv")
			.toString());
	}

	private void put(final CommandParameter parameter, final String text) {
		replaced.put(parameter, parameter.text(command));
		parameter.set(command, text);
	}

	private String fileOfActive(final CommandParameter parameter) {
		if (!parameter.takesActiveImage() || command.caller().active().isEmpty()) return "";
		active = command.caller().active().get();
		return fileOf(active, parameter);
	}

	/**
	 * The text with titles of open images replaced. An open image comes before a file of that name in the working folder:
	 * dialogs and the recorder name open images so, and their pixels may have been changed since they were opened.
	 */
	private String filesOf(final String text, final CommandParameter parameter) {
		final List<String> names = new ArrayList<>();
		for (final String name : parameter.isList() ? text.split(",") : new String[] { text }) {
			final OpenImage image = command.caller().find(name.trim()).orElse(null);
			if (image != null && parameter.takesActiveImage()) active = image;
			names.add(image == null ? name.trim() : fileOf(image, parameter));
		}
		return String.join(",", names);
	}

	private String fileOf(final OpenImage image, final CommandParameter parameter) {
		return files.computeIfAbsent(image, open -> open.file().orElseGet(() -> copyOf(open, parameter)))
			.toString();
	}

	private Path copyOf(final OpenImage image, final CommandParameter parameter) {
		final String title = image.plainTitle(), ending = image.mrcEnding();
		final Path target = parameter.besideOutput() == null ? null : outputOf(parameter.besideOutput());
		final Path copy = target == null ? folder().resolve(title + ending) : free(target, title, ending);
		image.write(copy, listener);
		if (target != null) lasting.add(copy);
		return copy;
	}

	private Path outputOf(final String name) {
		final String text = CommandParameter.values(command).get(name);
		return text == null ? null : Path.of(text);
	}

	/** A file beside another that is not there yet. */
	private static Path free(final Path beside, final String title, final String ending) {
		Path file = beside.resolveSibling(title + ending);
		for (int number = 1; Files.exists(file); number++) file = beside.resolveSibling(title + "-" + number + ending);
		return file;
	}

	/** The open image whose pixels are in a file that the command was given. */
	Optional<OpenImage> imageOf(final Path file) {
		return files.entrySet().stream().filter(entry -> entry.getValue().equals(file)).map(Map.Entry::getKey).findFirst();
	}

	private static void delete(final Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (final IOException e) {
			throw OutputException.of(file, e);
		}
	}

	private TemporaryFolder folder() {
		if (folder == null) folder = new TemporaryFolder("images");
		return folder;
	}

	/** Whether files of the command's are in a folder that goes when it ends. */
	boolean isTemporary() {
		return folder != null;
	}

	/** The command's result for the active image, or null if it has none. */
	OpenImage result() {
		return output == null || !Files.exists(output) ? null : Desktop.get().madeOf(active, output);
	}

	/**
	 * The command has done its work: files that its output names stay.
	 *
	 * @return its report with the names of images in place of those of temporary files
	 */
	String done(final String report) {
		final List<Path> kept = List.copyOf(lasting);
		lasting.clear();
		if (report == null) return null;
		final String named = folder == null ? report : folder.strippedFrom(report);
		return kept.isEmpty() ? named : named + " The open image had no file, so its pixels were written to" +
			" " + kept.get(0) + ".";
	}

	/** Gives the command its own parameters back and deletes the temporary files. */
	@Override
	public void close() {
		replaced.forEach((parameter, text) -> parameter.restore(command, text));
		lasting.forEach(ImageExchange::delete);
		if (folder != null) folder.close();
	}
}
