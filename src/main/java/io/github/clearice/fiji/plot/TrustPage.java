package io.github.clearice.fiji.plot;

import io.github.clearice.evaluate.Montage;
import io.github.clearice.evaluate.trust.TrustCurve;
import io.github.clearice.evaluate.trust.TrustFinding;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.TextFile;

import ij.gui.Plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import javax.imageio.ImageIO;

/** Writes a trust report as a self-contained page with embedded pictures. */
public final class TrustPage {

	private static final int WIDTH = 560;
	private static final int HEIGHT = 320;

	private static final String HEAD =
		"""
				<!DOCTYPE html>
				<html lang="en"><head><meta charset="utf-8"><title>Trust report: %1$s</title>
				<style>
				body { font: 16px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222 }
				table { border-collapse: collapse }
				td, th { padding: .3em .8em; border-bottom: 1px solid #ccc; text-align: left }
				.passed { color: #00684a } .failed { color: #b03a00; font-weight: bold } .note { color: #444 }
				img { max-width: 100%%; display: block; margin: 1em 0 }
				</style></head><body>
				<h1>Trust report: %1$s</h1>
				<p>%2$s</p>
				""";

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
	 * @throws OutputException if it cannot be written
	 */
	public void write(final Path target, final String model, final String data, final List<TrustFinding> findings) {
		final StringBuilder page = new StringBuilder(String.format(HEAD, escaped(model), escaped(data)));
		page.append("<table><tr><th>question</th><th>number</th><th>limit</th><th></th></tr>\n");
		for (final TrustFinding finding : findings) page.append("<tr><td><a href=\"#").append(finding.name()).append("\">")
			.append(escaped(finding.question())).append(
				"</a></td><td>").append(TrustFinding.number(finding.value())).append("</td><td>")
			.append(TrustFinding.number(finding.limit())).append("</td>").append(verdict(finding, "td")).append("</tr>\n");
		page.append("</table>\n");
		for (final TrustFinding finding : findings) {
			page.append("<h2 id=\"").append(finding.name()).append("\">").append(escaped(finding.question())).append(
				"</h2>\n");
			page.append(verdict(finding, "p")).append("<p>").append(escaped(finding.sentence())).append("</p>\n");
			if (!finding.curves().isEmpty()) page.append(picture(plot(finding), finding.axis() +
				" by spatial frequency"));
			if (!finding.rows().isEmpty()) page.append(picture(montage(finding.rows()), "images"));
		}
		page.append("</body></html>\n");
		TextFile.write(target, page.toString());
	}

	private static String verdict(final TrustFinding finding, final String tag) {
		final String kind = !finding.isTest() ? "note" : finding.passed() ? "passed" : "failed";
		return "<" + tag + " class=\"" + kind + "\">" + escaped(finding.verdict()) + "</" + tag + ">\n";
	}

	private static String escaped(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
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

	private static String picture(final BufferedImage image, final String alternative) {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			if (!ImageIO.write(image, "png", bytes)) throw new OutputException(
				"The report cannot hold pictures: this Java has no PNG writer. Use a complete Java installation.");
		}
		catch (final IOException e) {
			throw new OutputException("The report cannot hold pictures: " + e.getMessage() + ". Check the temporary folder.",
				e);
		}
		return "<img alt=\"" + alternative + "\" src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(bytes
			.toByteArray()) + "\">\n";
	}
}
