package io.github.clearice.micrograph;

import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * Finds particles in micrographs: correlates them with templates and takes the peaks.
 * <p> The micrograph is binned to the wanted resolution, ramps and the difference between ice and carbon are taken off
 * ({@link LocalScale}), and the rest is compared with each template under a round mask of the particle's size ({@link
 * TemplateMatching}). Beside the peaks, those of the inverted micrograph are found: they show how high noise reaches.
 */
public final class ParticleFinder {

	private static final String TASK = "Looking for particles";

	/** Window of the local mean and spread that are removed, in diameters. */
	private static final double WINDOW_DIAMETERS = 4;

	/** Diameter of the mask, in diameters of the particle. */
	private static final double MASK_DIAMETERS = 1.1;

	private final PickOptions options;
	private final double pixelSizeAngstrom;
	private final int binning;
	private final List<TemplateMatching.Template> templates;

	/**
	 * Makes the templates.
	 *
	 * @param pixelSizeAngstrom of the micrographs
	 * @throws ParameterException if it is unknown
	 */
	public ParticleFinder(final PickOptions options, final double pixelSizeAngstrom) {
		requirePixelSize(pixelSizeAngstrom);
		this.options = options;
		this.pixelSizeAngstrom = pixelSizeAngstrom;
		binning = Math.max(1, (int) (options.resolutionAngstrom() / 2 / pixelSizeAngstrom));
		final double binned = binning * pixelSizeAngstrom;
		templates = options.map() == null ? Templates.disc(options.diameterAngstrom() / binned, edge()) : Templates.ofMap(
			options.map(), binned, options.grid(), options.inPlaneStepDegree(), options.ctf());
	}

	static void requirePixelSize(final double pixelSizeAngstrom) {
		if (!(pixelSizeAngstrom > 0)) throw new ParameterException(
			"The micrographs state no pixel size, so the size of particles has no meaning. Give pixel=.");
	}

	/** Number of templates. */
	public int templates() {
		return templates.size();
	}

	public PickOptions options() {
		return options;
	}

	private double binnedDiameter() {
		return options.diameterAngstrom() / pixelSizeAngstrom / binning;
	}

	private int edge() {
		return 2 * (int) Math.ceil(MASK_DIAMETERS * binnedDiameter() / 2) + 2;
	}

	/**
	 * Finds all candidates in a micrograph, those with the highest score first.
	 *
	 * @throws ParameterException if it is constant somewhere, or smaller than a particle
	 * @throws io.github.clearice.task.TaskCancelledException if the listener asks to stop
	 */
	public Candidates find(final Micrograph micrograph, final TaskListener listener) {
		final Micrograph small = binned(micrograph);
		final int border = Math.max(1, (int) Math.ceil(binnedDiameter() / 2));
		if (Math.min(small.width(), small.height()) < 3 * border) throw new ParameterException(micrograph.name() +
			" is hardly larger than a particle of " + Math.round(options.diameterAngstrom()) +
			" Å. Check the pixel size and the diameter.");
		new LocalScale(small, Math.max(64, WINDOW_DIAMETERS * binnedDiameter())).normalise(small.pixels());
		if (options.dark()) for (int i = 0; i < small.pixels().length; i++)
			small.pixels()[i] *= -1;
		final TemplateMatching matching = new TemplateMatching(small.pixels(), small.width(), small.height(), mask(),
			edge());
		final AtomicInteger done = new AtomicInteger();
		listener.begin(TASK, templates.size());
		try {
			final TemplateMatching.ScoreMap scores = matching.correlate(templates, () -> {
				listener.checkCancelled(TASK);
				listener.progress(done.incrementAndGet());
			});
			final BackgroundCheck background = new BackgroundCheck(small, binnedDiameter());
			return Candidates.competing(picks(scores, scores.best(), border, background), picks(scores, scores.inverted(),
				border, background), options.diameterAngstrom() / pixelSizeAngstrom);
		}
		finally {
			listener.end();
		}
	}

	private List<Pick> picks(final TemplateMatching.ScoreMap scores, final float[] values, final int border,
		final BackgroundCheck background)
	{
		final List<Pick> picks = new ArrayList<>();
		final double distance = options.distanceAngstrom() / pixelSizeAngstrom / binning;
		for (final Peaks.Peak peak : Peaks.find(values, scores.width(), scores.height(), border, distance,
			pixel -> values[pixel] > 0 && background.isUniform(pixel)))
		{
			picks.add(new Pick((peak.x() + 0.5) * binning - 0.5, (peak.y() + 0.5) * binning - 0.5, peak.value(), templates
				.get(scores.template(peak.pixel())).psiDegree()));
		}
		return picks;
	}

	private boolean[] mask() {
		final int edge = edge();
		final double radius = MASK_DIAMETERS * binnedDiameter() / 2;
		final boolean[] mask = new boolean[edge * edge];
		for (int i = 0; i < mask.length; i++) mask[i] = Math.hypot(i % edge - edge / 2, i / edge - edge / 2) <= radius;
		return mask;
	}

	private Micrograph binned(final Micrograph micrograph) {
		final int width = micrograph.width() / binning, height = micrograph.height() / binning;
		if (width == 0 || height == 0) throw new ParameterException(micrograph.name() +
			" has too few pixels for details of " + options.resolutionAngstrom() + " Å. Check the pixel size.");
		final float[] pixels = new float[width * height];
		for (int y = 0; y < height * binning; y++)
			for (int x = 0; x < width * binning; x++) {
				pixels[y / binning * width + x / binning] += micrograph.pixels()[y * micrograph.width() + x] / (binning *
					binning);
			}
		return Micrograph.of(micrograph.name(), width, height, pixelSizeAngstrom * binning, pixels);
	}

	/** The local maxima of a map that have no larger one near. */
	private static final class Peaks {

		/** A maximum between pixels. */
		record Peak(double x, double y, double value, int pixel) {}

		private Peaks() {}

		/**
		 * Finds maxima, the largest first.
		 *
		 * @param border pixels at the rim that are not searched, at least 1
		 * @param distance least distance of two in pixels
		 * @param allowed pixels at which a maximum counts; others do not keep maxima near them from counting
		 */
		static List<Peak> find(final float[] map, final int width, final int height, final int border,
			final double distance,
			final IntPredicate allowed)
		{
			final List<Integer> maxima = new ArrayList<>();
			for (int y = border; y < height - border; y++) for (int x = border; x < width - border; x++) {
				if (isMaximum(map, width, y * width + x)) maxima.add(y * width + x);
			}
			maxima.sort((first, second) -> Float.compare(map[second], map[first]));
			final boolean[] taken = new boolean[map.length];
			final List<Peak> peaks = new ArrayList<>();
			for (final int at : maxima) {
				if (taken[at] || !allowed.test(at)) continue;
				peaks.add(refined(map, width, at));
				block(taken, width, height, at, distance);
			}
			return peaks;
		}

		private static boolean isMaximum(final float[] map, final int width, final int at) {
			for (int dy = -1; dy <= 1; dy++) for (int dx = -1; dx <= 1; dx++) {
				final float other = map[at + dy * width + dx];
				// Of equal neighbours, the first counts.
				if (other > map[at] || other == map[at] && dy * width + dx < 0) return false;
			}
			return true;
		}

		private static Peak refined(final float[] map, final int width, final int at) {
			return new Peak(at % width + vertex(map[at - 1], map[at], map[at + 1]), at / width + vertex(map[at - width],
				map[at], map[at + width]), map[at], at);
		}

		/** The vertex of the parabola through three neighbours. */
		private static double vertex(final double before, final double here, final double after) {
			final double curvature = before - 2 * here + after;
			return curvature < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * curvature))) : 0;
		}

		private static void block(final boolean[] taken, final int width, final int height, final int at,
			final double distance)
		{
			final int reach = (int) Math.ceil(distance), x = at % width, y = at / width;
			for (int v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++) {
				final int left = Math.max(0, x - reach), right = Math.min(width - 1, x + reach);
				final double dy = v - y;
				for (int u = left; u <= right; u++) if (Math.hypot(u - x, dy) < distance) taken[v * width + u] = true;
			}
		}
	}
}
