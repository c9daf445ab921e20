package io.github.clearice.train.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.network.VariableSet;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.tensorflow.TensorFlowRuntime;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class MuonTest {

	private static final int ROWS = 10, COLUMNS = 8;
	/*
	 * x = m / m.norm()
	 * for _ in range(5): A = x.T @ x; x = 3.4445 * x + x @ (-4.7750 * A + 2.0315 * A @ A)    # PyTorch 2.13, float64
	 */
	private static final double[] FIRST_ROW = { 0.1148830, 0.1177175, 0.5634418, 0.0742576, 0.2498153, 0.0800656,
		0.0316594, -0.7112440 };
	private static final double[] LAST_ROW = { -0.0156507, 0.4113747, 0.0740591, 0.1352784, -0.0637390, 0.0258897,
		-0.3843413, 0.0488566 };

	private Graph graph;
	private Ops tf;

	@BeforeEach
	void open() {
		TensorFlowRuntime.get();
		graph = new Graph();
		tf = Ops.create(graph);
	}

	@AfterEach
	void close() {
		graph.close();
	}

	@Test
	void orthogonalisesAsPyTorchDoes() {
		try (Session session = new Session(graph)) {
			checkRows(run(session, new Muon(tf).orthogonalised(tf.constant(matrix()), true)), COLUMNS, 1);
		}
	}

	@Test
	void wideMatricesGoByTheirRows() {
		final Operand<TFloat32> wide = tf.linalg.transpose(tf.constant(matrix()), tf.constant(new int[] { 1, 0 }));
		try (Session session = new Session(graph)) {
			checkRows(run(session, new Muon(tf).orthogonalised(wide, false)), 1, ROWS);
		}
	}

	/** With a constant gradient g, the momenta are g and 1.95 g, and both look ahead along g. */
	@Test
	void changesByTheRateAtAnyGradientSize() {
		final VariableSet weights = new VariableSet(tf, "weights", 1);
		weights.normal("kernel", 1, 1, 5, 2, COLUMNS);
		final VariableSet momenta = weights.zerosOfTrainable("momenta");
		final Operand<TFloat32> gradient = tf.reshape(tf.math.mul(tf.constant(matrix()), tf.constant(1e-3f)), tf.constant(
			new int[] { 1, 5, 2, COLUMNS }));
		final List<Op> update = new Muon(tf).update(weights.handle("kernel"), momenta.handle("kernel"), Shape.of(1, 5, 2,
			COLUMNS), gradient, tf.constant(0.1f));
		try (Session session = new Session(graph)) {
			weights.fill(session, weights.initialValues());
			momenta.fill(session, momenta.initialValues());
			final float[] before = only(weights.values(session));
			for (int step = 1; step <= 2; step++) {
				final Session.Runner runner = session.runner();
				update.forEach(runner::addTarget);
				runner.run().close();
				final float[] after = only(weights.values(session)), momentum = only(momenta.values(session));
				final double change = 0.1 * step * Math.sqrt(ROWS / (double) COLUMNS);
				for (int x = 0; x < COLUMNS; x++) {
					assertEquals(before[x] - change * FIRST_ROW[x], after[x], 2e-5);
					assertEquals(1e-3 * (step == 1 ? 1 : 1.95) * matrix()[0][x], momentum[x], 1e-9);
				}
			}
		}
	}

	@Test
	void takesMatricesButNotVectorsOrSlivers() {
		assertTrue(Muon.takes(Shape.of(3, 3, 64, 16)));
		assertTrue(Muon.takes(Shape.of(9, 9, 1, 8)));
		assertFalse(Muon.takes(Shape.of(128)));
		assertFalse(Muon.takes(Shape.of(3, 3, 64, 1)));
		assertFalse(Muon.takes(Shape.of(1, 1, 1, 64)));
	}

	private static void checkRows(final float[] values, final int alongRow, final int alongColumn) {
		for (int x = 0; x < COLUMNS; x++) {
			final int column = alongRow == 1 ? x * alongColumn : x;
			assertEquals(FIRST_ROW[x], values[column], 1e-5);
			assertEquals(LAST_ROW[x], values[column + (ROWS - 1) * alongRow], 1e-5);
		}
	}

	private static float[][] matrix() {
		// m = [[((i * 5 + j * 3) % 7 - 3) * 0.5 + (0.1 * i if i == j else 0) for j in range(8)] for i in range(10)]
		final float[][] matrix = new float[ROWS][COLUMNS];
		for (int y = 0; y < ROWS; y++)
			for (int x = 0; x < COLUMNS; x++)
				matrix[y][x] = ((y * 5 + x * 3) % 7 - 3) * 0.5f + (x == y ? 0.1f * y : 0);
		return matrix;
	}

	private static float[] run(final Session session, final Operand<TFloat32> wanted) {
		try (Result result = session.runner().fetch(wanted).run()) {
			final float[] values = new float[ROWS * COLUMNS];
			((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
			return values;
		}
	}

	private static float[] only(final List<Weight> weights) {
		return weights.get(0).values();
	}
}
