package io.github.clearice.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the parameters of a command are laid out in its dialog: a first section
 * with what most runs need, and others for the rest.
 */
final class DialogSections {

	private static final String FIRST = "Main";
	private static final String REST = "Advanced";

	/** Up to so many parameters are shown together. */
	private static final int FEW = 16;

	/** Sections of commands with many parameters; what is not named here goes to the last one. */
	private static final Map<Class<?>, Map<String, String>> OF = Map.of( //
		DenoiseCommand.class, ordered( //
			FIRST, "input method output virtual cutoff pixel invert project", //
			"Filters", "sigma diameter patch window strength ctf map order", //
			"Models", "device precision rotations", //
			"Micrographs", "content overlap"), //
		MapCommand.class, ordered( //
			FIRST, "structure box pixel resolution chains exclude centre clip type output", //
			"Structure", "model assembly alternates plddt", //
			"Conformations", "second hinge angle states"), //
		SimulateCommand.class, ordered( //
			"Particles", "source count snr sigma box pixel shift seed output", //
			"CTF", "ctf keepctf mindefocus maxdefocus astigmatism voltage cs contrast phase bfactor", //
			"Aberrations", "beamtilt oddzernike evenzernike magnification treatment", //
			"Orientations", "star view spread", //
			"Structure and noise", "resolution chains exclude weights level ice spectrum"), //
		MicrographCommand.class, ordered( //
			"Micrographs", "source count width height particles distance box pixel resolution output", //
			"Ice", "thickness snr path filter ice gradient carbon", //
			"CTF", "ctf keepctf mindefocus maxdefocus voltage cs contrast", //
			"Training", "tiles tile seed"), //
		PickCommand.class, ordered( //
			"Micrographs", "input map diameter expected threshold errors dark extract original pixel output", //
			"Search", "project distance resolution order turn defocus ctf voltage", //
			"Truth", "truth reach"), //
		ContaminationCommand.class, ordered( //
			"Study", "noisy clean output types fractions contaminant methods seeds seed tests project", //
			"Training", "preset network epochs device precision"), //
		HalvesCommand.class, ordered( //
			"Particles", "star clean map output references tests models ctf keepctf symmetry project", //
			"Training", "preset network loss gan alpha beta lambda epochs batch rate seed device precision", //
			"Contamination", "contamination fraction contaminant"), //
		TrainCommand.class, ordered( //
			"Training", "noisy clean model preset network loss gan epochs minutes device", //
			"Other data", "second star map project count supervision augment fresh validation seed", //
			"Simulation", "snr sigma box pixel resolution chains exclude weights shift view spread level ice spectrum", //
			"CTF", "ctf keepctf mindefocus maxdefocus astigmatism voltage cs contrast phase bfactor", //
			"Aberrations", "beamtilt oddzernike evenzernike magnification treatment", //
			"Losses", "lambda pixels alpha beta mu clamp scores discriminator kd kg criticevery", //
			"Optimiser", "batch rate criticrate optimiser warmup decay patience earlystop keep average beta1 beta2 growth" +
				" precision threads", //
			"Interrupted and long runs", "resume checkpoint folder search"));

	private DialogSections() {}

	/** The parameters of a command by the titles of their sections, in order. */
	static Map<String, List<CommandParameter>> of(final ClearIceCommand command) {
		final Map<String, CommandParameter> left = new LinkedHashMap<>();
		for (final CommandParameter parameter : CommandParameter.of(command.getClass())) {
			if (!parameter.isConfirmation()) left.put(parameter.name(), parameter);
		}
		// Who has a dialog is asked before anything is replaced.
		left.remove(WritingCommand.OVERWRITE);
		final Map<String, List<CommandParameter>> sections = new LinkedHashMap<>();
		if (left.size() <= FEW) {
			sections.put(FIRST, List.copyOf(left.values()));
			return sections;
		}
		final Map<String, String> layout = OF.getOrDefault(command.getClass(), Map.of(FIRST, String.join(" ", first(
			left))));
		layout.forEach((title, names) -> {
			final List<CommandParameter> section = new ArrayList<>();
			for (final String name : names.split(" ")) if (left.containsKey(name)) section.add(left.remove(name));
			sections.put(title, section);
		});
		if (!left.isEmpty()) sections.put(REST, List.copyOf(left.values()));
		return sections;
	}

	/** Those that are required, and as many of the others as fit beside them, in the order of the command. */
	private static Set<String> first(final Map<String, CommandParameter> parameters) {
		int room = FEW - (int) parameters.values().stream().filter(CommandParameter::required).count();
		final Set<String> first = new LinkedHashSet<>();
		for (final CommandParameter parameter : parameters.values()) {
			if (parameter.required() || room-- > 0) first.add(parameter.name());
		}
		return first;
	}

	private static Map<String, String> ordered(final String... titlesAndNames) {
		final Map<String, String> sections = new LinkedHashMap<>();
		for (int i = 0; i < titlesAndNames.length; i += 2) sections.put(titlesAndNames[i], titlesAndNames[i + 1]);
		return sections;
	}
}
