package io.github.clearice.reproduce;

import io.github.clearice.reproduce.Experiment.ExperimentSize;

import java.util.Locale;

/** The networks that tables of Gu et al. 2021 are made with, and the sizes of data that fit them. */
enum GuNetworks {

	/** Our light ones, with our optimiser. */
	LIGHT("The networks are the light ones, with our optimiser (`preset=fast`)."),
	/** The paper's own, with its optimiser. */
	RESNET("The networks are the paper's ResNet, with its optimiser (`preset=paper`).");

	/** Pixels of the paper's images, to which noise is added before they are binned. */
	static final int FULL_BOX = 128;

	/** A sentence for pages. */
	final String account;

	GuNetworks(final String account) {
		this.account = account;
	}

	boolean areResnets() {
		return this == RESNET;
	}

	/** Ends of the names of experiments. */
	String suffix() {
		return areResnets() ? "-resnet" : "";
	}

	/** Ends of the titles of experiments. */
	String title() {
		return areResnets() ? ", with the paper's own network" : "";
	}

	/** The data and trainings, for pages. */
	String sizes(final ExperimentSize size) {
		return String.format(Locale.ROOT, "%,d training and %,d test pairs, %d seeds, %d epochs for a GAN and %d for an" +
			" autoencoder, whose network then has as many updates", count(size), tests(size), seeds(size), epochs(size),
			GuMethod.L1.epochs(epochs(size)));
	}

	/** Pixels after binning. */
	int box(final ExperimentSize size) {
		return size.of(32, areResnets() ? 64 : 32, FULL_BOX);
	}

	/** Training pairs. */
	int count(final ExperimentSize size) {
		return size.of(24, areResnets() ? 5000 : 2800, 25000);
	}

	/** Test pairs. */
	static int tests(final ExperimentSize size) {
		return size.of(16, 500, 1500);
	}

	/** Trainings of each method. */
	static int seeds(final ExperimentSize size) {
		return size.of(1, 2, 3);
	}

	/** Epochs of a GAN. */
	int epochs(final ExperimentSize size) {
		return size.of(1, areResnets() ? 20 : 8, 20);
	}

	/** The preset of the trainings. */
	String preset(final ExperimentSize size) {
		return areUsed(size) ? "paper" : "fast";
	}

	/** Whether trainings are those of the paper's network: at the smallest size, that would take too long. */
	boolean areUsed(final ExperimentSize size) {
		return areResnets() && size != ExperimentSize.SMOKE;
	}
}
