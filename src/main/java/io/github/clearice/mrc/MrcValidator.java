package io.github.clearice.mrc;

import static io.github.clearice.mrc.MrcValidator.MrcFinding.Severity.ERROR;
import static io.github.clearice.mrc.MrcValidator.MrcFinding.Severity.WARNING;

import io.github.clearice.mrc.HeaderBuilder.SectionStatistics;
import io.github.clearice.mrc.MrcValidator.MrcRule;
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
	 * @return the faults, those of the header first; empty for a valid file
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

	/** The file properties that {@link MrcValidator} checks. */
	public enum MrcRule {

		/** The file can be read and holds a whole header. */
		FILE,
		/** The mode is one of those that hold images. */
		MODE,
		/** nx, ny, nz are at least 1. */
		DIMENSIONS,
		/** nsymbt is not negative. */
		EXTENDED_HEADER,
		/** exttyp is a registered type if the file has an extended header. */
		EXTENDED_HEADER_TYPE,
		/** The file is as long as the header says. */
		FILE_SIZE,
		/** mapc, mapr, maps are 1, 2, 3 in some order. */
		AXES,
		/** The map identifier is {@code "MAP "}. */
		MAP_ID,
		/** The machine stamp is known and states the true byte order. */
		MACHINE_STAMP,
		/** mx, my, mz are positive. */
		SAMPLING,
		/** The unit cell is finite and not negative, its angles are real. */
		CELL,
		/** The cell is filled in, so that it gives a pixel size. */
		PIXEL_SIZE,
		/** ispg is 0, a space group, or 400 more than one. */
		SPACE_GROUP,
		/** A stack of volumes divides into volumes of mz sections. */
		VOLUME_STACK,
		/** nversion is 20140 or 20141. */
		VERSION,
		/** nlabl counts the labels, which have no gaps. */
		LABELS,
		/** nxstart and the origin are numbers. */
		ORIGIN,
		/** dmin, dmax, dmean and rms are those of the pixels, or marked as unknown. */
		STATISTICS,
		/** Bytes that older programs mean as unsigned. */
		UNSIGNED_BYTES,
		/** All pixels are numbers. */
		PIXELS
	}

	/**
	 * A violation of a rule of MRC2014.
	 *
	 * @param rule the rule
	 * @param severity how bad it is
	 * @param message one line: the file's value and, where that helps, the correct one
	 */
	public record MrcFinding(MrcRule rule, Severity severity, String message) {

		/** How bad a finding is. */
		public enum Severity {
			/** The file cannot be read, or its pixels are not what they should be. */
			ERROR,
			/** The file can be read; something was ignored or guessed. */
			WARNING
		}

		@Override
		public String toString() {
			return severity + " " + rule + ": " + message;
		}
	}
}
