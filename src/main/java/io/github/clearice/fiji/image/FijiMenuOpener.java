package io.github.clearice.fiji.image;

import org.scijava.io.AbstractIOPlugin;
import org.scijava.io.IOPlugin;
import org.scijava.io.location.Location;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Plugin;

/**
 * Opens the file that the user has chosen in Fiji's File &gt; Open.
 * <p>
 * Fiji asks for the file within its own {@code LegacyOpener} and offers it to plugins
 * marked as eager alone, by its name. What they return is shown only if it is a
 * Dataset, so that this shows the image itself. SciJava's services ask by location:
 * to them, it opens nothing, and {@link ImageOpener} does.
 */
@Plugin(type = IOPlugin.class, attrs = @Attr(name = "eager"))
public final class FijiMenuOpener extends AbstractIOPlugin<Object> {

	@Override
	public Class<Object> getDataType() {
		return Object.class;
	}

	@Override
	public boolean supportsOpen(final String source) {
		return ImageFiles.isOurs(source);
	}

	@Override
	public boolean supportsOpen(final Location source) {
		return false;
	}

	@Override
	public Object open(final String source) {
		return OpenRequest.answer(source, -1, true);
	}
}
