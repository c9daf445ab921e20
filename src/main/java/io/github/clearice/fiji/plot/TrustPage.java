package io.github.clearice.fiji.plot;

import io.github.clearice.evaluate.Montage;
import io.github.clearice.evaluate.trust.TrustCurve;
import io.github.clearice.evaluate.trust.TrustFinding;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.task.TextFile;

import ij.gui.Plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/** Writes a trust report as a self-contained page with embedded pictures. */
public final class TrustPage {

	private static final int WIDTH = 560;
	private static final int HEIGHT = 320;

	private final int box;
	private final double pixelSizeAngstrom;

	/** @param box edge length in pixels of the images that findings show */
	public TrustPage(final int box, final double pixelSizeAngstrom) {
		this.box = box;
		this.pixelSizeAngstrom = pixelSizeAngstrom;
	}

	/**
	 * Writes the page.
	 *
	 * @param model the model tested
	 * @param data the test data
	 * @throws io.github.clearice.task.OutputException if it cannot be written
	 */
	public void write(final Path target, final String model, final String data, final List<TrustFinding> findings) {
		final StringBuilder page = HtmlPage.begin("Trust report: " + model, data);
		page.append("<table><tr><th>question</th><th>number</th><th>limit</th><th></th></tr>\n");
		for (final TrustFinding finding : findings) page.append("<tr><td><a href=\"#").append(finding.name()).append("\">")
			.append(HtmlPage.escaped(finding.question())).append(
				"</a></td><td>").append(TrustFinding.number(finding.value())).append("</td><td>")
			.append(TrustFinding.number(finding.limit())).append("</td>").append(verdict(finding, "td")).append("</tr>\n");
		page.append("</table>\n");
		for (final TrustFinding finding : findings) {
			page.append("<h2 id=\"").append(finding.name()).append("\">").append(HtmlPage.escaped(finding.question())).append(
				"</h2>\n");
			page.append(verdict(finding, "p")).append("<p>").append(HtmlPage.escaped(finding.sentence())).append("</p>\n");
			if (!finding.curves().isEmpty()) page.append(HtmlPage.picture(plot(finding), finding.axis() +
				" by spatial frequency"));
			if (!finding.rows().isEmpty()) page.append(HtmlPage.picture(montage(finding.rows()), "images"));
		}
		page.append(HtmlPage.END);
		TextFile.write(target, page.toString());
	}

	private static String verdict(final TrustFinding finding, final String tag) {
		final String kind = !finding.isTest() ? "note" : finding.passed() ? "passed" : "failed";
		return "<" + tag + " class=\"" + kind + "\">" + HtmlPage.escaped(finding.verdict()) + "</" + tag + ">\n";
	}

	private BufferedImage plot(final TrustFinding finding) {
		final List<TrustCurve> curves = finding.curves();
		final Plot plot = new Plot("Rings", "spatial frequency (1/Å)", finding.axis());
		plot.setSize(WIDTH, HEIGHT);
		plot.setLineWidth(2);
		double low = 0, high = 1, last = 0;
		for (final TrustCurve curve : curves) {
			final double[] frequencies = new double[curve.values().length];
			for (int k = 0; k < frequencies.length; k++) {
				frequencies[k] = k / (box * pixelSizeAngstrom);
				low = Math.min(low, curve.values()[k]);
				high = Math.max(high, curve.values()[k]);
				last = Math.max(last, frequencies[k]);
			}
			plot.setColor(CurvePicture.colour(curves.indexOf(curve)));
			plot.add("line", frequencies, curve.values());
		}
		plot.setLimits(0, last, low - .02, high + .02);
		plot.setColor(Color.BLACK);
		plot.addLegend(String.join("\n", curves.stream().map(TrustCurve::label).toList()), "auto");
		return plot.getProcessor().getBufferedImage();
	}

	private BufferedImage montage(final List<TrustFinding.Row> rows) {
		final Montage montage = Montage.ofFirst(rows.get(0).images().length, rows.get(0).images().length);
		for (final TrustFinding.Row row : rows) {
			montage.add(row.label(), new ArrayParticleStack(row.label(), box, pixelSizeAngstrom, row.images()));
			if (row.contrastOf() != null) montage.withContrastOf(row.contrastOf());
		}
		return montage.draw();
	}
}
