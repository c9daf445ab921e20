package io.github.clearice.command.verb;

import io.github.clearice.command.input.MicrographInput;
import io.github.clearice.denoise.FilterParameters;
import io.github.clearice.denoise.GeneralModel;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.GuidedMethod;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TemporaryFolder;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingReporter;
import io.github.clearice.worker.Worker;
import io.github.clearice.worker.WorkerJava;
import io.github.clearice.worker.WorkerTask;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A trained model in the worker process, which keeps it ready: a few images at a time go there and back as files. */
final class WorkerDenoiser extends ArrayDenoiser implements GuidedMethod {

	/** Number of images that show whether a stack suits the model. */
	private static final int SAMPLE = 16;

	private final Path model;
	private final Map<String, String> options;
	private final long firstNumber;
	/** Edge length of the images of a general model's network, which takes any stack; 0 for other models. */
	private final int generalBox;
	private double pixelSizeAngstrom = Double.NaN;
	private String stack = "images";
	private TaskListener listener = TaskListener.SILENT;
	/** Holds the model; null where it is the user's. */
	private TemporaryFolder own;

	/**
	 * @param options other parameters of {@code denoise}, such as {@code device}
	 * @param firstNumber of the stack's first particle, see {@code first=} of {@code denoise}
	 */
	WorkerDenoiser(final Path model, final Map<String, String> options, final long firstNumber) {
		this(model, 0, options, firstNumber);
	}

	private WorkerDenoiser(final Path model, final int generalBox, final Map<String, String> options,
		final long firstNumber)
	{
		this.model = model;
		this.generalBox = generalBox;
		this.options = options;
		this.firstNumber = firstNumber;
	}

	/** The network of the general model. */
	static WorkerDenoiser general(final Map<String, String> options) {
		final TemporaryFolder folder = new TemporaryFolder("general");
		final WorkerDenoiser denoiser = new WorkerDenoiser(GeneralModel.unpack(folder), GeneralModel.BOX, options, 1);
		denoiser.own = folder;
		return denoiser;
	}

	/**
	 * The network of a general model of one's own.
	 *
	 * @param box edge length in pixels of the images that it takes
	 */
	static WorkerDenoiser general(final Path model, final int box, final Map<String, String> options) {
		return new WorkerDenoiser(model, box, options, 1);
	}

	@Override
	public int box() {
		return generalBox;
	}

	@Override
	public int batchSize() {
		return super.batchSize();
	}

	@Override
	public String name() {
		return own != null ? FilterParameters.GENERAL : String.valueOf(model.getFileName());
	}

	/**
	 * Has the worker check some images, which also loads the model: it refuses or warns of unsuitable ones. A general
	 * model takes all.
	 */
	@Override
	public void prepare(final ParticleStack noisy, final TaskListener newListener) {
		pixelSizeAngstrom = noisy.pixelSizeAngstrom();
		stack = noisy.name().replaceAll("[^\\w.-]+", "_").replaceFirst("(?i)\\.\\w{1,5}$", "");
		if (generalBox > 0) {
			listener = silent(newListener);
			return;
		}
		final int[] sample = noisy.spread(SAMPLE);
		final float[][] images = new float[sample.length][noisy.box() * noisy.box()];
		for (int i = 0; i < sample.length; i++) noisy.read(sample[i], images[i]);
		listener = newListener;
		denoise(-sample.length, images, new float[sample.length][noisy.box() * noisy.box()]);
		listener = silent(newListener);
	}

	/** Messages about the stack were shown before; a request to cancel still counts. */
	private static TaskListener silent(final TaskListener listener) {
		return new TaskListener() {

			@Override
			public boolean isCancelled() {
				return listener.isCancelled();
			}
		};
	}

	@Override
	protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
		denoise(first, noisy, null, denoised);
	}

	@Override
	public void denoise(final int first, final float[][] noisy, final float[][] guides, final float[][] denoised) {
		final int box = (int) Math.round(Math.sqrt(noisy[0].length));
		try (TemporaryFolder folder = new TemporaryFolder("images")) {
			final Path input = folder.resolve(stack + ".mrcs"), output = folder.resolve("denoised.mrcs");
			write(noisy, box, input);
			final Map<String, String> parameters = new LinkedHashMap<>(options);
			if (guides != null) {
				final Path guide = folder.resolve("guides.mrcs");
				write(guides, box, guide);
				parameters.put("guide", guide.toString());
			}
			parameters.putAll(Map.of("input", input.toString(), "method", model.toString(), "output", output.toString(),
				"content", MicrographInput.PARTICLES, "first", String.valueOf(firstNumber + first)));
			final TrainingListener reporter = TrainingReporter.of(listener);
			new Worker(WorkerJava.here()).run(new WorkerTask("denoise", parameters), reporter);
			try (MrcParticleStack result = MrcParticleStack.open(output)) {
				for (int i = 0; i < denoised.length; i++) result.read(i, denoised[i]);
			}
		}
	}

	private void write(final float[][] images, final int box, final Path file) {
		try (ParticleStackWriter writer = new ParticleStackWriter(file, box, pixelSizeAngstrom)) {
			for (final float[] image : images) writer.write(image);
			writer.commit();
		}
	}

	@Override
	public void close() {
		if (own != null) own.close();
	}
}
