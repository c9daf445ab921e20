package io.github.clearice.scifio;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcProbe;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.task.ClearIceException;
import io.scif.AbstractChecker;
import io.scif.AbstractFormat;
import io.scif.AbstractMetadata;
import io.scif.AbstractParser;
import io.scif.AbstractWriter;
import io.scif.ByteArrayPlane;
import io.scif.ByteArrayReader;
import io.scif.DefaultTranslator;
import io.scif.Format;
import io.scif.FormatException;
import io.scif.ImageMetadata;
import io.scif.Plane;
import io.scif.Translator;
import io.scif.config.SCIFIOConfig;
import io.scif.util.FormatTools;
import io.scif.util.SCIFIOMetadataTools;

import java.io.IOException;
import java.nio.file.Path;

import net.imglib2.Interval;

import org.scijava.Priority;
import org.scijava.io.handle.DataHandle;
import org.scijava.io.location.FileLocation;
import org.scijava.io.location.Location;
import org.scijava.plugin.Plugin;

/**
 * MRC images, stacks, volumes and stacks of volumes in SCIFIO: pixel types as
 * stored (half floats as floats, 4-bit integers as bytes), axes X, Y, Z in Å, rows
 * in the order of the file. For files on this computer, which are mapped into
 * memory.
 */
@Plugin(type = Format.class, name = "MRC")
public final class MrcFormat extends AbstractFormat {

	@Override
	protected String[] makeSuffixArray() {
		return new String[] { "mrc", "mrcs", "map", "st", "ali", "rec", "mrc.gz", "mrcs.gz", "map.gz", "mrc.bz2",
			"mrcs.bz2" };
	}

	private static Path pathOf(final Location location) throws FormatException {
		if (location instanceof FileLocation) return ((FileLocation) location).getFile().toPath();
		throw new FormatException("MRC is read and written as a file on this computer, not " + location.getURI() +
			". Copy it here first.");
	}

	/** The metadata of a file; the file stays open until this is closed. */
	public static final class Metadata extends AbstractMetadata {

		private static final long serialVersionUID = 1L;

		private transient MrcFile file;

		/** The open file; null where this describes one to be written. */
		MrcFile file() {
			return file;
		}

		void file(final MrcFile opened) {
			file = opened;
		}

		@Override
		public void populateImageMetadata() {
			if (file == null) return;
			createImageMetadata(1);
			final ImageMetadata image = get(0);
			image.setAxes(MrcAxes.of(file), MrcAxes.lengths(file));
			image.setPlanarAxisCount(2);
			image.setPixelType(MrcPixels.typeOf(file));
			image.setLittleEndian(true);
			image.setOrderCertain(true);
			image.setMetadataComplete(true);
		}

		@Override
		public void close(final boolean fileOnly) throws IOException {
			super.close(fileOnly);
			if (file != null) file.close();
			file = null;
		}
	}

	/** Tells MRC files by name and header. */
	public static final class Checker extends AbstractChecker {

		@Override
		public boolean isFormat(final Location location, final SCIFIOConfig config) {
			if (!(location instanceof FileLocation)) return false;
			if (!FormatTools.checkSuffix(location.getName(), getFormat().getSuffixes())) return false;
			// A name to write to is all there is where the file may not be opened.
			return !config.checkerIsOpen() || MrcProbe.isMrc(((FileLocation) location).getFile().toPath());
		}
	}

	/** Opens a file and reads its header. */
	public static final class Parser extends AbstractParser<Metadata> {

		@Override
		protected void typedParse(final DataHandle<Location> handle, final Metadata metadata, final SCIFIOConfig config)
			throws IOException, FormatException
		{
			try {
				metadata.file(MrcFile.open(pathOf(handle.get())));
			}
			catch (final ClearIceException e) {
				throw new FormatException(e.getMessage(), e);
			}
			metadata.file().warnings().forEach(log()::warn);
		}
	}

	/** Reads sections, or parts of them. */
	public static final class Reader extends ByteArrayReader<Metadata> {

		private float[] section;
		private long held = -1;
		private MrcFile holder;

		@Override
		protected String[] createDomainArray() {
			return new String[] { FormatTools.EM_DOMAIN };
		}

		@Override
		public ByteArrayPlane openPlane(final int imageIndex, final long planeIndex, final ByteArrayPlane plane,
			final Interval bounds, final SCIFIOConfig config) throws FormatException, IOException
		{
			FormatTools.checkPlaneForReading(getMetadata(), imageIndex, planeIndex, plane.getData().length, bounds);
			try {
				final MrcFile file = getMetadata().file();
				MrcPixels.copy(read(file, planeIndex), file.width(), bounds, plane.getData(), MrcPixels.typeOf(file));
			}
			catch (final ClearIceException e) {
				throw new FormatException(e.getMessage(), e);
			}
			return plane;
		}

		/** Tiles of one section come one after the other. */
		private float[] read(final MrcFile file, final long index) {
			if (held == index && holder == file) return section;
			held = -1;
			section = new float[file.width() * file.height()];
			file.readSection((int) index, section);
			held = index;
			holder = file;
			return section;
		}
	}

	/** Writes sections in their order; the file has its name when the last is written. */
	public static final class Writer extends AbstractWriter<Metadata> {

		private MrcWriter writer;
		private long next;

		@Override
		protected String[] makeCompressionTypes() {
			return new String[0];
		}

		@Override
		public boolean canDoStacks() {
			return true;
		}

		@Override
		public int[] getPixelTypes(final String codec) {
			return MrcPixels.writable();
		}

		@Override
		protected void writePlane(final int imageIndex, final long planeIndex, final Plane plane, final Interval bounds)
			throws FormatException, IOException
		{
			checkParams(imageIndex, planeIndex, plane.getBytes(), bounds);
			if (!SCIFIOMetadataTools.wholePlane(imageIndex, getMetadata(), bounds)) throw new FormatException(
				"MRC is written in whole sections, not in tiles. Save it without tiles.");
			if (planeIndex != next) throw new FormatException("MRC is written section by section, but " + (planeIndex + 1) +
				" comes after " + next + ". Save the sections in their order.");
			final ImageMetadata image = getMetadata().get(imageIndex);
			try {
				if (writer == null) writer = MrcAxes.begin(pathOf(getHandle().get()), image);
				writer.write(MrcPixels.decode(plane.getBytes(), image));
				if (++next == image.getPlaneCount()) writer.commit();
			}
			catch (final ClearIceException e) {
				throw new FormatException(e.getMessage(), e);
			}
		}

		/** An incomplete file is deleted. */
		@Override
		public void close(final boolean fileOnly) throws IOException {
			if (writer != null) writer.close();
			writer = null;
			next = 0;
			super.close(fileOnly);
		}
	}

	/** Makes the metadata of a file to be written from those of any image. */
	@Plugin(type = Translator.class, priority = Priority.LOW)
	public static final class ToMrc extends DefaultTranslator {

		@Override
		public Class<? extends io.scif.Metadata> dest() {
			return Metadata.class;
		}
	}
}
