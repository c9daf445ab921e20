package io.github.clearice.stack;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcKind;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.InputException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Particles in MRC files, each read when it is asked for: all images of one
 * stack, or those that the rows of a RELION STAR file name, in their order, from
 * one or several stacks. Where optics groups differ in box or pixel size, images are
 * resampled to one of each, and the rows are those of the resampled images.
 */
public final class MrcParticleStack implements ParticleStack {

	/** STAR files and headers round pixel sizes: relative differences below this do not count. */
	private static final double ROUNDING = 1e-3;

	private final Path path;
	private final StackFiles files;
	private final RelionParticles rows;
	private final List<String> warnings = new ArrayList<>();
	private int box;
	private double pixelSizeAngstrom;
	private int size;
	private Img<FloatType> image;
	/** Whether the user gives the pixel size, which then overrides the table. */
	private boolean recalibrated;
	/** Resamples images if boxes or pixel sizes differ; otherwise null. */
	private CommonScale common;
	private RelionParticles commonRows;
	private int[] fileOfRow;
	private int[] imageOfRow;

	/** The size of a file, which may be closed when it is needed. */
	private record Shape(int images, int box, double pixelSizeAngstrom) {}

	private MrcParticleStack(final Path path, final RelionParticles rows) {
		this.path = path;
		this.rows = rows;
		// A STAR file knows that it names stacks, whatever their headers say.
		this.files = new StackFiles(rows == null ? null : MrcKind.STACK);
	}

	/** Opens a stack or a STAR file with the pixel size that it states. */
	public static MrcParticleStack open(final Path path) {
		return open(path, Double.NaN, null);
	}

	/** Opens a stack or a STAR file whose pixel size is missing or wrong. */
	public static MrcParticleStack open(final Path path, final double pixelSizeAngstrom) {
		return open(path, pixelSizeAngstrom, null);
	}

	/**
	 * Opens a table of RELION, cisTEM or cryoSPARC, where the name ends in {@code .star} or {@code .cs}, or an MRC file.
	 *
	 * @param pixelSizeAngstrom pixel size in Å; NaN takes that of the STAR file or
	 *          else the header
	 * @param project the folder that the table's paths start from; null looks
	 *          beside the table, in the folders above it and in the working folder
	 * @throws io.github.clearice.task.InputException if a stack is missing, truncated or
	 *           no MRC image
	 * @throws io.github.clearice.task.InputException if the STAR file is broken or
	 *           names images that are not there, with the line
	 * @throws InputException if the images are not square, or of several boxes and unknown pixel sizes
	 */
	public static MrcParticleStack open(final Path path, final double pixelSizeAngstrom, final Path project) {
		if (pixelSizeAngstrom <= 0 || Double.isInfinite(pixelSizeAngstrom)) throw new InputException(
			"The pixel size must be positive, not " + pixelSizeAngstrom + " Å.");
		final boolean star = RelionParticles.isTable(path);
		final MrcParticleStack stack = new MrcParticleStack(path, star ? RelionParticles.read(path, project) : null);
		try {
			stack.recalibrated = !Double.isNaN(pixelSizeAngstrom);
			if (star) stack.openRows(path);
			else stack.openFile(path);
			if (!Double.isNaN(pixelSizeAngstrom)) stack.pixelSizeAngstrom = pixelSizeAngstrom;
			stack.image = LazyImages.of(stack.box, stack.size, stack::load);
			return stack;
		}
		catch (final RuntimeException e) {
			stack.close();
			throw e;
		}
	}

	private void openFile(final Path path) {
		final MrcFile file = add(path);
		box = file.width();
		if (file.statesVolumeStack()) throw new InputException(path + " is a stack of " + file.sections() / file.header()
			.sampling()[2] + " volumes (space group " + file.header().ispg() +
			"), not of particles. Where its sections are particles after all, list them in a STAR file.");
		if (file.kind() == MrcKind.VOLUME) warnings.add(path +
			" is a volume: its sections along Z are taken as particles.");
		size = file.sections();
		pixelSizeAngstrom = file.pixelSizeAngstrom();
	}

	private void openRows(final Path star) {
		size = rows.size();
		if (size == 0) throw new InputException(star + " lists no particles; choose another STAR file.");
		fileOfRow = new int[size];
		imageOfRow = new int[size];
		final int[] boxes = new int[size];
		final double[] pixelSizes = new double[size];
		final Map<String, Integer> numbers = new HashMap<>();
		final List<Shape> shapes = new ArrayList<>();
		rows.warnings().forEach(warning -> warnings.add(star + ": " + warning));
		if (rows.sign(0) < 0) warnings.add(star +
			": blob/sign says that particles are dark on light; they are inverted while they are read.");
		for (int row = 0; row < size; row++) {
			final RelionParticle particle = rows.particles().get(row);
			Integer number = numbers.get(particle.stack());
			if (number == null) {
				final MrcFile file = add(rows.stackFile(particle));
				number = numbers.size();
				numbers.put(particle.stack(), number);
				shapes.add(new Shape(file.sections(), file.width(), file.pixelSizeAngstrom()));
				if (number == 0 && !recalibrated) choosePixelSize(star, particle.pixelSizeAngstrom(), file);
			}
			rows.requireImage(row, shapes.get(number).images());
			fileOfRow[row] = number;
			imageOfRow[row] = particle.index();
			boxes[row] = shapes.get(number).box();
			pixelSizes[row] = recalibrated ? Double.NaN : particle.pixelSizeAngstrom();
		}
		box = boxes[0];
		if (CommonScale.isNeeded(boxes, pixelSizes, ROUNDING)) resample(boxes, pixelSizes, shapes);
	}

	private void resample(final int[] boxes, final double[] pixelSizes, final List<Shape> shapes) {
		for (int row = 0; row < size; row++) {
			if (Double.isNaN(pixelSizes[row]) && !recalibrated) pixelSizes[row] = shapes.get(fileOfRow[row])
				.pixelSizeAngstrom();
			if (Double.isNaN(pixelSizes[row])) throw new InputException(name() + " lists images of several boxes (" +
				differences(boxes) +
				"), which are brought to one only where the pixel sizes of all are stated, each its own. Add" +
				" them to its table, or split it by optics group.");
		}
		common = new CommonScale(rows, boxes, pixelSizes);
		box = common.box();
		pixelSizeAngstrom = common.pixelSizeAngstrom();
		warnings.add(common.message());
		commonRows = common.rows();
	}

	private String differences(final int[] boxes) {
		int other = 0;
		while (boxes[other] == boxes[0])
			other++;
		return boxes[0] + " pixels in " + files.paths().get(fileOfRow[0]) + ", " + boxes[other] + " in " + files.paths()
			.get(fileOfRow[other]);
	}

	/** Opens one file and holds that its images are square. */
	private MrcFile add(final Path path) {
		final MrcFile file = files.add(path);
		if (file.width() != file.height()) throw new InputException(path + " holds images of " + file.width() + " x " +
			file.height() + " pixels, but particles are square; crop or pad them to a square box.");
		warnings.addAll(file.warnings());
		return file;
	}

	private void choosePixelSize(final Path star, final double stated, final MrcFile file) {
		pixelSizeAngstrom = Double.isNaN(stated) ? file.pixelSizeAngstrom() : stated;
		if (differ(pixelSizeAngstrom, file.pixelSizeAngstrom(), ROUNDING)) warnings.add(star + " states a pixel size of " +
			stated + " Å, but " + file.path() + " of " + file.pixelSizeAngstrom() + " Å: that of the STAR file is used.");
	}

	private static boolean differ(final double first, final double second, final double tolerance) {
		return Math.abs(first - second) > tolerance * Math.max(first, second);
	}

	/** Values that were ignored or guessed, one line each. */
	public List<String> warnings() {
		return List.copyOf(warnings);
	}

	@Override
	public Optional<RelionParticles> rows() {
		return Optional.ofNullable(commonRows == null ? rows : commonRows);
	}

	@Override
	public Img<FloatType> image() {
		return image;
	}

	@Override
	public double pixelSizeAngstrom() {
		return pixelSizeAngstrom;
	}

	@Override
	public String name() {
		return String.valueOf(path.getFileName());
	}

	@Override
	public String place() {
		return path.toString();
	}

	@Override
	public List<Path> files() {
		final List<Path> all = new ArrayList<>(files.paths());
		if (rows != null) all.add(rows.file());
		return all;
	}

	private void load(final int index, final float[] image) {
		if (fileOfRow == null) {
			files.read(0, index, image);
			return;
		}
		if (common == null) files.read(fileOfRow[index], imageOfRow[index], image);
		else common.read(index, own -> files.read(fileOfRow[index], imageOfRow[index], own), image);
		if (sign(index) < 0) for (int i = 0; i < image.length; i++) image[i] = -image[i];
	}

	@Override
	public int sign(final int index) {
		return rows == null ? 1 : rows.sign(index);
	}

	@Override
	public void close() {
		files.close();
	}
}
