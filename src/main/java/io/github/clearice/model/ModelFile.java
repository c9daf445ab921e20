package io.github.clearice.model;

import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.InputException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trained model: a zip archive named {@code *.clearice}.
 * <p> {@code manifest.json} lists all other entries with their SHA-256; {@code card.json} is the {@link ModelCard};
 * {@code weights/} holds one little-endian float32 array a variable, the last axis running fastest; {@code
 * sample-in.mrcs} and {@code sample-out.mrcs} a few held-out particles before and after; {@code trust.tsv}, if present,
 * the table of its last trust report; {@code checkpoint/}, if present, the state that a training needs to continue. The graph is always built by ClearIce from the card, so that
 * opening a stranger's model runs no foreign operations.
 *
 * @param card describes the model
 * @param weights for inference
 * @param samples held-out particles, where there are any
 * @param checkpoint for going on with the training, where it is there
 * @param trust the table of the trust report of these weights, tab-separated, where there is one
 */
public record ModelFile(ModelCard card, List<Weight> weights, Optional<SampleParticles> samples,
	Optional<Checkpoint> checkpoint, Optional<String> trust)
{

	/** The ending of the names of model files. */
	public static final String EXTENSION = ".clearice";

	private static final String CARD = "card.json";
	private static final String WEIGHTS = "weights/";
	private static final String CHECKPOINT = "checkpoint/";
	private static final String STATE = CHECKPOINT + "state.json";
	private static final String TRUST = "trust.tsv";

	public ModelFile {
		weights = List.copyOf(weights);
	}

	/** A model that was not asked for a trust report. */
	public ModelFile(final ModelCard card, final List<Weight> weights, final Optional<SampleParticles> samples,
		final Optional<Checkpoint> checkpoint)
	{
		this(card, weights, samples, checkpoint, Optional.empty());
	}

	/**
	 * The same model with a trust report.
	 *
	 * @param metrics of the card
	 * @param table of the report, tab-separated
	 */
	public ModelFile withTrust(final Map<String, Double> metrics, final String table) {
		return new ModelFile(card.with(metrics), weights, samples, checkpoint, Optional.of(table));
	}

	/**
	 * Reads a model with all it holds.
	 *
	 * @throws InputException if the file is missing, truncated, altered, from another version or no model
	 */
	public static ModelFile read(final Path file) {
		return read(file, true);
	}

	/**
	 * Reads the parts needed for inference: the card and the weights.
	 *
	 * @throws InputException as {@link #read}
	 */
	public static ModelFile readForInference(final Path file) {
		return read(file, false);
	}

	/**
	 * The model for particles that need not be like those of its training: without their pixel size, contrast and
	 * statistics, and without what a training needs to continue.
	 */
	public ModelFile forAnyParticles() {
		return new ModelFile(card.forAnyParticles(), weights, Optional.empty(), Optional.empty());
	}

	private static ModelFile read(final Path file, final boolean whole) {
		try (ModelReader reader = new ModelReader(file)) {
			final ModelCard card = CardJson.card(reader.text(CARD));
			final List<Weight> weights = reader.arrays(WEIGHTS);
			if (weights.isEmpty()) throw new InputException("It holds no weights.");
			if (!whole) return new ModelFile(card, weights, Optional.empty(), Optional.empty());
			return new ModelFile(card, weights, SampleParticles.read(reader), checkpoint(reader), reader.has(TRUST)
				? Optional.of(reader.text(TRUST)) : Optional.empty());
		}
		catch (final InputException e) {
			throw e.getMessage().contains(file.toString()) ? e : new InputException("Cannot read the model " + file + ": " + e
				.getMessage(), e);
		}
	}

	private static Optional<Checkpoint> checkpoint(final ModelReader reader) {
		if (!reader.has(STATE)) return Optional.empty();
		final Map<String, List<Weight>> groups = new LinkedHashMap<>();
		for (final Weight array : reader.arrays(CHECKPOINT)) {
			final int slash = array.name().indexOf('/');
			if (slash < 0) throw new InputException("Its checkpoint holds an array without a group, " + array.name() + ".");
			groups.computeIfAbsent(array.name().substring(0, slash), group -> new ArrayList<>()).add(new Weight(array.name()
				.substring(slash + 1), array.shape(), array.values()));
		}
		return Optional.of(new Checkpoint(CardJson.state(reader.text(STATE)), groups));
	}

	/**
	 * Writes the model; it appears under its name only when it is complete.
	 *
	 * @throws io.github.clearice.task.OutputException if it cannot be written; an older file is then left whole
	 */
	public void write(final Path file) {
		try (AtomicOutput output = new AtomicOutput(file)) {
			try (ModelWriter writer = new ModelWriter(output.temporary(), file)) {
				writer.text(CARD, CardJson.text(card));
				for (final Weight weight : weights) writer.array(WEIGHTS, weight);
				samples.ifPresent(particles -> particles.write(writer));
				trust.ifPresent(table -> writer.text(TRUST, table));
				checkpoint.ifPresent(point -> {
					writer.text(STATE, CardJson.text(point.state()));
					point.variables().forEach((group, arrays) -> arrays.forEach(array -> writer.array(CHECKPOINT + group + "/",
						array)));
				});
				writer.finish();
			}
			output.commit();
		}
	}
}
