package io.github.clearice.fiji.menu;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.verb.DenoiseCommand;
import io.github.clearice.fiji.desktop.FijiImage;
import io.github.clearice.stack.OnDemandDenoiser;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.FailureMessage;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.task.TaskListener;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

import javax.swing.SwingUtilities;

import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.FloatProcessor;

/**
 * Shows the denoised visible slice over an open image, whose pixels stay as they are. A newer request replaces the
 * running one, which has its own thread; all methods are called by the event dispatch thread.
 */
final class DenoisePreview implements AutoCloseable {

	private final BiConsumer<String, Boolean> state;
	private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
		final Thread made = new Thread(work, "denoise-preview");
		made.setDaemon(true);
		return made;
	});
	private volatile Request latest;
	private volatile boolean closed;
	/** The last request of the computing thread. */
	private Request learned;
	private OnDemandDenoiser denoiser;
	private ParticleStack noisy;
	/** The image under the preview, its own overlay, and the preview's overlay. */
	private ImagePlus covered;
	private Overlay before;
	private Overlay mine;

	/** @param state takes a line about the preview, and whether something is wrong */
	DenoisePreview(final BiConsumer<String, Boolean> state) {
		this.state = state;
	}

	/** @param values of the parameters, by name */
	private record Request(ImagePlus image, Object pixels, int slice, Map<String, String> values) {

		boolean hasMethodOf(final Request other) {
			return other != null && image == other.image && pixels == other.pixels && values.equals(other.values);
		}
	}

	/** Has the visible slice denoised, unless it is or will be already. */
	void update(final ImagePlus image, final Map<String, String> values) {
		// An image that is no stack makes a new one each time that it is asked for.
		final Object pixels = image.getStackSize() > 1 ? image.getStack() : image.getProcessor().getPixels();
		final Request request = new Request(image, pixels, image.getCurrentSlice(), values);
		if (request.hasMethodOf(latest) && latest.slice == request.slice) return;
		if (covered != null && (covered != image || !request.hasMethodOf(latest))) uncover();
		latest = request;
		thread.execute(() -> compute(request));
	}

	private void compute(final Request request) {
		if (request != latest || closed) return;
		try {
			if (!request.hasMethodOf(learned)) learn(request);
			final float[] pixels = denoiser.denoise(request.slice - 1, 1)[0];
			SwingUtilities.invokeLater(() -> cover(request, pixels));
		}
		catch (final TaskCancelledException e) {
			// The options have changed.
		}
		catch (final RuntimeException | Error e) {
			say(request, FailureMessage.of(e), true);
		}
	}

	private void learn(final Request request) {
		release();
		final DenoiseCommand command = new DenoiseCommand();
		for (final CommandParameter parameter : CommandParameter.of(DenoiseCommand.class)) {
			// Images are known, and files are not written.
			if (!parameter.takesImages() && !parameter.isOutput()) parameter.set(command, request.values.getOrDefault(
				parameter.name(), ""));
		}
		final Progress progress = new Progress(request);
		noisy = command.particles(new FijiImage(request.image), false, progress);
		denoiser = command.onDemand(noisy, progress);
		learned = request;
	}

	private void release() {
		learned = null;
		denoiser = null;
		if (noisy != null) noisy.close();
		noisy = null;
	}

	/** Reports the progress of the learning, which ends when other options are wanted. */
	private final class Progress implements TaskListener {

		private final Request request;

		Progress(final Request request) {
			this.request = request;
		}

		@Override
		public void begin(final String task, final long total) {
			say(request, task + "...", false);
		}

		@Override
		public void message(final String line) {
			say(request, line, false);
		}

		@Override
		public boolean isCancelled() {
			return closed || !request.hasMethodOf(latest);
		}
	}

	private void say(final Request request, final String text, final boolean wrong) {
		SwingUtilities.invokeLater(() -> {
			if (!closed && request.hasMethodOf(latest)) state.accept(text, wrong);
		});
	}

	/** Draws the result over the slice that it belongs to, with a contrast of its own. */
	private void cover(final Request request, final float[] pixels) {
		if (closed || !request.hasMethodOf(latest)) return;
		final ImagePlus image = request.image;
		final FloatProcessor result = new FloatProcessor(image.getWidth(), image.getHeight(), pixels);
		result.setColorModel(image.getProcessor().getCurrentColorModel());
		result.resetMinAndMax();
		if (covered == null) before = image.getOverlay();
		covered = image;
		final Roi picture = new ImageRoi(0, 0, result.convertToByteProcessor(true));
		picture.setName("preview");
		picture.setPosition(request.slice);
		mine = new Overlay(picture);
		if (before != null) for (final Roi roi : before) mine.add(roi);
		image.setOverlay(mine);
		state.accept("Slice " + request.slice + " as it will be.", false);
	}

	/** Shows the image as before, unless somebody has put another overlay on it. */
	private void uncover() {
		if (covered != null && covered.getOverlay() == mine) covered.setOverlay(Objects.requireNonNullElseGet(before,
			Overlay::new).size() == 0 ? null : before);
		covered = null;
		before = null;
		mine = null;
	}

	@Override
	public void close() {
		closed = true;
		uncover();
		thread.execute(this::release);
		thread.shutdown();
	}
}
