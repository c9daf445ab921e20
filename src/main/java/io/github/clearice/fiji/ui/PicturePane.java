package io.github.clearice.fiji.ui;

import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;

import javax.swing.JComponent;

/** A picture, scaled down to fit the window. A double click opens it in ImageJ. */
final class PicturePane extends JComponent {

	private static final long serialVersionUID = 1L;

	private transient BufferedImage picture;

	PicturePane(final Dimension preferred, final Runnable opening) {
		setPreferredSize(preferred);
		setMinimumSize(new Dimension(preferred.width / 3, preferred.height / 3));
		setToolTipText("Double-click to open it in a window of ImageJ.");
		addMouseListener(new MouseAdapter() {

			@Override
			public void mouseClicked(final MouseEvent event) {
				if (event.getClickCount() == 2 && picture != null) opening.run();
			}
		});
	}

	/** The room there is, or will be. */
	int width() {
		return getWidth() > 0 ? getWidth() : getPreferredSize().width;
	}

	int height() {
		return getHeight() > 0 ? getHeight() : getPreferredSize().height;
	}

	/** @param newPicture null for none */
	void show(final BufferedImage newPicture) {
		picture = newPicture;
		repaint();
	}

	@Override
	protected void paintComponent(final Graphics graphics) {
		if (picture == null) return;
		final double scale = Math.min(1, Math.min(getWidth() / (double) picture.getWidth(), getHeight() / (double) picture
			.getHeight()));
		final Graphics2D canvas = (Graphics2D) graphics.create();
		canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
		canvas.drawImage(picture, 0, 0, (int) (scale * picture.getWidth()), (int) (scale * picture.getHeight()), null);
		canvas.dispose();
	}
}
