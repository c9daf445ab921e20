package io.github.clearice.command;

import io.github.clearice.task.ClearIceException;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Frame;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JTabbedPane;
import javax.swing.JTextArea;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import javax.swing.UIManager;

import ij.IJ;
import ij.gui.GUI;

/**
 * Asks for the parameters of a command: one dialog for all commands, in Fiji and
 * in an ImageJ without SciJava.
 * <p>
 * Sections are tabs. What the field with the keyboard means is said below, and so
 * is what is wrong with a value, and how large the images are. An empty field
 * leaves the default, which it shows in grey.
 */
final class CommandDialog {

	private static final Color WARNING = new Color(0xb00020);
	private static final Insets CELL = new Insets(2, 4, 2, 4);
	private static final int HELP_LINES = 5;
	private static final int PREVIEW_MILLISECONDS = 500;

	private final ClearIceCommand command;
	private final JDialog dialog;
	private final JTextArea help = new JTextArea(HELP_LINES, 60);
	private final JLabel size = new JLabel(" ");
	private final List<ParameterField> fields = new ArrayList<>();
	private Map<CommandParameter, String> previewed;
	private boolean confirmed;

	private CommandDialog(final ClearIceCommand command) {
		this.command = command;
		this.dialog = new JDialog((Frame) IJ.getInstance(), command.label().replace("...", ""), true);
	}

	/**
	 * Shows the dialog and sets the command's parameters to what was entered.
	 *
	 * @return false if the user has cancelled
	 */
	static boolean show(final ClearIceCommand command) {
		final boolean[] confirmed = new boolean[1];
		final Runnable showing = () -> {
			final CommandDialog shown = new CommandDialog(command);
			shown.build();
			final Timer renewal = new Timer(PREVIEW_MILLISECONDS, event -> shown.preview());
			renewal.start();
			shown.dialog.setVisible(true);
			renewal.stop();
			confirmed[0] = shown.confirmed;
		};
		if (SwingUtilities.isEventDispatchThread()) {
			showing.run();
			return confirmed[0];
		}
		try {
			SwingUtilities.invokeAndWait(showing);
			return confirmed[0];
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (final InvocationTargetException e) {
			if (e.getCause() instanceof Error error) throw error;
			throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
		}
	}

	private void build() {
		final Map<String, List<CommandParameter>> sections = DialogSections.of(command);
		final JPanel content = new JPanel(new BorderLayout(0, 6));
		content.setBorder(BorderFactory.createEmptyBorder(8, 8, 8, 8));
		if (sections.size() == 1) content.add(section(sections.values().iterator().next()), BorderLayout.CENTER);
		else {
			final JTabbedPane tabs = new JTabbedPane();
			sections.forEach((title, parameters) -> tabs.addTab(title, section(parameters)));
			content.add(tabs, BorderLayout.CENTER);
		}
		size.setName("size");
		content.add(below(), BorderLayout.SOUTH);
		dialog.setContentPane(content);
		dialog.setDefaultCloseOperation(JDialog.DISPOSE_ON_CLOSE);
		dialog.pack();
		GUI.centerOnImageJScreen(dialog);
		describe(HelpText.plugin(command).description(), false);
		preview();
	}

	private JComponent section(final List<CommandParameter> parameters) {
		final JPanel grid = new JPanel(new GridBagLayout());
		for (final CommandParameter parameter : parameters) {
			final ParameterField field = new ParameterField(parameter, command);
			fields.add(field);
			final int row = grid.getComponentCount();
			final JLabel label = new JLabel(parameter.label() + (parameter.required() ? " *" : ""));
			label.setLabelFor(field.input());
			grid.add(label, cell(0, row, 0));
			grid.add(field.component(), cell(1, row, 1));
			field.input().addFocusListener(new FocusAdapter() {

				@Override
				public void focusGained(final FocusEvent event) {
					describe(parameter.name() + "=  " + parameter.description(), false);
				}
			});
		}
		final JPanel top = new JPanel(new BorderLayout());
		top.add(grid, BorderLayout.NORTH);
		return top;
	}

	private static GridBagConstraints cell(final int column, final int row, final int weight) {
		final GridBagConstraints cell = new GridBagConstraints();
		cell.gridx = column;
		cell.gridy = row;
		cell.weightx = weight;
		cell.anchor = GridBagConstraints.LINE_START;
		cell.fill = weight > 0 ? GridBagConstraints.HORIZONTAL : GridBagConstraints.NONE;
		cell.insets = CELL;
		return cell;
	}

	private JComponent below() {
		help.setEditable(false);
		help.setFocusable(false);
		help.setLineWrap(true);
		help.setWrapStyleWord(true);
		help.setFont(UIManager.getFont("Label.font"));
		help.setBackground(dialog.getBackground());
		help.setBorder(BorderFactory.createEmptyBorder(4, 4, 4, 4));
		help.setMinimumSize(new Dimension(0, help.getPreferredSize().height));
		final JButton run = new JButton("OK");
		final JButton cancel = new JButton("Cancel");
		run.addActionListener(event -> confirm());
		cancel.addActionListener(event -> dialog.dispose());
		dialog.getRootPane().setDefaultButton(run);
		dialog.getRootPane().registerKeyboardAction(event -> dialog.dispose(), javax.swing.KeyStroke.getKeyStroke("ESCAPE"),
			JComponent.WHEN_IN_FOCUSED_WINDOW);
		final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING));
		buttons.add(cancel);
		buttons.add(run);
		final Box below = Box.createVerticalBox();
		for (final JComponent part : new JComponent[] { size, help, buttons }) {
			part.setAlignmentX(0);
			below.add(part);
		}
		return below;
	}

	private void describe(final String text, final boolean wrong) {
		help.setForeground(wrong ? WARNING : UIManager.getColor("Label.foreground"));
		help.setText(text);
	}

	/** Says how large the images are, where another value was entered than before. */
	private void preview() {
		final Map<CommandParameter, String> entered = new LinkedHashMap<>();
		for (final ParameterField field : fields) entered.put(field.parameter(), field.text());
		if (entered.equals(previewed)) return;
		previewed = entered;
		new ImageSizePreview(entered, images -> {
			if (entered == previewed) size.setText(images + " ");
		}).execute();
	}

	/** Asks before files are replaced. */
	private boolean mayReplace() {
		if (!(command instanceof WritingCommand writing) || writing.replaced().isEmpty()) return true;
		final int answer = JOptionPane.showConfirmDialog(dialog, WritingCommand.names(writing.replaced()) +
			(writing.replaced().size() == 1 ? " exists already. Replace it?" : " exist already. Replace them?"), dialog.getTitle(),
			JOptionPane.OK_CANCEL_OPTION, JOptionPane.WARNING_MESSAGE);
		if (answer != JOptionPane.OK_OPTION) return false;
		writing.allowReplacing();
		return true;
	}

	/** Sets the parameters and closes; where a value does not fit, says so and stays. */
	private void confirm() {
		try {
			for (final ParameterField field : fields) {
				final CommandParameter parameter = field.parameter();
				if (parameter.required() && field.text().isEmpty()) throw new CommandException(parameter.label() + " (" +
					parameter.name() + "=) is missing. Give it a value.");
				parameter.set(command, field.text());
			}
			if (!mayReplace()) return;
			confirmed = true;
			dialog.dispose();
		}
		catch (final ClearIceException e) {
			describe(e.getMessage(), true);
		}
	}
}
