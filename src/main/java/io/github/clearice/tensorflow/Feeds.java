package io.github.clearice.tensorflow;

import java.util.LinkedHashMap;
import java.util.Map;

import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The tensors that a run of a session is fed, closed together. */
public final class Feeds implements AutoCloseable {

	private final Map<Operand<?>, Tensor> tensors = new LinkedHashMap<>();

	/** A number; one fed before to the same place is replaced. */
	public Feeds number(final Placeholder<TFloat32> place, final double value) {
		return put(place, TFloat32.scalarOf((float) value));
	}

	/** Two whole numbers. */
	public Feeds pair(final Placeholder<TInt64> place, final long first, final long second) {
		return put(place, TInt64.vectorOf(first, second));
	}

	/** Numbers in a shape. */
	public Feeds array(final Operand<TFloat32> place, final Shape shape, final float[] values) {
		return put(place, TFloat32.tensorOf(shape, DataBuffers.of(values, true, false)));
	}

	private Feeds put(final Operand<?> place, final Tensor tensor) {
		final Tensor former = tensors.put(place, tensor);
		if (former != null) former.close();
		return this;
	}

	/** Feeds a run. */
	public Session.Runner into(final Session.Runner runner) {
		tensors.forEach(runner::feed);
		return runner;
	}

	@Override
	public void close() {
		tensors.values().forEach(Tensor::close);
	}
}
