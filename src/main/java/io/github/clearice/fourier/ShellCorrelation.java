package io.github.clearice.fourier;

import java.util.Locale;

/**
 * The correlation of two spectra in shells of equal frequency: the Fourier ring
 * correlation of images, the Fourier shell correlation of volumes.
 * <p>
 * {@code sum Re(F1 conj F2) / sqrt(sum |F1|^2 sum |F2|^2)} over the shell
 * (Saxton and Baumeister 1982; Harauz and van Heel 1986), 0 where either has no
 * power there.
 *
 * @param box edge length of the images or volumes in pixels
 * @param pixelSizeAngstrom pixel size in Å; NaN where it is unknown: resolutions are NaN then
 * @param values the correlation of shells 0 to {@code box / 2}, not copied; shell
 *          k lies at the frequency {@code k / (box * pixelSizeAngstrom)}
 */
public record ShellCorrelation(int box, double pixelSizeAngstrom, double[] values) {

	/** The threshold against a noise-free truth. */
	public static final double HALF = 0.5;

	/** The threshold between independent halves (Rosenthal and Henderson 2003). */
	public static final double ONE_SEVENTH = 0.143;

	public ShellCorrelation {
		if (values.length != box / 2 + 1) throw new IllegalArgumentException("A box of " + box + " has " + (box / 2 + 1) +
			" shells, not " + values.length + ".");
		if (pixelSizeAngstrom <= 0) throw new IllegalArgumentException("Pixel size must be positive, not " +
			pixelSizeAngstrom + " Å.");
	}

	/**
	 * The Fourier shell correlation of two volumes; equals {@code relion_image_handler --fsc}.
	 *
	 * @throws io.github.clearice.task.ParameterException if they have different boxes or pixel sizes
	 */
	public static ShellCorrelation of(final Volume first, final Volume second) {
		first.requireAlike("the first volume", second, "The second volume");
		final RealFourierTransform3D transform = new RealFourierTransform3D(first.box());
		return between(FourierShells.ofHalfSpectra(first.box()), first.pixelSizeAngstrom(), transform.forward(first
			.voxels()), transform.forward(second.voxels()));
	}

	/** Correlates two half spectra of the layout that {@link FourierShells} describes. */
	public static ShellCorrelation between(final FourierShells shells, final double pixelSizeAngstrom,
		final float[] first, final float[] second)
	{
		final double[] firstPower = new double[shells.count()];
		shells.addPower(first, firstPower);
		return between(shells, pixelSizeAngstrom, first, firstPower, second);
	}

	/**
	 * Correlates two half spectra where the power of the first is known, as when one
	 * reference is compared with many.
	 *
	 * @param firstPower sums of {@code |F1|^2}, of {@link FourierShells#addPower}
	 */
	public static ShellCorrelation between(final FourierShells shells, final double pixelSizeAngstrom,
		final float[] first, final double[] firstPower, final float[] second)
	{
		final double[] cross = new double[shells.count()];
		final double[] secondPower = new double[shells.count()];
		shells.addCross(first, second, cross);
		shells.addPower(second, secondPower);
		final double[] values = new double[shells.nyquist() + 1];
		for (int k = 0; k < values.length; k++) {
			final double norm = Math.sqrt(firstPower[k]) * Math.sqrt(secondPower[k]);
			values[k] = norm > 0 ? cross[k] / norm : 0;
		}
		return new ShellCorrelation(shells.box(), pixelSizeAngstrom, values);
	}

	/**
	 * The resolution in Å at which the correlation first falls below a threshold,
	 * interpolated linearly in frequency between the two shells.
	 * <p>
	 * Twice the pixel size where it never does; the edge length of the box where
	 * even the first shell lies below it. The mean (shell 0) has no part in this.
	 */
	public double resolutionAngstrom(final double threshold) {
		return box * pixelSizeAngstrom / crossingShell(threshold);
	}

	/**
	 * The shell at which the correlation first falls below a threshold, interpolated linearly between two.
	 * <p>
	 * Half the box where it never does; 1 where even the first shell lies below it. The mean (shell 0) has no part in
	 * this.
	 */
	public double crossingShell(final double threshold) {
		if (values.length < 2 || !(values[1] >= threshold)) return 1;
		for (int k = 2; k < values.length; k++) {
			if (values[k] >= threshold) continue;
			return k - 1 + (values[k - 1] - threshold) / (values[k - 1] - values[k]);
		}
		return box / 2.0;
	}

	/** The same curve of images whose pixel size is unknown. */
	public ShellCorrelation withoutPixelSize() {
		return new ShellCorrelation(box, Double.NaN, values);
	}

	/** The frequency of a shell in 1/Å. */
	public double frequencyPerAngstrom(final int shell) {
		return shell / (box * pixelSizeAngstrom);
	}

	/** Where it falls below a threshold: the resolution, or the shell where the pixel size is unknown. */
	public String describeCrossing(final double threshold) {
		return Double.isNaN(pixelSizeAngstrom) ? String.format(Locale.ROOT, "shell %.1f of %d", crossingShell(threshold),
			values().length - 1) : String.format(Locale.ROOT, "%.2f Å", resolutionAngstrom(threshold));
	}
}
