package io.github.clearice.network.zoo;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.zoo.BottleneckNetworks.BottleneckAutoencoder;
import io.github.clearice.network.zoo.PlainNetworks.PlainAutoencoder;
import io.github.clearice.network.zoo.ProgressiveNetworks.ProgressiveAutoencoder;
import io.github.clearice.network.zoo.ResidualNetworks.ResidualAutoencoder;
import io.github.clearice.tensorflow.NetworkException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds networks: by the name users give, and by the entry in a model card. */
public final class Architectures {

	/** The name of the network for machines without a GPU. */
	public static final String LIGHT = "light";
	/** The name of the light network with more residual units, for longer trainings. */
	public static final String DEEP = "deep";
	/** The name of the network for machines without a GPU, for images that turns and mirrors would change. */
	public static final String RESIDUAL = "residual";
	/** The name of the network of Gu et al. 2021 for 128 pixels. */
	public static final String GU_2021 = "gu2021";
	/** The name of the network of Gu et al. 2021 for 256 pixels. */
	public static final String GU_2021_256 = "gu2021-256";
	/** The name of the network without residual units of Gu et al. 2021. */
	public static final String CONVNET = "convnet";
	/** The name of the network of Su et al. 2018. */
	public static final String SU_2018 = "su2018";
	/** The name of the network of Isola et al. 2017. */
	public static final String PIX2PIX = "pix2pix";

	/** The name of the growing network of Gu et al. 2021. */
	public static final String PGGAN = "pggan";

	private static final Map<String, Architecture> NAMED = new LinkedHashMap<>();

	static {
		NAMED.put(LIGHT, SymmetricAutoencoder.light());
		NAMED.put(DEEP, SymmetricAutoencoder.deep());
		NAMED.put(RESIDUAL, ResidualAutoencoder.LIGHT);
		NAMED.put(GU_2021, ResidualAutoencoder.GU_2021);
		NAMED.put(GU_2021_256, BottleneckAutoencoder.gu2021());
		NAMED.put(CONVNET, PlainAutoencoder.gu2021());
		NAMED.put(SU_2018, BottleneckAutoencoder.su2018());
		NAMED.put(PIX2PIX, UNet.pix2pix());
		NAMED.put(PGGAN, ProgressiveAutoencoder.gu2021());
	}

	private Architectures() {}

	/** The names that users give, in the order of the documentation. */
	public static List<String> names() {
		return List.copyOf(NAMED.keySet());
	}

	/**
	 * A network by the name that users give.
	 *
	 * @throws NetworkException if there is none of this name
	 */
	public static Architecture named(final String name) {
		final Architecture found = NAMED.get(name);
		if (found == null) throw new NetworkException("Network must be one of " + String.join(", ", names()) + ", not " +
			name + ".");
		return found;
	}

	/**
	 * Rebuilds a network from {@link Architecture#name()} and {@link Architecture#options()}.
	 *
	 * @throws NetworkException if this version does not know it, or an option is missing or out of range
	 */
	public static Architecture rebuild(final String name, final Map<String, String> options) {
		if (options.containsKey(AdaptiveNetwork.OPTION)) {
			final Map<String, String> inner = new LinkedHashMap<>(options);
			final String way = inner.remove(AdaptiveNetwork.OPTION);
			if (!AdaptiveNetwork.SHARE.equals(way)) throw new NetworkException("Network option " + AdaptiveNetwork.OPTION +
				" must be " + AdaptiveNetwork.SHARE + ", not " + way +
				". Use the version that the model was trained with, or a later one.");
			return new AdaptiveNetwork(rebuild(name, inner));
		}
		if (options.containsKey(GuidedNetwork.OPTION)) {
			final Map<String, String> inner = new LinkedHashMap<>(options);
			final String way = inner.remove(GuidedNetwork.OPTION);
			if (!GuidedNetwork.ADDED.equals(way)) throw new NetworkException("Network option " + GuidedNetwork.OPTION +
				" must be " + GuidedNetwork.ADDED + ", not " + way +
				". Use the version that the model was trained with, or a later one.");
			return new GuidedNetwork(rebuild(name, inner));
		}
		final NetworkOptions read = new NetworkOptions(options);
		return switch (name) {
			case SymmetricAutoencoder.NAME -> SymmetricAutoencoder.of(read);
			case ResidualAutoencoder.NAME -> ResidualAutoencoder.of(read);
			case BottleneckAutoencoder.NAME -> BottleneckAutoencoder.of(read);
			case PlainAutoencoder.NAME -> PlainAutoencoder.of(read);
			case ProgressiveAutoencoder.NAME -> ProgressiveAutoencoder.of(read);
			case UNet.NAME -> UNet.of(read);
			default -> throw new NetworkException("This version of ClearIce does not know the network " + name +
				". Use the version that the model was trained with, or a later one.");
		};
	}
}
