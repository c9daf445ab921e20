package io.github.clearice.model.export;

import io.github.clearice.model.Checksum;
import io.github.clearice.model.ModelCard;
import io.github.clearice.model.ModelCard.TrainedCtf;
import io.github.clearice.task.Version;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A package of the BioImage Model Zoo: a zip archive whose {@code rdf.yaml}, of format {@value #FORMAT}, describes the
 * other files, each with its SHA-256. The same model gives the same bytes.
 */
final class ModelPackage {

	private static final String FORMAT = "0.5.3";
	private static final FileTime NO_TIME = FileTime.fromMillis(0);
	private static final String SAVED_MODEL = "saved-model.zip", ONNX = "model.onnx", DOCUMENTATION = "documentation.md",
			COVER = "cover.png", TENSORFLOW_WEIGHTS = "tensorflow_saved_model_bundle";
	private static final String HOME = "https://github.com/clearice/clearice";
	private static final int LONGEST_NAME = 120;

	private final String name;
	private final ModelGraph graph;
	private final ModelCard card;
	private final PackageTerms terms;
	private final String tensorFlow;
	private final Map<String, byte[]> files = new LinkedHashMap<>();

	ModelPackage(final String name, final ModelGraph graph, final PackageTerms terms, final String tensorFlow) {
		this.name = name;
		this.graph = graph;
		this.card = graph.model().card();
		this.terms = terms;
		this.tensorFlow = tensorFlow;
	}

	/** Writes the archive. */
	void write(final OutputStream out, final ModelExport.Example example, final byte[] cover) throws IOException {
		for (int i = 0; i < graph.inputs().size(); i++)
			files.put(testOf(graph.inputs().get(i)), image(example.inputs().get(i)));
		files.put(testOf(ModelGraph.DENOISED), image(example.denoised()));
		files.put(COVER, cover);
		files.put(DOCUMENTATION, documentation().getBytes(StandardCharsets.UTF_8));
		files.put(SAVED_MODEL, archive(Map.of(SavedModelFile.NAME, SavedModelFile.of(graph, tensorFlow).toByteArray())));
		files.put(ONNX, OnnxGraph.bytes(graph, Version.current(), description()).toByteArray());
		final Map<String, byte[]> all = new LinkedHashMap<>();
		all.put("rdf.yaml", Yaml.text(description(example)).getBytes(StandardCharsets.UTF_8));
		all.putAll(files);
		out.write(archive(all));
	}

	private static String testOf(final String tensor) {
		return "test-" + tensor + ".npy";
	}

	private byte[] image(final float[] pixels) {
		return NpyFile.bytes(pixels, 1, graph.box(), graph.box(), 1);
	}

	private static byte[] archive(final Map<String, byte[]> entries) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (final Map.Entry<String, byte[]> entry : entries.entrySet()) {
				final ZipEntry place = new ZipEntry(entry.getKey());
				place.setLastModifiedTime(NO_TIME);
				zip.putNextEntry(place);
				zip.write(entry.getValue());
				zip.closeEntry();
			}
		}
		return bytes.toByteArray();
	}

	private String description() {
		return "Denoises single particles of cryo-electron microscopy, " + graph.box() + " x " + graph.box() +
			" pixels, on their own scale.";
	}

	private Map<String, Object> description(final ModelExport.Example example) {
		final Map<String, Object> rdf = new LinkedHashMap<>();
		rdf.put("type", "model");
		rdf.put("format_version", FORMAT);
		rdf.put("name", plainName());
		rdf.put("description", description());
		rdf.put("authors", terms.authors().stream().map(author -> Map.of("name", author)).toList());
		rdf.put("license", terms.licence());
		rdf.put("documentation", DOCUMENTATION);
		rdf.put("covers", List.of(COVER));
		rdf.put("tags", List.of("cryo-em", "single-particle-analysis", "denoising", "clearice", "fiji"));
		rdf.put("cite", citations());
		rdf.put("git_repo", HOME);
		final List<Map<String, Object>> inputs = new ArrayList<>();
		for (final String input : graph.inputs()) inputs.add(tensor(input, example.pixelSizeAngstrom()));
		rdf.put("inputs", inputs);
		rdf.put("outputs", List.of(tensor(ModelGraph.DENOISED, example.pixelSizeAngstrom())));
		final Map<String, Object> bundle = file(SAVED_MODEL), onnx = file(ONNX);
		bundle.put("tensorflow_version", tensorFlow);
		onnx.put("parent", TENSORFLOW_WEIGHTS);
		onnx.put("opset_version", OnnxMessage.OPERATOR_SET);
		final Map<String, Object> weights = new LinkedHashMap<>();
		weights.put(TENSORFLOW_WEIGHTS, bundle);
		weights.put("onnx", onnx);
		rdf.put("weights", weights);
		return rdf;
	}

	/** Of the characters that names in the zoo have. */
	private String plainName() {
		final String plain = ("ClearIce " + name).replaceAll("[^A-Za-z0-9_()-]+", " ").strip();
		return plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
	}

	/**
	 * Sizes are numbers in results, too, not references to those of the noisy images: deepImageJ multiplies the latter by
	 * the scale of the axis, which is the pixel size.
	 */
	private List<Map<String, Object>> axes(final String channel, final double pixelSizeAngstrom) {
		return List.of(ordered("type", "batch"), space("y", pixelSizeAngstrom), space("x", pixelSizeAngstrom), ordered(
			"type", "channel", "channel_names", List.of(channel)));
	}

	private Map<String, Object> space(final String id, final double pixelSizeAngstrom) {
		final Map<String, Object> axis = ordered("type", "space", "id", id, "size", graph.box());
		if (Double.isNaN(pixelSizeAngstrom)) return axis;
		axis.put("unit", "angstrom");
		axis.put("scale", pixelSizeAngstrom);
		return axis;
	}

	private Map<String, Object> tensor(final String id, final double pixelSizeAngstrom) {
		return ordered("id", id, "description", meaning(id), "axes", axes(id, pixelSizeAngstrom), "data", ordered("type",
			"float32"), "test_tensor", file(testOf(id)));
	}

	private static String meaning(final String tensor) {
		return switch (tensor) {
			case ModelGraph.NOISY -> "particles as they are, one in the middle of each image; the graph normalises them";
			case ModelGraph.GUIDE -> "what another method, such as a covariance Wiener filter, made of the same particles," +
				" on their scale; a constant image for none";
			default -> "denoised particles, on the scale of the noisy ones";
		};
	}

	private Map<String, Object> file(final String file) {
		return ordered("source", file, "sha256", Checksum.sha256(files.get(file)));
	}

	private static Map<String, Object> ordered(final Object... entries) {
		final Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < entries.length; i += 2) map.put((String) entries[i], entries[i + 1]);
		return map;
	}

	private List<Map<String, Object>> citations() {
		final List<Map<String, Object>> cited = new ArrayList<>();
		cited.add(ordered("text", "ClearIce developers. ClearIce: learned denoising of cryo-EM particles inside Fiji." +
			" Version " + Version.current() + ".", "url", HOME));
		switch (card.architecture()) {
			case "symmetric-autoencoder" -> cited.add(ordered("text",
				"Cohen TS, Welling M. Group equivariant convolutional networks. ICML 2016.", "url",
				"https://proceedings.mlr.press/v48/cohenc16.html"));
			case "u-net" -> cited.add(ordered("text",
				"Isola P, Zhu JY, Zhou T, Efros AA. Image-to-image translation with conditional adversarial networks. CVPR 2017.",
				"doi", "10.1109/CVPR.2017.632"));
			case "bottleneck-autoencoder" -> cited.add(ordered("text",
				"Su M, Zhang H, Schawinski K, Zhang C, Cianfrocco MA. Generative adversarial networks as a tool to recover" +
					" structural information from cryo-electron microscopy data. bioRxiv 2018.", "doi", "10.1101/256792"));
			default -> cited.add(ordered("text",
				"Gu H, Unarta IC, Huang X, Yao Y. Robust denoising of cryo-EM images via beta-GAN. Research Square 2021.",
				"doi", "10.21203/rs.3.rs-139567/v1"));
		}
		return cited;
	}

	private String documentation() {
		final StringBuilder text = new StringBuilder("# ").append(plainName()).append("\n\n").append(description()).append(
			"\n\n## Use\n\nGive particles of ").append(graph.box()).append(" pixels").append(card
				.pixelSizeAngstrom() == null ? "" : " of " + card.pixelSizeAngstrom() + " Å").append(
					" as they were extracted, float32, `[N, box, box, 1]`. Mean and scale are taken out and put back inside the" +
						" graph: change neither.\n\n");
		if (card.contrast() != null) text.append("- Particles must be ").append(card.contrast()).append(
			". Invert others, and the results.\n");
		if (graph.inputs().size() > 1) text.append("- `guide` is an estimate of each particle that another method made" +
			" from the whole stack, such as `clearice denoise method=cwf`. The result improves on it. Constant images stand" +
			" for none; the result is then weaker.\n");
		if (card.data().ctf() != null) text.append("- ").append(treatment(card.data().ctf())).append("\n");
		text.append("\nOther boxes and pixel sizes, CTFs and contrasts are seen to by ClearIce itself, and not by this" +
			" package.\n\n## Training\n\n").append(card.data().particles()).append(" pairs of ").append(card.data().noisy())
			.append(" and ").append(card.data().clean()).append(", ").append(card.data().validation()).append(
				" of them for the validation. Loss: ").append(card.loss()).append(".\n");
		if (!card.metrics().isEmpty()) {
			text.append("\n## Validation\n\n| figure | value |\n|---|---|\n");
			card.metrics().forEach((metric, value) -> text.append("| ").append(metric).append(" | ").append(value).append(
				" |\n"));
			text.append("\nFigures that begin with `trust-` are those of ClearIce's trust report.\n");
		}
		return text.append("\n## Limits\n\nResults show less noise, not more information: do not refine against them." +
			" Particles that are unlike those of the training may be turned into what the model has learnt.\n").toString();
	}

	private static String treatment(final TrainedCtf ctf) {
		return switch (ctf) {
			case NONE -> "The particles of the training had no contrast transfer functions.";
			case KEPT -> "Results have the contrast transfer functions of the particles.";
			case CORRECTED -> "Results are free of the contrast transfer functions of the particles.";
		};
	}
}
