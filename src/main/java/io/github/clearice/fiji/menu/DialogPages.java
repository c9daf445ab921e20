package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;

import java.awt.BorderLayout;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTabbedPane;

/** The fields of a command's dialog, on one page or on several behind tabs. */
final class DialogPages {

	private static final Insets CELL = new Insets(2, 4, 2, 4);

	private final List<ParameterField> fields = new ArrayList<>();
	private final Map<ParameterField, Integer> pageOf = new HashMap<>();
	private final List<JComponent> pages = new ArrayList<>();
	private final JTabbedPane tabs = new JTabbedPane();
	private final JComponent component;

	DialogPages(final ClearIceCommand command) {
		final Map<String, List<CommandParameter>> sections = CommandParameter.bySection(command.getClass());
		sections.forEach((title, parameters) -> tabs.addTab(title, page(command, parameters)));
		component = sections.size() == 1 ? (JComponent) tabs.getComponentAt(0) : tabs;
	}

	/** The component to lay out. */
	JComponent component() {
		return component;
	}

	List<ParameterField> fields() {
		return fields;
	}

	/** Adds a component below the fields of a page. */
	void addBelow(final ParameterField field, final JComponent more) {
		pages.get(pageOf.get(field)).add(more, BorderLayout.CENTER);
	}

	/** Brings the page of a field to the front, and the keyboard to the field. */
	void show(final ParameterField field) {
		if (component == tabs) tabs.setSelectedIndex(pageOf.get(field));
		field.input().requestFocusInWindow();
	}

	private JComponent page(final ClearIceCommand command, final List<CommandParameter> parameters) {
		final JPanel grid = new JPanel(new GridBagLayout());
		for (final CommandParameter parameter : parameters) {
			final ParameterField field = new ParameterField(parameter, command);
			fields.add(field);
			pageOf.put(field, tabs.getTabCount());
			final int row = grid.getComponentCount();
			final JLabel label = new JLabel(parameter.label() + (parameter.required() ? " *" : ""));
			label.setLabelFor(field.input());
			label.setToolTipText(field.explanation());
			grid.add(label, cell(0, row, 0));
			grid.add(field.component(), cell(1, row, 1));
		}
		final JPanel top = new JPanel(new BorderLayout());
		top.add(grid, BorderLayout.NORTH);
		pages.add(top);
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
}
