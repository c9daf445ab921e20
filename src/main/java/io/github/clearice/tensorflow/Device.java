package io.github.clearice.tensorflow;

import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.TaskListener;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RewriterConfig.NumIterationsType;

/**
 * The device and precision of a network.
 *
 * @param gpu whether on the first GPU
 * @param precision any but {@link Precision#AUTO}: bfloat16 is for processors, float16 for GPUs
 * @param threads processor threads, or 0 for all; results are equal bit by bit only for equal numbers of threads
 */
public record Device(boolean gpu, Precision precision, int threads) {

	/**
	 * System property: with {@code false} TensorFlow runs graphs as they are built, without simplifying them first; only
	 * the conversion to another precision stays. They start sooner and may run slower; results differ by rounding.
	 */
	public static final String SIMPLIFY = "clearice.simplify";

	public Device {
		if (precision == Precision.AUTO) throw new IllegalArgumentException("The precision must be settled.");
		if (threads < 0) throw new NetworkException("Threads must be 0 (all) or more, not " + threads + ".");
	}

	/**
	 * Replaces automatic choices by the devices of this machine.
	 *
	 * @param threads processor threads, or 0 for as many as this process may use
	 * @param listener hears why a GPU is not used where one might have been
	 * @throws NetworkException if a GPU or a precision is asked for that is not to be had
	 */
	public static Device choose(final DeviceChoice choice, final Precision precision, final int threads,
		final TaskListener listener)
	{
		final TensorFlowRuntime runtime = TensorFlowRuntime.get(listener);
		if (choice == DeviceChoice.GPU && !runtime.hasGpu()) throw new NetworkException("device=gpu is not possible: " +
			runtime.gpuRefusal() + ". Use device=cpu, or fix the GPU set-up.");
		final boolean gpu = choice != DeviceChoice.CPU && runtime.hasGpu();
		if (choice == DeviceChoice.AUTO && !gpu) listener.message((runtime.isGpuBuild() ? "Warning: running" : "Running") +
			" on the processor: " + runtime.gpuRefusal() + ".");
		final Precision settled = gpu ? onGpu(precision, runtime.gpu().orElseThrow()) : onProcessor(precision, runtime
			.hasBfloat16());
		return new Device(gpu, settled, threads == 0 ? ParallelLoop.limit() : threads);
	}

	static Precision onGpu(final Precision precision, final Gpu gpu) {
		if (precision == Precision.BFLOAT16) throw new NetworkException(
			"precision=bfloat16 is not possible on a GPU: TensorFlow converts networks to bfloat16 on processors only." +
				" Use precision=float16 or float32.");
		if (precision == Precision.FLOAT16 && !gpu.hasFloat16()) throw new NetworkException(
			"precision=float16 is not possible: " + gpu.name() + " has compute capability " + gpu.capabilityText() +
				", and float16 is fast from 7.0 on. Use precision=float32.");
		return precision == Precision.AUTO ? Precision.FLOAT32 : precision;
	}

	static Precision onProcessor(final Precision precision, final boolean hasBfloat16) {
		if (precision == Precision.FLOAT16) throw new NetworkException(
			"precision=float16 is not possible on a processor: it is for GPUs. Use precision=" + (hasBfloat16
				? "bfloat16 or float32." : "float32."));
		if (precision == Precision.BFLOAT16 && !hasBfloat16) throw new NetworkException(
			"precision=bfloat16 is not possible:" +
				" this processor has neither avx512_bf16 nor amx_bf16. Use precision=float32.");
		if (precision != Precision.AUTO) return precision;
		return hasBfloat16 ? Precision.BFLOAT16 : Precision.FLOAT32;
	}

	/** The device and the precision, such as {@code CPU, bfloat16}. */
	public String label() {
		return (gpu ? "GPU" : "CPU") + ", " + precision.label();
	}

	/** The settings for a session on this device. */
	public ConfigProto configuration() {
		final GraphOptions graph = GraphOptions.newBuilder().setRewriteOptions(rewriting()).build();
		final GPUOptions.Builder card = GPUOptions.newBuilder().setAllowGrowth(true).setVisibleDeviceList(gpu ? "0" : "");
		final ConfigProto.Builder configuration = ConfigProto.newBuilder().setAllowSoftPlacement(true)
			.setUsePerSessionThreads(true).setIntraOpParallelismThreads(threads).setInterOpParallelismThreads(threads)
			.setGraphOptions(graph).setGpuOptions(card);
		if (!gpu) configuration.putDeviceCount("GPU", 0);
		return configuration.build();
	}

	/** What TensorFlow changes in a graph before it runs it. */
	private RewriterConfig.Builder rewriting() {
		final RewriterConfig.Builder rewriter = RewriterConfig.newBuilder();
		final boolean simplified = !"false".equals(System.getProperty(SIMPLIFY));
		switch (precision) {
			case BFLOAT16 -> {
				rewriter.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
				if (!simplified) onlyConvert(rewriter, "auto_mixed_precision_onednn_bfloat16");
			}
			case FLOAT16 -> {
				rewriter.setAutoMixedPrecision(RewriterConfig.Toggle.ON);
				if (!simplified) onlyConvert(rewriter, "auto_mixed_precision");
			}
			default -> rewriter.setDisableMetaOptimizer(!simplified);
		}
		return rewriter;
	}

	/** First away with what a run does not need: each reading of a variable would convert the whole graph. */
	private static void onlyConvert(final RewriterConfig.Builder rewriter, final String conversion) {
		rewriter.addOptimizers("pruning").addOptimizers(conversion).setMetaOptimizerIterations(NumIterationsType.ONE);
	}
}
