package io.github.clearice.fourier;

import io.github.clearice.task.ParameterException;

/**
 * Makes maps smaller as {@link FourierResampler} makes images smaller, by cropping their Fourier transform, so that the
 * projections of the smaller map are the smaller projections of the larger one.
 */
public final class VolumeBinning {

	private static final int LEAST = 4;

	private VolumeBinning() {}

	/**
	 * Bins a map. The Nyquist frequency of the smaller box is left out, because only half of it would be known.
	 *
	 * @param map of an even number of voxels
	 * @param bin by how much its box becomes smaller; 1 leaves the map as it is
	 * @return a map whose sums along the lines of sight are those of the map: its densities are {@code bin} times the
	 *         means over the voxels that each voxel stands for
	 * @throws ParameterException if the smaller box would not be an even number of at least 4 voxels
	 */
	public static Volume of(final Volume map, final int bin) {
		if (bin == 1) return map;
		final int box = map.box(), binned = bin < 1 ? 0 : box / bin;
		if (binned < LEAST || binned * bin != box || binned % 2 != 0) throw new ParameterException("A bin of " + bin +
			" does not divide a box of " + box + " voxels into an even one of " + LEAST + " or more. Use another bin, or" +
			" a box that is a multiple of twice it.");
		final RealFourierTransform3D larger = new RealFourierTransform3D(box), smaller = new RealFourierTransform3D(binned);
		final float[] spectrum = larger.forward(map.voxels()), cropped = new float[smaller.spectrumLength()];
		final int columns = box / 2 + 1, croppedColumns = binned / 2 + 1, band = binned / 2 - 1;
		final float scale = (float) (bin * Math.pow((double) binned / box, 3));
		for (int kz = -band; kz <= band; kz++) for (int ky = -band; ky <= band; ky++) {
			final int from = 2 * columns * (Math.floorMod(kz, box) * box + Math.floorMod(ky, box));
			final int to = 2 * croppedColumns * (Math.floorMod(kz, binned) * binned + Math.floorMod(ky, binned));
			for (int i = 0; i < 2 * (band + 1); i++) cropped[to + i] = scale * spectrum[from + i];
		}
		return Volume.of(binned, bin * map.pixelSizeAngstrom(), smaller.inverse(cropped));
	}
}
