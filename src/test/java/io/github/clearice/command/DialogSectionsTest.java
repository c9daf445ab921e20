package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.command.verb.DenoiseCommand;
import io.github.clearice.command.verb.TrainCommand;
import io.github.clearice.fiji.menu.MacroOptions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the parameters of commands are laid out on the pages of their dialogs. */
class DialogSectionsTest {

	/** More on a page do not fit on the screen of a laptop. */
	private static final int MOST = 16;

	@ParameterizedTest
	@MethodSource("io.github.clearice.command.CommandContractTest#verbs")
	void eachParameterIsOnOnePageWhoseTitleSaysWhatItHolds(final String verb) {
		final ClearIceCommand command = Commands.verbs().get(verb).create();
		final Map<String, List<CommandParameter>> sections = CommandParameter.bySection(command.getClass());
		final List<String> shown = new ArrayList<>();
		sections.values().forEach(section -> section.forEach(parameter -> shown.add(parameter.name())));
		final List<String> all = new ArrayList<>(CommandParameter.of(command.getClass()).stream().map(
			CommandParameter::name).toList());
		all.remove(WritingCommand.OVERWRITE);
		assertEquals(all.stream().sorted().toList(), shown.stream().sorted().toList());
		sections.forEach((title, parameters) -> {
			assertFalse(title.matches("(?i).*more.*|Advanced"), () -> title + parameters.stream().map(CommandParameter::name)
				.toList());
			assertTrue(sections.size() == 1 || !parameters.isEmpty(), title);
			assertTrue(parameters.size() <= MOST, title + " holds " + parameters.size());
		});
		if (sections.size() > 1) {
			final List<CommandParameter> first = sections.values().iterator().next();
			CommandParameter.of(command.getClass()).stream().filter(CommandParameter::required).forEach(
				required -> assertTrue(first.stream().anyMatch(parameter -> parameter.name().equals(required.name())), required
					.name()));
		}
	}

	@Test
	void theFirstPageHasTheMostUsedParameters() {
		final List<String> first = CommandParameter.bySection(TrainCommand.class).values().iterator().next().stream().map(
			CommandParameter::name).toList();
		assertEquals(List.of("noisy", "clean", "map", "like", "from", "model", "preset", "network", "loss", "gan", "epochs",
			"minutes", "device"), first);
	}

	@Test
	void aDialogKnowsWhatIsMissingBesidesWhatIsAlwaysRequired() {
		assertEquals(List.of("noisy"), missing(new TrainCommand(), "model=m.clearice"));
		assertEquals(List.of("clean"), missing(new TrainCommand(), "model=m.clearice noisy=a.mrcs"));
		assertEquals(List.of("noisy"), missing(new TrainCommand(), "model=m.clearice clean=a.mrcs"));
		assertEquals(List.of("map"), missing(new TrainCommand(), "model=m.clearice star=a.star"));
		assertEquals(List.of(), missing(new TrainCommand(), "model=m.clearice noisy=a.mrcs second=b.mrcs"));
		assertEquals(List.of(), missing(new TrainCommand(), "model=m.clearice noisy=a.mrcs supervision=noise2void"));
		assertEquals(List.of(), missing(new TrainCommand(), "model=m.clearice map=a.mrc"));
		assertEquals(List.of(), missing(new TrainCommand(), "model=m.clearice from=general noisy=a.mrcs"));
		assertEquals(List.of("noisy"), missing(new TrainCommand(), "model=m.clearice from=general"));
		assertEquals(List.of("cutoff"), missing(new DenoiseCommand(), "method=lowpass"));
		assertEquals(List.of("map"), missing(new DenoiseCommand(), "method=posterior"));
		assertEquals(List.of(), missing(new DenoiseCommand(), "method=wiener"));
	}

	private static List<String> missing(final ClearIceCommand command, final String options) {
		MacroOptions.parse(options, command);
		return command.missingParameters();
	}
}
