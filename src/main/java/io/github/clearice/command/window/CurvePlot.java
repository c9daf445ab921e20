package io.github.clearice.command.window;

import java.awt.Color;
import java.awt.image.BufferedImage;

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
	};

	/** A loss that falls by more than this is shown on a logarithmic axis. */
	private static final double WIDE = 20;
	/** What is so far below the best is of the first epochs and would hide how the last ones gain, in dB. */
	private static final double DEEP = 8;
	/** What ImageJ puts around the frame of a plot, in pixels. */
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
		final Curve curve = curve(view);
		final Plot plot = new Plot(title, "update", axis);
		final double[] steps = curve.steps(), values = curve.values();
		if (steps.length > 0) {
			plot.setColor(colour);
			plot.setLineWidth(2);
			plot.addPoints(steps, values, steps.length > 1 ? Plot.LINE : Plot.CIRCLE);
			plot.setLineWidth(1);
			limit(plot, Math.max(1, 1.02 * steps[steps.length - 1]), values);
		}
		if (this == VALIDATION && view.best() != null) {
			plot.setColor(Color.BLACK);
			plot.addPoints(new double[] { view.best().step() }, new double[] { view.best().validationPsnrDecibel() },
				Plot.CIRCLE);
		}
		return plot;
	}

	/** The axis of updates begins with the training; that of the values is where the values are. */
	private void limit(final Plot plot, final double lastStep, final double[] values) {
		double low = Double.POSITIVE_INFINITY, high = Double.NEGATIVE_INFINITY;
		for (final double value : values) {
			low = Math.min(low, value);
			high = Math.max(high, value);
		}
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
