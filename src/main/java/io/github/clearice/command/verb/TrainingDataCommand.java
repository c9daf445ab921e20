package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.input.Stacks;
import io.github.clearice.command.input.TrainingFiles;

import java.io.File;
import java.util.LinkedHashSet;
import java.util.Set;

import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

/** The parameters that define the data of a training. */
abstract class TrainingDataCommand extends SimulatingCommand {

	@Parameter(label = "Noisy particles", description = "An MRC stack, or a STAR or .cs file. Not with map=.", required =
		false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Training") })
	private File noisy;

	@Parameter(label = "Clean particles", description = "The ground truth: as many images of the same size, in" +
		" the same order. With supervision=noise2void, used only for validation.", required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Training") })
	private File clean;

	@Parameter(label = "Guides", description = "With noisy= and clean=: an estimate of each particle that another" +
		" method made from the whole stack, such as cwf. The network sees it beside the noisy image and learns" +
		" what to add to it.", required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Other data") })
	private File guide;

	@Parameter(label = "Second noisy particles",
		description = "A second set of noisy images of the same particles, with independent noise, such as from" +
		" even and odd frames. They replace clean images as targets (Noise2Noise); clean= is then used only for" +
		" validation.", required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Other data") })
	private File second;

	@Parameter(label = "Refined particles",
		description = "A STAR or .cs file with images, angles and origins. With map=, the training targets are" +
		" projections of the map at the angles and origins of the particles.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private File star;

	@Parameter(label = "Map", description = "Without star=, particles are simulated from it during the training," +
		" each used once: a structure (.pdb, .cif) or a map (.mrc, .map), or several separated by commas." +
		" The parameters from box= to treatment= describe these particles.",
		required = false,
		persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE, value = CommandParameter.LIST),
			@Attr(name = CommandParameter.SECTION, value = "Training") })
	private String map;

	@Parameter(label = "Like these particles", description = "With map=: your own particles, an MRC stack or a STAR or" +
		" .cs file. Their SNR, noise, optics, shifts, background and contrast are measured and simulated. Values " +
		"that you give take precedence.", required = false, persist = false,
		attrs = { @Attr(name = CommandParameter.IMAGE),
			@Attr(name = CommandParameter.SECTION, value = "Training") })
	private File like;

	@Parameter(label = "Pairs of an epoch",
		description = "With map= and without star=: number of pairs simulated per epoch.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private Integer count;

	@Parameter(label = "Project folder", description = Stacks.PROJECT, style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Other data"))
	private File project;

	/** The training data. */
	final TrainingFiles files() {
		final Set<String> given = new LinkedHashSet<>(givenTerms());
		if (count != null) given.add("count");
		return new TrainingFiles(noisy, clean, guide, second, star, like, project, map, given, base -> terms(
			count == null ? base : base.withCount(count)));
	}
}
