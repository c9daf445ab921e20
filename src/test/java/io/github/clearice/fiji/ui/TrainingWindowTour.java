package io.github.clearice.fiji.ui;

import io.github.clearice.command.verb.TrainCommand;
import io.github.clearice.model.HistoryEntry;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.SearchTrial;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.log.TrainingListener.TrainingProgress;
import io.github.clearice.train.log.TrainingListener.ValidationSample;
import io.github.clearice.worker.SmallTraining;
import io.github.clearice.worker.StopRequest;

import java.awt.Component;
import java.awt.Container;
import java.awt.Frame;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import javax.imageio.ImageIO;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;

import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

/**
 * Started by {@link TrainingWindowTest} on a display: a user who trains, closes the window and opens it again, loses
 * the process that trains, resumes, and stops; and watches a search. Prints a line at each stage.
 */
final class TrainingWindowTour {

	private static final long PATIENCE_MILLISECONDS = 600_000;

	private final Path folder;
	private final Path pictures;
	private final SmallTraining training;

	private TrainingWindowTour(final Path folder, final Path pictures) {
		this.folder = folder;
		this.pictures = pictures;
		this.training = new SmallTraining(folder);
	}

	public static void main(final String[] folders) throws Exception {
		new TrainingWindowTour(Path.of(folders[0]), Path.of(folders[1])).go();
		System.exit(0);
	}

	private void go() throws Exception {
		try (Context context = new Context(CommandService.class, StatusService.class)) {
			final Future<CommandModule> run = context.service(CommandService.class).run(TrainCommand.class, true, "noisy",
				folder.resolve("noisy.mrcs").toFile(), "clean", folder.resolve("clean.mrcs").toFile(), "model", training.model()
					.toFile(), "epochs", 1_000_000, "device", "cpu", "checkpoint", "0");
			await("a window", () -> frame().isPresent());
			await("a checkpoint", () -> Files.exists(training.checkpoint()));
			final long first = training.checkpoint().toFile().lastModified();
			await("another checkpoint", () -> training.checkpoint().toFile().lastModified() > first);
			picture("training-window");
			say("open: " + frame().orElseThrow().getTitle());
			inWindow(() -> frame().orElseThrow().dispatchEvent(new WindowEvent(frame().orElseThrow(),
				WindowEvent.WINDOW_CLOSING)));
			say("closed, training continues: " + (frame().isEmpty() && !run.isDone()));
			say("windows to reopen: " + TrainingWindow.showAll());
			await("the window again", () -> frame().isPresent());
			ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
			await("the offer to resume", () -> button("Resume").isPresent());
			picture("training-died");
			say("died, buttons: " + buttons());
			click("Resume");
			await("a training that continues", () -> button("Stop").isPresent());
			final long before = Files.getLastModifiedTime(training.checkpoint()).toMillis();
			await("a checkpoint after resuming", () -> training.checkpoint().toFile().lastModified() > before);
			click("Stop");
			final CommandModule ended = run.get();
			say("stopped: " + (ended.isCanceled() ? ended.getCancelReason() : ended.getOutput("report")));
			await("the end in the window", () -> button("Close").isPresent());
			picture("training-done", TrainingWindowTest::showsCurveAndParticles);
			click("Close");
			await("no window", () -> frame().isEmpty());
			say("windows left: " + TrainingWindow.showAll());
		}
		watchASearch();
	}

	/** Three settings: the second has just been tried again, and the first is being trained further. */
	private void watchASearch() throws Exception {
		final TrainingWindow window = new TrainingWindow("Train Denoiser: search.clearice");
		final TrainingListener search = window.listener();
		for (final int setting : new int[] { 1, 2, 3 })
			tryOut(search, new SearchTrial(setting, 3, 1, 2, 60, "network=light rate=0.0" + setting), 10 + 2 * (setting % 3));
		final SearchTrial second = new SearchTrial(2, 3, 2, 2, 180, "network=light rate=0.02");
		search.tried(second, 16);
		train(search, new SearchTrial(1, 3, 2, 2, 180, "network=light rate=0.01"), 60, 120, 13);
		await("a window", () -> frame().isPresent());
		picture("training-search");
		say("search, buttons: " + buttons());
		click("Stop");
		await("the stop request", () -> window.stopRequest() == StopRequest.STOP);
		window.failed("The search was stopped.");
		await("the end in the window", () -> button("Close").isPresent());
		click("Close");
	}

	private static void tryOut(final TrainingListener search, final SearchTrial trial, final double psnr) {
		train(search, trial, 0, trial.updates(), psnr);
		search.tried(trial, psnr);
	}

	private static void train(final TrainingListener search, final SearchTrial trial, final long from, final long to,
		final double psnr)
	{
		final TrainingListener told = search.trial(trial);
		search.begin(trial.toString(), trial.updates());
		told.startedAt(from);
		for (long step = from + 10; step <= to; step += 10) {
			final int epoch = (int) (step / 60) + 1;
			told.updated(new TrainingProgress(step, 540, epoch, 9, 0.1 * step, 0.01, 1.0 / step, new StepReport(1.0 / step,
				false, Double.NaN, Double.NaN, Double.NaN, Double.NaN), psnr, 180, 60));
			told.validated(new HistoryEntry(epoch, step, 0.1 * step, 0.01, 1.0 / step, psnr - 30.0 / step),
				new ValidationSample(particles(1), particles(2), particles(3)));
		}
	}

	private static ArrayParticleStack particles(final int seed) {
		final float[][] images = new float[4][32 * 32];
		for (int i = 0; i < images.length; i++) {
			final SplittableRandom random = new SplittableRandom(seed + 10 * i);
			for (int p = 0; p < images[i].length; p++) images[i][p] = (float) random.nextGaussian();
		}
		return new ArrayParticleStack("particles", 32, 4, images);
	}

	private static void say(final String line) {
		System.out.println(line);
	}

	private static void await(final String what, final BooleanSupplier condition) throws InterruptedException {
		final long end = System.currentTimeMillis() + PATIENCE_MILLISECONDS;
		while (!condition.getAsBoolean()) {
			if (System.currentTimeMillis() > end) throw new IllegalStateException("There was never " + what + ".");
			Thread.sleep(50);
		}
	}

	private static Optional<Frame> frame() {
		return Arrays.stream(Frame.getFrames()).filter(Frame::isVisible).filter(frame -> frame.getTitle().startsWith(
			"Train Denoiser")).findFirst();
	}

	private static Optional<JButton> button(final String text) {
		return frame().flatMap(frame -> find(((JFrame) frame).getContentPane(), text));
	}

	private static Optional<JButton> find(final Container container, final String text) {
		for (final Component part : container.getComponents()) {
			if (part instanceof JButton && part.isVisible() && ((JButton) part).getText().equals(text)) return Optional.of(
				(JButton) part);
			if (part instanceof Container) {
				final Optional<JButton> found = find((Container) part, text);
				if (found.isPresent()) return found;
			}
		}
		return Optional.empty();
	}

	private static String buttons() {
		final StringBuilder text = new StringBuilder();
		for (final String name : new String[] { "Finish at best", "Stop", "Cancel", "Resume", "Close" }) {
			if (button(name).isPresent()) text.append(name).append(' ');
		}
		return text.toString().strip();
	}

	private static void click(final String text) throws InterruptedException, InvocationTargetException {
		inWindow(() -> button(text).orElseThrow().doClick());
	}

	private static void inWindow(final Runnable action) throws InterruptedException, InvocationTargetException {
		SwingUtilities.invokeAndWait(action);
	}

	private void picture(final String name) throws IOException, InterruptedException {
		picture(name, picture -> Windows.colours(picture) > 2);
	}

	/** Once the window shows what it should. */
	private void picture(final String name, final Predicate<BufferedImage> shown) throws IOException,
		InterruptedException
	{
		final BufferedImage[] picture = new BufferedImage[1];
		await("a picture of " + name, () -> {
			picture[0] = Windows.seen(frame().orElseThrow());
			return shown.test(picture[0]);
		});
		Files.createDirectories(pictures);
		ImageIO.write(picture[0], "png", pictures.resolve(name + ".png").toFile());
	}
}
