package io.github.clearice.star;

import io.github.clearice.task.InputException;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files in which a job of cryoSPARC passes on what it did not change: fields of the same particles that its own
 * output lacks. They lie beside that and are named after the job, such as {@code P12_J24_passthrough_particles.cs}.
 */
final class PassthroughFiles {

	private static final Pattern JOB = Pattern.compile("(?:cryosparc_)?((?:P\\d+_)?J\\d+)_.*\\.cs");

	private PassthroughFiles() {}

	/** A table with what passthrough files beside it have for all its rows. */
	static CsTable joined(final CsTable table, final Path path, final CsKind kind) {
		final Matcher job = JOB.matcher(String.valueOf(path.getFileName()));
		if (!job.matches()) return table;
		final TreeSet<Path> files = new TreeSet<>();
		try (DirectoryStream<Path> beside = Files.newDirectoryStream(path.toAbsolutePath().getParent(), job.group(1) +
			"_passthrough_*.cs")) {
			beside.forEach(files::add);
		}
		catch (final IOException e) {
			// A folder that cannot be listed has none.
			return table;
		}
		CsTable joined = table;
		for (final Path file : files) {
			if (file.equals(path.toAbsolutePath())) continue;
			final CsTable other;
			try {
				other = CsTable.read(file);
			}
			catch (final InputException e) {
				// What it holds may not be needed; if it is, the missing field is named.
				if (joined.has(kind.field("path"))) continue;
				throw e;
			}
			final Optional<CsTable> more = joined.joined(other);
			if (more.isPresent()) joined = more.get();
		}
		return joined;
	}
}
