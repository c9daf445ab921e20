package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.ClusterLine;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.task.ParameterException;

import java.awt.BorderLayout;
import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;

/** The line that hands the work of a dialog to a cluster, to be looked at and copied. */
final class ClusterLineBox {

	private static final int LINES = 5;

	private final ClearIceCommand command;
	private final JTextArea text = new JTextArea(LINES, 1);
	private final JButton copy = new JButton("Copy");
	private final JPanel component = new JPanel(new BorderLayout(4, 4));

	ClusterLineBox(final ClearIceCommand command) {
		this.command = command;
		text.setName("line");
		text.setEditable(false);
		text.setLineWrap(true);
		text.setWrapStyleWord(true);
		copy.setName("copy");
		copy.setToolTipText("Copies the line, to run it in a terminal.");
		copy.addActionListener(event -> Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(
			text.getText()), null));
		final JPanel right = new JPanel(new BorderLayout());
		right.add(copy, BorderLayout.NORTH);
		component.setBorder(BorderFactory.createEmptyBorder(4, 4, 4, 4));
		component.add(new JScrollPane(text), BorderLayout.CENTER);
		component.add(right, BorderLayout.EAST);
		show(Map.of());
	}

	/** The component to lay out. */
	JComponent component() {
		return component;
	}

	/** Shows the line for the values of the fields. */
	void show(final Map<CommandParameter, String> entered) {
		final Map<String, String> values = new LinkedHashMap<>();
		entered.forEach((parameter, value) -> values.put(parameter.name(), value));
		final String beginning = values.getOrDefault(ClusterLine.PARAMETER, "");
		copy.setEnabled(false);
		if (beginning.isEmpty()) {
			text.setText("");
			return;
		}
		try {
			text.setText(ClusterLine.of(command, beginning, values).toString());
			copy.setEnabled(true);
		}
		catch (final ParameterException e) {
			text.setText(e.getMessage());
		}
	}
}
