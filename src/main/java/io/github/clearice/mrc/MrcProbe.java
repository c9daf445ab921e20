package io.github.clearice.mrc;

import io.github.clearice.task.InputFile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells quickly whether a file, packed or not, is worth opening as MRC. */
public final class MrcProbe {

	private MrcProbe() {}

	/**
	 * Whether a file begins like an MRC file: a known mode, sizes that make sense,
	 * and either the identifier {@code MAP} or axes in some order. Nothing but the
	 * header is read, or unpacked; a file that cannot be read is none.
	 */
	public static boolean isMrc(final Path path) {
		if (InputFile.problem(path, "a file").isPresent()) return false;
		final byte[] bytes;
		try (InputStream in = Compression.of(path).open(new BufferedInputStream(Files.newInputStream(path)))) {
			bytes = in.readNBytes(MrcHeader.LENGTH);
		}
		catch (final IOException | RuntimeException e) {
			// Damaged packing, which decoders answer with either.
			return false;
		}
		if (bytes.length < MrcHeader.LENGTH) return false;
		final MrcHeader header = ByteOrders.decide(bytes, Long.MAX_VALUE);
		return MrcExtent.of(header) != null && (header.map().startsWith("MAP") || ByteOrders.isPermutation(header.axes()));
	}
}
