package io.github.clearice.network.zoo;

import io.github.clearice.network.Discriminator;
import io.github.clearice.network.zoo.BottleneckNetworks.BottleneckDiscriminator;
import io.github.clearice.network.zoo.PlainNetworks.PlainDiscriminator;
import io.github.clearice.network.zoo.ProgressiveNetworks.ProgressiveDiscriminator;
import io.github.clearice.network.zoo.ResidualNetworks.ResidualDiscriminator;
import io.github.clearice.tensorflow.NetworkException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Finds discriminators: by the name users give, and by the entry in a checkpoint. */
public final class Discriminators {

	/** The small discriminator that also sees the noisy image. */
	public static final String LIGHT_CONDITIONAL = "light-conditional";

	private static final Map<String, Function<Boolean, Discriminator>> NAMED = new LinkedHashMap<>();

	static {
		NAMED.put(Architectures.LIGHT, critic -> ResidualDiscriminator.light(false, critic));
		NAMED.put(Architectures.DEEP, critic -> ResidualDiscriminator.light(false, critic));
		NAMED.put(Architectures.RESIDUAL, critic -> ResidualDiscriminator.light(false, critic));
		NAMED.put(LIGHT_CONDITIONAL, critic -> ResidualDiscriminator.light(true, critic));
		NAMED.put(Architectures.GU_2021, ResidualDiscriminator::gu2021);
		NAMED.put(Architectures.GU_2021_256, BottleneckDiscriminator::gu2021);
		NAMED.put(Architectures.CONVNET, PlainDiscriminator::convnet);
		NAMED.put(Architectures.SU_2018, BottleneckDiscriminator::su2018);
		NAMED.put(Architectures.PIX2PIX, PlainDiscriminator::pix2pix);
		NAMED.put(Architectures.PGGAN, critic -> ProgressiveDiscriminator.gu2021());
	}

	private Discriminators() {}

	/** The names that users give, in the order of the documentation. */
	public static List<String> names() {
		return List.copyOf(NAMED.keySet());
	}

	/**
	 * A discriminator by the name that users give: that of the network it was made
	 * for, or {@link #LIGHT_CONDITIONAL}.
	 *
	 * @param critic whether it is for a gradient penalty: without batch normalisation
	 * @throws NetworkException if there is none of this name
	 */
	public static Discriminator named(final String name, final boolean critic) {
		final Function<Boolean, Discriminator> found = NAMED.get(name);
		if (found == null) throw new NetworkException("Discriminator must be one of " + String.join(", ", names()) +
			", not " + name + ".");
		return found.apply(critic);
	}

	/**
	 * Rebuilds a discriminator from {@link Discriminator#name()} and {@link Discriminator#options()}.
	 *
	 * @throws NetworkException if this version does not know it, or an option is missing or out of range
	 */
	public static Discriminator rebuild(final String name, final Map<String, String> options) {
		final NetworkOptions read = new NetworkOptions(options);
		return switch (name) {
			case ResidualDiscriminator.NAME -> ResidualDiscriminator.of(read);
			case BottleneckDiscriminator.NAME -> BottleneckDiscriminator.of(read);
			case PlainDiscriminator.NAME -> PlainDiscriminator.of(read);
			case ProgressiveDiscriminator.NAME -> ProgressiveDiscriminator.of(read);
			default -> throw new NetworkException("This version of ClearIce does not know the discriminator " + name +
				". Use the version that the checkpoint was made with, or a later one.");
		};
	}
}
