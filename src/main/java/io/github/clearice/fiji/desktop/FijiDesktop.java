package io.github.clearice.fiji.desktop;

import io.github.clearice.command.Caller;
import io.github.clearice.command.Desktop;
import io.github.clearice.command.OpenImage;
import io.github.clearice.command.Plots;
import io.github.clearice.fiji.image.ComputedStack;
import io.github.clearice.fiji.image.MrcImage;
import io.github.clearice.fiji.image.OpenImages;
import io.github.clearice.fiji.image.TiffMicrographs;
import io.github.clearice.fiji.ui.Browser;
import io.github.clearice.fiji.ui.FailureNotice;
import io.github.clearice.fiji.ui.ResultsWindow;
import io.github.clearice.fiji.ui.ScoresTable;
import io.github.clearice.fiji.ui.StatusBarListener;
import io.github.clearice.fiji.ui.TrainingWindow;
import io.github.clearice.micrograph.MicrographSource;
import io.github.clearice.stack.OnDemandDenoiser;

import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.scijava.Cancelable;
import org.scijava.app.StatusService;
import org.scijava.task.TaskService;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;

/** ImageJ as the desktop of commands. */
public final class FijiDesktop implements Desktop {

	private final Plots plots = new FijiPlots();

	/** A thread, and the image that was active in it. */
	private record ThreadCaller(Thread thread, Optional<OpenImage> wasActive) implements Caller {

		@Override
		public Optional<OpenImage> active() {
			return wasActive.filter(image -> OpenImages.isOpen(FijiImage.of(image)));
		}

		@Override
		public Optional<OpenImage> find(final String title) {
			return active().filter(image -> image.title().equals(title)).or(() -> OpenImages.find(title).map(
				FijiImage::new));
		}

		@Override
		public void show(final OpenImage shown) {
			if (GraphicsEnvironment.isHeadless() && !IJ.isMacro()) return;
			final ImagePlus image = FijiImage.of(shown);
			final ImagePlus ofThisThread = WindowManager.getTempCurrentImage();
			image.show();
			WindowManager.setTempCurrentImage(ofThisThread);
			// A window is everybody's active image as soon as it is there, unless the thread has one of its own.
			WindowManager.setTempCurrentImage(thread, image.getWindow() == null ? image : null);
		}
	}

	@Override
	public Caller caller() {
		return new ThreadCaller(Thread.currentThread(), OpenImages.active().map(FijiImage::new));
	}

	@Override
	public OpenImage open(final Path file) {
		return new FijiImage(OpenImages.ofFile(file));
	}

	@Override
	public OpenImage madeOf(final OpenImage source, final Path file) {
		final ImagePlus from = FijiImage.of(source), result = MrcImage.read(file);
		result.setTitle(OpenImages.uniqueTitle(result.getTitle().replaceFirst("\\.mrcs$", "")));
		if (MrcImage.haveSamePixels(result, from)) result.setCalibration(from.getCalibration().copy());
		if (result.getStackSize() == from.getStackSize()) {
			result.setDimensions(from.getNChannels(), from.getNSlices(), from.getNFrames());
			for (int slice = 1; slice <= result.getStackSize() && result.getStackSize() > 1; slice++) result.getStack()
				.setSliceLabel(from.getStack().getSliceLabel(slice), slice);
		}
		result.changes = true;
		return new FijiImage(result);
	}

	@Override
	public OpenImage computed(final OpenImage source, final OnDemandDenoiser denoiser) {
		final ImagePlus from = FijiImage.of(source);
		final ImageStack noisy = from.getStack();
		final String[] labels = noisy.isVirtual() ? null : noisy.getSliceLabels();
		final ComputedStack stack = new ComputedStack(from.getWidth(), from.getHeight(), from.getStackSize(),
			denoiser::denoise, slice -> labels == null ? noisy.getSliceLabel(slice) : labels[slice - 1], IJ::log);
		final ImagePlus image = new ImagePlus(OpenImages.uniqueTitle(source.plainTitle() + "-denoised"), stack);
		image.setDimensions(from.getNChannels(), from.getNSlices(), from.getNFrames());
		image.setCalibration(from.getCalibration().copy());
		image.setProperty("Info", "Computed when it is looked at; File > Save As > MRC... writes all of it.\n");
		return new FijiImage(image);
	}

	@Override
	public MicrographSource tiff(final Path file) {
		return new TiffMicrographs(file);
	}

	@Override
	public Progress progress(final StatusService status, final TaskService tasks, final String name,
		final Cancelable command)
	{
		return new StatusBarListener(status, tasks, name, command);
	}

	@Override
	public TrainingDisplay training(final String title) {
		return new TrainingWindow(title);
	}

	@Override
	public void table(final List<String> lines) {
		ResultsWindow.show(lines);
	}

	@Override
	public void scores(final List<String> lines) {
		ResultsWindow.show(ScoresTable.of(lines));
	}

	@Override
	public void page(final Path page) {
		Browser.open(page);
	}

	/** Reports in the Log window, which keeps it, and in the status bar. */
	@Override
	public void tell(final String text) {
		IJ.log(text);
		IJ.showStatus(text.lines().findFirst().orElse(""));
	}

	@Override
	public void fail(final String title, final String reason) {
		FailureNotice.show(title, reason);
	}

	@Override
	public boolean isMacro() {
		return IJ.isMacro();
	}

	@Override
	public Plots plots() {
		return plots;
	}
}
