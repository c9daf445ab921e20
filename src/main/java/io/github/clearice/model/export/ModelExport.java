package io.github.clearice.model.export;

import io.github.clearice.model.ModelFile;
import io.github.clearice.model.SampleParticles;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.Version;
import io.github.clearice.tensorflow.TensorFlowRuntime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes a model for other programs. Each file takes particles as they are, {@code [N, box, box, 1]} of float32 named
 * {@code noisy}, and gives {@code denoised} ones of the same shape and scale: what {@code clearice denoise} makes of
 * particles of the model's box, pixel size and contrast, to 1e-4 of their standard deviation. A model that was trained
 * with guides takes these as a second input, {@code guide}.
 */
public final class ModelExport implements AutoCloseable {

	/** The name of the one file of a SavedModel in its folder. */
	public static final String SAVED_MODEL = SavedModelFile.NAME;

	/** Edge length of the square that makes the guide of an example, in pixels. */
	private static final int BLUR = 9;

	private final String name;
	private final ModelFile model;
	private final ModelGraph graph;

	/**
	 * A particle to try a file with.
	 *
	 * @param inputs images of each input, {@code [input][box * box]}
	 * @param denoised what the model makes of it
	 */
	public record Example(int box, double pixelSizeAngstrom, List<float[]> inputs, float[] denoised) {}

	/**
	 * @param name of the model, for people
	 * @throws io.github.clearice.tensorflow.NetworkException if the weights do not fit the network
	 */
	public ModelExport(final String name, final ModelFile model) {
		this.name = name;
		this.model = model;
		graph = new ModelGraph(model);
	}

	/**
	 * Writes a SavedModel for TensorFlow, with the signature {@code serving_default}.
	 *
	 * @param folder of the SavedModel, made if it is not there
	 */
	public void writeSavedModel(final Path folder) {
		write(folder.resolve(SAVED_MODEL), out -> SavedModelFile.of(graph, tensorFlow()).writeTo(out));
	}

	/**
	 * Writes an ONNX file.
	 *
	 * @throws io.github.clearice.task.ParameterException if ONNX cannot express the network
	 */
	public void writeOnnx(final Path file) {
		write(file, out -> OnnxGraph.bytes(graph, Version.current(), description()).writeTo(out));
	}

	/**
	 * Writes a package for the BioImage Model Zoo, with a SavedModel and an ONNX file.
	 *
	 * @param cover a picture, as PNG
	 */
	public void writePackage(final Path file, final PackageTerms terms, final Example example, final byte[] cover) {
		write(file, out -> new ModelPackage(name, graph, terms, tensorFlow()).write(out, example, cover));
	}

	private static String tensorFlow() {
		return TensorFlowRuntime.get().version();
	}

	private String description() {
		return "Denoises cryo-EM particles of " + graph.box() + " x " + graph.box() + " pixels: " + name +
			", made by ClearIce.";
	}

	/** A held-out particle that the model file holds, or else a disc in noise. */
	public Example example() {
		final int box = graph.box();
		final float[] noisy = new float[box * box];
		final SampleParticles samples = model.samples().orElse(null);
		if (samples != null && samples.noisy().box() == box) samples.noisy().read(0, noisy);
		else drawDisc(box, noisy);
		final List<float[]> inputs = new ArrayList<>(List.of(noisy));
		if (graph.inputs().size() > 1) inputs.add(blurred(box, noisy));
		final Double pixel = model.card().pixelSizeAngstrom();
		return new Example(box, pixel == null ? Double.NaN : pixel, inputs, graph.run(inputs.toArray(new float[0][])));
	}

	private static void drawDisc(final int box, final float[] image) {
		final SplittableRandom random = Seeds.random(1);
		for (int p = 0; p < image.length; p++) {
			final double radius = Math.hypot(p % box - box / 2, p / box - box / 2);
			image[p] = (float) ((radius < 0.3 * box ? 1 : 0) + 1.5 * random.nextGaussian());
		}
	}

	private static float[] blurred(final int box, final float[] image) {
		final float[] blurred = new float[image.length];
		for (int p = 0; p < image.length; p++) {
			double sum = 0;
			for (int q = 0; q < BLUR * BLUR; q++) {
				final int x = p % box + q % BLUR - BLUR / 2, y = p / box + q / BLUR - BLUR / 2;
				sum += image[Math.floorMod(y, box) * box + Math.floorMod(x, box)];
			}
			blurred[p] = (float) (sum / (BLUR * BLUR));
		}
		return blurred;
	}

	/** Writes a file's content. */
	@FunctionalInterface
	private interface Content {

		void writeTo(OutputStream out) throws IOException;
	}

	private static void write(final Path file, final Content content) {
		try (AtomicOutput output = new AtomicOutput(file)) {
			try (OutputStream out = Files.newOutputStream(output.temporary())) {
				content.writeTo(out);
			}
			catch (final IOException e) {
				throw OutputException.of(file, e);
			}
			output.commit();
		}
	}

	@Override
	public void close() {
		graph.close();
	}
}
