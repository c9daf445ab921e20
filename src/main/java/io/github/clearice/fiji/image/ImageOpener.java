package io.github.clearice.fiji.image;

import io.github.clearice.task.ClearIceException;

import java.io.IOException;
import java.nio.file.Path;

import org.scijava.convert.ConvertService;
import org.scijava.io.AbstractIOPlugin;
import org.scijava.io.IOPlugin;
import org.scijava.io.location.FileLocation;
import org.scijava.io.location.Location;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.util.Types;

import ij.ImagePlus;

/**
 * Opens MRC files and STAR files of particles for SciJava: {@code io.open()} in
 * scripts, and whatever else asks its IOService. In Fiji that is a Dataset, which
 * scripts expect; elsewhere an {@link ImagePlus}. Fiji's menus and macros come by
 * {@link FijiOpener}.
 */
@Plugin(type = IOPlugin.class)
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
		try {
			final ImagePlus image = ImageFiles.openSilently(path);
			final Class<?> dataset = Types.load(DATASET);
			return dataset == null || converters == null ? image : converters.convert(image, dataset);
		}
		catch (final ClearIceException e) {
			throw new IOException(e.getMessage(), e);
		}
	}
}
