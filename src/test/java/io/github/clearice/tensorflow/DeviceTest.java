package io.github.clearice.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.clearice.network.InferenceNetwork;
import io.github.clearice.network.NetworkCost.ConvolutionMeasurement;
import io.github.clearice.network.VariableSet.Weight;
import io.github.clearice.network.zoo.ResidualAutoencoderTest;
import io.github.clearice.network.zoo.ResidualNetworks.ResidualAutoencoder;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DeviceTest {

	/** Linux lists the threads of a process here. */
	private static final Path TASKS = Path.of("/proc/self/task");

	@Test
	void reportsTheVersionOfTensorFlow() {
		assertTrue(TensorFlowRuntime.get().version().startsWith("2."), TensorFlowRuntime.get().version());
	}

	@Test
	void gpuIsRefusedWithTheReasonWhereThereIsNone() {
		assumeFalse(TensorFlowRuntime.get().hasGpu());
		final NetworkException refused = assertThrows(NetworkException.class, () -> Device.choose(DeviceChoice.GPU,
			Precision.AUTO, 0, TaskListener.SILENT));
		assertTrue(refused.getMessage().contains("device=gpu is not possible: " + TensorFlowRuntime.get().gpuRefusal() +
			". Use device=cpu"), refused.getMessage());
		assertFalse(TensorFlowRuntime.get().gpuRefusal().isBlank());
		assertEquals(1, refused.getMessage().lines().count());
	}

	@Test
	void autoFallsBackToTheProcessorAndSaysWhy() {
		assumeFalse(TensorFlowRuntime.get().hasGpu());
		final List<String> messages = new ArrayList<>();
		final Device device = Device.choose(DeviceChoice.AUTO, Precision.FLOAT32, 0, new TaskListener() {

			@Override
			public void message(final String line) {
				messages.add(line);
			}
		});
		assertFalse(device.gpu());
		assertTrue(messages.get(0).endsWith("unning on the processor: " + TensorFlowRuntime.get().gpuRefusal() + "."),
			messages.toString());
	}

	@Test
	void automaticPrecisionFollowsTheProcessor() {
		final Device device = Device.choose(DeviceChoice.CPU, Precision.AUTO, 0, TaskListener.SILENT);
		assertEquals(TensorFlowRuntime.get().hasBfloat16() ? Precision.BFLOAT16 : Precision.FLOAT32, device.precision());
	}

	@Test
	void eachKindOfDeviceHasItsHalfPrecision() {
		final Gpu pascal = new Gpu("Pascal", 8L << 30, 61, 12040), ampere = new Gpu("Ampere", 40L << 30, 80, 12040);
		assertEquals(Precision.FLOAT32, Device.onGpu(Precision.AUTO, ampere));
		assertEquals(Precision.FLOAT16, Device.onGpu(Precision.FLOAT16, ampere));
		assertRefused("Pascal has compute capability 6.1", () -> Device.onGpu(Precision.FLOAT16, pascal));
		assertRefused("not possible on a GPU", () -> Device.onGpu(Precision.BFLOAT16, ampere));
		assertRefused("not possible on a processor: it is for GPUs. Use precision=bfloat16 or float32.", () -> Device
			.onProcessor(Precision.FLOAT16, true));
		assertRefused("not possible on a processor: it is for GPUs. Use precision=float32.", () -> Device.onProcessor(
			Precision.FLOAT16, false));
		assertRefused("neither avx512_bf16 nor amx_bf16", () -> Device.onProcessor(Precision.BFLOAT16, false));
		assertEquals(Precision.FLOAT32, Device.onProcessor(Precision.AUTO, false));
	}

	private static void assertRefused(final String part, final Executable work) {
		final String message = assertThrows(NetworkException.class, work).getMessage();
		assertTrue(message.contains(part), message);
	}

	@Test
	void bfloat16StaysCloseToFloat32() {
		assumeTrue(TensorFlowRuntime.get().hasBfloat16());
		final List<Weight> weights = ResidualAutoencoderTest.initialWeights(ResidualAutoencoder.LIGHT, 64);
		final float[] image = new float[64 * 64];
		for (int i = 0; i < image.length; i++) image[i] = (float) Math.sin(i * 0.37);
		final float[] exact = run(weights, image, Precision.FLOAT32);
		final float[] rounded = run(weights, image, Precision.BFLOAT16);
		double difference = 0, size = 0;
		for (int i = 0; i < exact.length; i++) {
			difference += Math.pow(exact[i] - rounded[i], 2);
			size += exact[i] * exact[i];
		}
		assertTrue(difference > 0, "bfloat16 was not used");
		assertTrue(Math.sqrt(difference / size) < 0.05, "relative difference " + Math.sqrt(difference / size));
	}

	@Test
	void measuresAConvolutionAndSaysWhatRanIt() {
		final ConvolutionMeasurement measured = ConvolutionMeasurement.on(new Device(false, Precision.FLOAT32, 0));
		assertEquals("CPU:0", measured.placement());
		assertEquals(2.0 * 20 * 64 * 64 * 64 * 64 * 9 / 1e9, measured.gigaflopsPerSecond() * measured.milliseconds() / 1e3,
			1e-9);
	}

	@Test
	void threadsHoldForEachSessionNotOnlyForTheFirst() throws IOException {
		assumeTrue(Files.isDirectory(TASKS));
		final List<Weight> weights = ResidualAutoencoderTest.initialWeights(ResidualAutoencoder.LIGHT, 64);
		final long one = threadsBeside(weights, 1);
		final long many = threadsBeside(weights, 12);
		assertTrue(many >= one + 11, one + " threads with threads=1, " + many + " with threads=12");
	}

	/** Threads of this process while a network runs. */
	private static long threadsBeside(final List<Weight> weights, final int threads) throws IOException {
		try (InferenceNetwork network = new InferenceNetwork(ResidualAutoencoder.LIGHT, 64, weights, new Device(false,
			Precision.FLOAT32, threads)))
		{
			network.run(new float[2 * 64 * 64]);
			try (Stream<Path> tasks = Files.list(TASKS)) {
				return tasks.count();
			}
		}
	}

	@Test
	void findsChoicesByLabel() {
		assertEquals(DeviceChoice.GPU, DeviceChoice.of("gpu"));
		assertEquals(Precision.BFLOAT16, Precision.of("bfloat16"));
		assertThrows(NetworkException.class, () -> DeviceChoice.of("tpu"));
		assertThrows(NetworkException.class, () -> Precision.of("half"));
	}

	private static float[] run(final List<Weight> weights, final float[] image, final Precision precision) {
		try (InferenceNetwork network = new InferenceNetwork(ResidualAutoencoder.LIGHT, 64, weights, new Device(false,
			precision, 0)))
		{
			return network.run(image);
		}
	}
}
