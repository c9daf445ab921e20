package io.github.clearice.fiji.ui;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.command.HelixStructure;
import io.github.clearice.command.verb.DenoiseCommand;

import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;

import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JTextArea;
import javax.swing.JTextField;

import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.app.event.StatusEvent;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.Menus;
import ij.WindowManager;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.PlotWindow;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.plugin.frame.Recorder;

/** The steps of {@link ImageJWindowTest} in an ImageJ with windows, in a separate process. */
public final class ImageJDriver {

	private static final Color MARK = new Color(0xffe1e1);
	private static final String NOISY = "beta-galactosidase-noisy";

	private ImageJDriver() {}

	public static void main(final String[] args) {
		int exitCode = 1;
		try {
			new ImageJ();
			menus();
			dialogIsRecordedAndReplayed();
			wrongValuesAreExplained();
			missingFieldsAreMarked();
			previewShowsTheVisibleSlice();
			cancelDoesNothing();
			failureEndsAMacro();
			sciJavaShowsTheSameDialog();
			resultsOfFilesAreShownAndReplayed();
			exitCode = 0;
		}
		catch (final Throwable failure) {
			failure.printStackTrace(System.out);
		}
		Runtime.getRuntime().halt(exitCode);
	}

	private static void menus() throws IOException {
		for (final String label : new String[] { "Denoise...", "Train Denoiser...", "MRC Stack (virtual)...", "MRC...",
			"Map of Beta-Galactosidase", "ClearIce Help" }) assertTrue(Menus.getCommands().containsKey(label), label);
		IJ.run("Particles of Beta-Galactosidase");
		final ImagePlus noisy = WindowManager.getCurrentImage();
		assertEquals(NOISY, noisy.getTitle());
		assertEquals("Å", noisy.getCalibration().getUnit());
		Windows.picture(noisy.getWindow(), "particles", 20);
		System.out.println("menus: done");
	}

	private static Window dialog(final String command, final String title) {
		// Does what a click on the menu item does.
		IJ.doCommand(command);
		return Windows.window(title);
	}

	private static void dialogIsRecordedAndReplayed() throws IOException {
		final Recorder recorder = new Recorder(true);
		final Window dialog = dialog("Denoise...", "Denoise");
		assertEquals(NOISY, Windows.find(dialog, JComboBox.class, "input").getSelectedItem());
		final JComboBox<?> method = Windows.find(dialog, JComboBox.class, "method");
		assertEquals("general", method.getSelectedItem());
		assertEquals("general", method.getItemAt(0));
		Windows.type(dialog, "method", "lowpass");
		Windows.type(dialog, "cutoff", "60");
		Windows.click(dialog, "OK");
		final ImagePlus denoised = Windows.await("denoised image", () -> WindowManager.getImage(NOISY + "-denoised"));
		assertEquals(4, denoised.getCalibration().pixelWidth, 1e-6);
		final String line = Windows.await("recorded line", () -> recorded(recorder));
		assertEquals("run(\"Denoise...\", \"input=" + NOISY + " method=lowpass cutoff=60.0\");", line);
		Recorder.record = false;
		recorder.close();
		denoised.setTitle("by hand");
		IJ.runMacro(line);
		final ImagePlus replayed = WindowManager.getImage(NOISY + "-denoised");
		assertNotNull(replayed, "the recorded line made no image");
		assertArrayEquals((float[]) denoised.getStack().getPixels(7), (float[]) replayed.getStack().getPixels(7));
		discard(replayed);
		discard(denoised);
		System.out.println("recording: done");
	}

	/** Closes without being asked whether to save. */
	private static void discard(final ImagePlus image) {
		image.changes = false;
		image.close();
	}

	private static String recorded(final Recorder recorder) {
		return recorder.getText().lines().filter(line -> line.startsWith("run(\"Denoise")).findFirst().orElse(null);
	}

	/** The text of the clipboard, if there is one. */
	private static String copied() {
		try {
			return (String) Toolkit.getDefaultToolkit().getSystemClipboard().getData(DataFlavor.stringFlavor);
		}
		catch (final UnsupportedFlavorException | IOException e) {
			return null;
		}
	}

	private static void wrongValuesAreExplained() throws IOException {
		final Window dialog = dialog("Denoise...", "Denoise");
		Windows.type(dialog, "method", "lowpass");
		Windows.type(dialog, "cutoff", "60");
		assertEquals("Particles: 100 images of 64 x 64 pixels, 1.6 MB", Windows.await("size", () -> {
			final String line = Windows.find(dialog, JLabel.class, "size").getText().strip();
			return line.isEmpty() ? null : line;
		}));
		Windows.picture(dialog, "denoise-dialog", 10);
		longExplanationsCoverNoField(dialog);
		Windows.type(dialog, "spark", "clearice-spark --master spark://head:7077");
		assertEquals("clearice-spark --master spark://head:7077 denoise input=" + NOISY +
			" method=lowpass cutoff=60.0", Windows.await("line for the cluster", () -> {
				final String line = Windows.find(dialog, JTextArea.class, "line").getText();
				return line.isEmpty() ? null : line;
			}));
		final String line = Windows.find(dialog, JTextArea.class, "line").getText();
		Windows.click(dialog, "copy");
		Windows.await("copied line", () -> line.equals(copied()) ? line : null);
		Windows.type(dialog, "spark", "");
		Windows.type(dialog, "method", "");
		Windows.click(dialog, "OK");
		assertEquals("Method (method=) is missing. Give it a value.", Windows.await("explanation", () -> explanation(
			dialog)));
		Windows.type(dialog, "method", "lowpass");
		Windows.type(dialog, "cutoff", "sixty");
		Windows.click(dialog, "OK");
		assertEquals("cutoff=sixty is not a number. Give a number such as 1.5.", Windows.await("explanation", () -> {
			final String text = explanation(dialog);
			return text != null && text.startsWith("cutoff") ? text : null;
		}));
		assertTrue(dialog.isShowing());
		assertEquals(MARK, Windows.find(dialog, JTextField.class, "cutoff").getBackground());
		Windows.picture(dialog, "denoise-dialog-wrong");
		Windows.click(dialog, "Cancel");
		Windows.await("end of the dialog", () -> dialog.isShowing() ? null : Boolean.TRUE);
		System.out.println("explanations: done");
	}

	private static void longExplanationsCoverNoField(final Window dialog) {
		final JComponent last = Windows.find(dialog, JComponent.class, "virtual");
		Windows.onEventThread(() -> Windows.find(dialog, JComboBox.class, "method").getEditor().getEditorComponent()
			.requestFocusInWindow());
		Windows.await("explanation of the method", () -> Windows.find(dialog, JTextArea.class, "help").getText().startsWith(
			"method=") ? true : null);
		Windows.onEventThread(dialog::validate);
		assertEquals(last.getHeight(), last.getVisibleRect().height, "height of the last field that can be seen");
	}

	/** A field on the first page that the filled ones make necessary. */
	private static void missingFieldsAreMarked() throws IOException {
		final Window dialog = dialog("Train Denoiser...", "Train Denoiser");
		Windows.picture(dialog, "train-dialog");
		Windows.type(dialog, "noisy", NOISY);
		Windows.type(dialog, "model", "m.clearice");
		Windows.click(dialog, "OK");
		Windows.await("explanation", () -> "Clean particles (clean=) is missing. Give it a value.".equals(explanation(
			dialog)) ? true : null);
		assertEquals(MARK, ((JComboBox<?>) Windows.find(dialog, JComboBox.class, "clean")).getEditor().getEditorComponent()
			.getBackground());
		assertTrue(dialog.isShowing());
		Windows.click(dialog, "Cancel");
		Windows.await("end of the dialog", () -> dialog.isShowing() ? null : Boolean.TRUE);
		System.out.println("missing fields: done");
	}

	private static void previewShowsTheVisibleSlice() throws IOException {
		final ImagePlus image = WindowManager.getImage(NOISY);
		final Overlay own = new Overlay(new Roi(2, 2, 9, 9));
		image.setOverlay(own);
		final float[] pixels = ((float[]) image.getStack().getPixels(5)).clone();
		final Window dialog = dialog("Denoise...", "Denoise");
		Windows.type(dialog, "method", "lowpass");
		Windows.onEventThread(() -> Windows.find(dialog, JCheckBox.class, "preview").doClick());
		Windows.await("reason for no preview", () -> state(dialog).startsWith("The low-pass filter needs") ? true
			: null);
		Windows.type(dialog, "cutoff", "60");
		Windows.await("preview of slice 1", () -> previewed(image) == 1 ? true : null);
		image.setSlice(5);
		final ImageRoi lowPass = Windows.await("preview of slice 5", () -> previewed(image) == 5 ? (ImageRoi) image
			.getOverlay().get(0) : null);
		Windows.picture(image.getWindow(), "preview-lowpass");
		// It learns from the stack.
		Windows.type(dialog, "method", "cwf");
		Windows.await("preview of another method", () -> previewed(image) == 5 && image.getOverlay().get(0) != lowPass
			? true : null);
		Windows.picture(image.getWindow(), "preview-cwf");
		Windows.picture(dialog, "denoise-dialog-preview");
		assertEquals(2, image.getOverlay().size(), "the user's own overlay is gone");
		Windows.click(dialog, "Cancel");
		Windows.await("end of the preview", () -> image.getOverlay() == own ? true : null);
		assertArrayEquals(pixels, (float[]) image.getStack().getPixels(5));
		image.setOverlay(null);
		System.out.println("preview: done");
	}

	/** The slice whose result is shown; 0 for none. */
	private static int previewed(final ImagePlus image) {
		final Overlay overlay = image.getOverlay();
		return overlay != null && overlay.get(0) instanceof ImageRoi picture ? picture.getPosition() : 0;
	}

	private static String state(final Window dialog) {
		return Windows.find(dialog, JLabel.class, "state").getText();
	}

	/** The text below the fields, where it is a complaint. */
	private static String explanation(final Container in) {
		for (final Component component : in.getComponents()) {
			if (component instanceof JTextArea text && text.getForeground().equals(new Color(0xb00020))) return text
				.getText();
			if (component instanceof Container inner && explanation(inner) != null) return explanation(inner);
		}
		return null;
	}

	private static void cancelDoesNothing() {
		final int images = WindowManager.getImageCount();
		final Window dialog = dialog("Evaluate...", "Evaluate");
		Windows.click(dialog, "Cancel");
		Windows.await("end of the dialog", () -> dialog.isShowing() ? null : Boolean.TRUE);
		assertEquals(images, WindowManager.getImageCount());
		System.out.println("cancel: done");
	}

	private static void failureEndsAMacro() throws IOException {
		final Thread macro = new Thread(() -> IJ.runMacro("run(\"Denoise...\", \"method=lowpass\");\nprint(\"went on\");"),
			"macro");
		macro.start();
		final Window error = Windows.window("Macro Error");
		Windows.picture(error, "macro-error");
		Windows.onEventThread(error::dispose);
		Windows.await("end of the macro", () -> macro.isAlive() ? null : Boolean.TRUE);
		final String log = IJ.getLog();
		assertFalse(log != null && log.contains("went on"), log);
		System.out.println("failure: done");
	}

	private static void resultsOfFilesAreShownAndReplayed() throws IOException {
		final Path folder = Files.createDirectories(Path.of(System.getProperty("user.home")).resolve("work"));
		Files.writeString(folder.resolve("helix.pdb"), HelixStructure.pdb());
		byDialog(folder, "Map from Structure...", "structure=helix.pdb box=16 pixel=4 output=helix.mrc", "helix.mrc");
		byDialog(folder, "Simulate Particles...", "source=helix.mrc count=20 output=set", "clean.mrcs", "noisy.mrcs");
		byDialog(folder, "Reconstruct...", "star=set/particles.star output=again.mrc", "again.mrc");
		byDialog(folder, "Compare Volumes (FSC)...", "first=helix.mrc second=again.mrc", "FSC of helix.mrc and again.mrc");
		final ImagePlus plot = WindowManager.getImage("FSC of helix.mrc and again.mrc");
		assertTrue(plot.getWindow() instanceof PlotWindow, "a plot has its own kind of window");
		Windows.picture(plot.getWindow(), "fsc-plot");
		byDialog(folder, "Cluster Conformations...", "input=set/clean.mrcs clusters=2 output=clusters",
			"Components of clean");
		Windows.picture(WindowManager.getImage("Components of clean").getWindow(), "cluster-plot");
		assertEquals(20, ResultsTable.getResultsTable().size());
		System.out.println("results: done");
	}

	/** Runs a command from its dialog, and again by the line that was recorded; both show the same number of images. */
	private static void byDialog(final Path folder, final String command, final String options, final String... titles) {
		final int before = WindowManager.getImageCount();
		final Recorder recorder = new Recorder(true);
		final Window dialog = dialog(command, command.replace("...", ""));
		for (final String option : options.split(" ")) {
			final String name = option.substring(0, option.indexOf('=')), value = option.substring(option.indexOf('=') + 1);
			Windows.type(dialog, name, value.matches("[0-9]+") ? value : folder.resolve(value).toString());
		}
		Windows.click(dialog, "OK");
		for (final String title : titles) Windows.await(title, () -> WindowManager.getImage(title));
		final String line = Windows.await("recorded line", () -> recorder.getText().lines().filter(text -> text.startsWith(
			"run(\"" + command)).findFirst().orElse(null));
		Recorder.record = false;
		recorder.close();
		assertEquals(before + titles.length, WindowManager.getImageCount(), command);
		// A macro does not replace files unless it says so.
		IJ.runMacro(options.contains("output=") ? line.replace("\");", " overwrite=true\");") : line);
		assertEquals(before + 2 * titles.length, WindowManager.getImageCount(), line);
	}

	/** Windows that Fiji itself would show. */
	public static final class Warnings {

		private final List<String> shown = new CopyOnWriteArrayList<>();

		@EventHandler
		public void onEvent(final StatusEvent event) {
			if (event.isWarning()) shown.add(event.getStatusMessage());
		}
	}

	private static void sciJavaShowsTheSameDialog() throws Exception {
		WindowManager.setCurrentWindow(WindowManager.getImage(NOISY).getWindow());
		try (Context context = new Context(CommandService.class, StatusService.class, EventService.class)) {
			final Warnings warnings = new Warnings();
			context.service(EventService.class).subscribe(warnings);
			final Future<CommandModule> cancelled = context.service(CommandService.class).run(DenoiseCommand.class, true);
			Windows.click(Windows.window("Denoise"), "Cancel");
			assertTrue(cancelled.get().isCanceled());
			final Future<CommandModule> refused = context.service(CommandService.class).run(DenoiseCommand.class, true);
			final Window wrong = Windows.window("Denoise");
			Windows.type(wrong, "method", "no such method");
			Windows.click(wrong, "OK");
			Windows.onEventThread(Windows.window("Denoise...")::dispose);
			assertTrue(refused.get().isCanceled());
			assertEquals(List.of(), warnings.shown, "Fiji shows each warning in a window of its own");
			final Future<CommandModule> run = context.service(CommandService.class).run(DenoiseCommand.class, true);
			final Window dialog = Windows.window("Denoise");
			Windows.type(dialog, "method", "lowpass");
			Windows.type(dialog, "cutoff", "60");
			Windows.click(dialog, "OK");
			final CommandModule done = run.get();
			assertFalse(done.isCanceled(), done.getCancelReason());
			assertEquals(60.0, done.getInput("cutoff"));
			assertNull(done.getInput("sigma"), "a number that was left empty became another");
			assertEquals(NOISY + "-denoised", ((ImagePlus) done.getOutput("result")).getTitle());
		}
		System.out.println("scijava: done");
	}
}
