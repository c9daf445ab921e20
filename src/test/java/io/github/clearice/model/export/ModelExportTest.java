package io.github.clearice.model.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.model.Checksum;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.model.ModelFile;
import io.github.clearice.model.TinyModel;
import io.github.clearice.stack.PixelArrays;
import io.github.clearice.task.InputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.DeviceChoice;
import io.github.clearice.tensorflow.Precision;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** {@code src/onnx} compares the ONNX file in ONNX Runtime. */
class ModelExportTest {

	private static final int BOX = 16, COUNT = 5;
	/** As a share of the standard deviation of the noisy image. */
	private static final double TOLERANCE = 1e-4;

	@TempDir
	Path folder;

	@Test
	void aSavedModelGivesTheSamePixels() {
		requireSame(TinyModel.levelled(), false);
	}

	/** With guides that differ, one of which is constant and stands for none. */
	@Test
	void aSavedModelTakesGuides() {
		requireSame(TinyModel.guided(), true);
	}

	private void requireSame(final ModelFile model, final boolean guided) {
		try (ModelExport export = new ModelExport("tiny", model)) {
			export.writeSavedModel(folder);
		}
		final float[][] noisy = images(false), guides = images(true);
		final float[][] ours = ours(model, noisy, guided ? guides : null);
		final float[] theirs = run(folder, joined(noisy), guided ? joined(guides) : null);
		for (int i = 0; i < COUNT; i++) for (int p = 0; p < BOX * BOX; p++) assertEquals(ours[i][p], theirs[i * BOX * BOX +
			p], TOLERANCE * spread(i), "image " + i + ", pixel " + p);
	}

	/** Images of different offsets and spreads, the fourth of which is constant; of guides, the second is. */
	static float[][] images(final boolean guides) {
		final Random random = new Random(guides ? 2 : 1);
		final float[][] images = new float[COUNT][BOX * BOX];
		for (int i = 0; i < COUNT; i++) for (int p = 0; p < BOX * BOX; p++) {
			final boolean constant = i == (guides ? 1 : 3);
			images[i][p] = constant ? 7 : (float) ((i == 2 ? 1000 : 3) + spread(i) * random.nextGaussian());
		}
		return images;
	}

	static double spread(final int image) {
		return image + 1;
	}

	static float[] joined(final float[][] images) {
		final float[] joined = new float[images.length * images[0].length];
		for (int i = 0; i < images.length; i++) System.arraycopy(images[i], 0, joined, i * images[0].length,
			images[0].length);
		return joined;
	}

	/** What ClearIce makes of images. */
	static float[][] ours(final ModelFile model, final float[][] noisy, final float[][] guides) {
		final float[][] denoised = new float[noisy.length][BOX * BOX];
		try (ModelDenoiser denoiser = new ModelDenoiser("tiny", model, Device.choose(DeviceChoice.CPU, Precision.FLOAT32, 1,
			TaskListener.SILENT)))
		{
			if (guides == null) denoiser.denoise(PixelArrays.otherImages(noisy), PixelArrays.otherImages(denoised));
			else for (int i = 0; i < noisy.length; i++) {
				final float[][] result = new float[1][BOX * BOX];
				denoiser.denoise(i, new float[][] { noisy[i] }, i == 1 ? null : new float[][] { guides[i] }, result);
				denoised[i] = result[0];
			}
		}
		return denoised;
	}

	private static float[] run(final Path savedModel, final float[] noisy, final float[] guides) {
		final Shape shape = Shape.of(COUNT, BOX, BOX, 1);
		try (SavedModelBundle bundle = SavedModelBundle.load(savedModel.toString(), "serve");
				Tensor images = TFloat32.tensorOf(shape, DataBuffers.of(noisy, true, false));
				Tensor estimates = guides == null ? null : TFloat32.tensorOf(shape, DataBuffers.of(guides, true, false)))
		{
			final Session.Runner runner = bundle.session().runner().feed("noisy", images).fetch("denoised");
			if (guides != null) runner.feed("guide", estimates);
			assertEquals(guides == null ? 1 : 2, bundle.function("serving_default").signature().inputNames().size());
			try (Result result = runner.run()) {
				final float[] values = new float[noisy.length];
				((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
				return values;
			}
		}
	}

	@Test
	void aPackageNamesItsFilesWithTheirChecksumsAndHoldsATestThatPasses() throws IOException {
		final ModelFile model = TinyModel.guided();
		final Path file = folder.resolve("tiny.zip");
		try (ModelExport export = new ModelExport("tiny \"50S\"", model)) {
			export.writePackage(file, new PackageTerms(List.of("Ada Lovelace", "Grace Hopper"), "CC-BY-4.0"), export
				.example(), new byte[] { 1, 2 });
		}
		try (ZipFile zip = new ZipFile(file.toFile())) {
			final String rdf = new String(bytes(zip, "rdf.yaml"), StandardCharsets.UTF_8);
			assertTrue(rdf.contains("format_version: \"0.5.3\"") && rdf.contains("name: \"ClearIce tiny 50S\"") && rdf
				.contains("- name: \"Grace Hopper\"") && rdf.contains("license: \"CC-BY-4.0\""), rdf);
			// deepImageJ multiplies sizes that refer to those of other tensors by the pixel size.
			assertFalse(rdf.contains("tensor_id"), rdf);
			assertEquals(6, Pattern.compile("size: 16\\n").matcher(rdf).results().count(), rdf);
			final Matcher files = Pattern.compile("source: \"(.*)\"\\s+sha256: \"(.*)\"").matcher(rdf);
			int count = 0;
			for (; files.find(); count++) assertEquals(Checksum.sha256(bytes(zip, files.group(1))), files.group(2), files
				.group(1));
			assertEquals(5, count, rdf);
			final float[] noisy = numbers(zip, "test-noisy.npy"), guide = numbers(zip, "test-guide.npy"), denoised = numbers(
				zip, "test-denoised.npy");
			final float[] expected = ours(model, new float[][] { noisy }, new float[][] { guide })[0];
			for (int p = 0; p < expected.length; p++) assertEquals(expected[p], denoised[p], TOLERANCE);
		}
	}

	private static byte[] bytes(final ZipFile zip, final String name) throws IOException {
		final ZipEntry entry = zip.getEntry(name);
		assertTrue(entry != null, name);
		return zip.getInputStream(entry).readAllBytes();
	}

	/** The numbers of a NumPy file, of one image. */
	private static float[] numbers(final ZipFile zip, final String name) throws IOException {
		final byte[] bytes = bytes(zip, name);
		final float[] numbers = new float[BOX * BOX];
		final int begin = bytes.length - numbers.length * Float.BYTES;
		final String header = new String(bytes, 0, begin, StandardCharsets.ISO_8859_1);
		assertTrue(begin % 64 == 0 && header.contains("'shape': (1, 16, 16, 1,)"), header);
		ByteBuffer.wrap(bytes, begin, bytes.length - begin).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
		return numbers;
	}

	/** Bytes that gave the same pixels in ONNX Runtime 1.22; others must be compared there again. */
	@Test
	void anOnnxFileHasTheBytesThatWereComparedInItsRuntime() {
		try (ModelGraph plain = new ModelGraph(TinyModel.levelled()); ModelGraph guided = new ModelGraph(TinyModel
			.guided()))
		{
			assertEquals("9c3c666ac97715695efbcbd0e5bfaaa3f024d251398f52ad28433821b6d9876d", Checksum.sha256(OnnxGraph.bytes(
				plain, "test", "tiny").toByteArray()));
			assertEquals("23e52831e55b7fb58c06b9086e7a56eb0dfaf2beab331ba09a2265eba243de0e", Checksum.sha256(OnnxGraph.bytes(
				guided, "test", "tiny").toByteArray()));
		}
	}

	@Test
	void aPackageWithoutAuthorsOrWithALicenceInWordsIsRefused() {
		assertTrue(assertThrows(ParameterException.class, () -> new PackageTerms(List.of(" "), "CC0-1.0")).getMessage()
			.contains("author="));
		assertTrue(assertThrows(ParameterException.class, () -> new PackageTerms(List.of("A"), "do as you like"))
			.getMessage().contains("CC-BY-4.0"));
	}

	/** A graph of somebody else is never run: only the format of ClearIce's own models is read. */
	@Test
	void graphsOfOtherProgramsAreRefused() {
		final Path file = folder.resolve("model.clearice");
		try (ModelExport export = new ModelExport("tiny", TinyModel.model())) {
			export.writeSavedModel(folder.resolve("saved"));
			export.writePackage(file, new PackageTerms(List.of("A"), "CC0-1.0"), export.example(), new byte[0]);
		}
		assertEquals("Cannot read the model " + file + ": It is a zip archive, but no model of ClearIce: graphs of other" +
			" programs are not run.", assertThrows(InputException.class, () -> ModelFile.read(file)).getMessage());
		assertEquals("Cannot read the model " + folder.resolve("saved") +
			": it is a folder. Name a model file (*.clearice); graphs of other programs are not run.", assertThrows(
				InputException.class, () -> ModelFile.read(folder.resolve("saved"))).getMessage());
	}
}
