package io.github.clearice.tensorflow;

import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Gpu.GpuSetup;
import io.github.clearice.tensorflow.SharedLibraries.NativeEnvironment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.bytedeco.javacpp.Loader;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * TensorFlow's native library on this machine, loaded once: its version, the processor's abilities, and whether a GPU
 * works.
 */
public final class TensorFlowRuntime {

	private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
	/** Instructions that speed networks up, as Linux names them. */
	private static final Set<String> NOTABLE = Set.of("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16",
		"amx_tile", "asimd", "bf16", "sve");
	/** What TensorFlow for Java is published for, in the words of JavaCPP. Macs with Intel processors have none. */
	private static final List<String> PUBLISHED = List.of("linux-x86_64", "linux-arm64", "macosx-arm64",
		"windows-x86_64");
	private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16", "bf16");

	static {
		// Before anything asks JavaCPP.
		System.setProperty(NativeLibraries.FOLDERS_FIRST, "true");
	}

	private static TensorFlowRuntime loaded;
	private static NetworkException refusal;

	private final String version;
	private final Set<String> processorFeatures;
	private final GpuSetup gpu;
	private final String gpuRefusal;

	private TensorFlowRuntime(final GpuSetup gpu, final String version) {
		this.version = version;
		this.processorFeatures = readProcessorFeatures();
		this.gpu = gpu;
		this.gpuRefusal = gpu.refusal().isEmpty() ? probeGpu() : gpu.refusal();
	}

	/**
	 * Checks, without loading it, that there is a TensorFlow for this platform: before work that ends in a network.
	 *
	 * @throws NetworkException if there is none
	 */
	public static void requirePlatform() {
		if (PUBLISHED.contains(Loader.getPlatform()) || libraries().isPresent()) return;
		throw new NetworkException("There is no TensorFlow for " + platform() + " (published builds: " + String.join(", ",
			PUBLISHED) + "), so networks neither train nor denoise here. Everything else works, classical filters too.");
	}

	/** As {@link #get()}; the listener is told when loading starts, which takes seconds. */
	public static synchronized TensorFlowRuntime get(final TaskListener listener) {
		if (loaded != null) return loaded;
		listener.begin("Loading TensorFlow", 0);
		try {
			libraries().filter(libraries -> !libraries.isUnpacked()).ifPresent(libraries -> listener.message(
				"TensorFlow's native libraries are unpacked into " + libraries.folder() + ", about 0.7 GB, this once."));
			return get();
		}
		finally {
			listener.end();
		}
	}

	/**
	 * Loads TensorFlow on the first call.
	 *
	 * @throws NetworkException if there is no native library for this platform, each time
	 */
	public static synchronized TensorFlowRuntime get() {
		if (refusal != null) throw new NetworkException(refusal.getMessage(), refusal.getCause());
		if (loaded == null) load();
		return loaded;
	}

	/** A failure is kept: each later call throws a new exception with the same cause. */
	@SuppressWarnings("StaticAssignmentOfThrowable")
	private static void load() {
		// JavaCPP would refuse to allocate once the process, native memory included, is larger than 4 heaps.
		if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) System.setProperty(
			"org.bytedeco.javacpp.maxPhysicalBytes", "0");
		requirePlatform();
		try {
			libraries().ifPresent(libraries -> {
				libraries.unpack();
				libraries.use();
			});
			// Without this, the first session of a process would set the number of threads for all that follow.
			NativeEnvironment.setIfAbsent("TF_OVERRIDE_GLOBAL_THREADPOOL", "1");
			// TensorFlow looks for the libraries of CUDA while it is loaded, and never again.
			final GpuSetup gpu = GpuSetup.prepare(TensorFlowRuntime.class.getClassLoader());
			loaded = new TensorFlowRuntime(gpu, TensorFlow.version());
		}
		catch (final LinkageError e) {
			refusal = isMemoryFull(e) ? new NetworkException(
				"TensorFlow's native library did not load: there is too little memory (" + firstLine(e) +
					"). Allow more, such as by ulimit -v unlimited, or close other programs.", e) : isFilesFull(e)
						? new NetworkException("TensorFlow's native library did not load: too many files are open (" + firstLine(
							e) + "). Allow more, such as by ulimit -n 1024.", e) : new NetworkException(
								"TensorFlow's native library did not load on " + platform() + " (" + firstLine(e) +
									"). Install ClearIce with the jar tensorflow-core-native of your platform.", e);
			throw refusal;
		}
	}

	private static Optional<NativeLibraries> libraries() {
		return NativeLibraries.ofTensorFlow(TensorFlowRuntime.class.getClassLoader(), NativeCache.prepare());
	}

	/** TensorFlow's own version, such as {@code 2.18.0}. */
	public String version() {
		return version;
	}

	/** The first part of a library failure's message; the rest is the place in the graph. */
	public static String firstLine(final Throwable failure) {
		return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
	}

	/** Whether TensorFlow threw this: some of its exceptions are kinds of Java's own, such as illegal arguments. */
	public static boolean isFailure(final RuntimeException failure) {
		return failure.getClass().getPackage().equals(TensorFlowException.class.getPackage());
	}

	/** Operating system and processor architecture. */
	public static String platform() {
		return System.getProperty("os.name") + " " + System.getProperty("os.arch");
	}

	/** Instruction sets that matter to networks; empty where the system does not tell. */
	public Set<String> processorFeatures() {
		return processorFeatures;
	}

	/** Whether the processor multiplies bfloat16 numbers natively. */
	public boolean hasBfloat16() {
		return processorFeatures.stream().anyMatch(BFLOAT16::contains);
	}

	public boolean hasGpu() {
		return gpuRefusal.isEmpty();
	}

	/** The reason why no GPU is used, with the name of the missing part; empty if one works. */
	public String gpuRefusal() {
		return gpuRefusal;
	}

	/** Whether this TensorFlow is one for GPUs, so that the lack of one is worth a warning. */
	public boolean isGpuBuild() {
		return gpu.gpuBuild();
	}

	/** The GPU that works. */
	public Optional<Gpu> gpu() {
		return hasGpu() ? gpu.gpu() : Optional.empty();
	}

	/** Where the libraries of CUDA come from; empty where none were loaded. */
	public String cudaOrigin() {
		return gpu.cudaOrigin();
	}

	private static Set<String> readProcessorFeatures() {
		if (!Files.isReadable(CPU_INFO)) return Set.of();
		try (Stream<String> lines = Files.lines(CPU_INFO)) {
			final List<String> flags = lines.filter(line -> line.startsWith("flags") || line.startsWith("Features")).limit(1)
				.flatMap(line -> Stream.of(line.substring(line.indexOf(':') + 1).trim().split(" +"))).toList();
			final Set<String> features = new TreeSet<>(flags);
			features.retainAll(NOTABLE);
			return features;
		}
		catch (final IOException e) {
			return Set.of();
		}
	}

	/**
	 * Has this process see one of the machine's GPUs alone, which is then its first. It comes before all else that this
	 * class does, and after what CUDA_VISIBLE_DEVICES says.
	 *
	 * @param number as the driver counts them, from 0
	 */
	public static void showGpu(final String number) {
		NativeEnvironment.setIfAbsent("CUDA_VISIBLE_DEVICES", number);
	}

	/** Runs one operation on the first GPU, without leave to run it elsewhere. */
	private static String probeGpu() {
		final ConfigProto strict = ConfigProto.newBuilder().setAllowSoftPlacement(false).setGpuOptions(GPUOptions
			.newBuilder().setAllowGrowth(true)).build();
		try (Graph graph = new Graph()) {
			final Ops gpu = Ops.create(graph).withDevice(DeviceSpec.newBuilder().deviceType(DeviceSpec.DeviceType.GPU)
				.deviceIndex(0).build());
			final var sum = gpu.math.add(gpu.constant(1f), gpu.constant(2f));
			try (Session session = new Session(graph, strict)) {
				session.runner().fetch(sum).run().close();
				return "";
			}
		}
		catch (final TensorFlowException | IllegalArgumentException | IllegalStateException e) {
			return "TensorFlow cannot use the GPU (" + firstLine(e) + ")" + (isMemoryFull(e)
				? ": its memory is full; close other programs that use it" : "");
		}
	}

	/** Whether TensorFlow failed for lack of memory, usually that of a GPU. */
	public static boolean isMemoryFull(final Throwable failure) {
		return failure instanceof TFResourceExhaustedException || says(failure, "out of memory", "cannot allocate memory",
			"failed to map segment");
	}

	private static boolean isFilesFull(final Throwable failure) {
		return says(failure, "too many open files");
	}

	private static boolean says(final Throwable failure, final String... parts) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			final String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
			if (Stream.of(parts).anyMatch(text::contains)) return true;
		}
		return false;
	}
}
