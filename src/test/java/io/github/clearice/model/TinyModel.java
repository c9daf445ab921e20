package io.github.clearice.model;

import io.github.clearice.network.Architecture;
import io.github.clearice.network.Layers;
import io.github.clearice.network.Layers.FeatureMap;
import io.github.clearice.network.VariableSet;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.network.zoo.Architectures;
import io.github.clearice.network.zoo.GuidedNetwork;
import io.github.clearice.network.zoo.ResidualNetworks.ResidualAutoencoder;
import io.github.clearice.network.zoo.UNet;
import io.github.clearice.tensorflow.TensorFlowRuntime;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Untrained models of tiny networks for boxes of 16 pixels of 4 Å. */
public final class TinyModel {

	private static final int BOX = 16;
	private static final Architecture RESIDUAL = new ResidualAutoencoder(List.of(4, 6), List.of(2, 2), List.of(0, 1), List
		.of(0), true, false, false);

	private TinyModel() {}

	public static ModelFile model() {
		return model(RESIDUAL);
	}

	/**
	 * The U-net of pix2pix at its smallest box, with few channels: three levels drop half of their numbers. Its kernels
	 * are ten times larger than untrained ones, so that inner levels count.
	 */
	public static ModelFile dropping() {
		final ModelFile model = model(new UNet(List.of(6, 6, 6, 6), 3));
		for (final Weight weight : model.weights()) if (weight.name().endsWith("/kernel")) {
			for (int i = 0; i < weight.values().length; i++) weight.values()[i] *= 10;
		}
		return model;
	}

	/** A model that knows the mean of its clean particles. */
	public static ModelFile levelled() {
		return model(RESIDUAL, new Normalisation(0.5, 0.25, 3.0));
	}

	/** A model that improves on guides; its network has the symmetry of a square. */
	public static ModelFile guided() {
		return model(new GuidedNetwork(Architectures.rebuild("symmetric-autoencoder", Map.of("channels", "8 16", "strides",
			"2 2", "units", "0 1"))), Normalisation.OF_GUIDED);
	}

	private static ModelFile model(final Architecture network) {
		return model(network, new Normalisation(0.5, 0.25, null));
	}

	private static ModelFile model(final Architecture network, final Normalisation normalisation) {
		final ModelCard card = new ModelCard(ModelCard.SCHEMA, network.name(), network.options(), BOX, 4.0, "bright",
			normalisation, "l1", "mean", Map.of("epochs", "2"), 3, new ModelCard.TrainingData(
				"noisy.mrcs", "clean.mrcs", 20, 2, "00", Map.of("kind", "test"), null), null, null, List.of(
				new HistoryEntry(1, 2, 0.5,
					0.001, 0.25, 21.5)), Map.of("validation-psnr", 21.5), Map.of("clearice", "test"));
		TensorFlowRuntime.get();
		try (Graph graph = new Graph()) {
			final Ops tf = Ops.create(graph);
			final VariableSet variables = new VariableSet(tf, "weights", 1);
			final int planes = network.planes();
			final Placeholder<TFloat32> image = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, BOX, BOX,
				planes)));
			network.build(new Layers(tf, variables, Layers.Mode.INFERENCE, null), new FeatureMap(image, BOX, planes));
			return new ModelFile(card, variables.initialValues(), Optional.empty(), Optional.empty());
		}
	}
}
