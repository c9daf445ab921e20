package io.github.clearice.spark;

import io.github.clearice.task.Machines;
import io.github.clearice.task.TaskListener;

import java.io.Serializable;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a verb in an executor shares its loops with: it offers them, and waits for results that the driver sends. */
final class Replica implements Machines {

	private final Program program;
	private int loops;

	Replica(final Program program) {
		this.program = program;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <R> void run(final Steps steps, final Part<R> part, final Consumer<R> results, final TaskListener listener) {
		final int number = loops++;
		program.begin(number, part, null);
		((List<R>) program.result(number)).forEach(results);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <R> R sum(final Steps steps, final Part<R> part, final BinaryOperator<R> add, final TaskListener listener) {
		final int number = loops++;
		program.begin(number, part, add);
		return (R) program.result(number);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <R extends Serializable> R once(final Supplier<R> value) {
		return (R) program.result(loops++);
	}

	@Override
	public boolean replays() {
		return true;
	}

	@Override
	public boolean writes() {
		return false;
	}
}
