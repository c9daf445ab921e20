package io.github.clearice.network;

import java.util.Map;

/** Finds networks: by the name users give, and by what a model card holds. */
public final class Architectures {

	/** The name of the network for machines without a GPU. */
	public static final String LIGHT = "light";
	/** The name of the network of Gu et al. 2021. */
	public static final String GU_2021 = "gu2021";

	private static final Map<String, Architecture> NAMED = Map.of(LIGHT, ResidualAutoencoder.LIGHT, GU_2021,
		ResidualAutoencoder.GU_2021);

	private Architectures() {}

	/**
	 * A network by the name that users give: {@code light} or {@code gu2021}.
	 *
	 * @throws NetworkException if there is none of this name
	 */
	public static Architecture named(final String name) {
		final Architecture found = NAMED.get(name);
		if (found == null) throw new NetworkException("Network must be " + LIGHT + " or " + GU_2021 + ", not " + name + ".");
		return found;
	}

	/**
	 * Rebuilds a network from {@link Architecture#name()} and {@link Architecture#options()}.
	 *
	 * @throws NetworkException if this version does not know it, or an option is missing or out of range
	 */
	public static Architecture rebuild(final String name, final Map<String, String> options) {
		if (ResidualAutoencoder.NAME.equals(name)) return ResidualAutoencoder.of(new NetworkOptions(options));
		throw new NetworkException("This version of ClearIce does not know the network " + name +
			". Use the version that the model was trained with, or a later one.");
	}
}
