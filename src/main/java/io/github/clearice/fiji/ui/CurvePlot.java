package io.github.clearice.fiji.ui;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import ij.gui.Plot;

/** A curve of a training as a plot of ImageJ. */
enum CurvePlot {

	LOSS("Pixel loss, running mean", "loss", new Color(0x1f5fa8)) {

		@Override
		Curve curve(final TrainingView view) {
			return view.losses();
		}
	},
	VALIDATION("Validation on held-out particles", "PSNR (dB)", new Color(0x9a3412)) {

		@Override
		Curve curve(final TrainingView view) {
			return view.validations();
		}

		@Override
		List<Curve> others(final TrainingView view) {
			return view.search().others();
		}
	};

	/** For curves of other trainings, which are shown for comparison. */
	private static final Color PALE = new Color(0xc4c4c4);

	/** A loss that falls by more than this is shown on a logarithmic axis. */
	private static final double WIDE = 20;
	/** Values this far below the best, in dB, are from the first epochs and would hide the gains of the last ones. */
	private static final double DEEP = 8;
	/** The margins that ImageJ puts around a plot, in pixels. */
	private static final int AROUND_WIDTH = 92;
	private static final int AROUND_HEIGHT = 62;

	private final String title;
	private final String axis;
	private final Color colour;

	CurvePlot(final String title, final String axis, final Color colour) {
		this.title = title;
		this.axis = axis;
		this.colour = colour;
	}

	abstract Curve curve(TrainingView view);

	/** Curves of other trainings, to compare with. */
	List<Curve> others(final TrainingView view) {
		return List.of();
	}

	String title() {
		return title;
	}

	/** Draws it for a window. */
	BufferedImage draw(final TrainingView view, final int width, final int height) {
		final Plot plot = plot(view);
		plot.setFrameSize(Math.max(80, width - AROUND_WIDTH), Math.max(60, height - AROUND_HEIGHT));
		return plot.getProcessor().getBufferedImage();
	}

	/** Opens it in a window of ImageJ, where it can be listed, saved and changed. */
	void open(final TrainingView view) {
		plot(view).show();
	}

	private Plot plot(final TrainingView view) {
		final Plot plot = new Plot(title, "update", axis);
		final List<Curve> all = new ArrayList<>(others(view));
		for (final Curve other : all) draw(plot, other, PALE, 1);
		all.add(curve(view));
		draw(plot, curve(view), colour, 2);
		limit(plot, all);
		if (this == VALIDATION && view.best() != null) {
			plot.setColor(Color.BLACK);
			plot.addPoints(new double[] { view.best().step() }, new double[] { view.best().validationPsnrDecibel() },
				Plot.CIRCLE);
		}
		return plot;
	}

	private static void draw(final Plot plot, final Curve curve, final Color colour, final int width) {
		final double[] steps = curve.steps();
		if (steps.length == 0) return;
		plot.setColor(colour);
		plot.setLineWidth(width);
		plot.addPoints(steps, curve.values(), steps.length > 1 ? Plot.LINE : Plot.CIRCLE);
		plot.setLineWidth(1);
	}

	/** The axis of updates starts with the training; that of the values covers their range. */
	private void limit(final Plot plot, final List<Curve> curves) {
		final double[] values = curves.stream().flatMapToDouble(curve -> Arrays.stream(curve.values())).toArray();
		if (values.length == 0) {
			plot.setLimits(0, 1, 0, 1);
			return;
		}
		final double lastStep = Math.max(1, 1.02 * curves.stream().flatMapToDouble(curve -> Arrays.stream(curve.steps()))
			.max().getAsDouble());
		double low = Arrays.stream(values).min().getAsDouble();
		final double high = Arrays.stream(values).max().getAsDouble();
		if (this == LOSS && low > 0 && high > WIDE * low) {
			plot.setAxisYLog(true);
			plot.setLimits(0, lastStep, low / 1.2, high * 1.2);
			return;
		}
		if (this == VALIDATION) low = Math.max(low, high - DEEP);
		final double margin = high > low ? 0.08 * (high - low) : 0.08 * Math.max(1e-9, Math.abs(high));
		plot.setLimits(0, lastStep, low - margin, high + margin);
	}
}
