package io.github.clearice.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The verbs of the launcher, in the order of the work, and the commands behind them. */
public final class Verbs {

	private static final Map<String, Supplier<ClearIceCommand>> ALL = new LinkedHashMap<>();

	static {
		ALL.put("map", MapCommand::new);
		ALL.put("simulate", SimulateCommand::new);
		ALL.put("micrograph", MicrographCommand::new);
		ALL.put("prepare", PrepareCommand::new);
		ALL.put("train", TrainCommand::new);
		ALL.put("denoise", DenoiseCommand::new);
		ALL.put("pick", PickCommand::new);
		ALL.put("evaluate", EvaluateCommand::new);
		ALL.put("contamination", ContaminationCommand::new);
		ALL.put("trust", TrustCommand::new);
		ALL.put("cluster", ClusterCommand::new);
		ALL.put("reconstruct", ReconstructCommand::new);
		ALL.put("mask", MaskCommand::new);
		ALL.put("fsc", FscCommand::new);
		ALL.put("pose", PoseCommand::new);
		ALL.put("refine", RefineCommand::new);
		ALL.put("halves", HalvesCommand::new);
		ALL.put("experiment", ExperimentCommand::new);
		ALL.put("validate", ValidateCommand::new);
		ALL.put("info", InfoCommand::new);
		ALL.put("device", DeviceCommand::new);
		ALL.put("demo", DemoCommand::new);
	}

	private Verbs() {}

	/** The verb of a command. */
	public static String nameOf(final ClearIceCommand command) {
		for (final Map.Entry<String, Supplier<ClearIceCommand>> verb : ALL.entrySet()) {
			if (verb.getValue().get().getClass() == command.getClass()) return verb.getKey();
		}
		throw new IllegalArgumentException(command.getClass() + " has no verb.");
	}

	public static Map<String, Supplier<ClearIceCommand>> all() {
		return Collections.unmodifiableMap(ALL);
	}
}
