package io.github.clearice.command.verb;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.Versions;
import io.github.clearice.network.NetworkCost.ConvolutionMeasurement;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.DeviceChoice;
import io.github.clearice.tensorflow.Gpu;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.tensorflow.TensorFlowRuntime;

import java.util.Locale;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/** Reports what networks run on, by measurement. */
@Plugin(type = Command.class, name = "device", label = "Device Report", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Device Report", weight = 20) },
	description = "Reports what TensorFlow runs on: versions, processor, GPU, and the speed of a" +
	" convolution.")
public final class DeviceCommand extends ClearIceCommand {

	private static final int ALL_THREADS = 0;

	@Override
	protected boolean usesNetwork() {
		return true;
	}

	@Override
	protected void execute(final TaskListener listener) {
		final TensorFlowRuntime runtime = TensorFlowRuntime.get(listener);
		final StringBuilder text = new StringBuilder(Versions.report());
		text.append("TensorFlow ").append(runtime.version()).append(runtime.isGpuBuild() ? ", the build for GPUs\n"
			: ", the build for processors\n");
		text.append("Processor instructions that matter: ").append(runtime.processorFeatures().isEmpty() ? "unknown"
			: String.join(" ", runtime.processorFeatures())).append('\n');
		text.append("GPU: ").append(runtime.gpu().map(Gpu::label).orElse("not used: " + runtime.gpuRefusal())).append('\n');
		if (runtime.hasGpu()) text.append("CUDA libraries: from ").append(runtime.cudaOrigin()).append('\n');
		text.append("Networks run on: ").append(Device.choose(DeviceChoice.AUTO, Precision.AUTO, ALL_THREADS,
			TaskListener.SILENT).label()).append(
				"\n\nMeasured, 3 x 3 convolution of 64 to 64 channels, 20 images of 64 x 64:");
		listener.begin("Measuring convolutions", 0);
		measure(text, new Device(false, Precision.FLOAT32, ALL_THREADS));
		if (runtime.hasBfloat16()) measure(text, new Device(false, Precision.BFLOAT16, ALL_THREADS));
		runtime.gpu().ifPresent(gpu -> measureOn(gpu, text));
		listener.end();
		report(text.toString());
	}

	private static void measureOn(final Gpu gpu, final StringBuilder text) {
		measure(text, new Device(true, Precision.FLOAT32, ALL_THREADS));
		if (gpu.hasFloat16()) measure(text, new Device(true, Precision.FLOAT16, ALL_THREADS));
		if (gpu.hasTensorFloat32()) text.append(String.format(
			"%n%nOn this GPU float32 multiplies as TF32, 10 bits of mantissa; NVIDIA_TF32_OVERRIDE=0 in the environment" +
				" makes it exact."));
	}

	private static void measure(final StringBuilder text, final Device device) {
		final ConvolutionMeasurement measured = ConvolutionMeasurement.on(device);
		text.append(String.format(Locale.ROOT, "%n  %-14s %8.2f ms %10.0f GFLOP/s, run by %s", device.label(), measured
			.milliseconds(), measured.gigaflopsPerSecond(), measured.placement()));
	}
}
