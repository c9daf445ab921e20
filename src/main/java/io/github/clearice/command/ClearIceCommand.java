package io.github.clearice.command;

import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ClearIceException;
import io.github.clearice.task.FailureMessage;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.log.TrainingReporter;
import io.github.clearice.worker.ClusterJob;
import io.github.clearice.worker.Worker;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.scijava.Cancelable;
import org.scijava.ItemIO;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.task.TaskService;

/**
 * The base of all commands: parameters in fields, a report as output, progress, and errors that become one line.
 * <p>
 * Fiji calls {@link #run()}; the launcher calls {@link #perform} and handles
 * errors itself.
 */
public abstract class ClearIceCommand implements Command, Cancelable {

	/** The remedy of commands that keep what they have finished. */
	protected static final String CONTINUES = "Give the same command again: it continues where it stopped.";

	@Parameter(required = false)
	private StatusService status;

	@Parameter(required = false)
	private TaskService tasks;

	@Parameter(required = false)
	private LogService log;

	@Parameter(type = ItemIO.OUTPUT, label = "Report")
	private String report;

	@Parameter(type = ItemIO.OUTPUT, label = "Image")
	private Object result;

	private final Caller caller = Desktop.get().caller();
	private OpenImage shown;
	private volatile String cancelReason;
	private boolean cancelledByUser;
	private boolean notified;
	private boolean interactive;
	private ImageExchange exchange;

	/**
	 * Does the work.
	 *
	 * @throws ClearIceException with one line for the user: what, where, what to do
	 */
	protected abstract void execute(TaskListener listener);

	/** For the help: the defaults of parameters that have no value of their own, by name. */
	public Map<String, String> defaults() {
		return Map.of();
	}

	/** Whether the work with these parameters is done by a network: Fiji then lets a worker do it. */
	protected boolean usesNetwork() {
		return false;
	}

	/** The beginning of the line by which a cluster does the work, see {@link ClusterLine}; empty for this machine. */
	protected String cluster() {
		return "";
	}

	/**
	 * An image whose pixels are computed when they are looked at, instead of the work on files; empty where the
	 * parameters do not ask for one.
	 */
	protected Optional<OpenImage> computedImage(final TaskListener listener) {
		return Optional.empty();
	}

	/** The files that the work writes, as far as they are known before it. */
	protected List<Path> outputs() {
		return List.of();
	}

	/**
	 * Refuses to begin where the work would replace files without leave.
	 *
	 * @throws ParameterException that names them
	 */
	void checkOutputs() {}

	/** Files beside the outputs that only unfinished work leaves, to be taken up again. */
	protected List<Path> checkpoints() {
		return List.of();
	}

	/** The user's remedy when the worker has died, in one sentence. */
	protected String remedy() {
		return "Run it again.";
	}

	/** The parameters with which the work continues after the worker has died; empty where it cannot. */
	protected Optional<Map<String, String>> resumption() {
		return Optional.empty();
	}

	/** The launcher's exit code after {@link #execute} returned: 0 unless a command says otherwise. */
	public int exitCode() {
		return 0;
	}

	/** The final report of the command, or null if there is none. */
	public final String report() {
		return report;
	}

	protected final void report(final String text) {
		report = text;
	}

	/**
	 * A dialog's suggestions for a text field, such as the names of methods where a file is also possible, each with a
	 * short description.
	 */
	public Map<String, String> suggestions(final String parameter) {
		return Map.of();
	}

	/** The names of parameters that the current values of the others require, besides those that are always required. */
	public List<String> missingParameters() {
		return List.of();
	}

	/**
	 * Shows what ImageJ has windows for, after {@link #execute}, here or in a worker: images, plots, tables. The launcher
	 * does not.
	 */
	protected void present() {}

	/** The image that the command made, for scripts: an {@code ij.ImagePlus}; null where it made none. */
	public final Object result() {
		return result;
	}

	/** The command's result image; null for none. */
	protected final void result(final OpenImage image) {
		shown = image;
		result = image == null ? null : image.content();
	}

	/** Shows images of written files; the last is the command's result. */
	protected final void open(final Path... files) {
		for (final Path file : files) show(Desktop.get().open(file));
	}

	/** Shows an image as the command's result, together with earlier results. */
	protected final void show(final OpenImage image) {
		if (shown != null) caller.show(shown);
		result(image);
	}

	/** Where the command was called. */
	public final Caller caller() {
		return caller;
	}

	/** While results are presented: the open image that a parameter was given. */
	protected final Optional<OpenImage> imageOf(final File file) {
		return file == null ? Optional.empty() : exchange.imageOf(file.toPath());
	}

	/** Whether the command was called from a dialog. */
	public final boolean isInteractive() {
		return interactive;
	}

	/**
	 * Does the work on files, without windows.
	 *
	 * @throws ClearIceException with one line for the user, also where outputs would replace files without leave
	 */
	public final void perform(final TaskListener listener) {
		checkOutputs();
		if (!cluster().isEmpty()) {
			final ClusterLine line = ClusterLine.of(this, cluster());
			listener.message("On the cluster: " + line);
			submit(line, listener);
			return;
		}
		execute(listener);
		ProvenanceFile.write(this);
	}

	/** Does the work as a part of other work, which continues with its own files. */
	public final void performPart(final TaskListener listener) {
		execute(listener);
	}

	/**
	 * Sets parameters.
	 *
	 * @param values by the names of parameters, as text; an empty one leaves the default
	 * @throws ParameterException if there is no such parameter, or a value does not fit
	 */
	public final void set(final Map<String, String> values) {
		final Map<String, CommandParameter> parameters = CommandParameter.byName(getClass());
		values.forEach((name, value) -> {
			final CommandParameter parameter = parameters.get(name);
			if (parameter == null) throw new ParameterException(label() + " has no parameter '" + name + "'. " + (parameters
				.isEmpty() ? "It has none at all." : (CommandParameter.advice(name, getClass(), parameters.keySet()) +
					" Plugins > ClearIce > ClearIce Help lists all.").strip()));
			parameter.set(this, value);
		});
	}

	/** Marks the command as called from a dialog: failures open a window. */
	public final void interactive() {
		interactive = true;
	}

	@Override
	public final void run() {
		try (Desktop.Progress listener = Desktop.get().progress(status, tasks, label().replace("...", ""), this)) {
			run(listener);
		}
		if (interactive || cancelledByUser || Desktop.get().isMacro() ||
			GraphicsEnvironment.isHeadless()) notifyOfFailure();
		if (!isCanceled() && report != null) tell(report);
	}

	/** Says why the work was not done, unless the user has cancelled it before the screen and knows. */
	public final void notifyOfFailure() {
		if (!isCanceled()) return;
		final boolean headless = GraphicsEnvironment.isHeadless();
		if (!cancelledByUser || Desktop.get().isMacro() || headless) Desktop.get().fail(label(), cancelReason);
		notified = !headless;
	}

	/** Shows the report. */
	public void tell(final String text) {
		Desktop.get().tell(text);
	}

	/** Does the work on files or open images; afterwards, {@link #isCanceled()} is true after a failure. */
	public final void run(final TaskListener listener) {
		CommandParameter.clearZeros(this);
		try {
			computedImage(listener).ifPresentOrElse(this::result, () -> runOnFiles(listener));
			// Fiji would show the outputs of commands in the thread of the command, which is not that of the macro.
			if (shown != null) caller.show(shown);
		}
		catch (final TaskCancelledException e) {
			cancelledByUser = true;
			if (cancelReason == null) cancelReason = e.getMessage();
		}
		catch (final RuntimeException | Error e) {
			// SciJava would lose an exception in the thread of the command.
			fail(e);
		}
	}

	private void runOnFiles(final TaskListener listener) {
		try (ImageExchange images = ImageExchange.begin(this, listener)) {
			checkOutputs();
			if (!cluster().isEmpty()) submit(images, listener);
			else if (usesNetwork() && Worker.isWanted()) report(new NetworkWork(this).run(listener));
			else execute(listener);
			if (shown == null) result(images.result());
			report = images.done(report);
			exchange = images;
			present();
		}
	}

	/** The Log window keeps the line, for the user to copy it. */
	private void submit(final ImageExchange images, final TaskListener listener) {
		if (images.isTemporary()) throw new ParameterException(
			"A cluster works on files that all its machines find. Save the image there and name it, and name the output.");
		final ClusterLine line = ClusterLine.of(this, cluster());
		tell(line.toString());
		submit(line, listener);
	}

	private void submit(final ClusterLine line, final TaskListener listener) {
		report(ClusterJob.run(line.words(), TrainingReporter.of(listener)));
	}

	/** Ends the command with the message about a failure. */
	public final void fail(final Throwable failure) {
		cancelReason = FailureMessage.of(failure);
		if (log != null && !FailureMessage.isMeant(failure)) log.error(label(), failure);
	}

	/** How the command is declared. */
	public final Plugin plugin() {
		return getClass().getAnnotation(Plugin.class);
	}

	/** Its label in the menu. */
	public final String label() {
		return plugin().label();
	}

	/** A command of the same kind with all its defaults. */
	public final ClearIceCommand fresh() {
		return Commands.all().get(plugin().name()).create();
	}

	@Override
	public final boolean isCanceled() {
		return cancelReason != null;
	}

	@Override
	public final void cancel(final String reason) {
		cancelReason = reason == null ? "Cancelled." : reason;
	}

	/** Null where the user knows it: Fiji would show it in one more window. */
	@Override
	public final String getCancelReason() {
		return notified ? null : cancelReason;
	}

	/** The path of a required file, which must be there. */
	public static Path existing(final File file, final String parameter) {
		final Path path = required(file, parameter);
		if (!Files.exists(path)) throw new ParameterException("There is no file " + file + " (" + parameter +
			"=). Check the name; paths are relative to " + Path.of("").toAbsolutePath() + ".");
		return path;
	}

	/** The path of a file for which Fiji would have taken the active image, had there been one. */
	public static Path existingOrActive(final File file, final String parameter) {
		if (file == null || file.getPath().isBlank()) throw new ParameterException("The parameter " + parameter +
			"= is missing. Give it a value, or open an image.");
		return existing(file, parameter);
	}

	/** The paths of files joined by commas, which must all be there. */
	public static List<Path> existing(final String joined, final String parameter) {
		final List<Path> paths = new ArrayList<>();
		for (final String name : joined.split(",")) {
			if (!name.isBlank()) paths.add(existing(new File(name.trim()), parameter));
		}
		if (paths.isEmpty()) throw missing(parameter);
		return paths;
	}

	/** The path of a required parameter. */
	public static Path required(final File file, final String parameter) {
		if (file == null || file.getPath().isBlank()) throw missing(parameter);
		return file.toPath();
	}

	/**
	 * Checks that an output does not replace its own input.
	 *
	 * @param parameter that names the output
	 */
	public static void requireApart(final Path output, final String parameter, final List<Path> inputs) {
		for (final Path input : inputs) {
			if (AtomicOutput.isSame(output, input)) throw new ParameterException("The output " + output + " (" + parameter +
				"=) is one of the inputs and would replace it. Give another name.");
		}
	}

	/** The text of a required parameter. */
	public static String required(final String text, final String parameter) {
		if (text == null || text.isBlank()) throw missing(parameter);
		return text.trim();
	}

	private static ParameterException missing(final String parameter) {
		return new ParameterException("The parameter " + parameter + "= is missing. Give it a value.");
	}
}
