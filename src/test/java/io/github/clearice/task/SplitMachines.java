package io.github.clearice.task;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** As a cluster does: loops in ranges, the last first as likely as not, some of them twice, their results as bytes. */
public final class SplitMachines implements Machines {

	private final int ranges;
	private final Random random;
	private final List<Result> given = new ArrayList<>();
	private int loops;

	/** A result as it was when it was handed over. */
	private record Result(Object value, byte[] bytes) {}

	public SplitMachines(final int ranges) {
		this.ranges = ranges;
		this.random = new Random(ranges);
	}

	/** Does work whose loops are split. */
	public void share(final Runnable work) {
		Machines.use(this);
		try {
			work.run();
		}
		finally {
			Machines.use(Machines.alone(Machines::current));
		}
		for (final Result result : given) if (!Arrays.equals(result.bytes, bytes(result.value))) throw new AssertionError(
			"A result was changed, which other machines may get later: " + result.value);
	}

	private <R> R give(final R result) {
		given.add(new Result(result, bytes(result)));
		return result;
	}

	/** How many loops were split. */
	public int loops() {
		return loops;
	}

	@Override
	public <R> void run(final Steps steps, final Part<R> part, final Consumer<R> results, final TaskListener listener) {
		all(steps, part).forEach(result -> results.accept(give(result)));
	}

	@Override
	public <R> R sum(final Steps steps, final Part<R> part, final BinaryOperator<R> add, final TaskListener listener) {
		final List<R> parts = all(steps, part);
		Collections.shuffle(parts, random);
		return give(parts.stream().reduce(add).orElseThrow());
	}

	private <R> List<R> all(final Steps steps, final Part<R> part) {
		loops++;
		final int grains = (steps.count() + steps.grain() - 1) / steps.grain(), used = Math.min(ranges, grains);
		final List<R> all = new ArrayList<>(Collections.nCopies(used, null));
		final List<Integer> order = new ArrayList<>();
		for (int range = 0; range < used; range++) order.addAll(Collections.nCopies(1 + random.nextInt(2), range));
		Collections.shuffle(order, random);
		for (final int range : order) {
			final int first = (int) ((long) range * grains / used) * steps.grain();
			final int end = Math.min(steps.count(), (int) ((long) (range + 1) * grains / used) * steps.grain());
			all.set(range, copy(Machines.alone(() -> part.run(first, end, done -> {}))));
		}
		return all;
	}

	@Override
	public <R extends Serializable> R once(final Supplier<R> value) {
		return give(copy(Machines.alone(value)));
	}

	@Override
	public boolean writes() {
		return true;
	}

	@Override
	public boolean replays() {
		return false;
	}

	private static byte[] bytes(final Object value) {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(value);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return bytes.toByteArray();
	}

	@SuppressWarnings("unchecked")
	private static <R> R copy(final R value) {
		try {
			return (R) new ObjectInputStream(new ByteArrayInputStream(bytes(value))).readObject();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		catch (final ClassNotFoundException e) {
			throw new IllegalStateException(e);
		}
	}
}
