package io.github.clearice.micrograph;

import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.StagedFolder;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Simulates micrographs into a folder: stacks of the noisy ones, the clean ones and
 * the labels of their pixels, a STAR file with the places of all particles, and pairs
 * of tiles to train on where they are wanted. Memory holds one micrograph. The files
 * appear together, or not at all.
 */
public final class MicrographSimulation {

	public static final String NOISY = "noisy.mrcs", CLEAN = "clean.mrcs", LABELS = "labels.mrcs",
			STAR = "coordinates.star", NOISY_TILES = "tiles-noisy.mrcs", CLEAN_TILES = "tiles-clean.mrcs";

	private static final String TASK = "Simulating micrographs";

	private MicrographSimulation() {}

	/**
	 * Simulates all micrographs.
	 *
	 * @param maps the maps of the particles, of one box and pixel size
	 * @param tiles how many pairs of tiles are cut from each micrograph; 0 for none
	 * @param tileBox edge of the tiles in pixels
	 * @param folder receives the files; made where it is missing
	 * @throws ParameterException if the micrographs cannot be as asked
	 * @throws OutputException if the folder cannot be written to
	 * @throws io.github.clearice.task.TaskCancelledException if the listener asks to stop
	 */
	public static void run(final List<WeightedMap> maps, final MicrographOptions options, final int tiles,
		final int tileBox, final Path folder, final TaskListener listener)
	{
		if (tiles < 0 || tiles > 0 && (tileBox < 2 || tileBox > Math.min(options.width(), options.height())))
			throw new ParameterException("Cannot cut " + tiles + " tiles of " + tileBox + " pixels from micrographs of " +
				options.width() + " x " + options.height() + ". Give smaller tiles.");
		final MicrographSimulator simulator = new MicrographSimulator(maps, options);
		OutputException.requireSpace(folder, 3L * Float.BYTES * options.total() * options.width() * options.height());
		listener.begin(TASK, options.total());
		try (StagedFolder stage = new StagedFolder(folder)) {
			write(simulator, options, stage, tiles == 0 ? null : new TilePairs(stage.resolve(NOISY_TILES), stage.resolve(
				CLEAN_TILES), tileBox, tiles, simulator.pixelSizeAngstrom(), options.seed()), listener);
			listener.checkCancelled(TASK);
			final List<String> files = new ArrayList<>(List.of(NOISY, CLEAN, LABELS));
			if (tiles > 0) files.addAll(List.of(NOISY_TILES, CLEAN_TILES));
			files.add(STAR);
			stage.publish(files.toArray(new String[0]));
		}
		finally {
			listener.end();
		}
	}

	private static void write(final MicrographSimulator simulator, final MicrographOptions options,
		final StagedFolder stage, final TilePairs tiles, final TaskListener listener)
	{
		final double pixel = simulator.pixelSizeAngstrom();
		final int width = options.width(), height = options.height();
		final MicrographStar star = new MicrographStar(options.ctf() != null);
		try (tiles; MrcWriter noisy = MrcWriter.stack(stage.resolve(NOISY), width, height, pixel, MrcMode.FLOAT32);
				MrcWriter clean = MrcWriter.stack(stage.resolve(CLEAN), width, height, pixel, MrcMode.FLOAT32);
				MrcWriter labels = MrcWriter.stack(stage.resolve(LABELS), width, height, pixel, MrcMode.INT16))
		{
			for (int i = 0; i < options.total(); i++) {
				listener.checkCancelled(TASK);
				final SimulatedMicrograph micrograph = simulator.simulate(i, options.total() == 1 ? NOISY : RelionParticle
					.imageName(NOISY, i));
				noisy.write(micrograph.noisy().pixels());
				clean.write(micrograph.clean().pixels());
				labels.write(micrograph.labels());
				star.add(micrograph);
				if (tiles != null) tiles.cut(micrograph, i);
				listener.progress(i + 1);
			}
			noisy.commit();
			clean.commit();
			labels.commit();
			if (tiles != null) tiles.commit();
		}
		star.write(stage.resolve(STAR));
	}

	/**
	 * Pairs of noisy and clean tiles to train on, cut from anywhere in simulated
	 * micrographs, on the scale on which {@link MicrographTiles} shows tiles to a network:
	 * the smooth mean is taken off both, and both are divided by the smooth spread of the
	 * noisy one.
	 */
	private static final class TilePairs implements AutoCloseable {

		private static final int STREAM = 17;

		private final int box;
		private final int count;
		private final long seed;
		private final ParticleStackWriter noisy;
		private final ParticleStackWriter clean;

		/**
		 * @param box edge of the tiles in pixels
		 * @param count of tiles from each micrograph
		 */
		TilePairs(final Path noisy, final Path clean, final int box, final int count, final double pixelSizeAngstrom,
			final long seed)
		{
			this.box = box;
			this.count = count;
			this.seed = seed;
			this.noisy = new ParticleStackWriter(noisy, box, pixelSizeAngstrom);
			this.clean = new ParticleStackWriter(clean, box, pixelSizeAngstrom);
		}

		/** Cuts tiles; the micrograph's pixels are used up. */
		void cut(final SimulatedMicrograph micrograph, final int number) {
			final float[] pixels = micrograph.noisy().pixels(), truth = micrograph.clean().pixels();
			final LocalScale scale = new LocalScale(micrograph.noisy(), MicrographTiles.WINDOW_TILES * box);
			scale.normalise(pixels);
			scale.normaliseAs(micrograph.clean());
			final SplittableRandom random = Seeds.random(seed, STREAM, number);
			final int width = micrograph.noisy().width(), height = micrograph.noisy().height();
			for (int i = 0; i < count; i++) {
				final int at = random.nextInt(height - box + 1) * width + random.nextInt(width - box + 1);
				noisy.write(tile(pixels, width, at));
				clean.write(tile(truth, width, at));
			}
		}

		private float[] tile(final float[] pixels, final int width, final int at) {
			final float[] tile = new float[box * box];
			for (int y = 0; y < box; y++) System.arraycopy(pixels, at + y * width, tile, y * box, box);
			return tile;
		}

		void commit() {
			noisy.commit();
			clean.commit();
		}

		@Override
		public void close() {
			try {
				noisy.close();
			}
			finally {
				clean.close();
			}
		}
	}

	/**
	 * The truth about simulated micrographs: RELION's coordinates of all particles, and a table of the micrographs with
	 * their optics, as a CTF estimation would leave it.
	 */
	private static final class MicrographStar {

		private static final List<String> PARTICLES = List.of("rlnMicrographName", "rlnCoordinateX", "rlnCoordinateY",
			"rlnAngleRot", "rlnAngleTilt", "rlnAnglePsi", "rlnClassNumber");
		private static final List<String> DEFOCI = List.of("rlnDefocusU", "rlnDefocusV", "rlnDefocusAngle");

		private final StarTable.Builder particles;
		private final StarTable.Builder micrographs;
		private final boolean transferred;
		private StarTable optics;

		/** @param transferred whether there is a CTF */
		MicrographStar(final boolean transferred) {
			this.transferred = transferred;
			particles = StarTable.loop("particles", columns(PARTICLES));
			micrographs = StarTable.loop("micrographs", columns(List.of("rlnMicrographName", "rlnOpticsGroup",
				"clearIceThicknessNanometre", "clearIceSnr")));
		}

		private String[] columns(final List<String> first) {
			final List<String> all = new ArrayList<>(first);
			if (transferred) all.addAll(DEFOCI);
			return all.toArray(new String[0]);
		}

		void add(final SimulatedMicrograph micrograph) {
			final String name = micrograph.noisy().name();
			for (final SimulatedMicrograph.Particle particle : micrograph.particles()) {
				final Orientation view = particle.orientation();
				particles.add(row(particle.ctf(), name, number(particle.x()), number(particle.y()), number(view.rotDegree()),
					number(view.tiltDegree()), number(view.psiDegree()), Integer.toString(particle.state() + 1)));
			}
			if (optics == null) optics = optics(micrograph);
			micrographs.add(row(micrograph.ctf(), name, "1", number(micrograph.thicknessNanometre()),
				String.format(Locale.ROOT,
				"%.6g", micrograph.snr())));
		}

		private StarTable optics(final SimulatedMicrograph micrograph) {
			final String pixel = Double.toString(micrograph.noisy().pixelSizeAngstrom());
			final CtfParameters ctf = micrograph.ctf();
			if (!transferred) return StarTable.loop("optics", "rlnOpticsGroup", "rlnOpticsGroupName",
				"rlnMicrographPixelSize")
				.add("1", "opticsGroup1", pixel).build();
			return StarTable.loop("optics", "rlnOpticsGroup", "rlnOpticsGroupName", "rlnMicrographPixelSize", "rlnVoltage",
				"rlnSphericalAberration", "rlnAmplitudeContrast").add("1", "opticsGroup1", pixel, Double.toString(ctf
					.voltageKilovolt()), Double.toString(ctf.sphericalAberrationMillimetre()), Double.toString(ctf
						.amplitudeContrast())).build();
		}

		private static String[] row(final CtfParameters ctf, final String... first) {
			final List<String> all = new ArrayList<>(List.of(first));
			if (ctf != null) all.addAll(List.of(number(ctf.defocusUAngstrom()), number(ctf.defocusVAngstrom()), number(ctf
				.defocusAngleDegree())));
			return all.toArray(new String[0]);
		}

		private static String number(final double value) {
			return String.format(Locale.ROOT, "%.3f", value);
		}

		void write(final Path target) {
			new StarFile(List.of(optics, micrographs.build(), particles.build())).write(target);
		}
	}
}
