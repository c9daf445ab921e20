package io.github.clearice.reconstruct.pose;

import io.github.clearice.simulate.Ctf;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.simulate.Pose;
import io.github.clearice.simulate.Undistortion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the pose of one particle after the other. Holds buffers: one instance a thread. */
final class PoseSearch {

	/** The best views of the grid that are refined: the first is not always the right one. */
	private static final int REFINED = 3;

	/** Orientations that differ by less are one answer. */
	private static final double SAME_DEGREE = 15;

	/** Distance of the shifts that are tried, in pixels. */
	private static final double SHIFT_STEP = 2;

	/** The best angle of a view at its best shift. */
	private record Candidate(double[] matrix, double shiftX, double shiftY, double score) {}

	private final ReferenceViews views;
	private final PoseOptions options;
	private final ViewScorer scorer;
	private final PoseRefiner refiner;
	private final PoseLikelihood likelihood;
	private final Undistortion undistortion;
	private final Ctf ctf;
	private final float[] transfer;
	private final double pixelSizeAngstrom;

	PoseSearch(final ReferenceViews views, final PoseOptions options) {
		this.views = views;
		this.options = options;
		this.pixelSizeAngstrom = views.projector().pixelSizeAngstrom();
		scorer = new ViewScorer(views);
		refiner = new PoseRefiner(views);
		likelihood = PoseLikelihood.ofRings(views.rings());
		undistortion = new Undistortion(views.projector().box(), pixelSizeAngstrom);
		ctf = new Ctf(views.projector().box(), pixelSizeAngstrom);
		transfer = new float[ctf.length()];
	}

	/**
	 * @param image of the particle, undistorted in place
	 * @param optics of the image, or null for a plain projection
	 */
	PoseMatch find(final float[] image, final CtfParameters optics) {
		undistortion.apply(optics, image);
		final PoseMatch match = findUndistorted(image, Undistortion.remaining(optics));
		return new PoseMatch(Undistortion.distorted(optics, match.pose()), match.score(), match.confidence());
	}

	private PoseMatch findUndistorted(final float[] image, final CtfParameters parameters) {
		if (parameters != null) ctf.sample(parameters, transfer);
		final double[] ringTransfer = parameters == null ? null : ringMeans(transfer, views.projector().box(), views
			.rings());
		final Candidate[] best = new Candidate[views.grid().size()];
		final double reach = options.shiftAngstrom() / pixelSizeAngstrom;
		final int steps = (int) Math.ceil(reach / SHIFT_STEP);
		scorer.load(image);
		for (int y = -steps; y <= steps; y++) for (int x = -steps; x <= steps; x++) {
			final double shiftX = steps == 0 ? 0 : x * reach / steps, shiftY = steps == 0 ? 0 : y * reach / steps;
			scorer.move(shiftX, shiftY, ringTransfer);
			for (int view = 0; view < best.length; view++) keepBest(best, view, shiftX, shiftY);
		}
		final List<Candidate> sorted = new ArrayList<>(List.of(best));
		sorted.sort(Comparator.comparingDouble(Candidate::score).reversed());
		return refined(image, parameters, sorted);
	}

	private void keepBest(final Candidate[] best, final int view, final double shiftX, final double shiftY) {
		final float[] scores = scorer.score(view);
		int at = 0;
		for (int j = 1; j < scores.length; j++) if (scores[j] > scores[at]) at = j;
		if (best[view] != null && best[view].score() >= scores[at]) return;
		best[view] = new Candidate(new Orientation(views.grid().rotDegree(view), views.grid().tiltDegree(view), 360.0 * at /
			scores.length).matrix(), shiftX, shiftY, scores[at]);
	}

	private PoseMatch refined(final float[] image, final CtfParameters parameters, final List<Candidate> sorted) {
		refiner.setImage(image, parameters == null ? null : transfer);
		PoseMatch best = null;
		double gain = Double.POSITIVE_INFINITY;
		final int refined = Math.min(REFINED, sorted.size());
		for (int i = 0; i < refined; i++) {
			final Candidate candidate = sorted.get(i);
			// The picture was moved by minus the origin: the point at minus the origin belongs in the centre.
			final PoseMatch match = refiner.refine(new Pose(Rotations.orientation(candidate.matrix()), -candidate.shiftX() *
				pixelSizeAngstrom, -candidate.shiftY() * pixelSizeAngstrom), views.grid().spacingDegree() / 2);
			sorted.set(i, new Candidate(match.pose().orientation().matrix(), 0, 0, match.score()));
			gain = Math.min(gain, Math.max(0, match.score() - candidate.score()));
			if (best == null || match.score() > best.score()) best = match;
		}
		return new PoseMatch(best.pose(), best.score(), confidence(best, sorted, refined, gain));
	}

	/**
	 * The share of the probability of all views that lies near the pose found.
	 *
	 * @param gain the expected gain of views that were not refined
	 */
	private double confidence(final PoseMatch match, final List<Candidate> candidates, final int refined,
		final double gain)
	{
		final double[] matrix = match.pose().orientation().matrix();
		final double most = likelihood.log(match.score());
		double near = 0, all = 0;
		for (int i = 0; i < candidates.size(); i++) {
			final Candidate candidate = candidates.get(i);
			final double weight = Math.exp(Math.min(0, likelihood.log(candidate.score() + (i < refined ? 0 : gain)) - most));
			all += weight;
			if (Rotations.distanceDegree(matrix, candidate.matrix(), options.symmetry()) < SAME_DEGREE) near += weight;
		}
		return near / all;
	}

	/** Means of a transfer function over rings; element 0 is unused. */
	static double[] ringMeans(final float[] values, final int box, final int rings) {
		final double[] sum = new double[rings + 1];
		final int[] count = new int[rings + 1];
		final int columns = box / 2 + 1;
		for (int row = 0; row < box; row++) for (int kx = 0; kx < columns; kx++) {
			final int ring = (int) Math.rint(Math.hypot(kx, 2 * row <= box ? row : row - box));
			if (ring > rings) continue;
			sum[ring] += values[row * columns + kx];
			count[ring]++;
		}
		for (int ring = 0; ring <= rings; ring++) sum[ring] /= count[ring];
		return sum;
	}
}
