package io.github.clearice.model.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.model.ModelFile;
import io.github.clearice.model.TinyModel;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exported models give the same pixels in ONNX Runtime. */
class OnnxRuntimeTest {

	private static final int BOX = 16;
	/** As a share of the standard deviation of the noisy image. */
	private static final double TOLERANCE = 1e-4;

	@TempDir
	Path folder;

	@Test
	void aModelThatKnowsTheMeanOfItsParticlesGivesTheSamePixels() throws OrtException {
		requireSame(TinyModel.levelled(), false);
	}

	@Test
	void aGuidedModelGivesTheSamePixels() throws OrtException {
		requireSame(TinyModel.guided(), true);
	}

	@Test
	void aUNetGivesTheSamePixels() throws OrtException {
		requireSame(TinyModel.dropping(), false);
	}

	private void requireSame(final ModelFile model, final boolean guided) throws OrtException {
		final Path file = folder.resolve("model.onnx");
		try (ModelExport export = new ModelExport("tiny", model)) {
			export.writeOnnx(file);
		}
		final float[][] noisy = ModelExportTest.images(false), guides = ModelExportTest.images(true);
		final float[][] ours = ModelExportTest.ours(model, noisy, guided ? guides : null);
		final OrtEnvironment runtime = OrtEnvironment.getEnvironment();
		final Map<String, OnnxTensor> inputs = new HashMap<>();
		try (OrtSession session = runtime.createSession(file.toString())) {
			inputs.put("noisy", tensor(runtime, noisy));
			if (guided) inputs.put("guide", tensor(runtime, guides));
			try (OrtSession.Result result = session.run(inputs)) {
				final float[][][][] theirs = (float[][][][]) result.get(0).getValue();
				for (int i = 0; i < noisy.length; i++) for (int p = 0; p < BOX * BOX; p++) assertEquals(ours[i][p],
					theirs[i][p / BOX][p % BOX][0], TOLERANCE * ModelExportTest.spread(i), "image " + i + ", pixel " + p);
			}
		}
		finally {
			inputs.values().forEach(OnnxTensor::close);
		}
	}

	private static OnnxTensor tensor(final OrtEnvironment runtime, final float[][] images) throws OrtException {
		return OnnxTensor.createTensor(runtime, FloatBuffer.wrap(ModelExportTest.joined(images)), new long[] {
			images.length, BOX, BOX, 1 });
	}
}
