package io.github.clearice.command.input;

import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
		final List<String> labels = new ArrayList<>();
		if (RelionParticles.isTable(file)) {
			for (final RelionParticle particle : RelionParticles.read(file).particles()) labels.add(Integer.toString(particle
				.classNumber()));
		}
		else {
			try {
				for (final String line : Files.readAllLines(file, StandardCharsets.UTF_8)) if (!line.isBlank()) labels.add(line
					.trim());
			}
			catch (final IOException e) {
				throw new ParameterException("Cannot read " + file + " (labels=): " + e.getMessage() +
					". Give a STAR file with rlnClassNumber, or a text file with one label a line.");
			}
		}
		final Map<String, Integer> numbers = new LinkedHashMap<>();
		final int[] classes = labels.stream().mapToInt(label -> numbers.computeIfAbsent(label, one -> numbers.size()))
			.toArray();
		if (numbers.size() < 2) throw new ParameterException(file + " (labels=) holds " + (labels.isEmpty() ? "no label"
			: "the one label " + labels.get(0)) + ". Two classes or more are needed.");
		return new ClassLabels(List.copyOf(numbers.keySet()), classes);
	}
}
