package io.github.clearice.fiji.plot;

import io.github.clearice.task.PngFile;

import java.awt.image.BufferedImage;
import java.util.Base64;

/** The parts of a page that needs nothing beside it. Texts, which may be a stranger's, are never taken for HTML. */
final class HtmlPage {

	static final String END = "</body></html>\n";

	private static final String HEAD =
		"""
				<!DOCTYPE html>
				<html lang="en"><head><meta charset="utf-8"><title>%1$s</title>
				<style>
				body { font: 16px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222 }
				table { border-collapse: collapse }
				td, th { padding: .3em .8em; border-bottom: 1px solid #ccc; text-align: left }
				.passed { color: #00684a } .failed { color: #b03a00; font-weight: bold } .note { color: #444 }
				img { max-width: 100%%; display: block; margin: 1em 0 }
				</style></head><body>
				<h1>%1$s</h1>
				<p>%2$s</p>
				""";

	private HtmlPage() {}

	static StringBuilder begin(final String title, final String text) {
		return new StringBuilder(String.format(HEAD, escaped(title), escaped(text)));
	}

	static String escaped(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

	static String picture(final BufferedImage image, final String alternative) {
		return "<img alt=\"" + alternative + "\" src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(PngFile
			.bytes(image)) + "\">\n";
	}
}
