package io.github.clearice.evaluate.halves;

import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.simulate.Contamination;
import io.github.clearice.task.ParameterException;
import io.github.clearice.train.options.TrainingOptions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a split-half test is made.
 *
 * @param training options of all three trainings
 * @param references the targets that the models learn
 * @param contamination of the training pairs, or null
 * @param tests particles at the end of the stack that are denoised and never trained on; 0 takes all for both
 * @param ctf whether the noisy particles have the CTFs that their table lists
 * @param keepsCtf whether clean images or references, and so the denoised particles, have them too
 * @param symmetry of the particle
 */
public record SplitHalfOptions(TrainingOptions training, ReferenceKind references, Contamination contamination,
	int tests, boolean ctf, boolean keepsCtf, PointGroup symmetry)
{

	/** @throws ParameterException if an option is out of range */
	public SplitHalfOptions {
		if (tests < 0) throw new ParameterException("The number of particles to test on must not be negative, but it is " +
			tests + " (tests=). Leave it out to denoise those that are trained on.");
		if (keepsCtf && !ctf) throw new ParameterException(
			"The particles have no CTF that references could keep. Leave out keepctf=, or give ctf=true.");
	}

	/** All that the models and denoised stacks depend on, by name. */
	Map<String, String> settings() {
		final Map<String, String> settings = new LinkedHashMap<>();
		settings.put("references", references.label());
		settings.put("contamination", contamination == null ? "none" : contamination.type() + " " + contamination
			.contaminant().label() + " " + contamination.fraction() + " " + contamination.seed());
		settings.put("tests", Integer.toString(tests));
		settings.put("keepctf", Boolean.toString(keepsCtf));
		training.toMap().forEach((name, value) -> settings.put("training " + name, value));
		settings.keySet().removeAll(List.of("training threads", "training device"));
		return settings;
	}
}
