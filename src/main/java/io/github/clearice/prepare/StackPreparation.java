package io.github.clearice.prepare;

import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.stack.ParticleOutput;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.PixelCheck;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.Machines;
import io.github.clearice.task.Machines.Steps;
import io.github.clearice.task.OrderedBatches;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;

/**
 * Streams a stack of any length through its preparation into a file, on all cores; where it comes from a RELION STAR
 * file, one beside it lists the prepared images with every column.
 * <p>
 * Memory holds a few batches. The output appears when it is complete; an error or a cancel leaves nothing.
 */
public final class StackPreparation {

	private static final String TASK = "Preparing particles";
	/** Pixels of a batch, before and after together: 8 MiB. */
	private static final int BATCH_PIXELS = 1 << 21;

	private final ParticleStack stack;
	private final PreparationOptions options;
	private final PreparationOptions.Geometry geometry;
	private final RelionParticles rows;

	/** Buffers of one batch. */
	private record Batch(ParticlePreparer preparer, float[] image, float[][] prepared) {}

	private StackPreparation(final ParticleStack stack, final PreparationOptions options) {
		this.stack = stack;
		this.options = options;
		this.geometry = PreparationOptions.Geometry.of(stack, options);
		this.rows = stack.rows().orElse(null);
	}

	/**
	 * The results for the images.
	 *
	 * @param box edge length in pixels
	 * @param pixelSizeAngstrom pixel size; NaN where it is unknown
	 */
	public record Prepared(int box, double pixelSizeAngstrom) {}

	/**
	 * Prepares every particle.
	 *
	 * @param stack the particles, in the order in which they are written
	 * @param statedPixelSizeAngstrom the stack's pixel size where the user has corrected its table; else null
	 * @param target the stack to write, usually {@code .mrcs}
	 * @throws ParameterException if the stack is empty or lacks data that the options need
	 * @throws io.github.clearice.task.InputException if the target is one of the stack's own files
	 * @throws io.github.clearice.task.OutputException if the output cannot be written
	 */
	public static Prepared run(final ParticleStack stack, final PreparationOptions options,
		final Double statedPixelSizeAngstrom, final Path target, final TaskListener listener)
	{
		if (stack.size() == 0) throw new ParameterException(stack.name() +
			" holds no particles; there is nothing to prepare.");
		final StackPreparation preparation = new StackPreparation(stack, options);
		preparation.requireTable();
		final int box = preparation.geometry.preparedBox();
		final double pixelSize = preparation.geometry.preparedPixelSizeAngstrom();
		try (ParticleOutput output = new ParticleOutput(stack, target, stack.size(), box, pixelSize)) {
			final RelionParticles prepared = preparation.rows == null ? null : PreparedTable.of(preparation.rows,
				preparation.geometry, options, statedPixelSizeAngstrom);
			preparation.stream(output, listener);
			// Images of dark particles are read inverted: their table is to say so no more.
			output.commit(stack.sign(0) > 0 ? prepared : prepared.withSign(options.invert() ? -1 : 1));
		}
		return new Prepared(box, pixelSize);
	}

	private void requireTable() {
		if (options.flip() && rows != null && RelionParticles.isCryosparc(Path.of(rows.ending())))
			throw new ParameterException(
				"A table of cryoSPARC has no field that says that phases were flipped. Leave out flip=true.");
		if (!options.centre() && !options.flip()) return;
		if (rows == null) throw new ParameterException(stack.name() + " has no table with " + (options.flip() ? "defoci"
			: "shifts") + " of its particles. Give the STAR file that lists it.");
		if (!options.flip()) return;
		if (Double.isNaN(stack.pixelSizeAngstrom())) throw new ParameterException(stack.name() +
			" does not state its pixel size, without which the phases to flip are unknown. Give it with original=.");
		rows.require("rlnDefocusU");
		rows.requireKnownOptics();
		rows.particles().stream().map(RelionParticle::observation).distinct().forEach(this::requireRecorded);
	}

	private void requireRecorded(final ObservationModel observation) {
		final CtfState state = observation.ctfState();
		if (state != CtfState.RECORDED) throw new ParameterException(stack.name() +
			" lists particles whose phases are right already (" + state.column() + " is 1). Leave flip= out.");
	}

	private void stream(final ParticleOutput output, final TaskListener listener) {
		final int pixels = geometry.preparedBox() * geometry.preparedBox();
		final int batch = Math.max(1, Math.min(64, BATCH_PIXELS / Math.max(pixels, stack.box() * stack.box())));
		Machines.current().run(Steps.of(TASK, stack.size(), 1), (from, to, done) -> {
			try (MrcWriter.Part part = output.part(from)) {
				new OrderedBatches<>(TASK, () -> new Batch(new ParticlePreparer(geometry, options), new float[stack.box() *
					stack.box()], new float[batch][pixels]), (buffers, first, end) -> {
						for (int i = first; i < end; i++) prepare(buffers, i, buffers.prepared[i - first]);
					}, (buffers, first, end) -> {
						listener.checkCancelled(TASK);
						for (int i = first; i < end; i++) part.write(buffers.prepared[i - first]);
						done.accept(end - first);
					}).run(from, to, batch, ParallelLoop.threads());
				return part.end();
			}
		}, output::add, listener);
	}

	private void prepare(final Batch buffers, final int index, final float[] prepared) {
		stack.read(index, buffers.image);
		PixelCheck.fault(stack, index, buffers.image).ifPresent(fault -> {
			throw new ParameterException("Particle " + fault + "; leave this particle out.");
		});
		final double shiftX = options.centre() ? PreparedTable.pixels(rows, index, "X", geometry) : 0;
		final double shiftY = options.centre() ? PreparedTable.pixels(rows, index, "Y", geometry) : 0;
		buffers.preparer.apply(buffers.image, shiftX, shiftY, options.flip() ? ctf(index) : null, prepared);
	}

	private CtfParameters ctf(final int index) {
		return CtfParameters.of(rows.particles().get(index));
	}
}
