package io.github.clearice.fiji.ui;

import io.github.clearice.command.Desktop;
import io.github.clearice.task.DurationText;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.worker.StopRequest;

import java.awt.GraphicsEnvironment;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

import javax.swing.JFrame;
import javax.swing.JOptionPane;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import javax.swing.WindowConstants;

import ij.WindowManager;
import ij.macro.Interpreter;

/**
 * A window with a training's losses, validations and held-out particles. It comes
 * when the training begins, renews itself once a second at most, and can be closed
 * and shown again at any time: the training continues without it.
 * <p>
 * All of it works without a display as well, and shows nothing there.
 */
public final class TrainingWindow implements Desktop.TrainingDisplay {

	private static final int RENEW_MILLISECONDS = 1000;
	/** Windows of trainings that have not ended, and windows that are still open. */
	private static final List<TrainingWindow> ALL = new CopyOnWriteArrayList<>();

	private final String title;
	private final TrainingMonitor monitor = new TrainingMonitor(this::announce);
	private final Timer timer = new Timer(RENEW_MILLISECONDS, event -> renew());
	private JFrame frame;
	private TrainingPanel panel;
	private long seen = -1;
	private volatile boolean announced;
	private volatile CompletableFuture<Boolean> decision;

	/** @param title name of the training */
	public TrainingWindow(final String title) {
		this.title = title;
	}

	/** Whether windows can be shown, and are wanted: a macro in batch mode wants none. */
	public static boolean isPossible() {
		return !GraphicsEnvironment.isHeadless() && !Interpreter.isBatchMode();
	}

	/** Shows the windows of all trainings that run,
		and of those that have ended and were not closed; returns how many. */
	public static int showAll() {
		ALL.forEach(TrainingWindow::show);
		return ALL.size();
	}

	@Override
	public TrainingListener listener() {
		return monitor;
	}

	@Override
	public StopRequest stopRequest() {
		return monitor.stopRequest();
	}

	private void announce() {
		if (announced || GraphicsEnvironment.isHeadless()) return;
		announced = true;
		ALL.add(this);
		if (isPossible()) show();
	}

	/** Shows it, again or for the first time. */
	public void show() {
		SwingUtilities.invokeLater(() -> {
			if (frame == null) open();
			renew();
			frame.setVisible(true);
			frame.toFront();
			timer.start();
		});
	}

	private void open() {
		panel = new TrainingPanel(this::request, () -> decide(true), () -> frame.dispatchEvent(new WindowEvent(frame,
			WindowEvent.WINDOW_CLOSING)));
		frame = new JFrame(title);
		frame.setDefaultCloseOperation(WindowConstants.HIDE_ON_CLOSE);
		frame.addWindowListener(new WindowAdapter() {

			@Override
			public void windowClosing(final WindowEvent event) {
				close();
			}
		});
		frame.setContentPane(panel);
		frame.pack();
		frame.setLocationByPlatform(true);
		WindowManager.addWindow(frame);
	}

	private void close() {
		timer.stop();
		if (!monitor.view().state().isOver()) return;
		decide(false);
		ALL.remove(this);
		if (frame == null) return;
		WindowManager.removeWindow(frame);
		frame.dispose();
	}

	private void request(final StopRequest stopRequest) {
		if (stopRequest == StopRequest.CANCEL && monitor.view().progress() != null && JOptionPane.showConfirmDialog(frame,
			"Cancel this training of " + DurationText.of(monitor.view().progress().seconds()) +
				" and leave nothing of it?\nStop would keep its best model.", title, JOptionPane.YES_NO_OPTION,
			JOptionPane.WARNING_MESSAGE) != JOptionPane.YES_OPTION) return;
		monitor.request(stopRequest);
		renew();
	}

	private void renew() {
		final long changes = monitor.changes();
		if (changes == seen) return;
		seen = changes;
		panel.show(monitor.view(), decision != null);
	}

	@Override
	public void done(final String report) {
		end(TrainingState.DONE, report);
	}

	@Override
	public void failed(final String line) {
		end(TrainingState.FAILED, line);
	}

	@Override
	public void cancelled() {
		monitor.ended(TrainingState.FAILED, "");
		if (announced) SwingUtilities.invokeLater(this::close);
	}

	@Override
	public boolean died(final String line) throws InterruptedException {
		if (!announced || !isPossible()) return false;
		final CompletableFuture<Boolean> answer = new CompletableFuture<>();
		decision = answer;
		monitor.ended(TrainingState.DEAD, line);
		show();
		try {
			final boolean goesOn = answer.get();
			if (goesOn) monitor.resumed();
			return goesOn;
		}
		catch (final ExecutionException e) {
			throw new IllegalStateException(e);
		}
		finally {
			decision = null;
		}
	}

	private void decide(final boolean goesOn) {
		final CompletableFuture<Boolean> open = decision;
		if (open != null) open.complete(goesOn);
	}

	private void end(final TrainingState state, final String line) {
		// A user who was asked whether to resume has read the reason.
		if (monitor.view().state() != TrainingState.DEAD) monitor.ended(state, line);
		if (announced) SwingUtilities.invokeLater(() -> {
			if (frame == null || !frame.isVisible()) close();
			else renew();
		});
	}
}
