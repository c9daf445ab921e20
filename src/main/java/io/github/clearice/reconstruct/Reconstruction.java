package io.github.clearice.reconstruct;

import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.reconstruct.pose.PoseMatching;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Pose;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.BackgroundThread;
import io.github.clearice.task.Machines;
import io.github.clearice.task.Machines.Steps;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Direct Fourier inversion: a map from particles with known poses and CTFs.
 * <p>
 * By the central slice theorem the transform of an image is a slice of the map's
 * transform. Slices are inserted into a padded grid by trilinear interpolation,
 * {@code sum CTF F / (sum CTF^2 + noise-to-signal)}, which is transformed back
 * (Penczek 2010, section 3; Scheres 2012, equation 10). Images are read once, in
 * batches; memory holds the grid and two batches, however long the stack.
 *
 * @see <a href="https://doi.org/10.1016/S0076-6879(10)82001-4">Penczek 2010</a>
 * @see <a href="https://doi.org/10.1016/j.jsb.2012.09.006">Scheres 2012</a>
 */
public final class Reconstruction {

	/**
	 * How particles are reconstructed.
	 *
	 * @param symmetry of the particle
	 * @param ctf whether the images have the contrast transfer functions that their table lists
	 * @param halves whether two half-sets are reconstructed too; they give the spectral signal-to-noise ratio for the
	 *          Wiener filter of the whole map
	 */
	public record Options(PointGroup symmetry, boolean ctf, boolean halves) {}

	/** How many times larger than the box the transformed box is, as in RELION. */
	static final int PADDING = 2;

	private static final String TASK = "Reconstructing", CHECKING = "Checking particles";

	private static final int LARGEST_BATCH = 128;

	/** Slices of a batch take at most 128 MiB, except for very large boxes. */
	private static final long LARGEST_BATCH_FLOATS = 1 << 25;

	/** With fewer views a box edge than this, slices are sampled twice as finely to fill the gaps between them. */
	private static final int MANY_VIEWS = 8;

	private final ParticleStack stack;
	private final RelionParticles rows;
	private final HalfSets halfSets;
	private final Options options;
	private final TaskListener listener;
	private final int box;
	private final int sliceRows;
	private final int halfCount;
	private final List<CtfParameters> optics;
	/** Makers keep the aberrations that particles share from one batch to the next. */
	private final Queue<Slice.Maker> idle = new ConcurrentLinkedQueue<>();
	private double background;

	private Reconstruction(final ParticleStack stack, final Options options, final TaskListener listener) {
		this.stack = stack;
		this.halfSets = HalfSets.of(stack);
		this.rows = stack.rows().orElseThrow();
		this.options = options;
		this.listener = listener;
		this.box = stack.box();
		this.optics = known();
		// A CTF that is sampled too coarsely aliases; few views leave gaps.
		final boolean fine = options.ctf() || (long) stack.size() * options.symmetry().order() < (long) MANY_VIEWS * box;
		this.sliceRows = fine ? PADDING * box : box;
		this.halfCount = options.halves() ? 2 : 1;
		requireMemory();
	}

	/**
	 * Reconstructs a map.
	 *
	 * @param stack particles from a STAR file with angles, and with a known pixel size
	 * @throws ParameterException if angles, CTFs, the pixel size or a half-set are
	 *           missing, an image holds NaN, or memory does not suffice
	 */
	public static Maps run(final ParticleStack stack, final Options options,
		final TaskListener listener)
	{
		final Reconstruction reconstruction = new Reconstruction(stack, options, listener);
		return reconstruction.invert(reconstruction.insertAll());
	}

	/** The optics of all rows, which must list all that is needed. */
	private List<CtfParameters> known() {
		rows.require("rlnAngleRot", "rlnAngleTilt", "rlnAnglePsi");
		if (Double.isNaN(stack.pixelSizeAngstrom())) throw new ParameterException(stack.place() +
			" does not state its pixel size. Add it to the STAR file, or give it to clearice reconstruct or refine" +
			" (pixel=).");
		if (options.halves()) halfSets.requireBoth(stack.place(), ", or reconstruct without half-sets (halves=false)");
		listener.begin(CHECKING, rows.size());
		try {
			return CtfParameters.listed(rows, options.ctf(), row -> {
				listener.checkCancelled(CHECKING);
				listener.progress(row);
				final RelionParticle particle = rows.particles().get(row);
				if (options.ctf() && particle.ctf() == null) throw new ParameterException(stack.place() + ": particle " +
					particle.imageName() + " has no defocus. Add it, or reconstruct without CTF (ctf=false).");
			});
		}
		finally {
			listener.end();
		}
	}

	private void requireMemory() {
		final long grid = halfCount * FourierAccumulator.bytes(radius());
		// The transform on its way back and the maps.
		final long rest = 8L * (2 * radius() + 1) * box * (radius() + 1) + 16L * box * box * box;
		final long batches = 2 * Float.BYTES * LARGEST_BATCH_FLOATS;
		final long limit = Runtime.getRuntime().maxMemory();
		if (grid + rest + batches > limit) throw new ParameterException(String.format(Locale.ROOT,
			"A map of %d voxels needs about %.1f GB of memory, but Java may use %.1f. Start Java with a larger -Xmx%s.", box,
			(grid + rest + batches) / 1e9, limit / 1e9, options.halves() ? "; clearice reconstruct halves=false needs less"
				: ", or bin the particles"));
	}

	private int radius() {
		return PADDING * (box / 2);
	}

	private int half(final int row) {
		return options.halves() ? halfSets.of(row) : 0;
	}

	/** The sums of all half-sets. A cluster adds them up in another order, so that they differ in the last digits. */
	private FourierAccumulator[] insertAll() {
		final long sliceFloats = 3L * sliceRows * (sliceRows / 2 + 1);
		final int batch = (int) Math.max(2, Math.min(LARGEST_BATCH, LARGEST_BATCH_FLOATS / sliceFloats));
		// One constant for all: a level of its own for each image would add the noise of its border.
		background = Machines.current().once(() -> Arrays.stream(read(0, Math.min(batch, stack.size()))).mapToDouble(
			this::borderMean).average().orElse(0));
		return Machines.current().sum(Steps.of(TASK, stack.size(), 1), (first, end, done) -> inserted(first, end, batch,
			done), (sums, others) -> {
				for (int half = 0; half < sums.length; half++) sums[half].add(others[half]);
				return sums;
			}, listener);
	}

	/** The sums of the particles {@code from .. end-1}. */
	private FourierAccumulator[] inserted(final int from, final int end, final int batch, final IntConsumer done) {
		final FourierAccumulator[] sums = new FourierAccumulator[halfCount];
		Arrays.setAll(sums, half -> new FourierAccumulator(radius()));
		try (BackgroundThread files = new BackgroundThread(TASK)) {
			Future<float[][]> next = files.submit(() -> read(from, Math.min(batch, end - from)));
			for (int first = from; first < end; first += batch) {
				listener.checkCancelled(TASK);
				final int following = first + batch;
				final float[][] images = files.await(next);
				if (following < end) next = files.submit(() -> read(following, Math.min(batch, end - following)));
				FourierAccumulator.insert(sums, slices(images, first), options.symmetry());
				done.accept(images.length);
			}
		}
		return sums;
	}

	private float[][] read(final int first, final int count) {
		final float[][] images = new float[count][box * box];
		for (int i = 0; i < images.length; i++) {
			stack.read(first + i, images[i]);
			PoseMatching.requireNumbers(stack, first + i, images[i]);
		}
		return images;
	}

	private List<Slice> slices(final float[][] images, final int first) {
		final Slice[] slices = new Slice[images.length];
		ParallelLoop.run(images.length, 1, thread -> i -> {
			final int row = first + (int) i;
			final Slice.Maker waiting = idle.poll();
			final Slice.Maker maker = waiting == null ? new Slice.Maker(box, sliceRows, stack.pixelSizeAngstrom(),
				(float) background) : waiting;
			slices[(int) i] = maker.make(images[(int) i], pose(rows.particles().get(row)), optics.get(row), half(row),
				(double) PADDING * box / sliceRows);
			idle.add(maker);
		});
		return Arrays.asList(slices);
	}

	private Pose pose(final RelionParticle particle) {
		// Origins in pixels of a size that only the stack's header or the user knows come as NaN.
		if (Double.isNaN(particle.originXAngstrom() + particle.originYAngstrom())) throw new ParameterException(stack
			.place() + ": the origin of " + particle.imageName() +
			" is in pixels of unknown size. Add the pixel size to the STAR file.");
		return new Pose(new Orientation(particle.rotDegree(), particle.tiltDegree(), particle.psiDegree()), particle
			.originXAngstrom(), particle.originYAngstrom());
	}

	private double borderMean(final float[] image) {
		double sum = 0;
		for (int i = 0; i < box; i++) {
			sum += image[i] + image[(box - 1) * box + i] + image[i * box] + image[i * box + box - 1];
		}
		return sum / (4.0 * box);
	}

	private Maps invert(final FourierAccumulator[] halves) {
		final double pixel = stack.pixelSizeAngstrom();
		if (!options.halves()) return new Maps(new Inversion(box, pixel, halves).plain(), null, null, null);
		final Volume first = new Inversion(box, pixel, halves[0]).plain();
		final Volume second = new Inversion(box, pixel, halves[1]).plain();
		final ShellCorrelation correlation = ShellCorrelation.of(first, second);
		return new Maps(new Inversion(box, pixel, halves).wiener(correlation), first, second, correlation);
	}

	/**
	 * The results of a reconstruction.
	 *
	 * @param whole the map of all particles
	 * @param first the map of the first half-set, not filtered; null without half-sets
	 * @param second the map of the second half-set; null without half-sets
	 * @param correlation of the halves, within the sphere that touches the box; null without half-sets
	 */
	public record Maps(Volume whole, Volume first, Volume second, ShellCorrelation correlation) {

		/**
		 * Writes the map, and beside it the half-maps, if any.
		 *
		 * @throws io.github.clearice.task.OutputException if a file cannot be written
		 */
		public void write(final Path target) {
			MrcWriter.writeVolume(target, whole, MrcMode.FLOAT32);
			if (first == null) return;
			MrcWriter.writeVolume(halfFile(target, 1), first, MrcMode.FLOAT32);
			MrcWriter.writeVolume(halfFile(target, 2), second, MrcMode.FLOAT32);
		}

		/**
		 * The file of a half-set's map beside that of all: {@code map_half1.mrc} beside {@code map.mrc}.
		 *
		 * @param number 1 or 2
		 */
		public static Path halfFile(final Path target, final int number) {
			final String name = String.valueOf(target.getFileName());
			final int dot = name.lastIndexOf('.');
			return target.resolveSibling(dot < 0 ? name + "_half" + number : name.substring(0, dot) + "_half" + number + name
				.substring(dot));
		}
	}
}
