package io.github.clearice.worker;

import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.train.Trainer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Pairs and parameters of a training that begins at once and lasts until it is stopped. */
public record SmallTraining(Path folder) {

	private static final int BOX = 16;
	private static final int COUNT = 60;

	/** Writes the pairs: blobs in noise. */
	public SmallTraining {
		final Random random = new Random(1);
		try (ParticleStackWriter noisy = new ParticleStackWriter(folder.resolve("noisy.mrcs"), BOX, 4);
			ParticleStackWriter clean = new ParticleStackWriter(folder.resolve("clean.mrcs"), BOX, 4))
		{
			for (int i = 0; i < COUNT; i++) write(random, noisy, clean);
			noisy.commit();
			clean.commit();
		}
	}

	private static void write(final Random random, final ParticleStackWriter noisy, final ParticleStackWriter clean) {
		final double x = BOX / 2.0 + 2 * random.nextGaussian(), y = BOX / 2.0 + 2 * random.nextGaussian();
		final float[] truth = new float[BOX * BOX], image = new float[BOX * BOX];
		for (int i = 0; i < truth.length; i++) {
			truth[i] = (float) Math.exp(-(Math.pow(i % BOX - x, 2) + Math.pow(i / BOX - y, 2)) / 8);
			image[i] = truth[i] + (float) (0.5 * random.nextGaussian());
		}
		clean.write(truth);
		noisy.write(image);
	}

	public Path model() {
		return folder.resolve("m.clearice");
	}

	public Path checkpoint() {
		return Trainer.checkpointOf(model());
	}

	/** @param epochs a million for a training that does not end by itself */
	Map<String, String> parameters(final int epochs) {
		final Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("noisy", folder.resolve("noisy.mrcs").toString());
		parameters.put("clean", folder.resolve("clean.mrcs").toString());
		parameters.put("model", model().toString());
		parameters.put("epochs", Integer.toString(epochs));
		parameters.put("device", "cpu");
		parameters.put("precision", "float32");
		// A checkpoint at each epoch.
		parameters.put("checkpoint", "0");
		parameters.put("accept", "true");
		return parameters;
	}

	WorkerTask task(final Map<String, String> parameters) {
		return new WorkerTask("train", parameters, List.of(model(), checkpoint()), List.of(checkpoint()));
	}
}
