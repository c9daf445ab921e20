package io.github.clearice.particle;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcKind;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Particles in an MRC file, each read when it is asked for.
 */
public final class MrcParticleStack implements ParticleStack {

	private final MrcFile file;
	private final double pixelSizeAngstrom;
	private final List<String> warnings = new ArrayList<>();

	private MrcParticleStack(final MrcFile file, final double pixelSizeAngstrom) {
		this.file = file;
		this.pixelSizeAngstrom = Double.isNaN(pixelSizeAngstrom) ? file.pixelSizeAngstrom() : pixelSizeAngstrom;
		warnings.addAll(file.warnings());
		if (file.kind() == MrcKind.VOLUME || file.kind() == MrcKind.VOLUME_STACK) warnings.add(file.path() +
			" is a volume: its sections along Z are taken as particles.");
	}

	/**
	 * Opens an MRC file of square images.
	 *
	 * @throws io.github.clearice.mrc.MrcException if the file is missing, truncated
	 *           or no MRC image
	 * @throws ParticleException if its images are not square
	 */
	public static MrcParticleStack open(final Path path) {
		return open(path, Double.NaN);
	}

	/**
	 * Opens a stack whose header states no pixel size, or a wrong one.
	 *
	 * @param pixelSizeAngstrom pixel size in Å; NaN takes what the file says
	 */
	public static MrcParticleStack open(final Path path, final double pixelSizeAngstrom) {
		final MrcFile file = MrcFile.open(path);
		try {
			if (file.width() != file.height()) throw new ParticleException(path + " holds images of " + file.width() + " x " +
				file.height() + " pixels, but particles are square; crop or pad them to a square box.");
			return new MrcParticleStack(file, pixelSizeAngstrom);
		}
		catch (final RuntimeException e) {
			file.close();
			throw e;
		}
	}

	/** What had to be ignored or guessed, one line each. */
	public List<String> warnings() {
		return List.copyOf(warnings);
	}

	@Override
	public int size() {
		return file.sections();
	}

	@Override
	public int box() {
		return file.width();
	}

	@Override
	public double pixelSizeAngstrom() {
		return pixelSizeAngstrom;
	}

	@Override
	public String name() {
		return String.valueOf(file.path().getFileName());
	}

	@Override
	public List<Path> files() {
		return List.of(file.path());
	}

	@Override
	public void read(final int index, final float[] image) {
		file.readSection(index, image);
	}

	@Override
	public void close() {
		file.close();
	}
}
