package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.swing.DefaultListCellRenderer;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JFileChooser;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.filechooser.FileNameExtensionFilter;
import javax.swing.plaf.basic.BasicComboBoxEditor;
import javax.swing.text.JTextComponent;

import ij.Prefs;
import ij.WindowManager;

/** The part of a dialog in which one parameter is set. */
public final class ParameterField {

	private static final int FILE_COLUMNS = 34;
	private static final int TEXT_COLUMNS = 16;
	private static final int NUMBER_COLUMNS = 8;

	/** So many texts are kept for later dialogs. */
	private static final int REMEMBERED = 5;

	private static final Color WRONG = new Color(0xffe1e1);
	/** The last entry of a list of methods, which opens a window to choose a file. */
	private static final String CHOOSE = "Choose a model file...";
	private static final String MODEL = "clearice";

	private final CommandParameter parameter;
	private final String hint;
	private final Color background;
	private final JComponent input;
	private final JComponent component;

	/** @param command whose values the field shows first */
	public ParameterField(final CommandParameter parameter, final ClearIceCommand command) {
		this.parameter = parameter;
		final String fallback = parameter.hasValue(command) ? "" : parameter.defaultText(command);
		hint = !fallback.isEmpty() ? fallback : parameter.mustBeGiven() ? "required" : parameter.takesActiveImage()
			? "the active image" : parameter.takesImages() ? "an open image or a file" : "optional";
		final String text = parameter.hasValue(command) ? parameter.defaultText(command) : "";
		if (parameter.type() == Boolean.class) input = new JCheckBox("", Boolean.parseBoolean(text));
		else if (!parameter.choices().isEmpty()) input = choices(text, fallback);
		else if (parameter.takesImages()) input = editable(openImages(command), parameter.takesActiveImage());
		else if (!command.suggestions(parameter.name()).isEmpty()) input = suggestions(command.suggestions(parameter
			.name()), text);
		else if (parameter.isRemembered()) input = editable(remembered(), false);
		else input = new HintField(text, hint, columns());
		final boolean file = parameter.type() == File.class || parameter.takesImages() || !command.suggestions(parameter
			.name()).isEmpty();
		component = file ? withButton() : input;
		input.setName(parameter.name());
		input.setToolTipText(explanation());
		input().setToolTipText(explanation());
		background = input().getBackground();
	}

	/** The meaning of the parameter and of an empty field, for a tool tip. */
	String explanation() {
		final String empty = parameter.type() == Boolean.class ? "" : hint.equals("required") ? "<br>It must be given."
			: "<br>Empty: " + (hint.equals("optional") || parameter.takesImages() && !parameter.takesActiveImage()
				? "not used, or as said above" : escaped(hint)) + ".";
		return "<html><div style='width:280px'><b>" + parameter.name() + "=</b> " + escaped(parameter.description()) +
			empty + "</div></html>";
	}

	private static String escaped(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;");
	}

	boolean isMarked() {
		return input().getBackground().equals(WRONG);
	}

	/** Marks a field whose value is missing or does not fit. */
	void mark(final boolean wrong) {
		input().setBackground(wrong ? WRONG : background);
		// The border that Fiji's look and feel draws around it.
		input.putClientProperty("JComponent.outline", wrong ? "error" : null);
	}

	CommandParameter parameter() {
		return parameter;
	}

	/** The component to lay out. */
	JComponent component() {
		return component;
	}

	/** The component that has the focus while this is edited. */
	JComponent input() {
		return input instanceof JComboBox<?> box && box.isEditable() ? (JComponent) box.getEditor().getEditorComponent()
			: input;
	}

	/** The user's input; empty for none. */
	public String text() {
		if (input instanceof JCheckBox box) return Boolean.toString(box.isSelected());
		if (input instanceof JTextComponent field) return field.getText().trim();
		final JComboBox<?> box = (JComboBox<?>) input;
		if (box.isEditable()) return ((JTextComponent) box.getEditor().getEditorComponent()).getText().trim();
		return box.getSelectedIndex() == 0 && box.getItemAt(0) instanceof NoChoice ? "" : String.valueOf(box
			.getSelectedItem());
	}

	private void text(final String text) {
		if (input instanceof JTextComponent field) field.setText(text);
		else ((JComboBox<?>) input).setSelectedItem(text);
	}

	/** Keeps a text for later dialogs, where its parameter is one to be remembered. */
	void remember() {
		if (!parameter.isRemembered() || text().isEmpty()) return;
		final List<String> texts = remembered();
		texts.remove(text());
		texts.add(0, text());
		Prefs.set(key(), String.join("\n", texts.subList(0, Math.min(REMEMBERED, texts.size()))));
	}

	private List<String> remembered() {
		return Prefs.get(key(), "").lines().collect(Collectors.toCollection(ArrayList::new));
	}

	private String key() {
		return "clearice." + parameter.name();
	}

	private int columns() {
		if (parameter.type() == File.class) return FILE_COLUMNS;
		return parameter.type() == String.class && !parameter.placeholder().equals("NUMBER") ? TEXT_COLUMNS
			: NUMBER_COLUMNS;
	}

	/** The first line of a list of choices where none need be taken. */
	private record NoChoice(String hint) {

		@Override
		public String toString() {
			return hint.isEmpty() ? "-" : hint + " (default)";
		}
	}

	private JComponent choices(final String text, final String hint) {
		final JComboBox<Object> box = new JComboBox<>();
		if (text.isEmpty()) box.addItem(new NoChoice(hint));
		parameter.choices().forEach(box::addItem);
		if (!text.isEmpty()) box.setSelectedItem(text);
		return box;
	}

	/** The titles of the open images, the active one first. */
	private static List<String> openImages(final ClearIceCommand command) {
		final List<String> titles = new ArrayList<>(List.of(WindowManager.getImageTitles()));
		command.caller().active().ifPresent(active -> {
			titles.remove(active.title());
			titles.add(0, active.title());
		});
		return titles;
	}

	/** A field for a file or another value; its list offers the other values. */
	private JComponent editable(final List<String> offered, final boolean firstIsChosen) {
		final JComboBox<String> box = new JComboBox<>(offered.toArray(new String[0]));
		box.setEditor(new BasicComboBoxEditor() {

			@Override
			protected JTextField createEditorComponent() {
				final JTextField field = new HintField("", hint, FILE_COLUMNS - 2);
				field.setBorder(null);
				return field;
			}
		});
		box.setEditable(true);
		if (!firstIsChosen) box.setSelectedItem("");
		return box;
	}

	private boolean namesModels() {
		return parameter.name().equals("method") || parameter.name().equals("model");
	}

	/**
	 * A list of names with a few words about each; of methods, files of models too.
	 *
	 * @param text that is chosen first
	 */
	private JComponent suggestions(final Map<String, String> offered, final String text) {
		final List<String> names = new ArrayList<>(offered.keySet());
		final boolean models = namesModels();
		if (models) names.add(CHOOSE);
		final JComboBox<?> box = (JComboBox<?>) editable(names, false);
		box.setSelectedItem(text);
		box.setRenderer(new DefaultListCellRenderer() {

			private static final long serialVersionUID = 1L;

			@Override
			public Component getListCellRendererComponent(final JList<?> list, final Object value, final int index,
				final boolean selected, final boolean focused)
			{
				final String words = offered.getOrDefault(value, "");
				return super.getListCellRendererComponent(list, words.isEmpty() ? value : value + "  (" + words + ")", index,
					selected, focused);
			}
		});
		if (models) box.addActionListener(event -> {
			if (!CHOOSE.equals(box.getSelectedItem())) return;
			box.setSelectedItem("");
			browse(box);
		});
		return box;
	}

	private JComponent withButton() {
		final JPanel panel = new JPanel(new BorderLayout(4, 0));
		final JButton button = new JButton("Browse...");
		button.addActionListener(event -> browse(panel));
		panel.add(input, BorderLayout.CENTER);
		panel.add(button, BorderLayout.EAST);
		return panel;
	}

	private void browse(final JComponent parent) {
		final String entered = text();
		final JFileChooser chooser = new JFileChooser(entered.isEmpty() ? ij.io.OpenDialog.getDefaultDirectory() : entered);
		chooser.setDialogTitle(parameter.label());
		chooser.setMultiSelectionEnabled(parameter.isList());
		if (namesModels()) chooser.setFileFilter(new FileNameExtensionFilter("Models (." + MODEL + ")",
			MODEL));
		if (parameter.isFolder()) chooser.setFileSelectionMode(JFileChooser.DIRECTORIES_ONLY);
		if (!entered.isEmpty()) chooser.setSelectedFile(new File(entered));
		final int answer = parameter.isOutput() ? chooser.showSaveDialog(parent) : chooser.showOpenDialog(parent);
		if (answer != JFileChooser.APPROVE_OPTION) return;
		text(Arrays.stream(parameter.isList() ? chooser.getSelectedFiles() : new File[] { chooser.getSelectedFile() }).map(
			File::getPath).collect(Collectors.joining(",")));
		ij.io.OpenDialog.setDefaultDirectory(chooser.getCurrentDirectory().getPath());
	}

	/** A field that shows in grey what an empty one means. */
	private static final class HintField extends JTextField {

		private static final long serialVersionUID = 1L;

		private final String hint;

		HintField(final String text, final String hint, final int columns) {
			super(text, columns);
			this.hint = hint;
		}

		@Override
		protected void paintComponent(final Graphics graphics) {
			super.paintComponent(graphics);
			if (!getText().isEmpty() || hint.isEmpty()) return;
			final Graphics2D pen = (Graphics2D) graphics.create();
			pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
			pen.setColor(Color.GRAY);
			pen.setFont(getFont());
			pen.drawString(hint, getInsets().left, getBaseline(getWidth(), getHeight()));
			pen.dispose();
		}
	}
}
