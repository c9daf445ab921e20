package io.github.clearice.worker;

import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.train.log.TrainingListener.ValidationSample;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Held-out particles on their way from a worker to a window: one MRC stack with
 * all noisy images, then all denoised ones, then all targets.
 */
final class PreviewFile {

	private static final int KINDS = 3;

	private PreviewFile() {}

	/**
	 * Writes a file of its own for each update.
	 *
	 * @throws io.github.clearice.task.OutputException if it cannot be written
	 */
	static Path write(final Path folder, final long step, final ValidationSample sample) {
		final Path file = folder.resolve(String.format(Locale.ROOT, "preview-%07d.mrcs", step));
		try (ParticleStackWriter writer = new ParticleStackWriter(file, sample.noisy().box(), sample.noisy()
			.pixelSizeAngstrom()))
		{
			for (final float[] image : sample.noisy().images()) writer.write(image);
			for (final float[] image : sample.denoised().images()) writer.write(image);
			for (final float[] image : sample.target().images()) writer.write(image);
			writer.commit();
		}
		return file;
	}

	/** @throws io.github.clearice.task.ClearIceException if it cannot be read */
	static ValidationSample read(final Path file) {
		try (MrcParticleStack stack = MrcParticleStack.open(file)) {
			final int count = stack.size() / KINDS;
			return new ValidationSample(part(stack, 0, count), part(stack, count, count), part(stack, 2 * count, count));
		}
	}

	private static ArrayParticleStack part(final MrcParticleStack stack, final int first, final int count) {
		return ArrayParticleStack.copyOf(stack, IntStream.range(first, first + count).toArray());
	}
}
