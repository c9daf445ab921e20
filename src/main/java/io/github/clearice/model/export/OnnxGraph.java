package io.github.clearice.model.export;

import io.github.clearice.task.ParameterException;

import com.google.protobuf.ByteString;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A model in the ONNX format, translated from TensorFlow's graph operation by operation: those that ClearIce's layers
 * are made of, in inference. What does not depend on the images is computed first and written as numbers, so that
 * kernels with a symmetry are whole. Images stay {@code [N, box, box, channels]}; convolutions, whose ONNX operators
 * want channels first, stand between transpositions, which runtimes remove where they can.
 */
final class OnnxGraph {

	/** Where the last axis goes to the place of the second, and back. */
	private static final long[] CHANNELS_FIRST = { 0, 3, 1, 2 }, CHANNELS_LAST = { 0, 2, 3, 1 };
	/** An end beyond all axes. */
	private static final long END = Long.MAX_VALUE;
	/** Operations that ONNX has, by TensorFlow's names. */
	private static final Map<String, String> SAME = same("Add Add", "AddV2 Add", "BiasAdd Add", "Sub Sub", "Mul Mul",
		"Div Div", "RealDiv Div", "Maximum Max", "Pow Pow", "Sqrt Sqrt", "Log Log", "Greater Greater", "Select Where",
		"SelectV2 Where", "MatMul MatMul", "BatchMatMul MatMul", "BatchMatMulV2 MatMul", "Relu Relu", "Elu Elu",
		"Tanh Tanh", "Shape Shape", "Identity Identity");

	private static Map<String, String> same(final String... pairs) {
		return Arrays.stream(pairs).map(pair -> pair.split(" ")).collect(Collectors.toUnmodifiableMap(pair -> pair[0],
			pair -> pair[1]));
	}

	/** Numbers that do not depend on the images; whole ones are 64-bit in ONNX. */
	private record Constant(long[] shape, float[] reals, long[] wholes) {

		static Constant of(final Tensor tensor) {
			final long[] shape = tensor.shape().asArray();
			if (tensor instanceof TFloat32 real) {
				final float[] values = new float[(int) real.size()];
				real.asRawTensor().data().asFloats().read(values);
				return new Constant(shape, values, null);
			}
			final int[] values = new int[(int) tensor.size()];
			((TInt32) tensor).asRawTensor().data().asInts().read(values);
			return new Constant(shape, null, Arrays.stream(values).asLongStream().toArray());
		}

		OnnxMessage tensor(final String name) {
			return reals != null ? OnnxMessage.tensor(name, shape, reals) : OnnxMessage.tensor(name, shape, wholes);
		}
	}

	private final ModelGraph model;
	private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
	private final Map<String, Boolean> dependent = new HashMap<>();
	private final Map<String, Constant> constants = new HashMap<>();
	private final Set<String> translated = new HashSet<>();
	private final OnnxMessage graph = new OnnxMessage();
	private int made;

	private OnnxGraph(final ModelGraph model) {
		this.model = model;
		for (final NodeDef node : model.graph().toGraphDef().getNodeList()) nodes.put(node.getName(), node);
	}

	/**
	 * Translates a model.
	 *
	 * @param description for people
	 * @throws ParameterException if its network has an operation that is not known here
	 */
	static ByteString bytes(final ModelGraph model, final String version, final String description) {
		final OnnxGraph onnx = new OnnxGraph(model);
		final String result = model.result().op().name();
		onnx.compute(result);
		onnx.value(result);
		onnx.graph.text(2, "ClearIce");
		for (final String input : model.inputs()) onnx.graph.message(11, OnnxMessage.valueInfo(input, model.box(), model
			.box(), 1));
		onnx.graph.message(12, OnnxMessage.valueInfo(result, model.box(), model.box(), 1));
		return OnnxMessage.model(onnx.graph, version, description).bytes();
	}

	private boolean isDependent(final String name) {
		final Boolean known = dependent.get(name);
		if (known != null) return known;
		final NodeDef node = nodes.get(name);
		final boolean depends = node.getOp().equals("Placeholder") || node.getInputList().stream().map(OnnxGraph::nodeOf)
			.anyMatch(this::isDependent);
		dependent.put(name, depends);
		return depends;
	}

	private static String nodeOf(final String input) {
		return input.replaceFirst("^\\^", "").replaceFirst(":\\d+$", "");
	}

	/** Computes the constants that operations on images take. */
	private void compute(final String result) {
		final List<String> wanted = new ArrayList<>();
		final Set<String> seen = new HashSet<>();
		collect(result, wanted, seen);
		try (Session session = model.session()) {
			final Session.Runner runner = session.runner();
			for (final String name : wanted) runner.fetch(name);
			try (Result values = runner.run()) {
				for (int i = 0; i < wanted.size(); i++) constants.put(wanted.get(i), Constant.of(values.get(i)));
			}
		}
	}

	private void collect(final String name, final List<String> wanted, final Set<String> seen) {
		if (!seen.add(name)) return;
		if (isDependent(name)) nodes.get(name).getInputList().forEach(input -> collect(nodeOf(input), wanted, seen));
		else wanted.add(name);
	}

	/** The name of a node's result in the ONNX graph, which then has all that it needs. */
	private String value(final String input) {
		final String name = nodeOf(input);
		if (!translated.add(name)) return name;
		final Constant constant = constants.get(name);
		if (constant != null) graph.message(5, constant.tensor(name));
		else translate(nodes.get(name));
		return name;
	}

	private String in(final NodeDef node, final int index) {
		return value(node.getInput(index));
	}

	private Constant constant(final NodeDef node, final int index) {
		final Constant constant = constants.get(nodeOf(node.getInput(index)));
		if (constant == null) throw unknown(node);
		return constant;
	}

	private ParameterException unknown(final NodeDef node) {
		return new ParameterException("format=onnx cannot express the operation " + node.getOp() + " of the network " +
			model.model().card().architecture() + ". Use format=savedmodel.");
	}

	private void translate(final NodeDef node) {
		final String name = node.getName(), same = SAME.get(node.getOp());
		if (same != null) {
			if (isSet(node, "transpose_a", "transpose_b", "adj_x", "adj_y")) throw unknown(node);
			add(same, name, IntStream.range(0, node.getInputCount()).mapToObj(i -> in(node, i)).toList());
			return;
		}
		switch (node.getOp()) {
			case "Placeholder" -> {
				return;
			}
			case "Square" -> add("Mul", name, List.of(in(node, 0), in(node, 0)));
			case "LeakyRelu" -> add("LeakyRelu", name, List.of(in(node, 0)), OnnxMessage.attribute("alpha", attribute(node,
				"alpha").getF()));
			case "Cast" -> add("Cast", name, List.of(in(node, 0)), OnnxMessage.attribute("to", type(node)));
			case "Mean" -> reduce("ReduceMean", node);
			case "Max" -> reduce("ReduceMax", node);
			case "Min" -> reduce("ReduceMin", node);
			case "Reshape" -> add("Reshape", name, List.of(in(node, 0), in(node, 1)));
			case "Transpose" -> transpose(in(node, 0), name, constant(node, 1).wholes());
			case "ConcatV2" -> concat(node);
			case "Fill" -> add("Expand", name, List.of(in(node, 1), in(node, 0)));
			case "OnesLike" -> add("Expand", name, List.of(number(1), add("Shape", next(name), List.of(in(node, 0)))));
			case "Slice" -> slice(node);
			case "Pad", "PadV2" -> pad(node);
			case "FusedBatchNormV3" -> normalise(node);
			case "Conv2D" -> convolve(node);
			case "Conv2DBackpropInput" -> convolveBack(node);
			case "SpaceToDepth" -> channelsLast(name, add("SpaceToDepth", next(name), List.of(channelsFirst(node, 0)),
				OnnxMessage.attribute("blocksize", attribute(node, "block_size").getI())));
			case "ResizeNearestNeighbor" -> enlarge(node);
			default -> throw unknown(node);
		}
	}

	private static AttrValue attribute(final NodeDef node, final String name) {
		return node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
	}

	private static boolean isSet(final NodeDef node, final String... names) {
		return Arrays.stream(names).anyMatch(name -> attribute(node, name).getB());
	}

	private long type(final NodeDef node) {
		if (attribute(node, "DstT").getType() != DataType.DT_FLOAT) throw unknown(node);
		return OnnxMessage.FLOAT;
	}

	private String next(final String name) {
		made++;
		return name + "/" + made;
	}

	private String add(final String operator, final String name, final List<String> inputs,
		final OnnxMessage... attributes)
	{
		final OnnxMessage node = new OnnxMessage();
		inputs.forEach(input -> node.text(1, input));
		node.text(2, name).text(3, name).text(4, operator);
		for (final OnnxMessage attribute : attributes) node.message(5, attribute);
		graph.message(1, node);
		return name;
	}

	private String number(final float value) {
		return initial(new long[0], value);
	}

	private String initial(final long[] shape, final float... values) {
		final String name = next("number");
		graph.message(5, OnnxMessage.tensor(name, shape, values));
		return name;
	}

	private String initial(final long... values) {
		final String name = next("numbers");
		graph.message(5, OnnxMessage.tensor(name, new long[] { values.length }, values));
		return name;
	}

	private String transpose(final String from, final String to, final long[] axes) {
		return add("Transpose", to, List.of(from), OnnxMessage.attribute("perm", axes));
	}

	private String channelsFirst(final NodeDef node, final int index) {
		return transpose(in(node, index), next(node.getName()), CHANNELS_FIRST);
	}

	private void channelsLast(final String name, final String from) {
		transpose(from, name, CHANNELS_LAST);
	}

	private void reduce(final String operator, final NodeDef node) {
		add(operator, node.getName(), List.of(in(node, 0)), OnnxMessage.attribute("axes", constant(node, 1).wholes()),
			OnnxMessage.attribute("keepdims", isSet(node, "keep_dims") ? 1 : 0));
	}

	private void concat(final NodeDef node) {
		final int count = node.getInputCount() - 1;
		add("Concat", node.getName(), IntStream.range(0, count).mapToObj(i -> in(node, i)).toList(), OnnxMessage.attribute(
			"axis", constant(node, count).wholes()[0]));
	}

	private void slice(final NodeDef node) {
		final long[] begins = constant(node, 1).wholes(), sizes = constant(node, 2).wholes(), ends = new long[sizes.length];
		for (int axis = 0; axis < ends.length; axis++) ends[axis] = sizes[axis] < 0 ? END : begins[axis] + sizes[axis];
		add("Slice", node.getName(), List.of(in(node, 0), initial(begins), initial(ends)));
	}

	private void pad(final NodeDef node) {
		final long[] pairs = constant(node, 1).wholes(), pads = new long[pairs.length];
		for (int i = 0; i < pairs.length; i++) pads[i % 2 * (pairs.length / 2) + i / 2] = pairs[i];
		final List<String> inputs = new ArrayList<>(List.of(in(node, 0), initial(pads)));
		if (node.getInputCount() > 2) inputs.add(in(node, 2));
		add("Pad", node.getName(), inputs);
	}

	/** A factor and a summand for each channel. */
	private void normalise(final NodeDef node) {
		if (isSet(node, "is_training")) throw unknown(node);
		final float[] scale = constant(node, 1).reals(), offset = constant(node, 2).reals(), mean = constant(node, 3)
			.reals(), variance = constant(node, 4).reals();
		final float[] factors = new float[scale.length], summands = new float[scale.length];
		for (int c = 0; c < scale.length; c++) {
			final double factor = scale[c] / Math.sqrt(variance[c] + attribute(node, "epsilon").getF());
			factors[c] = (float) factor;
			summands[c] = (float) (offset[c] - mean[c] * factor);
		}
		final long[] channels = { scale.length };
		final String scaled = add("Mul", next(node.getName()), List.of(in(node, 0), initial(channels, factors)));
		add("Add", node.getName(), List.of(scaled, initial(channels, summands)));
	}

	private long stride(final NodeDef node) {
		if (!attribute(node, "data_format").getS().toStringUtf8().equals("NHWC") || attribute(node, "dilations").getList()
			.getIList().stream().anyMatch(dilation -> dilation != 1)) throw unknown(node);
		return attribute(node, "strides").getList().getI(1);
	}

	/** Kernels {@code [edge, edge, c, d]} as {@code [d, c, edge, edge]}. */
	private String kernels(final Constant kernel) {
		final long[] shape = kernel.shape();
		final int edge = (int) (shape[0] * shape[1]), c = (int) shape[2], d = (int) shape[3];
		final float[] turned = new float[kernel.reals().length];
		for (int p = 0; p < edge; p++)
			for (int i = 0; i < c; i++) for (int j = 0; j < d; j++) turned[(j * c + i) * edge + p] = kernel.reals()[(p * c +
				i) * d + j];
		return initial(new long[] { d, c, shape[0], shape[1] }, turned);
	}

	private void convolve(final NodeDef node) {
		final long stride = stride(node);
		final boolean same = attribute(node, "padding").getS().toStringUtf8().equals("SAME");
		final String kernels = kernels(constant(node, 1));
		channelsLast(node.getName(), add("Conv", next(node.getName()), List.of(channelsFirst(node, 0), kernels), OnnxMessage
			.attribute("strides", new long[] { stride, stride }), OnnxMessage.attribute("auto_pad", same ? "SAME_UPPER"
				: "VALID")));
	}

	/** The transposed convolution; what reaches beyond the result is cut off as TensorFlow does. */
	private void convolveBack(final NodeDef node) {
		final long stride = stride(node);
		final Constant kernel = constant(node, 1);
		final long size = size(node.getName()), whole = (size(nodeOf(node.getInput(2))) - 1) * stride + kernel.shape()[0];
		if (whole < size) throw unknown(node);
		final long before = (whole - size) / 2, after = whole - size - before;
		channelsLast(node.getName(), add("ConvTranspose", next(node.getName()), List.of(channelsFirst(node, 2), kernels(
			kernel)), OnnxMessage.attribute("strides", new long[] { stride, stride }), OnnxMessage.attribute("pads",
				new long[] { before, before, after, after })));
	}

	private void enlarge(final NodeDef node) {
		final float factor = (float) constant(node, 1).wholes()[0] / size(nodeOf(node.getInput(0)));
		if (isSet(node, "align_corners", "half_pixel_centers") || factor != Math.rint(factor)) throw unknown(node);
		final String scales = initial(new long[] { 4 }, 1, 1, factor, factor), none = initial(new long[] { 0 },
			new float[0]);
		channelsLast(node.getName(), add("Resize", next(node.getName()), List.of(channelsFirst(node, 0), none, scales),
			OnnxMessage.attribute("mode", "nearest"), OnnxMessage.attribute("coordinate_transformation_mode", "asymmetric"),
			OnnxMessage.attribute("nearest_mode", "floor")));
	}

	/** Edge length of the images that a node makes. */
	private long size(final String name) {
		final Operand<?> made = model.graph().operation(name).output(0);
		return made.asOutput().shape().get(1);
	}
}
