package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.verb.DenoiseCommand;
import io.github.clearice.fiji.desktop.FijiImage;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.Window;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import javax.swing.JCheckBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;

import ij.ImageListener;
import ij.ImagePlus;
import ij.gui.GUI;

/** The checkbox of a dialog by which a user sees the result on the visible slice, and its status line. */
final class PreviewBox implements ImageListener {

	private static final Color WARNING = new Color(0xb00020);

	private final ClearIceCommand command;
	private final Supplier<Map<CommandParameter, String>> entered;
	private final JCheckBox box = new JCheckBox("Preview");
	private final JLabel state = new JLabel(" ");
	private final JPanel component = new JPanel(new BorderLayout(8, 0));
	private DenoisePreview preview;

	/** @param entered the text of each field */
	PreviewBox(final DenoiseCommand command, final Supplier<Map<CommandParameter, String>> entered) {
		this.command = command;
		this.entered = entered;
		box.setName("preview");
		box.setToolTipText("Shows the result on the visible slice of the open image, while you scroll and change options.");
		state.setName("state");
		component.add(box, BorderLayout.WEST);
		component.add(state, BorderLayout.CENTER);
		box.addActionListener(event -> renew());
		ImagePlus.addImageListener(this);
	}

	/** The component to lay out. */
	JComponent component() {
		return component;
	}

	/** Moves a window below or beside the image, if there is room. */
	void leaveVisible(final Window window) {
		final Window covered = image().map(ImagePlus::getWindow).orElse(null);
		if (covered == null || !covered.getBounds().intersects(window.getBounds())) return;
		final Rectangle screen = GUI.getScreenBounds(covered), taken = covered.getBounds();
		final int right = taken.x + taken.width, below = taken.y + taken.height;
		if (right + window.getWidth() <= screen.x + screen.width) window.setLocation(right, taken.y);
		else if (taken.x - window.getWidth() >= screen.x) window.setLocation(taken.x - window.getWidth(), taken.y);
		else if (below + window.getHeight() <= screen.y + screen.height) window.setLocation(window.getX(), below);
	}

	/** Has the preview computed again, where anything has changed. */
	void renew() {
		if (!box.isSelected()) {
			stop();
			return;
		}
		final Optional<ImagePlus> image = image();
		if (image.isEmpty()) {
			stop();
			say("A preview is shown on an open image: open one, and choose it above.", false);
			return;
		}
		if (preview == null) preview = new DenoisePreview(this::say);
		final Map<String, String> values = new LinkedHashMap<>();
		entered.get().forEach((parameter, text) -> values.put(parameter.name(), text));
		preview.update(image.get(), values);
	}

	/** The open image that the first field names, or the active one. */
	private Optional<ImagePlus> image() {
		for (final Map.Entry<CommandParameter, String> field : entered.get().entrySet()) {
			if (!field.getKey().takesActiveImage()) continue;
			if (field.getValue().isEmpty()) return command.caller().active().map(FijiImage::of);
			return command.caller().find(field.getValue()).map(FijiImage::of);
		}
		return Optional.empty();
	}

	private void say(final String text, final boolean wrong) {
		state.setForeground(wrong ? WARNING : UIManager.getColor("Label.foreground"));
		state.setText(text + " ");
		state.setToolTipText(text);
	}

	private void stop() {
		if (preview != null) preview.close();
		preview = null;
		say("", false);
	}

	/** The dialog is gone: the image is shown as before. */
	void close() {
		ImagePlus.removeImageListener(this);
		stop();
	}

	@Override
	public void imageUpdated(final ImagePlus image) {
		// A new slice is shown at once, not at the next poll of the dialog.
		SwingUtilities.invokeLater(() -> {
			if (preview != null) renew();
		});
	}

	@Override
	public void imageOpened(final ImagePlus image) {
		// It is shown on the image that is named, which the next look of the dialog finds.
	}

	@Override
	public void imageClosed(final ImagePlus image) {
		// As above.
	}
}
