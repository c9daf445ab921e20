package io.github.clearice.network;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Square feature maps in a graph, shape {@code [N, size, size, channels]}; the
 * batch size N is open.
 */
public record FeatureMap(Operand<TFloat32> value, int size, int channels) {}
