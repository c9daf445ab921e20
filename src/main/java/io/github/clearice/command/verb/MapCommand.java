package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.MapSource;
import io.github.clearice.fourier.Volume;
import io.github.clearice.fourier.VolumeBinning;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.structure.AtomSelection;
import io.github.clearice.structure.ConformationSeries;
import io.github.clearice.structure.Point;
import io.github.clearice.structure.Structure;
import io.github.clearice.structure.StructureOptions;
import io.github.clearice.structure.StructureOptions.Plddt;
import io.github.clearice.structure.StructureReader;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Computes a density map from an atomic structure. */
@Plugin(type = Command.class, name = "map", label = "Map from Structure...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Map from Structure...", weight = 1) },
	description = "Computes a density map from a PDB or mmCIF structure.")
public final class MapCommand extends WritingCommand {

	private static final String FLOAT32 = "float32";
	private static final String FLOAT16 = "float16";
	private static final String TAKEN = "taken";
	private static final String WHOLE = "whole";

	@Parameter(label = "Structure", description = "A PDB or mmCIF file, plain or gzipped.", persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private File structure;

	@Parameter(label = "Box (voxels)", description = "Edge length of the map. Default: 1.5 times the longest" +
		" diameter of the structure, rounded up to a multiple of 8.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private Integer box;

	@Parameter(label = "Pixel size (Å)", description = "Edge length of a voxel.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private Double pixel = 2.0;

	@Parameter(label = "Resolution (Å)", description = "Resolution of the map: each atom becomes one Gaussian." +
		" Default: electron scattering factors (Peng 1996) with the B factors of the file.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private Double resolution;

	@Parameter(label = "Bin", description = "Makes the map this many times smaller by cropping its Fourier transform," +
		" for particles that were binned likewise (simulate bin=). Densities are scaled so that projections keep theirs.",
		min = "1", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private Integer bin = 1;

	@Parameter(label = "Chains", description = "Chains to include, such as A,B,E-G, or ranges of residues, such" +
		" as A:1-346,B. Default: all.", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private String chains = "";

	@Parameter(label = "Exclude", description = "Atoms to leave out, separated by commas: water, hydrogen," +
		" ligand, protein, nucleic, chain:NAME for a chain, or chain:A:810-1070 for a range of its residues.",
		required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private String exclude = "";

	@Parameter(label = "Centre",
		description = "Centre of the map: the centre of mass of the included atoms (taken), or of the whole" +
		" structure (whole). Use whole for maps of parts that must fit together.", choices = { TAKEN, WHOLE },
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private String centre = TAKEN;

	@Parameter(label = "Model", description = "Number of the model in the file, from 1.", min = "1", required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure"))
	private Integer model = 1;

	@Parameter(label = "Assembly",
		description = "Biological assembly to build, by its number in the file (REMARK 350 or" +
		" pdbx_struct_assembly), such as 1. Copies of chain A are named A-2, A-3 and so on. Use models to" +
		" combine all models of the file, as in assembly files (.pdb1). Default: the atoms listed in the file.",
		required = false,
		persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure"))
	private String assembly = "";

	@Parameter(label = "Alternate locations",
		description = "all includes every alternate location, weighted by its occupancy. highest keeps the one" +
		" with the highest occupancy in each residue. A label, such as B, keeps that one where it exists. A" +
		" location that is kept gets the full occupancy.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure"))
	private String alternates = StructureOptions.ALL;

	@Parameter(label = "pLDDT",
		description = "Predicted models (AlphaFold) store confidences in place of B factors. ignore leaves them" +
		" out, convert estimates B factors from them, keep uses them as if they were B factors.", choices = { "ignore",
				"convert", "keep" }, required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Structure"))
	private String plddt = "ignore";

	@Parameter(label = "Cut what does not fit", description = "Cut a structure that is larger than the box at" +
		" its faces, instead of refusing it.", required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private Boolean clip = false;

	@Parameter(label = "Pixel type", description = "Number format of the voxels in the file.", choices = { FLOAT32,
		FLOAT16 },
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private String type = FLOAT32;

	@Parameter(label = "Second structure",
		description = "The same molecule in a second conformation. A map is written for each state between the two.",
			required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Conformations"))
	private File second;

	@Parameter(label = "Hinged part",
		description = "Chains or ranges of residues, such as A,E-G or A:1-346,A:1395-1435, that rotate as a rigid" +
		" body about their contact with the rest. A map is written for each state.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Conformations"))
	private String hinge = "";

	@Parameter(label = "Hinge angle (degrees)", description = "With hinge=: angle between the first and the last" +
		" state.",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Conformations"))
	private Double angle = 20.0;

	@Parameter(label = "States", description = "With second= or hinge=: number of states, in equal steps.", min = "2",
		required = false, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Conformations"))
	private Integer states = 5;

	@Parameter(label = "Map", description = "The MRC volume to write.",
		style = FileWidget.SAVE_STYLE, persist = false,
		attrs = @Attr(name = CommandParameter.SECTION, value = "Main"))
	private File output;

	private final List<Path> written = new ArrayList<>();

	@Override
	protected void present() {
		open(written.toArray(Path[]::new));
	}

	@Override
	protected List<Path> outputs() {
		if (output == null || second == null && hinge.isBlank()) return super.outputs();
		return IntStream.rangeClosed(1, states).mapToObj(state -> stateFile(output.toPath(), state)).toList();
	}

	@Override
	protected void execute(final TaskListener listener) {
		final Path source = existing(structure, "structure");
		final Path target = required(output, "output");
		requireApart(target, "output", List.of(source));
		AtomicOutput.requireWritable(target);
		if (second != null || !hinge.isBlank()) {
			writeSeries(source, target, listener);
			return;
		}
		final AtomSelection selection = new AtomSelection(chains, exclude);
		final Structure whole = StructureReader.read(source, options(model, alternates)), taken = selection.of(whole);
		whole.warnings().forEach(listener::message);
		final Volume map = VolumeBinning.of(new MapSource(box, pixel, resolution, selection, clip).compute(List.of(taken),
			middle(whole, taken), listener).get(0), bin);
		write(target, map);
		report(String.format(Locale.ROOT, "%s: %d x %d x %d voxels of %s Å.", target, map.box(), map.box(), map.box(), map
			.pixelSizeAngstrom()));
	}

	private StructureOptions options(final int number, final String locations) {
		// Files of one model may number it otherwise.
		return new StructureOptions(number == 1 ? OptionalInt.empty() : OptionalInt.of(number), locations, Plddt.of(plddt),
			assembly);
	}

	private void write(final Path target, final Volume map) {
		MrcWriter.writeVolume(target, map, FLOAT16.equals(type) ? MrcMode.FLOAT16 : MrcMode.FLOAT32);
		written.add(target);
	}

	private Point middle(final Structure whole, final Structure taken) {
		return (WHOLE.equals(centre) ? whole : taken).centreOfMass();
	}

	private static String name(final Path target) {
		return target.getFileName().toString().replaceFirst("\\.(mrc|map)$", "");
	}

	/** @param state from 1 */
	private static Path stateFile(final Path target, final int state) {
		return target.resolveSibling(name(target) + "-" + state + ".mrc");
	}

	private void writeSeries(final Path source, final Path target, final TaskListener listener) {
		if (second != null && !hinge.isBlank()) throw new ParameterException(
			"second= and hinge= are two ways to a series. Give one of them.");
		final AtomSelection selection = new AtomSelection(chains, exclude);
		// Each atom has one place that it goes to the next from.
		final String one = alternates.equals(StructureOptions.ALL) ? StructureOptions.HIGHEST : alternates;
		final Structure whole = StructureReader.read(source, options(model, one)), first = selection.of(whole);
		final List<Structure> series = second != null ? ConformationSeries.between(first, selection.of(StructureReader.read(
			existing(second, "second"), options(1, one))), states) : ConformationSeries.hinge(first, hinge, angle, states);
		final List<Volume> maps = new MapSource(box, pixel, resolution, selection, clip).compute(series, middle(whole,
			first), listener).stream().map(map -> VolumeBinning.of(map, bin)).toList();
		for (int state = 0; state < maps.size(); state++)
			write(stateFile(target, state + 1), maps.get(state));
		final String name = name(target);
		report(String.format(Locale.ROOT, "%d states of %d atoms, %s-1.mrc to %s-%d.mrc:" +
			" %d x %d x %d voxels of %s Å.", maps
			.size(), series.get(0).atoms().size(), name, name, maps.size(), maps.get(0).box(), maps.get(0).box(), maps.get(0)
				.box(), maps.get(0).pixelSizeAngstrom()));
	}
}
