package io.github.clearice.network.zoo;

import io.github.clearice.network.Convolution;
import io.github.clearice.network.FeatureMap;
import io.github.clearice.network.LayerStyle;
import io.github.clearice.network.Layers;

/**
 * The residual unit of Su et al. 2018: a convolution 1 x 1 to fewer channels, one
 * 4 x 4, and one 1 x 1 back, each normalised (He et al. 2016a, figure 5).
 *
 * @param division how many times fewer channels it has inside; 1 for the full width of Gu et al. 2021 at 256 pixels
 * @param units that follow one another in the network
 */
record Bottleneck(int division, int units, LayerStyle style) {

	/** Several units. Returns the last sum before its activation; none leaves the incoming sum as it is. */
	FeatureMap build(final Layers layers, final String level, final FeatureMap first, final int count) {
		FeatureMap sum = first;
		for (int unit = 1; unit <= count; unit++) {
			sum = unit(layers, level + "/unit" + unit, style.activate(layers, sum));
		}
		return sum;
	}

	private FeatureMap unit(final Layers layers, final String name, final FeatureMap in) {
		final int inside = Math.max(1, in.channels() / division);
		final FeatureMap narrow = active(layers, name + "/narrow", layers.convolution(name + "/narrow", in, 1, 1, inside));
		final FeatureMap middle = active(layers, name + "/middle", layers.convolution(name + "/middle", narrow, 4, 1,
			inside));
		final Convolution back = new Convolution(1, 1, in.channels()).starting(style.residual(units));
		return layers.sum(in, style.normalise(layers, name + "/back", layers.convolution(name + "/back", middle, back)));
	}

	private FeatureMap active(final Layers layers, final String name, final FeatureMap sum) {
		return style.activate(layers, style.normalise(layers, name, sum));
	}
}
