package io.github.clearice.structure;

import io.github.clearice.fourier.Volume;
import io.github.clearice.task.InputException;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Computes the density map of a structure, white on black, centred on its centre
 * of mass at voxel {@code box / 2}.
 * <p>
 * The map is the structure's density, band-limited: its discrete Fourier
 * transform times the voxel's volume equals
 * {@code sum of f_j(k) exp(-B_j k^2 / 4) exp(-2 pi i k.r_j)}, r measured from
 * voxel {@code box / 2}, to 1e-4 of the transform's root mean square, at
 * frequencies up to 0.9 times Nyquist on each axis; from there it falls to 0 at
 * Nyquist with a cosine edge, and higher frequencies are absent rather than
 * folded in. Where atoms are sharper than the pixels, density therefore swings
 * below zero beside a sharp edge, as in a Fourier-cropped reconstruction; one
 * Gaussian an atom at a resolution of four pixels or more hardly does.
 * <p>
 * By scattering factors (Peng 1996) the sum over voxels times the voxel's volume
 * is the sum of f(0) in Å; times 47.878 V Å^2 the map is the electrostatic
 * potential in volts of the atoms in vacuum, without solvent. B factors below 0
 * count as 0; there is no other floor. (Files of predicted structures hold
 * confidences in that column.)
 * <p>
 * At a resolution each atom is one Gaussian that sums to its atomic number, of
 * standard deviation {@code resolution / (pi sqrt 2)} whatever its B factor: its
 * Fourier transform falls to 1/e at the resolution, as in ChimeraX's
 * {@code molmap}. In both cases occupancies multiply. Results do not depend on
 * the number of threads.
 */
public final class DensityMap {

	private static final String TASK = "Computing the map";

	private final List<Atom> atoms;
	private final DensityOptions options;
	private final Point centre;
	private final AtomGaussians gaussians;
	private final TaskListener listener;
	private final int rim;
	/** Fine planes that atoms touch: from this one on. */
	private final int firstPlane;
	private final float[][] planes;
	private final AtomicInteger done = new AtomicInteger();

	/**
	 * The map about the centre of mass.
	 *
	 * @throws InputException if the structure does not fit the box and is not
	 *           to be clipped, or the memory does not suffice
	 */
	public static Volume compute(final Structure structure, final DensityOptions options, final TaskListener listener) {
		return compute(structure, structure.centreOfMass(), options, listener);
	}

	/**
	 * The map about a given point, so that several conformations share one frame.
	 *
	 * @param centre lies on voxel {@code box / 2}
	 * @throws InputException as above
	 */
	public static Volume compute(final Structure structure, final Point centre, final DensityOptions options,
		final TaskListener listener)
	{
		if (!options.clip()) requireFit(structure, centre, options);
		final Volume map = new DensityMap(structure, centre, options, listener).compute(ParallelLoop.threads());
		if (options.clip()) reportCut(structure, map, options, listener);
		return map;
	}

	DensityMap(final Structure structure, final Point centre, final DensityOptions options,
		final TaskListener listener)
	{
		this.atoms = structure.atoms();
		this.options = options;
		this.centre = centre;
		this.gaussians = new AtomGaussians(options.resolutionAngstrom());
		this.listener = listener;
		double reach = 0, low = Double.MAX_VALUE, high = -Double.MAX_VALUE;
		for (final Atom atom : atoms) {
			final double radius = radius(atom);
			reach = Math.max(reach, radius);
			low = Math.min(low, fineZ(atom) - radius);
			high = Math.max(high, fineZ(atom) + radius);
		}
		this.rim = (int) Math.ceil(reach);
		final int edge = 2 * options.box();
		final int last = Math.min((int) Math.floor(high), options.clip() ? edge - 1 : edge + rim - 1);
		this.firstPlane = Math.max((int) Math.ceil(low), options.clip() ? -1 : -rim);
		this.planes = new float[Math.max(0, last - firstPlane + 1)][];
	}

	private static void requireFit(final Structure structure, final Point centre, final DensityOptions options) {
		final BoxSize size = new BoxSize(structure, centre, options.pixelSizeAngstrom(), options.resolutionAngstrom());
		final int smallest = size.smallest();
		if (smallest > options.box()) throw new InputException(String.format(Locale.ROOT,
			"%s does not fit a box of %d voxels of %s Å: the smallest box that holds it is %d, and %d is a good one to" +
			" work with.",
			structure.name(), options.box(), options.pixelSizeAngstrom(), smallest, size.suggested()));
	}

	private static void reportCut(final Structure structure, final Volume map, final DensityOptions options,
		final TaskListener listener)
	{
		final AtomGaussians gaussians = new AtomGaussians(options.resolutionAngstrom());
		double whole = 0, kept = 0;
		for (final Atom atom : structure.atoms()) whole += gaussians.total(atom);
		for (final float density : map.voxels()) kept += density;
		final double cut = 1 - kept * Math.pow(options.pixelSizeAngstrom(), 3) / whole;
		if (cut > 0.9999) throw new InputException("Nothing of " + structure.name() + " lies in the box of " + options
			.box() + " voxels of " + options.pixelSizeAngstrom() + " Å. Choose a larger box or another centre.");
		if (cut > 5e-5) listener.message(String.format(Locale.ROOT,
			"%.2f %% of the density of %s lies outside the box of %d voxels of %s Å and is cut off.", 100 * cut, structure
				.name(), options.box(), options.pixelSizeAngstrom()));
	}

	/** The map, the same whatever the number of threads. */
	Volume compute(final int threads) {
		requireMemory(threads);
		final int slabs = (planes.length + GaussianSlab.PLANES - 1) / GaussianSlab.PLANES;
		listener.begin(TASK, slabs + options.box());
		try {
			fillPlanes(slabs, threads);
			return joinPlanes(threads);
		}
		finally {
			listener.end();
		}
	}

	private void fillPlanes(final int slabs, final int threads) {
		final int box = options.box();
		final int[][] members = membersOfSlabs(slabs);
		ParallelLoop.run(slabs, 1, threads, thread -> {
			final GaussianSlab slab = new GaussianSlab(options, centre, rim);
			final BandLimiter limiter = new BandLimiter(box, options.pixelSizeAngstrom());
			final float[] finePlane = new float[4 * box * box];
			return step -> {
				fill((int) step, members[(int) step], slab, limiter, finePlane);
				stepDone();
			};
		});
	}

	private Volume joinPlanes(final int threads) {
		final int box = options.box();
		final Volume map = Volume.zeros(box, options.pixelSizeAngstrom());
		final float[] weights = BandLimiter.weightAlongZ(box, options.pixelSizeAngstrom());
		ParallelLoop.run(box, 1, threads, thread -> z -> {
			joinPlane((int) z, weights, map.voxels());
			stepDone();
		});
		return map;
	}

	private void stepDone() {
		listener.progress(done.incrementAndGet());
		listener.checkCancelled(TASK);
	}

	private void fill(final int step, final int[] members, final GaussianSlab slab, final BandLimiter limiter,
		final float[] finePlane)
	{
		final int first = step * GaussianSlab.PLANES;
		slab.clear();
		for (final int member : members) slab.add(atoms.get(member), firstPlane + first);
		final int end = Math.min(planes.length, first + GaussianSlab.PLANES);
		for (int plane = first; plane < end; plane++) {
			slab.plane(plane - first, finePlane);
			planes[plane] = new float[options.box() * options.box()];
			limiter.limit(finePlane, planes[plane]);
		}
	}

	/** A plane of the map is a weighted sum of all fine planes, taken in pieces that stay in the processor's cache. */
	private void joinPlane(final int z, final float[] weights, final float[] data) {
		final int area = options.box() * options.box();
		final int piece = 4096;
		for (int from = 0; from < area; from += piece) {
			final int end = Math.min(area, from + piece);
			for (int plane = 0; plane < planes.length; plane++) {
				final float weight = weights[Math.floorMod(2 * z - firstPlane - plane, weights.length)] * GaussianSlab.share(
					firstPlane + plane, weights.length, options.clip());
				final float[] source = planes[plane];
				final int offset = z * area;
				for (int i = from; i < end; i++) data[offset + i] += weight * source[i];
			}
		}
	}

	/** The atoms that reach into each slab, in the structure's order. */
	private int[][] membersOfSlabs(final int slabs) {
		final int[][] members = new int[slabs][16];
		final int[] counts = new int[slabs];
		for (int i = 0; i < atoms.size(); i++) {
			final double z = fineZ(atoms.get(i)) - firstPlane;
			final double radius = radius(atoms.get(i));
			final int from = (int) Math.max(0, Math.floor((z - radius) / GaussianSlab.PLANES));
			final int to = (int) Math.min(slabs - 1, Math.floor((z + radius) / GaussianSlab.PLANES));
			for (int slab = from; slab <= to; slab++) {
				if (counts[slab] == members[slab].length) members[slab] = Arrays.copyOf(members[slab], 2 * counts[slab]);
				members[slab][counts[slab]++] = i;
			}
		}
		for (int slab = 0; slab < slabs; slab++) members[slab] = Arrays.copyOf(members[slab], counts[slab]);
		return members;
	}

	private double radius(final Atom atom) {
		return GaussianSlab.radius(gaussians, atom, options.pixelSizeAngstrom());
	}

	private double fineZ(final Atom atom) {
		return 2 * ((atom.zAngstrom() - centre.zAngstrom()) / options.pixelSizeAngstrom() + options.box() / 2);
	}

	private void requireMemory(final int threads) {
		final long area = (long) options.box() * options.box();
		final long width = 2L * options.box() + 2L * rim;
		final long bytes = 4 * (area * (planes.length + options.box()) + threads * (GaussianSlab.PLANES * width * width +
			14 * area));
		final long most = Runtime.getRuntime().maxMemory();
		if (bytes > most || GaussianSlab.PLANES * width * width > Integer.MAX_VALUE - 8) throw new InputException(String
			.format(Locale.ROOT,
				"A map of %d voxels an edge needs %d MB of memory, Java has %d MB. Start Java with a larger " +
					"-Xmx, or choose a smaller box or larger pixels.", options.box(), bytes >> 20, most >> 20));
	}
}
