package io.github.clearice.train.options;

import io.github.clearice.task.ParameterException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Sets of training options to start from. The defaults for options that a preset does not name: means over pixels, Adam
 * at a constant rate, no augmentation.
 */
public enum Preset {

		/**
		 * Our own best for a small machine: it brings 2,000 particles of 64 pixels to
		 * convergence within three minutes on two cores.
		 */
		FAST("our own best for a machine without a GPU", "network=auto loss=l1 epochs=60 batch=20 rate=0.007 warmup=200" +
			" optimiser=muon decay=cosine average=0.995 augment=rotations"),
		/**
		 * Our best, given an hour on two cores or a GPU and unlimited pairs; for a small data set, fewer epochs suffice.
		 */
		BEST("our own best for long trainings and a GPU", "network=deep loss=l1 epochs=800 batch=20 rate=0.007 warmup=200" +
			" optimiser=muon decay=cosine average=0.995 augment=rotations"),
		/**
		 * Gu et al. 2021 as printed: the recommended (.5, .5)-GAN + l1, sums over pixels
		 * and scores as in the formulas. The paper does not state epochs, nor the moments
		 * of Adam: those are the published code's, and Adam's own.
		 */
		PAPER("Gu et al. 2021 as printed", "network=gu2021 gan=beta alpha=0.5 beta=0.5 loss=l1 lambda=10" +
			" pixels=sum scores=sum kd=1 kg=2 epochs=20 batch=20 rate=0.01 criticrate=0.001"),
		/**
		 * Gu et al. 2021 as their code has it: scores held to [0.01, 0.99], the
		 * discriminator trained in every second update, scores summed but pixels
		 * averaged. Its defects, such as clipped noise and no shuffling, are not here.
		 */
		PUBLISHED_CODE("Gu et al. 2021 as their code has it", "network=gu2021 gan=beta alpha=0.5 beta=0.5" +
			" loss=l1 lambda=10 clamp=0.01 pixels=mean scores=sum kd=1 kg=1 criticevery=2 epochs=20 batch=10 rate=0.01" +
			" criticrate=0.001 beta1=0.5"),
		/** Su et al. 2018; beside its horizontal flips we have quarter turns, which are as natural to particles. */
		SU2018("Su et al. 2018", "network=su2018 discriminator=su2018 gan=conditional loss=l1 lambda=100 pixels=mean" +
			" scores=mean kd=1 kg=1 epochs=21 batch=1 rate=0.0004 criticrate=0.00015 beta1=0.5 augment=rotations"),
		/** Isola et al. 2017, which the text of Su et al. 2018 names. */
		PIX2PIX("Isola et al. 2017",
			"network=pix2pix discriminator=pix2pix gan=conditional loss=l1 lambda=100 pixels=mean" +
				" scores=mean kd=1 kg=1 epochs=200 batch=1 rate=0.0002 criticrate=0.0002 beta1=0.5 augment=rotations"),
		/**
		 * The growing network of Gu et al. 2021, with the schedule of Karras et al. 2018:
		 * 200,000 images while a level is blended in and 200,000 while it is trained
		 * alone; WGAN-gp + 100 l1; inference by the running average of Karras et al.
		 */
		PGGAN("progressive growing as in Gu et al. 2021",
			"network=pggan discriminator=pggan gan=wgan mu=10 loss=l1 lambda=100" +
				" pixels=mean scores=mean kd=1 kg=1 growth=200000 batch=16 rate=0.0001 criticrate=0.0001 beta1=0 beta2=0.99" +
				" average=0.999"),
		/** Adapts a trained model to particles in a few minutes. */
		ADAPT("for from=, in minutes", "network=auto loss=l2 epochs=8 batch=20 rate=0.005 warmup=50 decay=cosine" +
			" average=0.99 augment=rotations guidedrop=0.1 validation=0.2");

	private static final String BASE = "preset=none overridden= network=auto adaptive=false loss=l1 lambda=1" +
		" pixels=mean gan=none epochs=1 minutes=Infinity batch=1 growth=0 earlystop=0 keep=best checkpoint=2 rate=0.001" +
		" warmup=0 decay=none optimiser=adam beta1=0.9 beta2=0.999 average=0 seed=1 supervision=clean augment=none" +
		" fresh=false guidedrop=0.3 validation=0.1 precision=auto device=auto threads=0";

	private final String description;
	private final String settings;

	Preset(final String description, final String settings) {
		this.description = description;
		this.settings = settings;
	}

	/** The name used in commands and cards, such as {@code published-code}. */
	public String label() {
		return OptionReader.label(this);
	}

	/** A description in a few words. */
	public String description() {
		return description;
	}

	/** The options, none of them overridden. */
	public TrainingOptions options() {
		return TrainingOptions.of(OptionReader.parsed(BASE)).with(OptionReader.parsed(settings)).from(new OptionOrigin(
			label(), List.of()));
	}

	/**
	 * Finds a preset by its {@link #label()}.
	 *
	 * @throws ParameterException if there is none
	 */
	public static Preset named(final String label) {
		for (final Preset preset : values())
			if (preset.label().equals(label)) return preset;
		throw new ParameterException("There is no preset " + label + ". Use " + OptionReader.listed(Arrays.stream(values())
			.map(Preset::label).toList()) + ".");
	}

	/**
	 * Where training options come from.
	 *
	 * @param preset the set they started from
	 * @param overridden names of the options that were then given another value, in alphabetical order
	 */
	public record OptionOrigin(String preset, List<String> overridden) {

		static final String PRESET = "preset";
		static final String OVERRIDDEN = "overridden";

		public OptionOrigin {
			overridden = List.copyOf(overridden);
		}

		/** Reads what {@link #addTo} writes. */
		static OptionOrigin of(final OptionReader read) {
			final String names = read.word(OVERRIDDEN);
			return new OptionOrigin(read.word(PRESET), names.isEmpty() ? List.of() : List.of(names.split(" ")));
		}

		/** Adds the preset and the overridden names to a map. */
		void addTo(final Map<String, String> map) {
			map.put(PRESET, preset);
			map.put(OVERRIDDEN, String.join(" ", overridden));
		}

		/** This origin with more options overridden. */
		OptionOrigin and(final Collection<String> names) {
			final List<String> all = new ArrayList<>(overridden);
			all.addAll(names);
			return new OptionOrigin(preset, all.stream().distinct().sorted().toList());
		}
	}
}
