package io.github.clearice.evaluate;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/**
 * The sans serif font of the platform, for labels in pictures; no display is needed.
 * <p>
 * A Java without any font, as in small containers, cannot measure or draw text: labels
 * are left out there, so that the picture of a long computation is not lost.
 */
final class LabelFont {

	/** Height of a label in pixels with the space around it; fonts of every platform fit. */
	static final int LINE_HEIGHT = 22;

	private static final int SIZE = 15;
	private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

	private static final boolean AVAILABLE = isAvailable();

	private LabelFont() {}

	/** Width of a text in pixels; 0 without fonts. */
	static int width(final String text) {
		return AVAILABLE ? (int) Math.ceil(bounds(text).getWidth()) : 0;
	}

	/**
	 * Draws a text in black, cropped to the picture.
	 *
	 * @param top of the label, which is {@value #LINE_HEIGHT} pixels high
	 */
	static void draw(final BufferedImage picture, final String text, final int left, final int top) {
		if (!AVAILABLE) return;
		final Graphics2D pen = picture.createGraphics();
		pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		pen.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
		pen.setColor(Color.BLACK);
		pen.setFont(font());
		final LineMetrics line = font().getLineMetrics(text, CONTEXT);
		pen.drawString(text, left, top + Math.round((LINE_HEIGHT + line.getAscent() - line.getDescent()) / 2));
		pen.dispose();
	}

	/** Java's error without fonts depends on its version and on the installed libraries. */
	private static boolean isAvailable() {
		try {
			return bounds("A").getWidth() > 0;
		}
		catch (final RuntimeException | LinkageError | InternalError e) {
			return false;
		}
	}

	private static Rectangle2D bounds(final String text) {
		return font().getStringBounds(text, CONTEXT);
	}

	private static Font font() {
		return new Font(Font.SANS_SERIF, Font.PLAIN, SIZE);
	}
}
