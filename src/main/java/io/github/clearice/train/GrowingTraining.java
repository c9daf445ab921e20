package io.github.clearice.train;

import io.github.clearice.fourier.Binning;
import io.github.clearice.network.Architecture;
import io.github.clearice.network.GrowingNetwork;
import io.github.clearice.network.GrowingNetwork.GrowingArchitecture;
import io.github.clearice.network.GrowingNetwork.GrowingDiscriminator;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.task.ParameterException;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.train.data.Batches;
import io.github.clearice.train.log.TrainingListener.StepReport;
import io.github.clearice.train.optimizer.Adam;
import io.github.clearice.train.options.TrainingOptions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Networks that grow while they are trained (Karras et al. 2018), by the schedule of {@link GrowthSchedule}. Images and
 * targets are binned to the size of the stage, and results are repeated back to the box. Weights continue by name from
 * one stage to the next; the optimiser's state is reset when a level is added, as in the code of Karras et al.
 */
final class GrowingTraining implements NetworkTraining {

	private final GrowingArchitecture architecture;
	private final Networks networks;
	private final int box;
	private final TrainingOptions options;
	private final Device device;
	private final GrowthSchedule growth;
	private GrowthSchedule.Stage stage;
	private TrainingGraph graph;

	/**
	 * Begins with the smallest images.
	 *
	 * @throws ParameterException if a network is none that grows
	 */
	GrowingTraining(final Networks networks, final int box, final TrainingOptions options, final Device device) {
		if (!(networks.generator() instanceof GrowingArchitecture growing)) throw refusal("network=" + options.network());
		this.architecture = growing.withoutLevels(0).blended(1);
		networks.discriminator().ifPresent(discriminator -> {
			if (!(discriminator instanceof GrowingDiscriminator)) throw refusal("discriminator=" + options.objective()
				.adversary().orElseThrow().discriminator());
		});
		networks.checkBox(box);
		this.networks = networks;
		this.box = box;
		this.options = options;
		this.device = device;
		growth = GrowthSchedule.of(box, options.schedule().growth(), options.schedule().batch());
		stage = growth.stage(1);
		graph = graph(stage);
	}

	private static ParameterException refusal(final String network) {
		return new ParameterException("growth= is for networks that grow, which " + network +
			" is not. Leave growth= out, or use network=pggan, and discriminator=pggan with a gan=.");
	}

	private TrainingGraph graph(final GrowthSchedule.Stage now) {
		final float share = now.blended() ? 0 : 1;
		final Networks staged = new Networks(architecture.blended(share), networks.discriminator().map(
			discriminator -> ((GrowingDiscriminator) discriminator).blended(share)));
		final TrainingGraph made = new TrainingGraph(staged, size(now), options, device);
		made.blend(now.share());
		return made;
	}

	@Override
	public Architecture generator() {
		return architecture.withoutLevels(growth.levels() - stage.level()).blended((float) stage.share());
	}

	/** A trained model has grown. */
	@Override
	public void begin(final List<Weight> trained) {
		throw new IllegalStateException("A growing network begins with nothing.");
	}

	@Override
	public boolean enter(final long number) {
		final GrowthSchedule.Stage next = growth.stage(number);
		final boolean other = !next.isLike(stage);
		if (other) {
			final Map<String, List<Weight>> values = new LinkedHashMap<>(graph.variables());
			if (next.level() != stage.level()) values.keySet().removeIf(group -> group.contains(Adam.MOMENTS));
			change(next);
			graph.restore(inherited(values), number);
		}
		stage = next;
		graph.blend(stage.share());
		return other;
	}

	private void change(final GrowthSchedule.Stage next) {
		graph.close();
		stage = next;
		graph = graph(next);
	}

	/** The initial weights of the new graph; those of the earlier graph replace them where the names agree. */
	private Map<String, List<Weight>> inherited(final Map<String, List<Weight>> earlier) {
		final Map<String, List<Weight>> values = graph.variables();
		values.replaceAll((group, fresh) -> {
			final Map<String, Weight> known = new LinkedHashMap<>();
			earlier.getOrDefault(group, List.of()).forEach(weight -> known.put(weight.name(), weight));
			return fresh.stream().map(weight -> known.getOrDefault(weight.name(), weight)).toList();
		});
		return values;
	}

	@Override
	public boolean isSettled() {
		return !stage.blended();
	}

	@Override
	public long leastUpdates() {
		return growth.updates();
	}

	@Override
	public StepReport step(final Batches.Batch batch, final long number, final double rate, final double criticRate) {
		final float[] images = binned(batch.images());
		final float[] targets = binned(batch.targets());
		final int pixels = size(stage) * size(stage);
		final int count = images.length / pixels;
		final int parts = growth.parts(size(stage));
		final List<StepReport> reports = new ArrayList<>();
		for (int part = 0; part < parts; part++) {
			final int from = part * count / parts * pixels, to = (part + 1) * count / parts * pixels;
			final Batches.Batch some = new Batches.Batch(Arrays.copyOfRange(images, from, to), Arrays.copyOfRange(targets,
				from, to), null);
			reports.add(graph.step(some, (number - stage.first()) * parts + part + 1, rate, criticRate));
		}
		return StepReport.mean(reports);
	}

	@Override
	public double gradientRatio(final long number) {
		return graph.gradientRatio(number);
	}

	@Override
	public float[] predict(final float[] images) {
		float[] results = graph.predict(binned(images));
		for (int size = size(stage); size < box; size *= 2) results = Binning.doubled(results, size);
		return results;
	}

	private float[] binned(final float[] images) {
		float[] binned = images;
		for (int size = box; size > size(stage); size /= 2) binned = Binning.halved(binned, size);
		return binned;
	}

	private int size(final GrowthSchedule.Stage now) {
		return box >> growth.levels() - now.level();
	}

	@Override
	public List<Weight> inferenceWeights() {
		return graph.inferenceWeights();
	}

	@Override
	public Map<String, List<Weight>> variables() {
		return graph.variables();
	}

	@Override
	public void restore(final Map<String, List<Weight>> values, final long number) {
		final GrowthSchedule.Stage then = growth.stage(Math.max(1, number));
		if (!then.isLike(stage)) change(then);
		stage = then;
		graph.blend(stage.share());
		graph.restore(values, number);
	}

	@Override
	public void close() {
		graph.close();
	}

	/**
	 * The schedule of a growing network (Karras et al. 2018, section 3): images of the
	 * smallest size first; then, for each doubling of the size, a phase in which the
	 * new level is blended in and one in which it is trained alone. All phases show
	 * equally many images. After the last, the grown network is trained on.
	 *
	 * @param levels how often the size is doubled
	 * @param imagesOfPhase shown in each phase, at least 1
	 * @param batch images of an update
	 */
	record GrowthSchedule(int levels, long imagesOfPhase, int batch) {

		/**
		 * Where a training is.
		 *
		 * @param level how often the size has been doubled
		 * @param blended whether the level is being blended in
		 * @param share of the level in the result, from 0; 1 if it is not blended
		 * @param first update that trained this level
		 */
		record Stage(int level, boolean blended, double share, long first) {

			/** Whether both use the same graph: they differ at most in the share. */
			boolean isLike(final Stage other) {
				return other != null && level == other.level && blended == other.blended;
			}
		}

		/** The schedule for a box. */
		static GrowthSchedule of(final int box, final long imagesOfPhase, final int batch) {
			return new GrowthSchedule(GrowingNetwork.levels(box), imagesOfPhase, batch);
		}

		/** Updates until the network is grown and its last level has been trained alone for one phase. */
		long updates() {
			return (2L * levels + 1) * updatesOfPhase();
		}

		/** @param update from 1 */
		Stage stage(final long update) {
			final long phase = Math.min((update - 1) / updatesOfPhase(), 2L * levels);
			final int level = (int) ((phase + 1) / 2);
			final boolean blended = phase % 2 == 1;
			final double share = blended ? (update - 1) % updatesOfPhase() / (double) updatesOfPhase() : 1;
			return new Stage(level, blended, share, Math.max(0, 2L * level - 1) * updatesOfPhase() + 1);
		}

		/**
		 * Into how many smaller batches that of an update is divided: large images take
		 * more memory, so batches of 16 become 8 at 128 pixels and 4 from 256 on.
		 *
		 * @param size of the images in pixels
		 */
		int parts(final int size) {
			final int wanted = size >= 256 ? 4 : size >= 128 ? 2 : 1;
			return Math.min(wanted, batch);
		}

		private long updatesOfPhase() {
			return (imagesOfPhase + batch - 1) / batch;
		}
	}
}
