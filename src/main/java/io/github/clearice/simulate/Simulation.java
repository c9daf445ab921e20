package io.github.clearice.simulate;

import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.task.Machines;
import io.github.clearice.task.Machines.Steps;
import io.github.clearice.task.OrderedBatches;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.StagedFolder;
import io.github.clearice.task.TaskListener;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * Simulates a set of particles into a folder: {@value #CLEAN}, {@value #NOISY}
 * and {@value #STAR}.
 * <p>
 * The STAR file is RELION 3.1's, pointing to the noisy stack, with the state of
 * each particle as its class number, alternating half sets, the clean image in
 * the column {@code clearIceCleanImageName}, and the terms of the simulation
 * (seed, noise level, definition of the signal-to-noise ratio) in the table
 * {@code data_clearice_simulation}. Images stream through a few batches of
 * memory whatever their number; the same maps, options and seed give the same
 * bytes whatever the number of threads. The three files appear together, or, on
 * an error or a cancel, not at all.
 */
public final class Simulation {

	public static final String CLEAN = "clean.mrcs";
	public static final String NOISY = "noisy.mrcs";
	public static final String STAR = "particles.star";

	private static final String TASK = "Simulating particles";

	/** Pixels of a batch: enough to hide the handing over, small enough for any memory. */
	private static final int BATCH_PIXELS = 1 << 17;

	private final PairSimulator simulator;
	private final int threads;

	/** Simulates on all cores. */
	public Simulation(final PairSimulator simulator) {
		this(simulator, ParallelLoop.threads());
	}

	/** @param threads number of threads, at least 1; does not change the result */
	public Simulation(final PairSimulator simulator, final int threads) {
		if (threads < 1) throw new ParameterException("The number of threads is " + threads + ". It must be at least 1.");
		this.simulator = simulator;
		this.threads = threads;
	}

	/**
	 * Prepares the maps and simulates.
	 *
	 * @param maps the states of the sample
	 * @param options the parameters of the simulation
	 * @param folder receives the three files; made where it is missing
	 * @throws ParameterException if the maps cannot be simulated as asked
	 * @throws io.github.clearice.task.OutputException if the folder cannot be written to
	 * @throws io.github.clearice.task.TaskCancelledException if the listener asks to stop
	 */
	public static void run(final List<WeightedMap> maps, final SimulationOptions options, final Path folder,
		final TaskListener listener)
	{
		new Simulation(new PairSimulator(maps, options)).write(folder, listener);
	}

	/** Writes the three files; see {@link #run}. */
	public void write(final Path folder, final TaskListener listener) {
		OutputException.requireSpace(folder, 2L * Float.BYTES * simulator.options().count() * simulator.box() * simulator
			.box());
		simulator.warnings().forEach(listener::message);
		try (StagedFolder stage = new StagedFolder(folder)) {
			writeImages(stage, listener);
			SimulationStar.write(stage.resolve(STAR), simulator, NOISY, CLEAN);
			listener.checkCancelled(TASK);
			stage.publish(CLEAN, NOISY, STAR);
		}
	}

	private record Pairs(float[][] clean, float[][] noisy) {}

	private record Written(MrcWriter.Written clean, MrcWriter.Written noisy) implements Serializable {}

	private void writeImages(final StagedFolder stage, final TaskListener listener) {
		final int box = simulator.box();
		final double pixelSize = simulator.pixelSizeAngstrom();
		final int batch = Math.max(1, BATCH_PIXELS / (box * box));
		try (ParticleStackWriter clean = new ParticleStackWriter(stage.resolve(CLEAN), box, pixelSize);
				ParticleStackWriter noisy = new ParticleStackWriter(stage.resolve(NOISY), box, pixelSize))
		{
			Machines.current().run(Steps.of(TASK, simulator.options().count(), 1), (from, to, done) -> {
				try (MrcWriter.Part cleanPart = clean.part(from); MrcWriter.Part noisyPart = noisy.part(from)) {
					new OrderedBatches<>(TASK, () -> new Pairs(new float[batch][box * box], new float[batch][box * box]), (pairs,
						first, end) -> {
						for (int i = first; i < end; i++) {
							listener.checkCancelled(TASK);
							simulator.simulate(i, pairs.clean[i - first], pairs.noisy[i - first]);
						}
					}, (pairs, first, end) -> {
						for (int i = first; i < end; i++) {
							cleanPart.write(pairs.clean[i - first]);
							noisyPart.write(pairs.noisy[i - first]);
						}
						done.accept(end - first);
					}).run(from, to, batch, threads);
					return new Written(cleanPart.end(), noisyPart.end());
				}
			}, written -> {
				clean.add(written.clean);
				noisy.add(written.noisy);
			}, listener);
			clean.commit();
			noisy.commit();
		}
	}
}
