package io.github.clearice.model;

import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.task.InputException;

import io.github.clearice.task.OutputException;
import io.github.clearice.task.TemporaryFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A few held-out particles before and after denoising, kept with the model to show its effect and to check that it
 * still gives the same result.
 *
 * @param noisy as they came
 * @param denoised as this model denoised them
 * @param real the real particles, unprocessed, that the simulated ones imitate; null if there were none
 */
public record SampleParticles(ArrayParticleStack noisy, ArrayParticleStack denoised, ArrayParticleStack real) {

	/** Entry of the noisy particles. */
	static final String IN = "sample-in.mrcs";
	/** Entry of the denoised particles. */
	static final String OUT = "sample-out.mrcs";

	/** Entry of the real particles. */
	static final String REAL = "sample-real.mrcs";

	/** Particles that were not simulated after real ones. */
	public SampleParticles(final ArrayParticleStack noisy, final ArrayParticleStack denoised) {
		this(noisy, denoised, null);
	}

	void write(final ModelWriter writer) {
		writer.bytes(IN, asMrc(noisy));
		writer.bytes(OUT, asMrc(denoised));
		if (real != null) writer.bytes(REAL, asMrc(real));
	}

	static Optional<SampleParticles> read(final ModelReader reader) {
		if (!reader.has(IN) || !reader.has(OUT)) return Optional.empty();
		return Optional.of(new SampleParticles(ofMrc(IN, reader.bytes(IN)), ofMrc(OUT, reader.bytes(OUT)), reader.has(
			REAL) ? ofMrc(REAL, reader.bytes(REAL)) : null));
	}

	private static byte[] asMrc(final ParticleStack stack) {
		return inTemporaryFile(file -> {
			final float[] image = new float[stack.box() * stack.box()];
			try (ParticleStackWriter mrc = new ParticleStackWriter(file, stack.box(), stack.pixelSizeAngstrom())) {
				for (int i = 0; i < stack.size(); i++) {
					stack.read(i, image);
					mrc.write(image);
				}
				mrc.commit();
			}
			return Files.readAllBytes(file);
		});
	}

	private static ArrayParticleStack ofMrc(final String name, final byte[] bytes) {
		return inTemporaryFile(file -> {
			Files.write(file, bytes);
			try (MrcParticleStack stack = MrcParticleStack.open(file)) {
				final ArrayParticleStack copy = ArrayParticleStack.copyOf(stack, IntStream.range(0, stack.size()).toArray());
				return new ArrayParticleStack(name, copy.box(), copy.pixelSizeAngstrom(), copy.images());
			}
		});
	}

	/** Work on the path of a temporary file that does not exist yet. */
	private interface FileWork<T> {

		T with(Path file) throws IOException;
	}

	private static <T> T inTemporaryFile(final FileWork<T> work) {
		try (TemporaryFolder folder = new TemporaryFolder("sample")) {
			return work.with(folder.resolve("sample.mrcs"));
		}
		catch (final IOException | OutputException e) {
			throw new InputException("The sample particles need a temporary folder: " + e.getMessage() +
				". Free some space, or name another folder with -Djava.io.tmpdir=.", e);
		}
	}
}
