package io.github.clearice.fiji.menu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.verb.DenoiseCommand;

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scijava.command.CommandInfo;
import org.scijava.module.Module;

import ij.plugin.frame.Recorder;

/** The parameters that Fiji's recorder finds: it writes each one that is not empty. */
class RecordedInputsTest {

	@AfterEach
	void stopRecording() {
		Recorder.record = false;
	}

	private static Module run(final String options, final boolean dialog) throws Exception {
		final DenoiseCommand command = new DenoiseCommand();
		MacroOptions.parse(options, command);
		if (dialog) command.interactive();
		final Module module = new CommandInfo(DenoiseCommand.class).createModule(command);
		new RecordedInputs().process(module);
		return module;
	}

	@Test
	void onlyWhatDiffersFromTheDefaultsIsRecorded() throws Exception {
		Recorder.record = true;
		final Map<String, Object> left = new TreeMap<>();
		for (final Map.Entry<String, Object> input : run("method=lowpass cutoff=60 order=4 device=cpu", true).getInputs()
			.entrySet())
		{
			final boolean ours = CommandParameter.of(DenoiseCommand.class).stream().anyMatch(parameter -> parameter.name()
				.equals(input.getKey()));
			if (ours && input.getValue() != null) left.put(input.getKey(), input.getValue());
		}
		assertEquals(Map.of("method", "lowpass", "cutoff", 60.0, "device", "cpu"), left);
	}

	@Test
	void scriptsFindTheParametersThatTheCommandHad() throws Exception {
		assertNotNull(run("method=lowpass cutoff=60", true).getInput("diameter"));
		Recorder.record = true;
		assertNotNull(run("method=lowpass cutoff=60", false).getInput("diameter"));
	}
}
