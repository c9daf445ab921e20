package io.github.clearice.mrc;

import static io.github.clearice.mrc.MrcFinding.Severity.ERROR;
import static io.github.clearice.mrc.MrcFinding.Severity.WARNING;

import io.github.clearice.task.InputException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds a file against MRC2014 and lists all that is wrong with it: the checks
 * of the Python package mrcfile ({@code mrcfile.validate}), and those of every
 * other rule in {@link MrcRule}.
 */
public final class MrcValidator {

	/** Statistics may be off by this share of the range of the pixels: they are single precision. */
	private static final double TOLERANCE = 1e-4;

	private MrcValidator() {}

	/**
	 * Validates a file, compressed or not, reading all of its pixels.
	 *
	 * @return what is wrong, the header first; empty for a valid file
	 * @throws InputException if there is no such file, or it cannot be read at all
	 */
	public static List<MrcFinding> validate(final Path path) {
		try (MrcSource source = MrcSource.open(path)) {
			if (source.length() < MrcHeader.LENGTH) return List.of(new MrcFinding(MrcRule.FILE, ERROR, "has " + source
				.length() + " bytes, less than the 1024 of a header."));
			final MrcHeader header = MrcFile.readHeader(source);
			final List<MrcFinding> findings = new ArrayList<>(HeaderRules.check(header, source.length()));
			if (findings.stream().noneMatch(finding -> finding.severity() == ERROR)) checkPixels(path, header, findings);
			return findings;
		}
	}

	private static void checkPixels(final Path path, final MrcHeader header, final List<MrcFinding> findings) {
		final SectionStatistics statistics = new SectionStatistics();
		try (MrcFile file = MrcFile.open(path)) {
			final float[] section = new float[Math.multiplyExact(file.width(), file.height())];
			for (int z = 0; z < file.sections(); z++) {
				file.readSection(z, section);
				for (int i = 0; i < section.length; i++)
					if (!Float.isFinite(section[i])) {
						findings.add(new MrcFinding(MrcRule.PIXELS, ERROR, "section " + z + ", pixel (" + i % file.width() + ", " +
							i / file.width() + ") is " + section[i] + "."));
						return;
					}
				statistics.add(section, section.length);
			}
		}
		checkStatistics(header, statistics, findings);
	}

	private static void checkStatistics(final MrcHeader header, final SectionStatistics actual,
		final List<MrcFinding> findings)
	{
		final double range = (double) actual.max() - actual.min();
		if (header.dmax() >= header.dmin()) {
			compare("dmin", header.dmin(), actual.min(), range, findings);
			compare("dmax", header.dmax(), actual.max(), range, findings);
		}
		if (header.dmean() >= Math.min(header.dmin(), header.dmax())) {
			compare("dmean", header.dmean(), actual.mean(), range, findings);
		}
		if (header.rms() >= 0) compare("rms", header.rms(), actual.standardDeviation(), range, findings);
	}

	private static void compare(final String field, final double stated, final double actual, final double range,
		final List<MrcFinding> findings)
	{
		if (Math.abs(stated - actual) <= TOLERANCE * range + 1e-6 * Math.abs(actual)) return;
		findings.add(new MrcFinding(MrcRule.STATISTICS, WARNING, String.format(Locale.ROOT,
			"the header says %s %.7g, the pixels %.7g.", field, stated, actual)));
	}
}
