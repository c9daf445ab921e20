package io.github.clearice.fiji.image;

import io.github.clearice.task.ClearIceException;

import java.io.IOException;
import java.nio.file.Path;

import org.scijava.convert.ConvertService;
import org.scijava.io.AbstractIOPlugin;
import org.scijava.io.IOPlugin;
import org.scijava.io.location.FileLocation;
import org.scijava.io.location.Location;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.util.Types;

import ij.IJ;
import ij.ImagePlus;

/**
 * Opens MRC files and STAR files of particles wherever Fiji opens files: File
 * &gt; Open, Open Recent, drag and drop, {@code open()} in macros,
 * {@code IJ.openImage} in scripts.
 * <p>
 * Fiji asks plugins that are marked as eager before its own readers, which flip
 * rows and lose the pixel size. Such a plugin has to hand over a Dataset: Fiji
 * shows nothing else. Outside Fiji it is an {@link ImagePlus}.
 */
@Plugin(type = IOPlugin.class, attrs = @Attr(name = "eager"))
public final class ImageOpener extends AbstractIOPlugin<Object> {

	private static final String DATASET = "net.imagej.Dataset";

	@Parameter(required = false)
	private ConvertService converters;

	@Override
	public Class<Object> getDataType() {
		return Object.class;
	}

	@Override
	public boolean supportsOpen(final Location source) {
		return source instanceof FileLocation && ImageFiles.isOurs(((FileLocation) source).getFile().toPath());
	}

	@Override
	public boolean supportsOpen(final String source) {
		return ImageFiles.isOurs(source);
	}

	@Override
	public Object open(final String source) throws IOException {
		return open(Path.of(source));
	}

	@Override
	public Object open(final Location source) throws IOException {
		return open(((FileLocation) source).getFile().toPath());
	}

	private Object open(final Path path) throws IOException {
		final Class<?> dataset = Types.load(DATASET);
		try {
			final ImagePlus image = ImageFiles.open(path);
			return dataset == null || converters == null ? image : converters.convert(image, dataset);
		}
		catch (final ClearIceException e) {
			if (dataset == null) throw new IOException(e.getMessage(), e);
			// Fiji would go on to its own reader and show wrong pixels; anything but null ends the opening.
			IJ.error("ClearIce", e.getMessage());
			return Boolean.TRUE;
		}
	}
}
