package io.github.clearice.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.clearice.tensorflow.Precision;
import io.github.clearice.tensorflow.TensorFlowRuntime;
import io.github.clearice.train.options.TrainingOptions;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecisionLossTest {

	@Test
	void bfloat16CostsLessThanAFiftiethOfADecibel(@TempDir final Path folder) {
		assumeTrue(TensorFlowRuntime.get().hasBfloat16());
		final PrecisionLoss loss = new PrecisionLoss(120, 40, TrainingOptions.fast().with(Map.of("epochs", "4", "batch",
			"8", "warmup", "10", "average", "0.9", "device", "cpu", "precision", "float32")), folder);
		final double exact = loss.psnrDecibel(Precision.FLOAT32);
		final double rounded = loss.psnrDecibel(Precision.BFLOAT16);
		assertTrue(exact > loss.noisyPsnrDecibel() + 10, exact + " dB: the network has learned too little to judge by");
		assertNotEquals(exact, rounded, "bfloat16 was not used");
		assertEquals(exact, rounded, 0.02);
	}
}
