package io.github.clearice.fiji.ui;

import java.awt.AWTException;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.Frame;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.function.Supplier;

import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;

/** Finds windows and their components, operates them as a user would, and takes screenshots. */
final class Windows {

	private static final long LONGEST_WAIT_MILLIS = 600_000;

	private Windows() {}

	/** Waits until something is there. */
	static <T> T await(final String what, final Supplier<T> found) {
		final long end = System.currentTimeMillis() + LONGEST_WAIT_MILLIS;
		while (System.currentTimeMillis() < end) {
			final T result = found.get();
			if (result != null) return result;
			pause(50);
		}
		throw new AssertionError("There was no " + what + ". Windows: " + titles());
	}

	static Window window(final String title) {
		return await("window \"" + title + "\"", () -> open(title));
	}

	static Window open(final String title) {
		for (final Window window : Window.getWindows())
			if (window.isShowing() && title.equals(title(window))) return window;
		return null;
	}

	private static String title(final Window window) {
		if (window instanceof Dialog dialog) return dialog.getTitle();
		return window instanceof Frame frame ? frame.getTitle() : "";
	}

	private static String titles() {
		final StringBuilder titles = new StringBuilder();
		for (final Window window : Window.getWindows())
			if (window.isShowing()) titles.append('"').append(title(window)).append("\" ");
		return titles.toString();
	}

	/** The component of a name, or the button of a text. */
	static <C extends Component> C find(final Container in, final Class<C> type, final String name) {
		for (final Component component : in.getComponents()) {
			final boolean named = name.equals(component.getName()) || component instanceof AbstractButton button && name
				.equals(button.getText());
			if (type.isInstance(component) && named) return type.cast(component);
			if (component instanceof Container inner) {
				final C found = find(inner, type, name);
				if (found != null) return found;
			}
		}
		return null;
	}

	static void type(final Container in, final String name, final String text) {
		onEventThread(() -> {
			final Component field = find(in, Component.class, name);
			if (field instanceof JComboBox<?> box) box.setSelectedItem(text);
			else ((JTextComponent) field).setText(text);
		});
	}

	static void click(final Container in, final String button) {
		final AbstractButton found = find(in, AbstractButton.class, button);
		// A click may open a modal dialog, which blocks the thread that waits for it.
		SwingUtilities.invokeLater(found::doClick);
	}

	/** A picture of a window to be looked at, saved as PNG: once it has been drawn, or as it is after some seconds. */
	static void picture(final Window window, final String name) throws IOException {
		BufferedImage seen = seen(window);
		for (int i = 0; i < 50 && colours(seen) < 2; i++) {
			pause(100);
			seen = seen(window);
		}
		save(seen, name);
	}

	/** The same, that must have so many colours. */
	static void picture(final Window window, final String name, final int colours) throws IOException {
		save(await("picture of " + name + " in " + colours + " colours", () -> {
			final BufferedImage seen = seen(window);
			return colours(seen) >= colours ? seen : null;
		}), name);
	}

	/** What is on the screen in the place of a window. */
	static BufferedImage seen(final Window window) {
		onEventThread(Toolkit.getDefaultToolkit()::sync);
		// Where there is no window manager, the bounds may be those before the window was moved.
		return picture(new Rectangle(window.getLocationOnScreen(), window.getSize()));
	}

	private static void save(final BufferedImage picture, final String name) throws IOException {
		ImageIO.write(picture, "png", new File(System.getProperty("shots"), name + ".png"));
	}

	/** What is on the screen there. */
	static BufferedImage picture(final Rectangle bounds) {
		try {
			final Rectangle screen = new Rectangle(Toolkit.getDefaultToolkit().getScreenSize());
			return new Robot().createScreenCapture(bounds.intersection(screen));
		}
		catch (final AWTException e) {
			throw new IllegalStateException(e);
		}
	}

	/** How many colours a picture has, up to a hundred: a window that was not drawn has one. */
	static long colours(final BufferedImage picture) {
		return java.util.stream.IntStream.range(0, picture.getWidth() * picture.getHeight()).map(i -> picture.getRGB(i %
			picture.getWidth(), i / picture.getWidth())).distinct().limit(100).count();
	}

	static void onEventThread(final Runnable action) {
		try {
			SwingUtilities.invokeAndWait(action);
		}
		catch (final InterruptedException | java.lang.reflect.InvocationTargetException e) {
			throw new IllegalStateException(e);
		}
	}

	static void pause(final long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (final InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}
}
