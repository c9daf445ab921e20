package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

class CommandParameterTest {

	@Test
	void takesZeroFromADialogAsNotGivenWhereThereIsNoDefault() {
		final ClearIceCommand command = new SimulateCommand();
		final Map<String, CommandParameter> parameters = parameters(command);
		for (final String name : new String[] { "sigma", "shift", "seed" }) parameters.get(name).set(command, "0");
		CommandParameter.forgetZeros(command);
		assertEquals("", parameters.get("sigma").defaultText(command));
		assertEquals("0", parameters.get("shift").defaultText(command));
		assertEquals("0", parameters.get("seed").defaultText(command));
	}

	@Test
	void tellsTheDefaultsOfATraining() {
		final ClearIceCommand command = new TrainCommand();
		assertEquals("20", parameters(command).get("batch").defaultText(command));
		assertEquals("", parameters(command).get("minutes").defaultText(command));
	}

	/** Fiji turns an empty number into zero, and of these zero means something. */
	@Test
	void numbersOfATrainingOfWhichZeroMeansSomethingAreTexts() {
		final ClearIceCommand command = new TrainCommand();
		for (final String name : new String[] { "lambda", "alpha", "beta", "clamp", "warmup", "beta1", "average", "checkpoint" }) {
			final CommandParameter parameter = parameters(command).get(name);
			assertEquals("NUMBER", parameter.placeholder());
			parameter.set(command, "0");
			CommandParameter.forgetZeros(command);
			assertEquals("0", parameter.defaultText(command));
			assertThrows(CommandException.class, () -> parameter.set(command, "much"), name);
		}
	}

	private static Map<String, CommandParameter> parameters(final ClearIceCommand command) {
		return CommandParameter.of(command.getClass()).stream().collect(Collectors.toMap(CommandParameter::name, Function
			.identity()));
	}
}
