package io.github.clearice.reproduce;

import io.github.clearice.reproduce.Filament.Motor;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.structure.Point;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How well motors are seen in images of filaments, at sites whose place is known and lies beside the filament in the
 * image; a motor in front of or behind it is not looked for.
 */
record MotorScores(List<Sight> sights) {

	/** Heads are 54 Å wide, the filament 86. */
	private static final double BESIDE_ANGSTROM = 60;
	private static final double BETWEEN_STATES_DEGREE = (Filament.TRAILING_DEGREE + Filament.LEADING_DEGREE) / 2;

	/**
	 * The densities measured at a site.
	 *
	 * @param image that it is in
	 * @param head density there
	 * @param motor that is bound, or null
	 * @param lever by how much the lever stands out; 0 where none is bound, and so on
	 * @param leverDegree angle at which a lever is seen
	 * @param tail by how much the tail stands out
	 * @param tailErrorDegree of its direction in the image
	 */
	record Sight(int image, double head, Motor motor, double lever, double leverDegree, double tail,
		double tailErrorDegree)
	{

		boolean isBound() {
			return motor != null;
		}
	}

	/**
	 * Looks at a stack.
	 *
	 * @param particles with the views and, as classes, the arrangements, counted from 1
	 */
	static MotorScores of(final Path stackFile, final RelionParticles particles, final List<Filament> filaments) {
		final List<Sight> sights = new ArrayList<>();
		final List<Point> centres = filaments.stream().map(Filament::centre).toList();
		try (MrcParticleStack stack = MrcParticleStack.open(stackFile)) {
			final float[] image = new float[stack.box() * stack.box()];
			for (int i = 0; i < stack.size(); i++) {
				stack.read(i, image);
				final RelionParticle particle = particles.particles().get(i);
				final int arrangement = particle.classNumber() - 1;
				final MotorView view = new MotorView(image, stack.box(), stack.pixelSizeAngstrom(), new Orientation(particle
					.rotDegree(), particle.tiltDegree(), particle.psiDegree()), centres.get(arrangement));
				for (int site = -Filament.LAST_SITE; site <= Filament.LAST_SITE; site++) if (view.besideAngstrom(
					site) >= BESIDE_ANGSTROM) sights.add(measure(i, view, site, filaments.get(arrangement)));
			}
		}
		return new MotorScores(sights);
	}

	private static Sight measure(final int image, final MotorView view, final int site, final Filament filament) {
		final Motor motor = filament.motors().stream().filter(each -> each.site() == site).findFirst().orElse(null);
		if (motor == null) return new Sight(image, view.head(site), null, 0, 0, 0, 0);
		return new Sight(image, view.head(site), motor, view.lever(site, motor.leverDegree()), view.leverDegree(site), view
			.tail(motor), view.tailErrorDegree(motor));
	}

	/** The probability that a site with a motor is denser than one without. */
	double areaUnderCurve() {
		final double[] bound = heads(true), free = heads(false);
		double wins = 0;
		for (final double with : bound) for (final double without : free) wins += with > without ? 1 : with == without ? 0.5
			: 0;
		return wins / bound.length / free.length;
	}

	/**
	 * Mean of the fractions of bound and of free sites that are classified correctly in odd images, by the threshold
	 * best in the even
	 * ones.
	 */
	double balancedAccuracy() {
		final MotorScores even = new MotorScores(sights.stream().filter(measure -> measure.image % 2 == 0).toList());
		final MotorScores odd = new MotorScores(sights.stream().filter(measure -> measure.image % 2 == 1).toList());
		double best = Double.NaN, most = -1;
		for (final Sight measure : even.sights) {
			final double here = even.balancedAccuracy(measure.head);
			if (here > most) {
				most = here;
				best = measure.head;
			}
		}
		return odd.balancedAccuracy(best);
	}

	private double balancedAccuracy(final double threshold) {
		final double[] bound = heads(true), free = heads(false);
		return (Arrays.stream(bound).filter(head -> head >= threshold).count() / (double) bound.length + Arrays.stream(free)
			.filter(head -> head < threshold).count() / (double) free.length) / 2;
	}

	private double[] heads(final boolean bound) {
		return sights.stream().filter(measure -> measure.isBound() == bound).mapToDouble(Sight::head).toArray();
	}

	private double median(final ToDoubleFunction<Sight> value) {
		final double[] sorted = sights.stream().filter(Sight::isBound).mapToDouble(value).sorted().toArray();
		return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
	}

	private double mean(final ToDoubleFunction<Sight> value) {
		return sights.stream().filter(Sight::isBound).mapToDouble(value).average().orElse(Double.NaN);
	}

	private double contrastOfHeads() {
		return Arrays.stream(heads(true)).average().orElse(Double.NaN) - Arrays.stream(heads(false)).average().orElse(
			Double.NaN);
	}

	private static boolean isStateRight(final Sight measure) {
		return measure.leverDegree > BETWEEN_STATES_DEGREE == measure.motor.leverDegree() > BETWEEN_STATES_DEGREE;
	}

	/** For each bound motor, the share of free sites that are less dense; their mean is the area under the curve. */
	double[][] ranks() {
		final double[] free = heads(false);
		Arrays.sort(free);
		return new double[][] { Arrays.stream(heads(true)).map(head -> {
			final int at = Arrays.binarySearch(free, head);
			return (at < 0 ? -at - 1 : at + 0.5) / free.length;
		}).toArray() };
	}

	/** A number for each bound motor, in the order of the sights. */
	double[][] each(final ToDoubleFunction<Sight> value) {
		return new double[][] { sights.stream().filter(Sight::isBound).mapToDouble(value).toArray() };
	}

	/** By how much the angle of a lever is wrong. */
	static double leverError(final Sight sight) {
		return Math.abs(sight.leverDegree - sight.motor.leverDegree());
	}

	/**
	 * A line of the table.
	 *
	 * @param truth the density in the true images, to which shares refer
	 */
	MotorSummary summary(final String method, final MotorScores truth) {
		return new MotorSummary(method, sights.size(), heads(true).length, areaUnderCurve(), balancedAccuracy(), median(
			MotorScores::leverError), mean(measure -> isStateRight(measure) ? 1
				: 0), median(Sight::tailErrorDegree), contrastOfHeads() / truth.contrastOfHeads(), mean(Sight::lever) / truth
					.mean(Sight::lever), mean(Sight::tail) / truth.mean(Sight::tail));
	}

	/** Where the parts of motors lie in an image, and what density is there. */
	static final class MotorView {

		/** Half the width of a head is a little more. */
		private static final double DISC_ANGSTROM = 24;
		/** On either side of a rod, beyond it. */
		private static final double FLANK_ANGSTROM = 24;
		private static final int RIDGE_POINTS = 9;
		private static final double LEVER_STEP_DEGREE = 5;
		private static final double TAIL_STEP_DEGREE = 10;
		/** The lever itself, which is thicker than the tail, lies there. */
		private static final double BACKWARDS_DEGREE = 45;

		private final int box;
		private final double pixelSizeAngstrom;
		private final double[] rotation;
		private final Point centre;
		private final float[] image;

		/**
		 * @param image of {@code box * box} pixels
		 * @param centre point of the filament that is in the image's middle
		 */
		MotorView(final float[] image, final int box, final double pixelSizeAngstrom, final Orientation orientation,
			final Point centre)
		{
			this.image = image;
			this.box = box;
			this.pixelSizeAngstrom = pixelSizeAngstrom;
			this.rotation = orientation.matrix();
			this.centre = centre;
		}

		/** How far the head of a motor on a site lies from the filament's axis in the image, in Å. */
		double besideAngstrom(final int site) {
			final double[] head = place(Motor.head(site)), from = place(Filament.place(0, 0, 0, 0)),
				to = place(Filament.place(
				0, 0, 0, 1));
			final double ax = to[0] - from[0], ay = to[1] - from[1];
			return Math.abs((head[0] - from[0]) * ay - (head[1] - from[1]) * ax) / Math.hypot(ax, ay);
		}

		/** Mean density in a disc where a head would be. */
		double head(final int site) {
			final double[] at = place(Motor.head(site));
			final int reach = (int) Math.ceil(DISC_ANGSTROM / pixelSizeAngstrom);
			double sum = 0;
			int count = 0;
			for (int dy = -reach; dy <= reach; dy++) for (int dx = -reach; dx <= reach; dx++) {
				final double x = dx * pixelSizeAngstrom, y = dy * pixelSizeAngstrom;
				if (Math.hypot(x, y) > DISC_ANGSTROM) continue;
				sum += density(at[0] + x, at[1] + y);
				count++;
			}
			return sum / count;
		}

		/** The contrast of a lever at this angle with its two sides. */
		double lever(final int site, final double degree) {
			return ridge(place(Motor.lever(site, degree, 0)), place(Motor.lever(site, degree, Motor.LEVER_ANGSTROM)));
		}

		/** The angle at which a lever stands out most. */
		double leverDegree(final int site) {
			double best = Double.NaN, most = Double.NEGATIVE_INFINITY;
			for (double degree = 10; degree <= 170; degree += LEVER_STEP_DEGREE) {
				final double here = lever(site, degree);
				if (here > most) {
					most = here;
					best = degree;
				}
			}
			return best;
		}

		/** The contrast of the tail with its two sides. */
		double tail(final Motor motor) {
			return ridge(place(motor.tail(0)), place(motor.tail(Motor.TAIL_ANGSTROM)));
		}

		/**
		 * By how much the direction in which a tail stands out most, from the true end of the lever, is wrong in the image;
		 * directions back along the lever are left out.
		 */
		double tailErrorDegree(final Motor motor) {
			final double[] from = place(motor.tail(0)), to = place(motor.tail(Motor.TAIL_ANGSTROM));
			final double length = Math.hypot(to[0] - from[0], to[1] - from[1]), truth = Math.atan2(to[1] - from[1], to[0] -
				from[0]);
			final double[] neck = place(Motor.lever(motor.site(), motor.leverDegree(), 0));
			final double back = Math.atan2(neck[1] - from[1], neck[0] - from[0]);
			double best = 0, most = Double.NEGATIVE_INFINITY;
			for (double turn = 0; turn < 360; turn += TAIL_STEP_DEGREE) {
				final double angle = truth + Math.toRadians(turn);
				if (Math.cos(angle - back) > Math.cos(Math.toRadians(BACKWARDS_DEGREE))) continue;
				final double here = ridge(from, new double[] { from[0] + length * Math.cos(angle), from[1] + length * Math.sin(
					angle) });
				if (here > most) {
					most = here;
					best = turn;
				}
			}
			return Math.min(best, 360 - best);
		}

		/** Mean density along a line without that on its two sides. */
		private double ridge(final double[] from, final double[] to) {
			final double dx = to[0] - from[0], dy = to[1] - from[1], length = Math.hypot(dx, dy);
			final double sideX = -dy / length * FLANK_ANGSTROM, sideY = dx / length * FLANK_ANGSTROM;
			double sum = 0;
			for (int i = 1; i <= RIDGE_POINTS; i++) {
				// The near end is still in the head, or in the lever.
				final double share = 0.25 + 0.75 * i / RIDGE_POINTS, x = from[0] + share * dx, y = from[1] + share * dy;
				sum += density(x, y) - (density(x + sideX, y + sideY) + density(x - sideX, y - sideY)) / 2;
			}
			return sum / RIDGE_POINTS;
		}

		/** Where a point of the filament lies, in Å from the image's middle. */
		private double[] place(final Point point) {
			final double x = point.xAngstrom() - centre.xAngstrom(), y = point.yAngstrom() - centre.yAngstrom();
			final double z = point.zAngstrom() - centre.zAngstrom();
			return new double[] { rotation[0] * x + rotation[1] * y + rotation[2] * z, rotation[3] * x + rotation[4] * y +
				rotation[5] * z };
		}

		/** Density by bilinear interpolation; the rim's value beyond it. */
		private double density(final double xAngstrom, final double yAngstrom) {
			final double x = Math.max(0, Math.min(box - 1.001, box / 2 + xAngstrom / pixelSizeAngstrom));
			final double y = Math.max(0, Math.min(box - 1.001, box / 2 + yAngstrom / pixelSizeAngstrom));
			final int column = (int) x, row = (int) y, at = row * box + column;
			final double fx = x - column, fy = y - row;
			return (1 - fy) * ((1 - fx) * image[at] + fx * image[at + 1]) + fy * ((1 - fx) * image[at + box] + fx * image[at +
				box + 1]);
		}
	}
}
