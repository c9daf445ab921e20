package io.github.clearice.reproduce;

import io.github.clearice.network.NetworkCost.ConvolutionMeasurement;
import io.github.clearice.reproduce.Parameters.RunFile;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.DeviceChoice;
import io.github.clearice.tensorflow.Precision;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/** A figure or a table of a paper, or of ClearIce's own, that can be repeated. */
public interface Experiment {

	/** Its name in commands. */
	String name();

	/** Its subject, for headings. */
	String title();

	/** The figure or table of the paper. */
	String source();

	/** The paper's procedure and ours, for the page. */
	String account(ExperimentSize size);

	/**
	 * The same experiment with refined particles of the user's.
	 *
	 * @throws ParameterException if it has no use for them
	 */
	default Experiment on(final RefinedSet particles) {
		throw new ParameterException("star= is for name=" + SuRefinedPoses.NAME + " and name=" +
			GuRealParticles.NAME + ", not for " + name() +
			". Leave it out.");
	}

	/**
	 * The same experiment with a model that is there already, in the place of the one that it trains.
	 *
	 * @param model as verbs take it: a file, or a name
	 * @throws ParameterException if it is not an experiment about one model
	 */
	default Experiment testing(final String model) {
		throw new ParameterException("model= is for name=" + GeneralStudy.NAME + ", not for " + name() +
			". Leave it out.");
	}

	/** Parameters of the command besides name, size and output, with a leading space. */
	default String parameters() {
		return " structures=FOLDER";
	}

	/** The steps to run, in this order. */
	List<Step> steps(ExperimentSize size);

	/** Reads the results of the steps: figures, pictures, findings. */
	void conclude(ExperimentSize size, Report report);

	/** How much of an experiment is run. */
	enum ExperimentSize {

		/** To see that everything works: two minutes at most; its figures mean nothing. */
		SMOKE,

		/** For a machine with two cores, overnight at most. */
		DESK,

		/** The size of the paper, for a GPU. */
		FULL;

		/** Its name in commands. */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

		/** The value for this size. */
		<T> T of(final T smoke, final T desk, final T full) {
			return switch (this) {
				case SMOKE -> smoke;
				case DESK -> desk;
				case FULL -> full;
			};
		}

		/** The preset of Gu et al. at the size of the paper; smaller runs take the usual one. */
		Parameters paperPreset() {
			return this == FULL ? Parameters.of("preset", "paper") : Parameters.NONE;
		}

		/** A conditional GAN: the one of a preset at the size of the paper, else with the light network. */
		Parameters conditional(final String preset) {
			return this == FULL ? Parameters.of("preset", preset) : Parameters.of("preset", "fast").with("gan",
				"conditional");
		}

		/** @throws ParameterException if there is none of this label */
		public static ExperimentSize named(final String label) {
			for (final ExperimentSize size : values()) if (size.label().equals(label)) return size;
			throw new ParameterException("size=" + label + " is not a size. Choose smoke, desk or full.");
		}
	}

	/**
	 * Estimates how long a step takes here: its time on the reference machine (two idle cores of an AMD EPYC, Zen 4),
	 * scaled by the measured speed of convolutions on both.
	 */
	final class RuntimeEstimate {

		/** Speed of bfloat16 convolutions on the machine of all times given here. */
		private static final double GIGAFLOPS_PER_SECOND = 400;

		/** Speed of a training step on it: lower, because the step also waits for memory and the optimiser. */
		private static final double TRAINING_GIGAFLOPS_PER_SECOND = 190;

		private static double stretch;

		private RuntimeEstimate() {}

		/** How many times longer networks take here; measured once in a process. */
		static synchronized double stretch() {
			if (stretch > 0) return stretch;
			final double here = ConvolutionMeasurement.on(Device.choose(DeviceChoice.AUTO, Precision.AUTO, 0,
				TaskListener.SILENT)).gigaflopsPerSecond();
			stretch = GIGAFLOPS_PER_SECOND / here;
			return stretch;
		}

		/** The ways to train the light network, or that of Gu et al., with their cost for a pixel of a training image. */
		enum Training {

			AUTOENCODER(1.0), GAN(2.8), WASSERSTEIN(3.6), CONDITIONAL(2.7),
			/** The network of Gu et al. with their discriminator, and an autoencoder of it. */
			RESNET_GAN(7.0), RESNET(2.4);

			private final double microsecondsPerPixel;

			Training(final double microsecondsPerPixel) {
				this.microsecondsPerPixel = microsecondsPerPixel;
			}

			/** @param images shown in all epochs together */
			double seconds(final int box, final double images) {
				return images * box * box * microsecondsPerPixel * 1e-6 + START_SECONDS;
			}
		}

		/** Time to build a graph. */
		private static final double START_SECONDS = 3;

		/** The time of a training at full size. */
		static double training(final double gigamacs, final double images) {
			// Two operations each; forward, and backward by weights and by inputs.
			return 6 * gigamacs * images / TRAINING_GIGAFLOPS_PER_SECOND;
		}
	}

	/**
	 * A piece of an experiment, which is not repeated once it is finished.
	 *
	 * @param head the verb; or, where no verb does the work, a description after a number sign, so that the page's lines
	 *          stay a script
	 * @param parameters of the verb
	 * @param seconds how long it takes on the machine of {@link RuntimeEstimate}
	 * @param work that it does
	 */
	record Step(String head, Parameters parameters, double seconds, Work work) {

		/** The course of a training, in its folder. */
		static final String METRICS = "metrics.tsv";

		/** The work of a step. */
		@FunctionalInterface
		interface Work {

			void run(RunContext context, TaskListener listener);
		}

		/** A step that a verb does; a training that was interrupted continues from its checkpoint. */
		static Step of(final double seconds, final String verb, final Parameters parameters) {
			return new Step(verb, parameters, seconds, (context, listener) -> context.run(verb, verb.equals("train")
				? resumed(parameters, context) : parameters, listener));
		}

		/** A step that no verb does. */
		static Step of(final double seconds, final String head, final Work work) {
			return new Step(head, Parameters.NONE, seconds, work);
		}

		private static Parameters resumed(final Parameters training, final RunContext context) {
			final RunFile checkpoint = new RunFile(((RunFile) training.values().get("model")).name() + ".checkpoint");
			if (Files.exists(context.file(checkpoint.name()))) return training.with("resume", checkpoint);
			// A training that was killed before its first checkpoint begins anew, as does its table.
			if (training.values().get("folder") instanceof RunFile folder) AtomicOutput.delete(context.file(folder
				.name() + "/" + METRICS));
			return training;
		}

		/** Identifies the step among all others, wherever the folder of the run is. */
		String line() {
			return (head + " " + parameters).strip();
		}

		/** The line as a reader would type it in the run's folder. */
		String shown(final RunContext context) {
			return (head + " " + context.shown(parameters)).strip();
		}

		void run(final RunContext context, final TaskListener listener) {
			work.run(context, listener);
		}
	}
}
