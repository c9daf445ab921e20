package io.github.clearice.fiji.menu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.verb.SimulateCommand;
import io.github.clearice.task.ParameterException;

import java.util.Map;

import org.junit.jupiter.api.Test;

class MacroOptionsTest {

	private static Map<String, String> parsed(final String options) {
		final ClearIceCommand command = new SimulateCommand();
		MacroOptions.parse(options, command);
		return MacroOptions.of(command);
	}

	@Test
	void readsValuesPlainInBracketsAndInQuotes() {
		assertEquals(Map.of("source", "a b.mrc", "output", "out [1]/x", "view", "0, 0, 1", "snr", "0.2"), parsed(
			"source=[a b.mrc] snr=0.2 output=[out [1]/x] view='0, 0, 1'"));
	}

	@Test
	void aNameAloneIsTrue() {
		assertEquals(Map.of("source", "m.mrc", "ctf", "true"), parsed("ctf source=m.mrc"));
	}

	@Test
	void readsOptionsThatDifferFromTheDefaults() {
		assertEquals(Map.of("count", "50"), parsed("count=50 seed=1 ctf=false"));
	}

	@Test
	void refusesNamesThatThereAreNot() {
		assertEquals("Simulate Particles... has no parameter 'cuont'. Did you mean 'count'? It needs source=, output=." +
			" Plugins > ClearIce > ClearIce Help lists all.", assertThrows(ParameterException.class, () -> parsed(
				"cuont=5")).getMessage());
		assertThrows(ParameterException.class, () -> parsed("count=many"));
	}
}
