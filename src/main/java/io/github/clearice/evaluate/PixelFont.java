package io.github.clearice.evaluate;

import java.awt.image.WritableRaster;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Capital letters, digits and signs of 5 x 7 pixels for labels in pictures.
 * <p>
 * Drawn without the platform's fonts: a server without any still draws labels,
 * and pictures are the same everywhere.
 */
final class PixelFont {

	/** Distance from one character to the next. */
	static final int ADVANCE = 6;

	/** Height of a character. */
	static final int HEIGHT = 7;

	private static final int WIDTH = 5;

	/** A character and its seven rows, each two hexadecimal digits whose low five bits are the pixels. */
	private static final String[] GLYPHS = { //
		"A0E11111F111111", "B1E11111E11111E", "C0E11101010110E", "D1E11111111111E", "E1F10101E10101F", //
		"F1F10101E101010", "G0E11101711110F", "H1111111F111111", "I0E04040404040E", "J0101010101110E", //
		"K11121418141211", "L1010101010101F", "M111B1515111111", "N11191513111111", "O0E11111111110E", //
		"P1E11111E101010", "Q0E11111115120D", "R1E11111E141211", "S0F10100E01011E", "T1F040404040404", //
		"U1111111111110E", "V11111111110A04", "W1111111515150A", "X11110A040A1111", "Y11110A04040404", //
		"Z1F01020408101F", "00E11131519110E", "1040C040404040E", "20E11010608101F", "31E01010E01011E", //
		"402060A121F0202", "51F101E0101110E", "60E10101E11110E", "71F010204040404", "80E11110E11110E", //
		"90E11110F01010E", " 00000000000000", "-0000000E000000", ".00000000000C0C", ",00000000060408", //
		"(02040808080402", ")08040202020408", ":000C0C000C0C00", "/01020204080810", "%19190204081313", //
		"+0004041F040400", "=00001F001F0000", "_0000000000001F", "\u00c5040A040E111F11", "\u03b100000D1212120D", "\u03b20E111E11111E10" };

	private static final String UNKNOWN = "1F11111111111F";

	private static final Map<Character, String> ROWS = new HashMap<>();

	static {
		for (final String glyph : GLYPHS) ROWS.put(glyph.charAt(0), glyph.substring(1));
	}

	private PixelFont() {}

	/** Width of a text in pixels at a zoom of 1. */
	static int width(final String text) {
		return text.length() * ADVANCE;
	}

	/**
	 * Draws a text into a grey picture; what lies outside is cut off. Characters that
	 * the font lacks become a hollow box.
	 *
	 * @param zoom edge length of a dot in pixels
	 */
	static void draw(final WritableRaster picture, final String text, final int left, final int top, final int zoom,
		final int grey)
	{
		int x = left;
		for (final char character : text.toCharArray()) {
			final String rows = ROWS.getOrDefault(upperCase(character), UNKNOWN);
			for (int row = 0; row < HEIGHT; row++) {
				final int bits = Integer.parseInt(rows.substring(2 * row, 2 * row + 2), 16);
				for (int column = 0; column < WIDTH; column++) {
					if ((bits >> WIDTH - 1 - column & 1) == 1) dot(picture, x + column * zoom, top + row * zoom, zoom, grey);
				}
			}
			x += ADVANCE * zoom;
		}
	}

	private static char upperCase(final char character) {
		return character >= '\u03b1' ? character : String.valueOf(character).toUpperCase(Locale.ROOT).charAt(0);
	}

	private static void dot(final WritableRaster picture, final int left, final int top, final int zoom, final int grey) {
		for (int y = Math.max(0, top); y < Math.min(picture.getHeight(), top + zoom); y++) {
			for (int x = Math.max(0, left); x < Math.min(picture.getWidth(), left + zoom); x++) picture.setSample(x, y, 0, grey);
		}
	}
}
