package io.github.clearice.spark;

import java.io.Serializable;
import java.util.List;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/**
 * The work on one range of a loop, wherever Spark sends it.
 *
 * @param number of the loop
 * @param earlier the results of the loops before it
 * @param done counts the steps of ranges that are complete
 */
record RangeTask(Job job, int number, List<Broadcast<Serializable>> earlier, LongAccumulator done) implements
	Function<RangeTask.Range, Object>, Function2<Object, Object, Object> {

	/** Steps {@code first .. end-1}. */
	record Range(int first, int end) implements Serializable {}

	@Override
	public Object call(final Range range) {
		final Object result = program().work(number, range.first, range.end);
		done.add((long) range.end - range.first);
		return result;
	}

	/** Adds two results. */
	@Override
	public Object call(final Object sum, final Object other) {
		return program().add(number, sum, other);
	}

	private Program program() {
		final Program program = Program.of(job);
		program.learn(earlier);
		return program;
	}
}
