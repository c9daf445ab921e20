package io.github.clearice.structure;

import java.util.Arrays;

/**
 * A few neighbouring planes of the fine grid on which atoms are put as sums of
 * Gaussians, in the order in which they come. One instance a thread.
 * <p>
 * The fine grid has half the map's pixel size; its index {@code 2 * (box / 2)}
 * is the centre on each axis. Around the box there is a rim, which {@link #plane}
 * folds back, as the Fourier transform sees a box repeated without end, or cuts
 * off.
 */
final class GaussianSlab {

	/** Number of planes. */
	static final int PLANES = 12;

	/** Atoms are cut off where their widest Gaussian has fallen to this. */
	private static final double NEGLIGIBLE = 1e-5;

	private final AtomGaussians gaussians;
	private final Point centre;
	private final double spacingAngstrom;
	private final double blurSquareAngstrom;
	private final boolean clip;
	private final int edge;
	private final int rim;
	private final int width;
	private final float[] densities;
	private final float[][] alongX;
	private final float[][] alongY;
	private final float[][] alongZ;
	private final float[] product;

	/** @param rim at least {@link #radius} of any atom */
	GaussianSlab(final DensityOptions options, final Point centre, final int rim) {
		this.gaussians = new AtomGaussians(options.resolutionAngstrom());
		this.centre = centre;
		this.spacingAngstrom = options.pixelSizeAngstrom() / 2;
		this.blurSquareAngstrom = BandLimiter.blurSquareAngstrom(options.pixelSizeAngstrom());
		this.clip = options.clip();
		this.edge = 2 * options.box();
		this.rim = rim;
		this.width = edge + 2 * rim;
		this.densities = new float[PLANES * width * width];
		this.alongX = new float[gaussians.terms()][2 * rim + 1];
		this.alongY = new float[gaussians.terms()][2 * rim + 1];
		this.alongZ = new float[gaussians.terms()][2 * rim + 1];
		this.product = new float[gaussians.terms()];
	}

	/** How far an atom reaches on the fine grid, in its pixels. */
	static double radius(final AtomGaussians gaussians, final Atom atom, final double pixelSizeAngstrom) {
		final double width = gaussians.greatestWidth(atom) + BandLimiter.blurSquareAngstrom(pixelSizeAngstrom);
		return Math.sqrt(-Math.log(NEGLIGIBLE) * width) / (2 * Math.PI) / (pixelSizeAngstrom / 2);
	}

	void clear() {
		Arrays.fill(densities, 0);
	}

	/**
	 * Adds the part of an atom that lies in planes {@code first} to
	 * {@code first + PLANES - 1} of the fine grid.
	 */
	void add(final Atom atom, final int first) {
		final double radius = radius(gaussians, atom, 2 * spacingAngstrom);
		final double x = index(atom.xAngstrom() - centre.xAngstrom());
		final double y = index(atom.yAngstrom() - centre.yAngstrom());
		final double z = index(atom.zAngstrom() - centre.zAngstrom());
		final int x0 = Math.max(-rim, (int) Math.ceil(x - radius));
		final int y0 = Math.max(-rim, (int) Math.ceil(y - radius));
		final int z0 = Math.max(first, (int) Math.ceil(z - radius));
		final int x1 = Math.min(edge + rim - 1, (int) Math.floor(x + radius));
		final int y1 = Math.min(edge + rim - 1, (int) Math.floor(y + radius));
		final int z1 = Math.min(first + PLANES - 1, (int) Math.floor(z + radius));
		if (x1 < x0 || y1 < y0 || z1 < z0) return;
		for (int term = 0; term < gaussians.terms(); term++) {
			final double b = gaussians.width(atom, term) + blurSquareAngstrom;
			final double height = gaussians.weight(atom, term) * Math.pow(4 * Math.PI / b, 1.5);
			final double fall = 4 * Math.PI * Math.PI * spacingAngstrom * spacingAngstrom / b;
			sample(alongX[term], x0, x1, x, 1, fall);
			sample(alongY[term], y0, y1, y, 1, fall);
			sample(alongZ[term], z0, z1, z, height, fall);
		}
		for (int zi = z0; zi <= z1; zi++) {
			for (int yi = y0; yi <= y1; yi++) {
				final double rest = radius * radius - (zi - z) * (zi - z) - (yi - y) * (yi - y);
				if (rest < 0) continue;
				final double half = Math.sqrt(rest);
				final int from = Math.max(x0, (int) Math.ceil(x - half));
				final int to = Math.min(x1, (int) Math.floor(x + half));
				for (int term = 0; term < product.length; term++) product[term] = alongZ[term][zi - z0] * alongY[term][yi -
					y0];
				addRow(((zi - first) * width + yi + rim) * width + rim, from, to, x0);
			}
		}
	}

	private double index(final double offsetAngstrom) {
		return offsetAngstrom / spacingAngstrom + edge / 4 * 2;
	}

	private static void sample(final float[] samples, final int from, final int to, final double at, final double height,
		final double fall)
	{
		for (int i = from; i <= to; i++) samples[i - from] = (float) (height * Math.exp(-fall * (i - at) * (i - at)));
	}

	private void addRow(final int row, final int from, final int to, final int x0) {
		if (product.length == 1) {
			final float factor = product[0];
			final float[] gaussian = alongX[0];
			for (int x = from; x <= to; x++) densities[row + x] += factor * gaussian[x - x0];
			return;
		}
		final float f0 = product[0], f1 = product[1], f2 = product[2], f3 = product[3], f4 = product[4];
		final float[] g0 = alongX[0], g1 = alongX[1], g2 = alongX[2], g3 = alongX[3], g4 = alongX[4];
		for (int x = from; x <= to; x++) {
			final int i = x - x0;
			densities[row + x] += f0 * g0[i] + f1 * g1[i] + f2 * g2[i] + f3 * g3[i] + f4 * g4[i];
		}
	}

	/**
	 * One plane within the box, the rim folded back or cut off.
	 *
	 * @param index 0 to {@code PLANES - 1}
	 * @param plane receives {@code (2 box)^2} densities
	 */
	void plane(final int index, final float[] plane) {
		Arrays.fill(plane, 0);
		final int first = clip ? -1 : -rim;
		final int last = clip ? edge - 1 : edge + rim - 1;
		for (int y = first; y <= last; y++) {
			final int row = (index * width + y + rim) * width + rim;
			final int to = Math.floorMod(y, edge) * edge;
			final float share = share(y, edge, clip);
			for (int x = first; x <= last; x++) plane[to + Math.floorMod(x, edge)] += share * share(x, edge, clip) *
				densities[row + x];
		}
	}

	/**
	 * How much of a fine index belongs to the box. Its faces lie half a map pixel, one fine pixel, before the first and
	 * behind the last voxel: they cut half of the density on them.
	 */
	static float share(final int index, final int edge, final boolean clip) {
		return clip && (index == -1 || index == edge - 1) ? 0.5f : 1;
	}
}
