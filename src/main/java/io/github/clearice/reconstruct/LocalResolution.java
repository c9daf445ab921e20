package io.github.clearice.reconstruct;

import io.github.clearice.fourier.RealFourierTransform3D;
import io.github.clearice.fourier.Volume;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The resolution at each voxel: where the correlation of two volumes in a window
 * around it falls below a threshold.
 * <p>
 * Both volumes are filtered to one band of frequencies after the other, and
 * products of the two are averaged over a Gaussian window, which gives the
 * correlation of the band near each voxel (after Cardone, Heymann and Steven 2013, who
 * cut out boxes).
 *
 * @see <a href="https://doi.org/10.1016/j.jsb.2013.08.002">Cardone, Heymann and Steven 2013</a>
 */
public final class LocalResolution {

	private static final String TASK = "Measuring local resolution";

	private final Volume first;
	private final Volume second;
	private final RealFourierTransform3D transform;
	private final int box;
	private final double sigma;

	private LocalResolution(final Volume first, final Volume second, final double windowAngstrom) {
		this.first = first;
		this.second = second;
		this.box = first.box();
		this.transform = new RealFourierTransform3D(box);
		// A Gaussian's full width at half maximum.
		this.sigma = windowAngstrom / first.pixelSizeAngstrom() / Math.sqrt(8 * Math.log(2));
	}

	/**
	 * Measures the resolution in Å at each voxel, interpolated between bands. Twice
	 * the pixel size where the correlation never falls; the edge length of the box
	 * where the coarsest band is below the threshold already.
	 *
	 * @param windowAngstrom full width at half maximum of the window: finer details are seen with a small one, less noise
	 *          with a large one; several times the resolution
	 * @param threshold of the correlation, such as 0.5
	 */
	public static Volume measure(final Volume first, final Volume second, final double windowAngstrom,
		final double threshold, final TaskListener listener)
	{
		if (!(windowAngstrom >= 4 * first.pixelSizeAngstrom())) throw new ParameterException("A window of " +
			windowAngstrom + " Å is less than four voxels (window=). Give several times the resolution.");
		return new LocalResolution(first, second, windowAngstrom).run(threshold, listener);
	}

	private Volume run(final double threshold, final TaskListener listener) {
		final float[] firstSpectrum = transform.forward(first.voxels()),
			secondSpectrum = transform.forward(second.voxels());
		// Bands as wide as the window's own spectrum: narrower ones would tell no more.
		final double step = Math.max(1, box / (2 * Math.PI * sigma));
		final int bands = Math.max(2, (int) Math.ceil((box / 2 - 0.5 * step) / step));
		final float[] resolution = new float[box * box * box];
		final float[] before = new float[resolution.length];
		final double edge = box * first.pixelSizeAngstrom();
		Arrays.fill(before, 1);
		listener.begin(TASK, bands);
		try {
			for (int band = 1; band <= bands; band++) {
				listener.checkCancelled(TASK);
				final float[] correlation = correlation(firstSpectrum, secondSpectrum, band * step, step);
				for (int i = 0; i < resolution.length; i++) {
					if (resolution[i] == 0 && correlation[i] < threshold) {
						final double at = band - 1 + (before[i] - threshold) / (before[i] - correlation[i]);
						resolution[i] = (float) (band == 1 ? edge : edge / (at * step));
					}
					before[i] = correlation[i];
				}
				listener.progress(band);
			}
		}
		finally {
			listener.end();
		}
		final float finest = (float) (2 * first.pixelSizeAngstrom());
		for (int i = 0; i < resolution.length; i++) resolution[i] = resolution[i] == 0 ? finest : Math.max(finest,
			resolution[i]);
		return Volume.of(box, first.pixelSizeAngstrom(), resolution);
	}

	private float[] correlation(final float[] firstSpectrum, final float[] secondSpectrum, final double centre,
		final double step)
	{
		final float[] a = band(firstSpectrum, centre, step), b = band(secondSpectrum, centre, step);
		final float[] product = new float[a.length];
		for (int i = 0; i < a.length; i++) {
			product[i] = a[i] * b[i];
			a[i] *= a[i];
			b[i] *= b[i];
		}
		final float[] cross = average(product), firstPower = average(a), secondPower = average(b);
		for (int i = 0; i < cross.length; i++) {
			// Averages over a window by transforms may fall below zero by rounding.
			final double norm = Math.sqrt(Math.max(0, firstPower[i])) * Math.sqrt(Math.max(0, secondPower[i]));
			cross[i] = norm > 0 ? (float) (cross[i] / norm) : 0;
		}
		return cross;
	}

	/** The part of a volume whose frequencies lie within a raised cosine about a shell. */
	private float[] band(final float[] spectrum, final double centre, final double step) {
		return filtered(spectrum.clone(), radius -> Math.abs(radius - centre) >= step ? 0 : 0.5 + 0.5 * Math.cos(Math.PI *
			(radius - centre) / step));
	}

	private float[] average(final float[] volume) {
		return filtered(transform.forward(volume), radius -> Math.exp(-2 * Math.pow(Math.PI * sigma * radius / box, 2)));
	}

	private float[] filtered(final float[] spectrum, final DoubleUnaryOperator gain) {
		final int columns = box / 2 + 1;
		final double[] gains = new double[4 * box];
		// Sampled finely enough for a table: quarter steps of the frequency.
		for (int i = 0; i < gains.length; i++) gains[i] = gain.applyAsDouble(i / 4.0);
		for (int row = 0, at = 0; row < box * box; row++) {
			final double y = frequency(row % box), z = frequency(row / box);
			for (int x = 0; x < columns; x++, at += 2) {
				final float factor = (float) gains[(int) Math.rint(4 * Math.sqrt(x * x + y * y + z * z))];
				spectrum[at] *= factor;
				spectrum[at + 1] *= factor;
			}
		}
		return transform.inverse(spectrum);
	}

	private int frequency(final int index) {
		return 2 * index <= box ? index : index - box;
	}
}
