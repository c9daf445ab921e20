package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.input.LikeParticles;
import io.github.clearice.command.input.MapSource;
import io.github.clearice.command.input.Stacks;
import io.github.clearice.simulate.PairSimulator;
import io.github.clearice.simulate.Simulation;
import io.github.clearice.simulate.SimulationTerms;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Simulates pairs of clean and noisy particles. */
@Plugin(type = Command.class, name = "simulate", label = "Simulate Particles...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Simulate Particles...", weight = 2) },
	description = "Simulates clean and noisy particles of a structure or of maps, with CTF and noise.")
public final class SimulateCommand extends SimulatingCommand {

	private static final int DEFAULT_COUNT = SimulationTerms.DEFAULTS.count();

	@Parameter(label = "Structure or map",
		description = "A structure (.pdb, .cif) or a map (.mrc, .map). Several, separated by commas, make a mixed" +
		" sample; rlnClassNumber counts them in this order. In Fiji, titles of open maps work too.",
		persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE, value = CommandParameter.LIST),
			@Attr(name = CommandParameter.SECTION, value = "Simulation") })
	private String source;

	@Parameter(label = "Particles", description = "Number of pairs of clean and noisy images. With a STAR file" +
		" of orientations, at most the number of its rows.", min = "1", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Integer count = DEFAULT_COUNT;

	@Parameter(label = "Orientations",
		description = "A STAR file whose angles, and origins if present, are used row by row. Default: uniform" +
		" orientations, or a preferred view.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private File star;

	@Parameter(label = "Like these particles", description = "Your own particles, an MRC stack or a STAR or .cs file." +
		" Their SNR, noise, optics, shifts, background and contrast are measured and simulated. Parameters that differ" +
		" from their defaults take precedence.", required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Simulation") })
	private File like;

	@Parameter(label = "Project folder", description = Stacks.PROJECT, style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private File project;

	@Parameter(label = "Seed", description = "The same seed gives the same bytes.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private Long seed = 1L;

	@Parameter(label = "Output folder", description = "Folder for clean.mrcs, noisy.mrcs and particles.star.",
		style = FileWidget.DIRECTORY_STYLE, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Simulation"))
	private File output;

	/** With the default terms of a simulation. */
	public SimulateCommand() {
		this(true);
	}

	private SimulateCommand(final boolean defaults) {
		if (defaults) fillInDefaults();
	}

	@Override
	protected void present() {
		open(output.toPath().resolve(Simulation.CLEAN), output.toPath().resolve(Simulation.NOISY));
	}

	@Override
	protected List<Path> outputs() {
		final List<Path> outputs = new ArrayList<>(inFolder(output, Simulation.CLEAN, Simulation.NOISY, Simulation.STAR));
		if (like != null && output != null) outputs.add(output.toPath().resolve(LikeParticles.PICTURE));
		return outputs;
	}

	@Override
	protected void execute(final TaskListener listener) {
		final List<Path> sources = existing(required(source, "source"), "source");
		final Path folder = required(output, "output");
		if (star != null) requireApart(folder.resolve(Simulation.STAR), "output", List.of(star.toPath()));
		if (star != null && like != null) throw new ParameterException(
			"star= lists the optics of particles, and like= measures them. Give one of them.");
		final RelionParticles listed = star == null ? null : RelionParticles.readOrientations(existing(star, "star"));
		final int pairs = listed != null && count == DEFAULT_COUNT ? Math.min(count, listed.size()) : count;
		if (like == null) {
			final SimulationTerms terms = terms(SimulationTerms.DEFAULTS);
			Simulation.run(MapSource.states(terms.maps(), sources, listener), terms.options(pairs, listed, seed), folder,
				listener);
		}
		else simulateLike(sources, pairs, folder, listener);
		report(pairs + " pairs of particles: " + folder.resolve(Simulation.NOISY) + ", " + folder.resolve(
			Simulation.CLEAN) + ", " + folder.resolve(Simulation.STAR) + ".");
	}

	private void simulateLike(final List<Path> sources, final int pairs, final Path folder, final TaskListener listener) {
		requireApart(folder.resolve(Simulation.NOISY), "output", List.of(like.toPath()));
		// The fields show the defaults; measured values take their place.
		final SimulateCommand changed = new SimulateCommand(false);
		copyChangedTerms(changed);
		try (LikeParticles real = new LikeParticles(new LikeParticles.Request(like, project, changed.givenTerms(),
			changed::terms), sources, null, seed, listener))
		{
			final PairSimulator simulator = real.simulator(pairs);
			new Simulation(simulator).write(folder, listener);
			real.compare(simulator, folder.resolve(LikeParticles.PICTURE));
		}
	}
}
