package io.github.clearice.command.input;

import io.github.clearice.mrc.MrcFile;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.InputException;
import io.github.clearice.task.Provenance;

import java.nio.file.Path;
import java.util.List;

/** Knows particles that were denoised, by the label that {@code denoise} leaves in its outputs. */
public final class DenoisedParticles {

	private DenoisedParticles() {}

	/**
	 * What the correlation of half-sets means for particles.
	 *
	 * @return a sentence after a blank if they were denoised, together as far as their file tells; else empty
	 */
	public static String noteOnHalves(final ParticleStack stack) {
		final List<Path> files = stack.files();
		// The first image file: the others of a job were made in the same way.
		return files.stream().filter(file -> file.toString().matches(".*\\.mrcs?")).findFirst().filter(
			DenoisedParticles::isDenoised).map(file -> " But " + file +
				" holds denoised images: both halves share the errors of one denoiser, so this is no resolution. The verb" +
				" halves measures what it adds.").orElse("");
	}

	private static boolean isDenoised(final Path file) {
		try (MrcFile opened = MrcFile.open(file)) {
			return opened.header().labels().stream().anyMatch(label -> Provenance.isOf("denoise", label));
		}
		catch (final InputException e) {
			// The particles were read from it; a header that says nothing of its past is no fault.
			return false;
		}
	}
}
