package io.github.clearice.command;

import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.OutputException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The map that comes with ClearIce: beta-galactosidase (PDB 5A1A), 64 voxels of 4 Å. */
public final class SampleData {

	private static final String MAP = "/io/github/clearice/sample-data/betagal_5a1a_64_4A.mrc";

	private SampleData() {}

	/**
	 * Copies the map to a file and reads it.
	 *
	 * @throws OutputException if the file cannot be written
	 */
	public static Volume copyMap(final Path target) {
		try (AtomicOutput copy = new AtomicOutput(target); InputStream in = SampleData.class.getResourceAsStream(MAP)) {
			Files.copy(in, copy.temporary(), StandardCopyOption.REPLACE_EXISTING);
			copy.commit();
		}
		catch (final IOException e) {
			throw OutputException.of(target, e);
		}
		try (MrcFile file = MrcFile.open(target)) {
			return file.readVolume();
		}
	}
}
