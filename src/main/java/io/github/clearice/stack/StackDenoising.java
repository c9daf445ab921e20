package io.github.clearice.stack;

import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarException;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.BackgroundThread;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.TaskListener;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Future;

/**
 * Streams a stack of any length through a {@link Denoiser} into a file.
 * <p>
 * Order, box and pixel size are kept; memory holds two batches, one of
 * which is denoised while the other is read and written. The output appears
 * when it is complete; an error or a cancel leaves nothing. Where the particles
 * come from a RELION STAR file, one with the same rows and columns is written
 * beside the output, whose image names point at the denoised particles: relative
 * to the folder of both, or to that of the RELION project where the paths of the input are.
 */
public final class StackDenoising {

	private static final String TASK = "Denoising particles";

	/** Two batches of noisy and two of denoised images take at most 128 MiB. */
	private static final int LARGEST_BATCH_PIXELS = 1 << 23;

	private final ParticleStack noisy;
	private final Denoiser denoiser;
	private final TaskListener listener;

	private StackDenoising(final ParticleStack noisy, final Denoiser denoiser, final TaskListener listener) {
		this.noisy = noisy;
		this.denoiser = denoiser;
		this.listener = listener;
	}

	/**
	 * Prepares the denoiser for this stack and denoises every particle.
	 *
	 * @param target the stack to write, {@code .mrcs} as a rule
	 * @throws ParticleException if the stack is empty, a particle holds NaN, the
	 *           denoiser gives NaN, or the target is one of the stack's own files
	 * @throws io.github.clearice.task.OutputException if the output cannot be
	 *           written
	 */
	public static void run(final ParticleStack noisy, final Denoiser denoiser, final Path target,
		final TaskListener listener)
	{
		if (noisy.size() == 0) throw new ParticleException(noisy.name() + " holds no particles; there is nothing to denoise.");
		if (target.toString().toLowerCase(Locale.ROOT).endsWith(".star")) throw new ParticleException("The output " + target +
			" is named like a STAR file, but it is a stack; name it .mrcs.");
		final Path star = starBeside(target);
		requireOther(noisy, target);
		if (noisy.rows().isPresent()) {
			requireOther(noisy, star);
			AtomicOutput.requireReplaceable(star, star);
			requireOwnOrAbsent(star, target, noisy.rows().get());
		}
		OutputException.requireSpace(target, (long) Float.BYTES * noisy.size() * noisy.box() * noisy.box());
		try (ParticleStackWriter writer = new ParticleStackWriter(target, noisy.box(), noisy.pixelSizeAngstrom())) {
			denoiser.prepare(noisy, listener);
			new StackDenoising(noisy, denoiser, listener).stream(writer);
			if (noisy.rows().isPresent()) commit(writer, noisy.rows().get(), target, star);
			else writer.commit();
		}
	}

	/** The STAR file that goes with a denoised stack: the stack's name with the ending {@code .star}. */
	public static Path starBeside(final Path target) {
		return target.resolveSibling(String.valueOf(target.getFileName()).replaceFirst("\\.[^.]*$", "") + ".star");
	}

	/** Finishes the STAR file first, so that only two renamings are left that bring both files about. */
	private static void commit(final ParticleStackWriter writer, final RelionParticles rows, final Path target,
		final Path star)
	{
		try (AtomicOutput output = new AtomicOutput(star)) {
			rows.withStack(rows.nameOf(target, star)).write(output.temporary());
			writer.commit();
			output.commit();
		}
	}

	private void stream(final ParticleStackWriter writer) {
		final int pixels = noisy.box() * noisy.box();
		final int batch = Math.max(1, Math.min(denoiser.batchSize(), LARGEST_BATCH_PIXELS / pixels));
		listener.begin(TASK, noisy.size());
		try (BackgroundThread files = new BackgroundThread(TASK)) {
			Future<float[][]> next = files.submit(() -> read(0, batch));
			Future<Void> written = null;
			for (int first = 0; first < noisy.size(); first += batch) {
				listener.checkCancelled(TASK);
				final int start = first;
				final float[][] input = files.await(next);
				if (first + batch < noisy.size()) next = files.submit(() -> read(start + batch, batch));
				final float[][] output = new float[input.length][pixels];
				denoiser.denoise(start, input, output);
				if (written != null) files.await(written);
				written = files.submit(() -> write(writer, start, output));
				listener.progress(first + input.length);
			}
			files.await(written);
		}
		finally {
			listener.end();
		}
		// A cancel while the last batch ran must not leave a file either.
		listener.checkCancelled(TASK);
	}

	private float[][] read(final int first, final int batch) {
		final float[][] images = new float[Math.min(batch, noisy.size() - first)][noisy.box() * noisy.box()];
		for (int i = 0; i < images.length; i++) {
			noisy.read(first + i, images[i]);
			requireNumbers(images[i], first + i, "; leave this particle out.");
		}
		return images;
	}

	private Void write(final ParticleStackWriter writer, final int first, final float[][] images) {
		for (int i = 0; i < images.length; i++) {
			requireNumbers(images[i], first + i, " after " + denoiser.name() +
				"; check the model and the scale of the images.");
			writer.write(images[i]);
		}
		return null;
	}

	private void requireNumbers(final float[] image, final int index, final String remedy) {
		PixelCheck.fault(noisy, index, image).ifPresent(fault -> {
			throw new ParticleException("Particle " + fault + remedy);
		});
	}

	/** Holds that writing a file loses nothing of the stack it is made from. */
	private static void requireOther(final ParticleStack noisy, final Path target) {
		for (final Path file : noisy.files()) {
			if (AtomicOutput.isSame(file, target)) throw new ParticleException("The output " + target +
				" is the input itself; give another name.");
		}
	}

	/** Holds that a STAR file which is there already lists this stack: an earlier run wrote it. */
	private static void requireOwnOrAbsent(final Path star, final Path target, final RelionParticles rows) {
		if (!Files.exists(star)) return;
		final String stack = rows.nameOf(target, star);
		boolean own;
		try {
			own = RelionParticles.read(star).particles().stream().allMatch(particle -> particle.stack().equals(stack));
		}
		catch (final StarException e) {
			own = false;
		}
		if (!own) throw new ParticleException("Beside the output " + target + " goes " + star +
			", but that is another STAR file already; give the output another name.");
	}
}
