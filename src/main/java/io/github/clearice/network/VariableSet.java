package io.github.clearice.network;

import io.github.clearice.task.Seeds;
import io.github.clearice.tensorflow.NetworkException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * The variables of one network in one graph: made on first use, found again when
 * the network is built a second time, filled and read through a session.
 */
public final class VariableSet {

	/** A variable: its place in the graph and how it starts, which is only worked out when asked for. */
	private record Entry(int[] shape, boolean trainable, VarHandleOp handle, Placeholder<TFloat32> value, Op assign,
		Operand<TFloat32> read, Supplier<float[]> initial)
	{

		int length() {
			return (int) Weight.count(shape);
		}
	}

	/**
	 * Sets are filled and read together up to so many values: for each kind of run TensorFlow goes through the whole
	 * graph, but all values of a run are in memory at once.
	 */
	private static final long VALUES_OF_A_RUN = 1 << 23;

	private final Ops tf;
	private final String scope;
	private final long seed;
	/** Null where the variables can change. */
	private final Map<String, Weight> constants;
	private final Map<String, Entry> entries = new LinkedHashMap<>();

	/**
	 * @param scope set apart from other sets in the graph by this name
	 * @param seed of the initial values; each variable draws from its own stream
	 */
	public VariableSet(final Ops tf, final String scope, final long seed) {
		this(tf, scope, seed, null);
	}

	private VariableSet(final Ops tf, final String scope, final long seed, final Map<String, Weight> constants) {
		this.tf = tf;
		this.scope = scope;
		this.seed = seed;
		this.constants = constants;
	}

	/**
	 * Weights that stay as they are: TensorFlow precomputes everything that depends only on them. A weight that is
	 * missing or of another shape is refused when the network is built, and one too many by {@link #requireAllUsed}.
	 */
	public static VariableSet ofConstants(final Ops tf, final Collection<Weight> weights) {
		return new VariableSet(tf, "", 0, byName(weights));
	}

	/**
	 * Checks that the network has a place for every constant.
	 *
	 * @throws NetworkException if it does not
	 */
	public void requireAllUsed() {
		requireKnown(constants.keySet());
	}

	/** A trainable variable that starts with normal numbers of this standard deviation. */
	public Operand<TFloat32> normal(final String name, final double deviation, final int... shape) {
		final Entry known = entries.get(name);
		if (known != null) return known.read;
		return add(name, true, shape, () -> {
			final SplittableRandom random = Seeds.random(seed, name.hashCode());
			final float[] initial = new float[(int) Weight.count(shape)];
			for (int i = 0; i < initial.length; i++) initial[i] = (float) (deviation * random.nextGaussian());
			return initial;
		});
	}

	/** A vector that starts with one value everywhere. */
	public Operand<TFloat32> constant(final String name, final boolean trainable, final float value, final int length) {
		final Entry known = entries.get(name);
		if (known != null) return known.read;
		return add(name, trainable, new int[] { length }, () -> {
			final float[] initial = new float[length];
			Arrays.fill(initial, value);
			return initial;
		});
	}

	/** A set of the trainable variables again, starting at the same values, such as their running average. */
	public VariableSet copyOfTrainable(final String copyScope) {
		final VariableSet copy = new VariableSet(tf, copyScope, seed);
		entries.forEach((name, entry) -> {
			if (entry.trainable) copy.add(name, true, entry.shape, entry.initial);
		});
		return copy;
	}

	/** As {@link #copyOfTrainable}, starting at zero: the moments of an optimiser. */
	public VariableSet zerosOfTrainable(final String copyScope) {
		final VariableSet copy = new VariableSet(tf, copyScope, seed);
		entries.forEach((name, entry) -> {
			if (entry.trainable) copy.add(name, true, entry.shape, () -> new float[entry.length()]);
		});
		return copy;
	}

	/** This set with the variables of another in place of those of the same name. */
	public VariableSet overlaidBy(final VariableSet other) {
		final VariableSet overlaid = new VariableSet(tf, scope, seed);
		overlaid.entries.putAll(entries);
		overlaid.entries.putAll(other.entries);
		return overlaid;
	}

	/** These variables as they stand after some operations of the same step, such as an update of them. */
	public VariableSet readAfter(final List<Op> operations) {
		final Ops after = tf.withControlDependencies(operations);
		final VariableSet later = new VariableSet(tf, scope, seed);
		entries.forEach((name, entry) -> later.entries.put(name, new Entry(entry.shape, entry.trainable, entry.handle,
			entry.value, entry.assign, after.readVariableOp(entry.handle, TFloat32.class), entry.initial)));
		return later;
	}

	/** Names in the order of their making. */
	public List<String> names() {
		return new ArrayList<>(entries.keySet());
	}

	/** Names of the variables that the optimiser changes. */
	public List<String> trainableNames() {
		return entries.entrySet().stream().filter(e -> e.getValue().trainable).map(Map.Entry::getKey).toList();
	}

	public VarHandleOp handle(final String name) {
		return entries.get(name).handle;
	}

	/** The variable's value when the step begins. */
	public Operand<TFloat32> read(final String name) {
		return entries.get(name).read;
	}

	/** Number of trainable values. */
	public long parameterCount() {
		return entries.values().stream().filter(Entry::trainable).mapToLong(Entry::length).sum();
	}

	/** The values that a fresh network starts with. */
	public List<Weight> initialValues() {
		final List<Weight> weights = new ArrayList<>();
		entries.forEach((name, entry) -> weights.add(new Weight(name, entry.shape, entry.initial.get())));
		return weights;
	}

	/**
	 * Fills the variables.
	 *
	 * @throws NetworkException if a variable is missing, unknown or of another shape
	 */
	public void fill(final Session session, final Collection<Weight> weights) {
		fill(session, List.of(this), set -> weights);
	}

	/**
	 * Fills several sets of one graph.
	 *
	 * @param weights of each set
	 * @throws NetworkException if a variable is missing, unknown or of another shape
	 */
	public static void fill(final Session session, final Collection<VariableSet> sets,
		final Function<VariableSet, Collection<Weight>> weights)
	{
		for (final List<VariableSet> some : together(sets)) {
			final Session.Runner runner = session.runner();
			final List<TFloat32> fed = new ArrayList<>();
			try {
				for (final VariableSet set : some) set.feed(weights.apply(set), runner, fed);
				runner.run().close();
			}
			finally {
				fed.forEach(TFloat32::close);
			}
		}
	}

	private void feed(final Collection<Weight> weights, final Session.Runner runner, final List<TFloat32> fed) {
		final Map<String, Weight> given = byName(weights);
		requireKnown(given.keySet());
		entries.forEach((name, entry) -> {
			final TFloat32 tensor = tensor(entry.shape, given.get(name), name);
			fed.add(tensor);
			runner.feed(entry.value, tensor).addTarget(entry.assign);
		});
	}

	/** The sets in groups for one run each, none of them empty. */
	private static List<List<VariableSet>> together(final Collection<VariableSet> sets) {
		final List<List<VariableSet>> groups = new ArrayList<>();
		long values = VALUES_OF_A_RUN;
		for (final VariableSet set : sets) {
			if (set.entries.isEmpty()) continue;
			final long more = set.entries.values().stream().mapToLong(Entry::length).sum();
			if (values + more > VALUES_OF_A_RUN) {
				groups.add(new ArrayList<>());
				values = 0;
			}
			groups.get(groups.size() - 1).add(set);
			values += more;
		}
		return groups;
	}

	private static Map<String, Weight> byName(final Collection<Weight> weights) {
		final Map<String, Weight> named = new LinkedHashMap<>();
		for (final Weight weight : weights) named.put(weight.name(), weight);
		return named;
	}

	private void requireKnown(final Collection<String> names) {
		for (final String name : names) if (!entries.containsKey(name)) throw new NetworkException("The weights hold " +
			name + ", which this network does not have: they belong to another network.");
	}

	private static TFloat32 tensor(final int[] shape, final Weight weight, final String name) {
		if (weight == null) throw new NetworkException("The weights lack " + name +
			", which this network needs: they belong to another network.");
		if (!Arrays.equals(weight.shape(), shape)) throw new NetworkException("Weight " + name + " has shape " + Arrays
			.toString(weight.shape()) + ", but this network needs " + Arrays.toString(shape) +
			": it belongs to another network.");
		return TFloat32.tensorOf(shape(shape), DataBuffers.of(weight.values(), true, false));
	}

	/** Reads all variables. */
	public List<Weight> values(final Session session) {
		return values(session, List.of(this)).getOrDefault(this, List.of());
	}

	/** Reads all variables of several sets of one graph. */
	public static Map<VariableSet, List<Weight>> values(final Session session, final Collection<VariableSet> sets) {
		final Map<VariableSet, List<Weight>> values = new LinkedHashMap<>();
		for (final List<VariableSet> some : together(sets)) {
			final Session.Runner runner = session.runner();
			for (final VariableSet set : some) set.entries.values().forEach(entry -> runner.fetch(entry.read));
			try (Result result = runner.run()) {
				final Iterator<Tensor> found = IntStream.range(0, result.size()).mapToObj(result::get).iterator();
				for (final VariableSet set : some) values.put(set, set.read(found));
			}
		}
		return values;
	}

	private List<Weight> read(final Iterator<Tensor> found) {
		final List<Weight> weights = new ArrayList<>();
		entries.forEach((name, entry) -> {
			final float[] values = new float[entry.length()];
			((TFloat32) found.next()).asRawTensor().data().asFloats().read(values);
			weights.add(new Weight(name, entry.shape, values));
		});
		return weights;
	}

	private Operand<TFloat32> add(final String name, final boolean trainable, final int[] shape,
		final Supplier<float[]> initial)
	{
		if (constants != null) return addConstant(name, shape);
		final VarHandleOp handle = tf.varHandleOp(TFloat32.class, shape(shape), VarHandleOp.sharedName(scope + "/" + name));
		final Placeholder<TFloat32> value = tf.placeholder(TFloat32.class, Placeholder.shape(shape(shape)));
		final Op assign = tf.assignVariableOp(handle, value);
		final Operand<TFloat32> read = tf.readVariableOp(handle, TFloat32.class);
		entries.put(name, new Entry(shape, trainable, handle, value, assign, read, initial));
		return read;
	}

	private Operand<TFloat32> addConstant(final String name, final int[] shape) {
		try (TFloat32 values = tensor(shape, constants.get(name), name)) {
			final Operand<TFloat32> read = tf.constantOf(values);
			entries.put(name, new Entry(shape, false, null, null, null, read, constants.get(name)::values));
			return read;
		}
	}

	private static Shape shape(final int[] lengths) {
		return Shape.of(Arrays.stream(lengths).asLongStream().toArray());
	}

	/**
	 * One array of a network's weights.
	 *
	 * @param name unique in the network, such as {@code encoder1/unit2/kernel}
	 * @param shape lengths of the axes, the last running fastest; empty for a scalar
	 * @param values the numbers, not copied
	 */
	public record Weight(String name, int[] shape, float[] values) {

		public Weight {
			if (values.length != count(shape)) throw new NetworkException("Weight " + name + " has " + values.length +
				" values, but its shape needs " + count(shape) + ". The model file is damaged; get a fresh copy.");
		}

		/** Whether all values are numbers, neither NaN nor infinite. */
		public boolean isFinite() {
			for (final float value : values) if (!Float.isFinite(value)) return false;
			return true;
		}

		/** Number of values that a shape holds. */
		public static long count(final int... shape) {
			long count = 1;
			for (final int length : shape) count *= length;
			return count;
		}
	}
}
