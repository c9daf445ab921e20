package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.command.verb.SimulateCommand;
import io.github.clearice.command.verb.TrainCommand;
import io.github.clearice.network.zoo.Architectures;
import io.github.clearice.network.zoo.Discriminators;
import io.github.clearice.task.ParameterException;
import io.github.clearice.train.options.Adversary.Gan;
import io.github.clearice.train.options.LearningRate.Decay;
import io.github.clearice.train.options.Objective.Loss;
import io.github.clearice.train.options.Objective.Reduction;
import io.github.clearice.train.options.Preset;
import io.github.clearice.train.options.Sampling.Augmentation;
import io.github.clearice.train.options.Sampling.Supervision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
		CommandParameter.clearZeros(command);
		assertEquals("", parameters.get("sigma").defaultText(command));
		assertEquals("0", parameters.get("shift").defaultText(command));
		assertEquals("0", parameters.get("seed").defaultText(command));
	}

	@Test
	void listsTheDefaultsOfATraining() {
		final ClearIceCommand command = new TrainCommand();
		assertEquals("20", parameters(command).get("batch").defaultText(command));
		assertEquals("", parameters(command).get("minutes").defaultText(command));
	}

	/** Fiji turns an empty number into zero, and for these parameters zero has a meaning. */
	@Test
	void numbersOfATrainingOfWhichZeroMeansSomethingAreTexts() {
		final ClearIceCommand command = new TrainCommand();
		for (final String name : new String[] { "lambda", "alpha", "beta", "clamp", "warmup", "beta1", "average",
			"checkpoint" })
		{
			final CommandParameter parameter = parameters(command).get(name);
			assertEquals("NUMBER", parameter.placeholder());
			parameter.set(command, "0");
			CommandParameter.clearZeros(command);
			assertEquals("0", parameter.defaultText(command));
			assertThrows(ParameterException.class, () -> parameter.set(command, "much"), name);
		}
	}

	@Test
	void offersAllNetworksToATraining() {
		final List<String> networks = new ArrayList<>(List.of("auto"));
		final List<String> discriminators = new ArrayList<>(networks);
		networks.addAll(Architectures.names());
		discriminators.addAll(Discriminators.names());
		final Map<String, CommandParameter> parameters = parameters(new TrainCommand());
		assertEquals(networks, parameters.get("network").choices());
		assertEquals(discriminators, parameters.get("discriminator").choices());
	}

	@Test
	void choicesOfATrainingAreThoseOfItsOptions() {
		final Map<String, CommandParameter> parameters = parameters(new TrainCommand());
		assertEquals(labels(Preset.values(), Preset::label), parameters.get("preset").choices());
		assertEquals(labels(Gan.values(), Gan::label), parameters.get("gan").choices());
		assertEquals(labels(Loss.values(), Loss::label), parameters.get("loss").choices());
		assertEquals(labels(Reduction.values(), Reduction::label), parameters.get("pixels").choices());
		assertEquals(labels(Reduction.values(), Reduction::label), parameters.get("scores").choices());
		assertEquals(labels(Decay.values(), Decay::label), parameters.get("decay").choices());
		assertEquals(labels(Augmentation.values(), Augmentation::label), parameters.get("augment").choices());
		assertEquals(labels(Supervision.values(), Supervision::label), parameters.get("supervision").choices());
	}

	private static <E> List<String> labels(final E[] constants, final Function<E, String> label) {
		return Arrays.stream(constants).map(label).toList();
	}

	private static Map<String, CommandParameter> parameters(final ClearIceCommand command) {
		return CommandParameter.of(command.getClass()).stream().collect(Collectors.toMap(CommandParameter::name, Function
			.identity()));
	}
}
