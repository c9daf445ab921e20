package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.ClusterLine;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.verb.DenoiseCommand;
import io.github.clearice.task.ClearIceException;
import io.github.clearice.task.ParameterException;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dialog.ModalityType;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Frame;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import javax.swing.UIManager;

import ij.IJ;
import ij.gui.GUI;

/**
 * Asks for the parameters of a command: one dialog for all commands, in Fiji and
 * in an ImageJ without SciJava.
 * <p> Sections are tabs. A line below explains the focused field, shows the fault of a value, and gives the size of the
 * images. An empty field leaves the default, which it shows in grey. Images can be looked at while the dialog is open.
 */
final class CommandDialog {

	private static final Color WARNING = new Color(0xb00020);
	private static final int HELP_LINES = 4;
	private static final int RENEW_MILLISECONDS = 200;

	private final ClearIceCommand command;
	private final JDialog dialog;
	private final JTextArea help = new JTextArea(HELP_LINES, 60);
	private final JLabel size = new JLabel(" ");
	private final DialogPages pages;
	private final PreviewBox preview;
	private final ClusterLineBox line;
	private final Timer renewal = new Timer(RENEW_MILLISECONDS, event -> renew());
	private Map<CommandParameter, String> shown;
	private boolean confirmed;

	private CommandDialog(final ClearIceCommand command, final ModalityType modality) {
		this.command = command;
		dialog = new JDialog((Frame) IJ.getInstance(), command.label().replace("...", ""), modality);
		pages = new DialogPages(command);
		preview = command instanceof DenoiseCommand denoise ? new PreviewBox(denoise, this::entered) : null;
		line = new ClusterLineBox(command);
		for (final ParameterField field : pages.fields()) {
			if (field.parameter().name().equals(ClusterLine.PARAMETER)) pages.addBelow(field, line.component());
			field.input().addFocusListener(new FocusAdapter() {

				@Override
				public void focusGained(final FocusEvent event) {
					// The keyboard goes to a field that is complained of.
					if (!field.isMarked()) describe(explanation(field), false);
				}
			});
		}
	}

	/**
	 * Shows the dialog and sets the command's parameters to the values entered.
	 *
	 * @return false if the user has cancelled
	 */
	static boolean show(final ClearIceCommand command) {
		if (SwingUtilities.isEventDispatchThread()) {
			final CommandDialog modal = new CommandDialog(command, ModalityType.APPLICATION_MODAL);
			modal.open(() -> {});
			return modal.confirmed;
		}
		final CountDownLatch closed = new CountDownLatch(1);
		final CommandDialog[] dialog = new CommandDialog[1];
		final Throwable[] failure = new Throwable[1];
		SwingUtilities.invokeLater(() -> {
			try {
				dialog[0] = new CommandDialog(command, ModalityType.MODELESS);
				dialog[0].open(closed::countDown);
			}
			catch (final RuntimeException | Error e) {
				failure[0] = e;
				closed.countDown();
			}
		});
		try {
			closed.await();
		}
		catch (final InterruptedException e) {
			SwingUtilities.invokeLater(() -> dialog[0].dialog.dispose());
			Thread.currentThread().interrupt();
			return false;
		}
		if (failure[0] instanceof Error error) throw error;
		if (failure[0] instanceof RuntimeException exception) throw exception;
		return dialog[0].confirmed;
	}

	/** @param closed runs when the dialog is gone */
	private void open(final Runnable closed) {
		final JPanel content = new JPanel(new BorderLayout(0, 6));
		content.setBorder(BorderFactory.createEmptyBorder(8, 8, 8, 8));
		content.add(pages.component(), BorderLayout.CENTER);
		content.add(below(), BorderLayout.SOUTH);
		dialog.setContentPane(content);
		dialog.setDefaultCloseOperation(JDialog.DISPOSE_ON_CLOSE);
		dialog.addWindowListener(new WindowAdapter() {

			@Override
			public void windowClosed(final WindowEvent event) {
				renewal.stop();
				if (preview != null) preview.close();
				closed.run();
			}
		});
		dialog.pack();
		leaveRoomForHelp();
		GUI.centerOnImageJScreen(dialog);
		if (preview != null) preview.leaveVisible(dialog);
		describe(command.plugin().description(), false);
		renew();
		renewal.start();
		dialog.setVisible(true);
	}

	private JComponent below() {
		size.setName("size");
		help.setName("help");
		help.setEditable(false);
		help.setFocusable(false);
		help.setLineWrap(true);
		help.setWrapStyleWord(true);
		help.setFont(UIManager.getFont("Label.font"));
		help.setBackground(dialog.getBackground());
		help.setBorder(BorderFactory.createEmptyBorder(4, 4, 4, 4));
		help.setMinimumSize(new Dimension(0, help.getPreferredSize().height));
		final Box below = Box.createVerticalBox();
		for (final JComponent part : preview == null ? List.of(size, help, buttons()) : List.of(preview.component(), size,
			help, buttons()))
		{
			part.setAlignmentX(0);
			below.add(part);
		}
		return below;
	}

	private JComponent buttons() {
		final JButton run = new JButton("OK");
		final JButton cancel = new JButton("Cancel");
		run.addActionListener(event -> confirm());
		cancel.addActionListener(event -> dialog.dispose());
		dialog.getRootPane().setDefaultButton(run);
		dialog.getRootPane().registerKeyboardAction(event -> dialog.dispose(), KeyStroke.getKeyStroke("ESCAPE"),
			JComponent.WHEN_IN_FOCUSED_WINDOW);
		final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING));
		buttons.add(cancel);
		buttons.add(run);
		return buttons;
	}

	/** Makes the dialog as high as its longest explanation needs, which would otherwise cover fields. */
	private void leaveRoomForHelp() {
		int height = 0;
		for (final ParameterField field : pages.fields()) {
			help.setText(explanation(field));
			height = Math.max(height, help.getPreferredSize().height);
		}
		help.setPreferredSize(new Dimension(help.getWidth(), height));
		dialog.pack();
	}

	private static String explanation(final ParameterField field) {
		return field.parameter().name() + "=  " + field.parameter().description();
	}

	private void describe(final String text, final boolean wrong) {
		help.setForeground(wrong ? WARNING : UIManager.getColor("Label.foreground"));
		help.setText(text);
	}

	private Map<CommandParameter, String> entered() {
		final Map<CommandParameter, String> entered = new LinkedHashMap<>();
		for (final ParameterField field : pages.fields()) entered.put(field.parameter(), field.text());
		return entered;
	}

	/** Says how large the images are, where another value was entered than before, and renews the preview. */
	private void renew() {
		if (preview != null) preview.renew();
		final Map<CommandParameter, String> entered = entered();
		if (entered.equals(shown)) return;
		shown = entered;
		line.show(entered);
		new ImageSizePreview(entered, images -> {
			if (entered == shown) size.setText(images + " ");
		}).execute();
	}

	/** Asks before files are replaced. */
	private boolean mayReplace() {
		if (!(command instanceof WritingCommand writing) || writing.replaced().isEmpty()) return true;
		final int answer = JOptionPane.showConfirmDialog(dialog, WritingCommand.names(writing.replaced()) + (writing
			.replaced().size() == 1 ? " exists already. Replace it?" : " exist already. Replace them?"), dialog.getTitle(),
			JOptionPane.OK_CANCEL_OPTION, JOptionPane.WARNING_MESSAGE);
		if (answer != JOptionPane.OK_OPTION) return false;
		writing.allowReplacing();
		return true;
	}

	/** Sets the parameters and closes; where a value is missing or does not fit, marks its field, says so and stays. */
	private void confirm() {
		for (final ParameterField field : pages.fields()) field.mark(false);
		for (final ParameterField field : pages.fields()) {
			final CommandParameter parameter = field.parameter();
			try {
				if (parameter.required() && field.text().isEmpty()) throw missing(parameter);
				parameter.set(command, field.text());
			}
			catch (final ClearIceException e) {
				complain(field, e.getMessage());
				return;
			}
		}
		for (final ParameterField field : pages.fields()) {
			if (!command.missingParameters().contains(field.parameter().name())) continue;
			complain(field, missing(field.parameter()).getMessage());
			return;
		}
		try {
			if (!mayReplace()) return;
		}
		catch (final ClearIceException e) {
			describe(e.getMessage(), true);
			return;
		}
		pages.fields().forEach(ParameterField::remember);
		confirmed = true;
		dialog.dispose();
	}

	private static ParameterException missing(final CommandParameter parameter) {
		return new ParameterException(parameter.label() + " (" + parameter.name() + "=) is missing. Give it a value.");
	}

	private void complain(final ParameterField field, final String message) {
		field.mark(true);
		pages.show(field);
		describe(message, true);
	}
}
