package io.github.clearice.reproduce;

import io.github.clearice.evaluate.Resampling;
import io.github.clearice.evaluate.Resampling.Interval;
import io.github.clearice.reproduce.Report.Finding;
import io.github.clearice.reproduce.Report.Finding.Verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A claim of a paper, put to a test that could go either way. What is measured has a 95 % interval; a claim holds if
 * the
 * intervals of all that was measured lie within the bounds of its rule, does not hold if one lies outside, and cannot
 * be
 * decided else. Nor can it be decided if the same test does not pass what knows the answer (an ideal observer, the best
 * filter, the truth), or passes what cannot know it.
 */
final class ClaimTest {

	private final String claim;
	private final String rule;
	private final Bounds bounds;
	private final List<Effect> found = new ArrayList<>();
	private String unit = "dB";
	private int decimals = 2;
	private Effect ideal;
	private Effect blind;
	private String sample = "";
	private String remark = "";
	private String remedy = "";

	private ClaimTest(final String claim, final String rule, final Bounds bounds) {
		this.claim = claim;
		this.rule = rule;
		this.bounds = bounds;
	}

	/**
	 * @param claim in the paper's words, shortened
	 * @param rule what is measured and where the claim holds
	 */
	static ClaimTest above(final double threshold, final String claim, final String rule) {
		return new ClaimTest(claim, rule, new Bounds(threshold, Double.POSITIVE_INFINITY));
	}

	/** As {@link #above}, for what has to be less than a threshold. */
	static ClaimTest below(final double threshold, final String claim, final String rule) {
		return new ClaimTest(claim, rule, new Bounds(Double.NEGATIVE_INFINITY, threshold));
	}

	/** As {@link #above}, for differences that count as none up to a margin. */
	static ClaimTest within(final double margin, final String claim, final String rule) {
		return new ClaimTest(claim, rule, new Bounds(-margin, margin));
	}

	/** The unit of what is measured, dB unless given, and its decimals. */
	ClaimTest in(final String newUnit, final int newDecimals) {
		unit = newUnit;
		decimals = newDecimals;
		return this;
	}

	/** Adds what was measured. */
	ClaimTest found(final Effect effect) {
		found.add(effect);
		return this;
	}

	/** The same measure of what knows the answer. */
	ClaimTest ideal(final Effect knowing) {
		ideal = knowing;
		return this;
	}

	/** The same measure of what cannot know the answer. */
	ClaimTest blind(final Effect unknowing) {
		blind = unknowing;
		return this;
	}

	/** How many images and trainings were measured. */
	ClaimTest on(final String newSample) {
		sample = newSample;
		return this;
	}

	/** What a reader should know beside the figures. */
	ClaimTest remark(final String newRemark) {
		remark = newRemark;
		return this;
	}

	/** What would decide the claim if this size cannot. */
	ClaimTest decidedBy(final String newRemedy) {
		remedy = newRemedy;
		return this;
	}

	/** The verdict and its reasons. */
	Finding finding() {
		final String fault = fault();
		final Verdict verdict = fault.isEmpty() ? verdict() : Verdict.OPEN;
		final String values = found.stream().map(effect -> effect.text(unit, decimals)).collect(Collectors.joining("; "));
		final List<String> power = new ArrayList<>();
		if (ideal != null) power.add("what knows the answer: " + ideal.text(unit, decimals));
		if (blind != null) power.add("what cannot know it: " + blind.text(unit, decimals));
		if (!found.isEmpty()) power.add("the test sees differences of " + number(detectable()) + " " + unit);
		return new Finding(claim, verdict, shown(), (sample.isEmpty() ? "" : sample + "; ") + (found.isEmpty() ? "-"
			: "sees " + number(detectable()) + " " + unit), "The test: " + rule + ". Found: " + (values.isEmpty() ? "nothing"
				: values) + "." + (remark.isEmpty() ? "" : " " + remark), String.join("; ", power), verdict == Verdict.OPEN
					? (fault + " " + remedy).strip() : "");
	}

	private Verdict verdict() {
		final List<Verdict> each = found.stream().map(bounds::verdict).toList();
		return each.contains(Verdict.FAILS) ? Verdict.FAILS : each.isEmpty() || each.contains(Verdict.OPEN) ? Verdict.OPEN
			: Verdict.HOLDS;
	}

	private String fault() {
		if (ideal != null && bounds.verdict(ideal) != Verdict.HOLDS) return "Not even " + ideal.label +
			" passes this test.";
		if (blind != null && bounds.verdict(blind) == Verdict.HOLDS) return blind.label +
			" passes this test as well, which cannot know the answer.";
		return "";
	}

	/** Half the widest interval: a difference from the bound that is smaller is not seen. */
	private double detectable() {
		return found.stream().mapToDouble(effect -> (effect.high - effect.low) / 2).max().orElse(Double.NaN);
	}

	/** The figures for a table of one line a claim. */
	private String shown() {
		if (found.isEmpty()) return "-";
		if (found.size() == 1) return found.get(0).figures(decimals) + " " + unit;
		return number(found.stream().mapToDouble(Effect::value).min().orElseThrow()) + " to " + number(found.stream()
			.mapToDouble(Effect::value).max().orElseThrow()) + " " + unit + " (" + found.size() + " cases)";
	}

	private String number(final double value) {
		return Finding.number(value, decimals);
	}

	/**
	 * Where a claim holds.
	 *
	 * @param low that must be exceeded
	 * @param high that must not be reached
	 */
	private record Bounds(double low, double high) {

		Verdict verdict(final Effect effect) {
			if (effect.low > low && effect.high < high) return Verdict.HOLDS;
			return effect.high <= low || effect.low >= high ? Verdict.FAILS : Verdict.OPEN;
		}
	}

	/**
	 * Something measured.
	 *
	 * @param label of what
	 * @param low end of its 95 % interval, NaN where there is none
	 * @param high end of it
	 */
	record Effect(String label, double value, double low, double high) {

		/**
		 * How much the first is above the second on the same images.
		 *
		 * @param first {@code [training][image]}; one row where nothing was trained
		 * @param second likewise; as many rows, or one
		 */
		static Effect ofDifference(final String label, final double[][] first, final double[][] second) {
			final double[][] differences = new double[Math.max(first.length, second.length)][first[0].length];
			for (int t = 0; t < differences.length; t++) for (int i = 0; i < differences[t].length; i++)
				differences[t][i] = first[Math.min(t, first.length - 1)][i] - second[Math.min(t, second.length - 1)][i];
			return ofMean(label, differences);
		}

		/** @param values {@code [training][image]} */
		static Effect ofMean(final String label, final double[][] values) {
			final Interval interval = Resampling.bootstrap(values);
			return new Effect(label, Arrays.stream(values).flatMapToDouble(Arrays::stream).average().orElse(Double.NaN),
				interval.low(), interval.high());
		}

		String text(final String unit, final int decimals) {
			return label + " " + figures(decimals) + " " + unit;
		}

		String figures(final int decimals) {
			return Finding.number(value, decimals) + (Double.isNaN(low) ? "" : String.format(Locale.ROOT, " (%s to %s)",
				Finding
				.number(low, decimals), Finding.number(high, decimals)));
		}
	}
}
