package io.github.clearice.fiji.ui;

import ij.ImagePlus;

import io.github.clearice.evaluate.Montage;
import io.github.clearice.train.log.TrainingListener.ValidationSample;
import io.github.clearice.worker.StopRequest;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.GridLayout;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.function.Consumer;

import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JTextArea;

/** The content of a training's window. */
final class TrainingPanel extends JPanel {

	private static final long serialVersionUID = 1L;
	private static final int GAP = 8;
	private static final Dimension PLOT = new Dimension(460, 215);
	private static final Dimension MONTAGE = new Dimension(536, 460);
	private static final Dimension SETTINGS = new Dimension(536, 150);
	private static final String STOP = "Ends now and keeps the best model so far.";
	private static final String STOP_SEARCH = "Ends the search now; the same command continues it.";

	private final JLabel headline = new JLabel(" ");
	private final JTextArea numbers = text();
	private final JTextArea remark = text();
	private final JProgressBar bar = new JProgressBar(0, 1000);
	private final PicturePane losses;
	private final PicturePane validations;
	private final PicturePane montage;
	private final SearchTableModel settings = new SearchTableModel();
	private final JScrollPane table = tableOf(settings);
	private final JButton finish = new JButton("Finish at best");
	private final JButton stop = new JButton("Stop");
	private final JButton cancel = new JButton("Cancel");
	private final JButton resume = new JButton("Resume");
	private final JButton close = new JButton("Close");
	private transient TrainingView shown;
	private transient ValidationSample drawn;

	/**
	 * @param requests receives the stop requests of the user
	 * @param resumption is called where the user wants to continue after a death
	 * @param closing is called where the user has seen enough
	 */
	TrainingPanel(final Consumer<StopRequest> requests, final Runnable resumption, final Runnable closing) {
		super(new BorderLayout(GAP, GAP));
		losses = new PicturePane(PLOT, () -> CurvePlot.LOSS.open(shown));
		validations = new PicturePane(PLOT, () -> CurvePlot.VALIDATION.open(shown));
		montage = new PicturePane(MONTAGE, () -> new ImagePlus("Held-out particles", montageOf(shown)).show());
		setBorder(BorderFactory.createEmptyBorder(GAP, GAP, GAP, GAP));
		headline.setFont(headline.getFont().deriveFont(Font.BOLD, 15f));
		final JPanel top = new JPanel(new BorderLayout(GAP, GAP / 2));
		top.add(headline, BorderLayout.NORTH);
		top.add(numbers, BorderLayout.CENTER);
		final JPanel plots = new JPanel(new GridLayout(2, 1, GAP, GAP));
		plots.add(titled(CurvePlot.LOSS.title(), losses));
		plots.add(titled(CurvePlot.VALIDATION.title(), validations));
		add(top, BorderLayout.NORTH);
		add(plots, BorderLayout.WEST);
		final JPanel images = new JPanel(new BorderLayout(GAP, GAP));
		images.add(montage, BorderLayout.CENTER);
		images.add(table, BorderLayout.SOUTH);
		add(images, BorderLayout.CENTER);
		add(bottom(), BorderLayout.SOUTH);
		finish.setToolTipText("Goes on until 3 validations in a row have brought no gain, then keeps the best model.");
		cancel.setToolTipText("Ends now and leaves nothing.");
		resume.setToolTipText("Goes on from the last checkpoint.");
		finish.addActionListener(event -> requests.accept(StopRequest.FINISH));
		stop.addActionListener(event -> requests.accept(StopRequest.STOP));
		cancel.addActionListener(event -> requests.accept(StopRequest.CANCEL));
		resume.addActionListener(event -> resumption.run());
		close.addActionListener(event -> closing.run());
	}

	private JPanel bottom() {
		bar.setStringPainted(true);
		final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.RIGHT, GAP, 0));
		for (final JButton button : new JButton[] { finish, stop, cancel, resume, close }) buttons.add(button);
		final JPanel below = new JPanel(new BorderLayout(GAP, GAP));
		below.add(remark, BorderLayout.CENTER);
		below.add(buttons, BorderLayout.EAST);
		final JPanel bottom = new JPanel(new BorderLayout(GAP, GAP));
		bottom.add(bar, BorderLayout.NORTH);
		bottom.add(below, BorderLayout.CENTER);
		bottom.add(Box.createVerticalStrut(1), BorderLayout.SOUTH);
		return bottom;
	}

	private static JPanel titled(final String title, final PicturePane picture) {
		final JPanel titled = new JPanel(new BorderLayout());
		titled.add(new JLabel(title), BorderLayout.NORTH);
		titled.add(picture, BorderLayout.CENTER);
		return titled;
	}

	private static JScrollPane tableOf(final SearchTableModel settings) {
		final JTable table = new JTable(settings);
		table.getColumnModel().getColumn(1).setPreferredWidth(260);
		final JScrollPane pane = new JScrollPane(table);
		pane.setPreferredSize(SETTINGS);
		return pane;
	}

	private static JTextArea text() {
		final JTextArea text = new JTextArea(2, 40);
		text.setEditable(false);
		text.setFocusable(false);
		text.setLineWrap(true);
		text.setWrapStyleWord(true);
		text.setOpaque(false);
		return text;
	}

	/**
	 * Shows how a training stands.
	 *
	 * @param resumable whether one that has died can continue
	 */
	void show(final TrainingView view, final boolean resumable) {
		shown = view;
		headline.setText(TrainingText.headline(view));
		numbers.setText(TrainingText.numbers(view));
		remark.setText(view.remark());
		bar.setIndeterminate(view.total() <= 0 && !view.state().isOver());
		bar.setValue(view.total() > 0 ? (int) (1000 * view.done() / view.total()) : 0);
		bar.setString(TrainingText.progress(view));
		losses.show(CurvePlot.LOSS.draw(view, losses.width(), losses.height()));
		validations.show(CurvePlot.VALIDATION.draw(view, validations.width(), validations.height()));
		if (view.sample() != drawn) montage.show(montageOf(view));
		drawn = view.sample();
		settings.show(view.search().ranked());
		table.setVisible(view.search().now() != null || settings.getRowCount() > 0);
		final boolean over = view.state().isOver();
		finish.setVisible(!over && !view.isSearching());
		stop.setVisible(!over);
		stop.setToolTipText(view.isSearching() ? STOP_SEARCH : STOP);
		// A search that is cancelled is stopped.
		cancel.setVisible(!over && !view.isSearching());
		finish.setEnabled(view.state() == TrainingState.RUNNING);
		stop.setEnabled(view.state().compareTo(TrainingState.STOPPING) < 0);
		cancel.setEnabled(view.state().compareTo(TrainingState.CANCELLING) < 0);
		resume.setVisible(view.state() == TrainingState.DEAD && resumable);
		close.setVisible(over);
	}

	/** Null before the first validation. */
	private static BufferedImage montageOf(final TrainingView view) {
		final ValidationSample sample = view.sample();
		if (sample == null) return null;
		final String result = String.format(Locale.ROOT, "denoised after %d updates, %.2f dB", view.last().step(), view
			.last().validationPsnrDecibel());
		return Montage.ofFirst(sample.noisy().size(), sample.noisy().size()).add("noisy", sample.noisy()).add(result, sample
			.denoised()).add("target", sample.target()).draw();
	}
}
