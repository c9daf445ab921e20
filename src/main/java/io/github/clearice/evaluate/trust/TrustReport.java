package io.github.clearice.evaluate.trust;

import io.github.clearice.evaluate.trust.NoiseResponse.Kind;
import io.github.clearice.fourier.Volume;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts questions to a denoiser, with pairs that it was not trained on. Each answer is a number that can fail, and a
 * sentence.
 */
public final class TrustReport {

	private static final int TRAINING_IMAGES = 2000;

	private final TrustData data;
	private final List<TrustTest> tests = new ArrayList<>();
	private final TaskListener listener;

	/**
	 * The stack that a denoiser is asked about. A method that knows properties of each particle, such as its contrast
	 * transfer function, is made for this one.
	 *
	 * @param noisy particles of the pairs, in their order
	 */
	public static ParticleStack asked(final ParticleStack noisy) {
		return TrustData.asked(noisy);
	}

	/**
	 * @param pairs that the denoiser has not seen, with noise alone between them; left open
	 * @param denoiser for the stack that {@link #asked} gives; left open
	 * @param seed of the random numbers
	 * @throws ParameterException if the pairs are too few, or hold NaN
	 * @throws io.github.clearice.task.ParameterException if the noisy images are not the clean ones plus noise
	 */
	public TrustReport(final ParticlePairs pairs, final Denoiser denoiser, final long seed, final TaskListener listener) {
		this.listener = listener;
		data = new TrustData(pairs, denoiser, seed, listener);
		tests.addAll(List.of(new Resolution(), new NoiseResponse(Kind.MEASURED)));
		if (!data.noise.isWhite()) tests.add(new NoiseResponse(Kind.WHITE));
		tests.addAll(List.of(new NoiseResponse(Kind.SCRAMBLED), new PhaseRandomised(), new Bias(), new Residual()));
	}

	/**
	 * Also tests whether the model has memorised training images.
	 *
	 * @param training clean images of the training; left open
	 * @param known the noisy images of the training; left open, null where they are not known
	 * @throws ParameterException if these are not as many as the clean ones
	 */
	public TrustReport withTraining(final ParticleStack training, final ParticleStack known) {
		requireBox(training);
		final int[] sample = training.spread(TRAINING_IMAGES);
		if (known != null) {
			requireBox(known);
			if (known.size() != training.size()) throw new ParameterException(known.name() + " holds " + known.size() +
				" images, but " + training.name() + " " + training.size() + ". Give the pairs of the training.");
		}
		tests.add(new Memorisation(TrustData.read(training, sample), known == null ? null : TrustData.read(known, sample)));
		return this;
	}

	/**
	 * Asks also whether results show the particle from the right side.
	 *
	 * @param map of the particles
	 * @param symmetry of the map; equivalent views count as one
	 */
	public TrustReport withMap(final Volume map, final PointGroup symmetry) {
		tests.add(new PoseConsistency(map, symmetry, listener));
		return this;
	}

	/** Asks also how much models of other seeds differ. */
	public TrustReport withOthers(final List<? extends Denoiser> others) {
		tests.add(new Spread(others.stream().map(data::denoiseParticles).toList()));
		return this;
	}

	/**
	 * Asks also for a factor that the model does not know.
	 *
	 * @param bound the same particles, in the same views, with the factor; left open
	 * @throws ParameterException if they do not differ from the particles
	 */
	public TrustReport withFactor(final ParticlePairs bound) {
		requireBox(bound.noisy());
		final int last = data.indices[data.indices.length - 1];
		if (bound.size() <= last) throw new ParameterException(bound.noisy().name() + " holds " + bound.size() +
			" particles, but each particle without the factor needs one with it. Simulate as many, with the same seed.");
		final float[][] clean = TrustData.read(bound.clean(), data.indices);
		double difference = 0;
		for (int i = 0; i < clean.length; i++)
			for (int p = 0; p < clean[i].length; p++)
				difference += Math.abs(clean[i][p] - data.clean[i][p]);
		if (difference == 0) throw new ParameterException(bound.clean().name() +
			" shows the particles without a factor. Give those of the complex with the factor.");
		tests.add(new Factor(TrustData.read(bound.noisy(), data.indices), clean));
		return this;
	}

	private void requireBox(final ParticleStack stack) {
		if (stack.box() != data.box) throw new ParameterException(stack.name() + " has a box of " + stack.box() +
			" pixels, but the particles have " + data.box + ". Give images of one box.");
	}

	/** Asks all. */
	public List<TrustFinding> run() {
		listener.begin("Trust report", tests.size());
		try {
			final List<TrustFinding> findings = new ArrayList<>();
			for (final TrustTest test : tests) {
				listener.checkCancelled("Trust report");
				findings.add(test.run(data));
				listener.progress(findings.size());
			}
			return findings;
		}
		finally {
			listener.end();
		}
	}

	/** Edge length of the images that findings show, in pixels. */
	public int box() {
		return data.box;
	}

	/** Pixel size in Å; 1 if unknown. */
	public double pixelSizeAngstrom() {
		return data.pixelSizeAngstrom;
	}
}
