package io.github.clearice.micrograph;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.task.ParameterException;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

/** The micrographs in a file: one, or a stack of them, square or not. */
public final class MicrographFile implements Micrographs {

	private final MicrographSource file;
	private final MrcFile mrc;
	private final double pixelSizeAngstrom;
	private final boolean recalibrated;

	/**
	 * Opens an MRC file.
	 *
	 * @param pixelSizeAngstrom edge of a pixel, or NaN for the header's value
	 * @throws io.github.clearice.task.InputException if it is not an MRC image
	 */
	public MicrographFile(final Path path, final double pixelSizeAngstrom) {
		this(open(path, pixelSizeAngstrom), pixelSizeAngstrom);
	}

	private MicrographFile(final MrcFile mrc, final double pixelSizeAngstrom) {
		this(new MrcMicrographs(mrc), mrc, pixelSizeAngstrom);
	}

	/**
	 * Takes a file of another format.
	 *
	 * @param source closed along with this
	 * @param pixelSizeAngstrom edge of a pixel, or NaN for the header's value
	 */
	public MicrographFile(final MicrographSource source, final double pixelSizeAngstrom) {
		this(source, null, pixelSizeAngstrom);
	}

	private MicrographFile(final MicrographSource source, final MrcFile mrc, final double pixelSizeAngstrom) {
		this.file = source;
		this.mrc = mrc;
		requirePositive(source.path(), pixelSizeAngstrom);
		recalibrated = !Double.isNaN(pixelSizeAngstrom);
		this.pixelSizeAngstrom = recalibrated ? pixelSizeAngstrom : file.pixelSizeAngstrom();
	}

	private static MrcFile open(final Path path, final double pixelSizeAngstrom) {
		requirePositive(path, pixelSizeAngstrom);
		final MrcFile file = MrcFile.open(path);
		if (!file.statesVolumeStack()) return file;
		file.close();
		throw new ParameterException(path + " is a stack of volumes (space group " + file.header().ispg() +
			"), not of micrographs. Choose another file.");
	}

	private static void requirePositive(final Path path, final double pixelSizeAngstrom) {
		if (pixelSizeAngstrom <= 0 || Double.isInfinite(pixelSizeAngstrom)) throw new ParameterException(
			"The pixel size of " + path + " must be positive, not " + pixelSizeAngstrom + " Å.");
	}

	public Path path() {
		return file.path();
	}

	@Override
	public int size() {
		return file.sections();
	}

	/** Pixels along X. */
	public int width() {
		return file.width();
	}

	/** Pixels along Y. */
	public int height() {
		return file.height();
	}

	@Override
	public double pixelSizeAngstrom() {
		return pixelSizeAngstrom;
	}

	@Override
	public List<String> warnings() {
		return file.warnings();
	}

	/** The file's name, of a stack behind the number, such as {@code 000001@stack.mrcs}. */
	@Override
	public String name(final int index) {
		final String name = String.valueOf(path().getFileName());
		return size() == 1 ? name : RelionParticle.imageName(name, index);
	}

	/** The file's name without ending, of a stack with the number, such as {@code stack-001}. */
	@Override
	public String title(final int index) {
		return Micrographs.title(path()) + (size() == 1 ? "" : String.format(Locale.ROOT, "-%03d", index + 1));
	}

	@Override
	public List<Path> files() {
		return List.of(path());
	}

	@Override
	public Micrograph read(final int index) {
		return new Micrograph(name(index), file.read(index), pixelSizeAngstrom);
	}

	/** Begins a file of as many micrographs of this size. */
	MrcWriter writer(final Path target) {
		return recalibrated || mrc == null ? MrcWriter.stack(target, width(), height(), pixelSizeAngstrom, MrcMode.FLOAT32)
			: MrcWriter.like(mrc, target, MrcMode.FLOAT32);
	}

	@Override
	public void close() {
		file.close();
	}

	/** Micrographs in an MRC file. */
	private record MrcMicrographs(MrcFile file) implements MicrographSource {

		@Override
		public Path path() {
			return file.path();
		}

		@Override
		public int width() {
			return file.width();
		}

		@Override
		public int height() {
			return file.height();
		}

		@Override
		public int sections() {
			return file.sections();
		}

		@Override
		public double pixelSizeAngstrom() {
			return file.pixelSizeAngstrom();
		}

		@Override
		public List<String> warnings() {
			return file.warnings();
		}

		@Override
		public ArrayImg<FloatType, FloatArray> read(final int section) {
			final float[] pixels = new float[Math.multiplyExact(width(), height())];
			file.readSection(section, pixels);
			return ArrayImgs.floats(pixels, width(), height());
		}

		@Override
		public void close() {
			file.close();
		}
	}
}
