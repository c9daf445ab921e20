package io.github.clearice.reproduce;

import io.github.clearice.simulate.Orientation;
import io.github.clearice.structure.Point;

/** Where the parts of motors lie in an image, and what density is there. */
final class MotorView {

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
		final double[] head = place(Motor.head(site)), from = place(Filament.place(0, 0, 0, 0)), to = place(Filament.place(
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

	/** By how much a lever at this angle would stand out from its sides. */
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

	/** By how much the tail stands out from its sides. */
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
