package io.github.clearice.simulate;

import io.github.clearice.BenchmarkTable;
import io.github.clearice.image.Volume;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.Seeds;

import java.util.SplittableRandom;

public final class ProjectionBenchmark {
	public static void run(final BenchmarkTable table) throws Exception {
		final int box = 128, count = 2000;
		final Volume map = Volume.zeros(box, 2);
		final SplittableRandom random = Seeds.random(1);
		for (int i = 0; i < map.data().length; i++) map.data()[i] = (float) random.nextDouble();
		table.row("prepare", BenchmarkTable.medianSeconds(3, () -> new FourierProjector(map)), "s");
		final FourierProjector p = new FourierProjector(map);
		final Pose[] poses = new Pose[count];
		for (int i = 0; i < count; i++) poses[i] = new Pose(new Orientation(random.nextDouble(-180, 180), Math.toDegrees(Math.acos(random.nextDouble(-1, 1))), random.nextDouble(-180, 180)), random.nextDouble(-8, 8), random.nextDouble(-8, 8));
		for (int threads = 1; threads <= 2; threads++) {
			final int t = threads;
			table.row("cut " + t, BenchmarkTable.medianSeconds(7, () -> ParallelLoop.run(count, 16, t, n -> {
				final FourierSlice s = new FourierSlice(p); final float[] sp = new float[2 * 128 * 65];
				return i -> s.cut(p, poses[(int) i], sp);
			})) * 1e3 / count, "ms");
			table.row("project " + t, BenchmarkTable.medianSeconds(7, () -> ParallelLoop.run(count, 16, t, n -> {
				final FourierSlice s = new FourierSlice(p); final float[] im = new float[128 * 128];
				return i -> s.project(p, poses[(int) i], im);
			})) * 1e3 / count, "ms");
		}
	}
	public static void main(String[] a) throws Exception { run(new BenchmarkTable()); }
}
