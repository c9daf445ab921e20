package io.github.clearice.fiji.desktop;

import io.github.clearice.command.OpenImage;
import io.github.clearice.command.Plots;
import io.github.clearice.evaluate.Montage;
import io.github.clearice.evaluate.halves.HalfCurves;
import io.github.clearice.evaluate.trust.TrustFinding;
import io.github.clearice.evaluate.trust.TrustTable;
import io.github.clearice.fiji.plot.CorrelationPlot;
import io.github.clearice.fiji.plot.CurvePicture;
import io.github.clearice.fiji.plot.HalvesPlot;
import io.github.clearice.fiji.plot.ModelPage;
import io.github.clearice.fiji.plot.PoseErrorPlot;
import io.github.clearice.fiji.plot.ScatterPlot;
import io.github.clearice.fiji.plot.TrustPage;
import io.github.clearice.reconstruct.ResolutionCurves;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Plots of ImageJ. */
final class FijiPlots implements Plots {

	/** A plot that keeps its data in its window. */
	private record Drawn(ij.gui.Plot plot) implements Plot {

		@Override
		public void write(final Path target) {
			CurvePicture.save(plot, target);
		}

		@Override
		public OpenImage image() {
			return new FijiImage(plot.getImagePlus());
		}
	}

	@Override
	public void write(final Path target, final String across, final String upwards, final List<Series> curves) {
		curves("Curves", across, upwards, curves).write(target);
	}

	@Override
	public Plot curves(final String title, final String across, final String upwards, final List<Series> curves) {
		return new Drawn(CurvePicture.draw(title, across, upwards, curves));
	}

	@Override
	public Plot scatter(final String title, final double[][] coordinates, final int[] classes,
		final List<String> names)
	{
		return new Drawn(ScatterPlot.draw(title, coordinates, classes, names));
	}

	@Override
	public Plot correlation(final String title, final ResolutionCurves curves) {
		return new Drawn(CorrelationPlot.draw(title, curves));
	}

	@Override
	public Plot poseErrors(final Map<String, double[]> degrees) {
		return new Drawn(PoseErrorPlot.draw(degrees));
	}

	@Override
	public void writeHalves(final Path target, final List<HalfCurves> curves) {
		HalvesPlot.write(target, curves);
	}

	@Override
	public void writeTrust(final Path target, final String model, final String data, final int box,
		final double pixelSizeAngstrom, final List<TrustFinding> findings)
	{
		new TrustPage(box, pixelSizeAngstrom).write(target, model, data, findings);
	}

	@Override
	public void writeCard(final Path target, final String model, final Map<String, String> facts, final Montage samples,
		final List<TrustTable.Row> trust)
	{
		ModelPage.write(target, model, facts, samples, trust);
	}
}
