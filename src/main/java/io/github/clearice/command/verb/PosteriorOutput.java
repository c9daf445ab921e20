package io.github.clearice.command.verb;

import io.github.clearice.reconstruct.pose.PosteriorMean;
import io.github.clearice.stack.ParticleOutput;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.TextFile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What the posterior mean says beside the mean: standard deviations and samples as stacks, and how certain each
 * particle is in the STAR file of the results or, where several maps were compared and there is no such file, in a
 * table.
 */
final class PosteriorOutput implements AutoCloseable {

	private static final String ENTROPY = "clearIcePoseEntropy", CONTRAST = "clearIceContrast", CLASS =
		"clearIceClassProbability";

	private final PosteriorMean posterior;
	private final ParticleStack noisy;
	private final Path target;
	private final List<ParticleStackWriter> writers = new ArrayList<>();

	/**
	 * @param target the stack of means
	 * @param deviation the stack of standard deviations to write, or null
	 * @param samples number of samples of each particle to write beside the target
	 * @param inverted whether the particles are seen inverted
	 */
	PosteriorOutput(final PosteriorMean posterior, final ParticleStack noisy, final Path target, final Path deviation,
		final int samples, final boolean inverted)
	{
		this.posterior = posterior;
		this.noisy = noisy;
		this.target = target;
		if (deviation == null && samples == 0) return;
		final ParticleStackWriter deviations = deviation == null ? null : writer(deviation);
		final ParticleStackWriter drawn = samples == 0 ? null : writer(samplesBeside(target));
		posterior.accompany(samples, (particle, standard, images) -> {
			if (deviations != null) deviations.write(standard);
			for (final float[] image : images) {
				if (inverted != noisy.sign(particle) < 0) for (int p = 0; p < image.length; p++) image[p] = -image[p];
				drawn.write(image);
			}
		});
	}

	private ParticleStackWriter writer(final Path file) {
		final ParticleStackWriter writer = new ParticleStackWriter(file, noisy.box(), noisy.pixelSizeAngstrom());
		writers.add(writer);
		return writer;
	}

	/** The stack of samples that goes with a stack of means. */
	static Path samplesBeside(final Path target) {
		return beside(target, "-samples.mrcs");
	}

	/** The table that goes with a stack of means without a STAR file. */
	static Path tableBeside(final Path target) {
		return beside(target, ".tsv");
	}

	private static Path beside(final Path target, final String ending) {
		return target.resolveSibling(target.getFileName().toString().replaceFirst("\\.[^.]*$", "") + ending);
	}

	/**
	 * Gives the files their names, when all particles are denoised.
	 *
	 * @return a sentence for the report
	 */
	String commit() {
		writers.forEach(ParticleStackWriter::commit);
		final List<PosteriorMean.Certainty> certainties = posterior.certainties();
		final List<String> columns = new ArrayList<>(List.of(ENTROPY, CONTRAST));
		final List<Function<PosteriorMean.Certainty, Double>> values = new ArrayList<>(List.of(
			PosteriorMean.Certainty::entropyBits, PosteriorMean.Certainty::contrast));
		final int maps = certainties.get(0).classes().size();
		if (maps > 1) IntStream.range(0, maps).forEach(map -> {
			columns.add(CLASS + (map + 1));
			values.add(certainty -> certainty.classes().get(map));
		});
		final Path star = ParticleOutput.tableBeside(target, noisy);
		// Tables of cryoSPARC have no fields for them.
		if (noisy.rows().isPresent() && !RelionParticles.isCryosparc(star)) {
			final RelionParticles particles = RelionParticles.read(star);
			StarTable table = particles.table();
			for (int i = 0; i < columns.size(); i++) {
				final Function<PosteriorMean.Certainty, Double> value = values.get(i);
				table = table.withColumn(columns.get(i), row -> text(value.apply(certainties.get(row))));
			}
			particles.tables().with(particles.table(), table).write(star);
		}
		else if (maps > 1) write(columns, values, certainties);
		return String.format(Locale.ROOT, " Entropy of the poses: %.2f bits on average, of %.0f.", certainties.stream()
			.mapToDouble(PosteriorMean.Certainty::entropyBits).average().orElse(0), posterior.greatestEntropyBits());
	}

	private void write(final List<String> columns, final List<Function<PosteriorMean.Certainty, Double>> values,
		final List<PosteriorMean.Certainty> certainties)
	{
		final StringBuilder table = new StringBuilder("image\t" + String.join("\t", columns) + "\n");
		for (int row = 0; row < certainties.size(); row++) {
			table.append(row + 1);
			for (final Function<PosteriorMean.Certainty, Double> value : values) table.append('\t').append(text(value.apply(
				certainties.get(row))));
			table.append('\n');
		}
		TextFile.write(tableBeside(target), table.toString());
	}

	private static String text(final double value) {
		return String.format(Locale.ROOT, "%.4f", value);
	}

	@Override
	public void close() {
		writers.forEach(ParticleStackWriter::close);
	}
}
