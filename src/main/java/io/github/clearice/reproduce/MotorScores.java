package io.github.clearice.reproduce;

import io.github.clearice.simulate.Orientation;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.structure.Point;
import io.github.clearice.task.TabSeparated;

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

	static final List<String> COLUMNS = List.of("method", "sites", "motors", "auc", "balanced", "lever_error_degree",
		"lever_state_right", "tail_error_degree", "head_share", "lever_share", "tail_share");

	/** Heads are 54 Å wide, the filament 86. */
	private static final double BESIDE_ANGSTROM = 60;
	private static final double BETWEEN_STATES_DEGREE = (Filament.TRAILING_DEGREE + Filament.LEADING_DEGREE) / 2;

	/**
	 * What is seen at a site.
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
	 * Mean of the shares of bound and of free sites that are told right in odd images, by the threshold best in the even
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

	/**
	 * A row of the table.
	 *
	 * @param truth what is seen in the true images, of which shares are taken
	 */
	String row(final String method, final MotorScores truth) {
		final double[] values = { areaUnderCurve(), balancedAccuracy(), median(measure -> Math.abs(measure.leverDegree -
			measure.motor.leverDegree())), mean(measure -> isStateRight(measure) ? 1 : 0), median(Sight::tailErrorDegree),
			contrastOfHeads() / truth.contrastOfHeads(), mean(Sight::lever) / truth.mean(Sight::lever), mean(Sight::tail) /
				truth.mean(Sight::tail) };
		return TabSeparated.line(method, sights.size(), heads(true).length, TabSeparated.decimals(4, values));
	}
}
