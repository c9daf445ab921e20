package io.github.clearice.command.input;

import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The true class of each particle.
 *
 * @param names of the classes, in the order in which they first come
 * @param classes of the particles, from 0
 */
public record ClassLabels(List<String> names, int[] classes) {

	/**
	 * Reads {@code rlnClassNumber} from a STAR file of particles, or one label a line from a text file.
	 *
	 * @throws ParameterException if it cannot be read, or holds one class alone
	 */
	public static ClassLabels read(final Path file) {
		final Map<String, Integer> numbers = new LinkedHashMap<>();
		final IntStream.Builder classes = IntStream.builder();
		final Consumer<String> labels = label -> classes.add(numbers.computeIfAbsent(label, one -> numbers.size()));
		if (RelionParticles.isTable(file)) for (final RelionParticle particle : RelionParticles.read(file).particles())
			labels.accept(Integer.toString(particle.classNumber()));
		else {
			try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
				lines.filter(line -> !line.isBlank()).map(String::trim).forEachOrdered(labels);
			}
			catch (final IOException | UncheckedIOException e) {
				throw new ParameterException("Cannot read " + file + " (labels=): " + e.getMessage() +
					". Give a STAR file with rlnClassNumber, or a text file with one label a line.");
			}
		}
		if (numbers.size() < 2) throw new ParameterException(file + " (labels=) holds " + (numbers.isEmpty() ? "no label"
			: "the one label " + numbers.keySet().iterator().next()) + ". Two classes or more are needed.");
		return new ClassLabels(List.copyOf(numbers.keySet()), classes.build().toArray());
	}
}
