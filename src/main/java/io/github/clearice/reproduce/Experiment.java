package io.github.clearice.reproduce;

import io.github.clearice.network.NetworkCost.ConvolutionMeasurement;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.DeviceChoice;
import io.github.clearice.tensorflow.Precision;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/** A figure or a table of a paper that can be repeated. */
public interface Experiment {

	/** Its name in commands. */
	String name();

	/** Its subject, for headings. */
	String title();

	/** Where the paper has it. */
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

	/** Parameters of the command besides name, size and output, with a leading space. */
	default String parameters() {
		return " structures=FOLDER";
	}

	/** What to run, in this order. */
	List<Step> steps(ExperimentSize size);

	/** Reads the results of the steps: figures, pictures, findings. */
	void conclude(ExperimentSize size, Report report);

	/** How much of an experiment is run. */
	enum ExperimentSize {

		/** To see that everything works: two minutes at most, and nothing to conclude from. */
		SMOKE,

		/** For a machine with two cores, overnight at most. */
		DESK,

		/** That of the paper, for a GPU. */
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

		/** The ways to train the light network, with their cost for a pixel of a training image. */
		enum Training {

			AUTOENCODER(1.0), GAN(2.8), WASSERSTEIN(3.6), CONDITIONAL(2.7);

			private final double microsecondsPerPixel;

			Training(final double microsecondsPerPixel) {
				this.microsecondsPerPixel = microsecondsPerPixel;
			}

			/** @param images shown in all epochs together */
			double seconds(final int box, final double images) {
				return images * box * box * microsecondsPerPixel * 1e-6 + START_SECONDS;
			}
		}

		/** To build a graph. */
		private static final double START_SECONDS = 3;

		/** Of trainings with a network that takes so many multiplications and additions an image, at the full sizes. */
		static double training(final double gigamacs, final double images) {
			// Two operations each; forward, and backward by weights and by inputs.
			return 6 * gigamacs * images / TRAINING_GIGAFLOPS_PER_SECOND;
		}
	}

	/**
	 * A piece of an experiment, which is not repeated once it is finished.
	 *
	 * @param line its command line, which identifies the step; files and structures as in
	 *          {@link RunContext#run}
	 * @param seconds how long it takes on the machine of {@link RuntimeEstimate}
	 * @param work that it does
	 */
	record Step(String line, double seconds, Work work) {

		/** The work of a step. */
		@FunctionalInterface
		interface Work {

			void run(RunContext context, TaskListener listener);
		}

		/** A step that is a line of the launcher; a training that was interrupted continues from its checkpoint. */
		static Step of(final double seconds, final String line) {
			return new Step(line, seconds, (context, listener) -> context.run(line + resume(line, context), listener));
		}

		/**
		 * A step that is no line of the launcher.
		 *
		 * @param line a description after a number sign, so that the page's lines stay a script
		 */
		static Step of(final double seconds, final String line, final Work work) {
			return new Step(line, seconds, work);
		}

		private static String resume(final String line, final RunContext context) {
			if (!line.startsWith("train ")) return "";
			final String checkpoint = line.replaceFirst(".* model=@([^ ]*).*", "$1") + ".checkpoint";
			return Files.exists(context.file(checkpoint)) ? " resume=@" + checkpoint : "";
		}

		void run(final RunContext context, final TaskListener listener) {
			work.run(context, listener);
		}
	}
}
