package io.github.clearice.command.verb;

import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.Desktop;
import io.github.clearice.command.Plots;
import io.github.clearice.command.WritingCommand;
import io.github.clearice.command.input.ClassLabels;
import io.github.clearice.command.input.Stacks;
import io.github.clearice.evaluate.cluster.Agreement;
import io.github.clearice.evaluate.cluster.AgreementTable;
import io.github.clearice.evaluate.cluster.Clustering;
import io.github.clearice.evaluate.cluster.PlaneAlignment;
import io.github.clearice.evaluate.cluster.PrincipalComponents;
import io.github.clearice.filter.StackSample;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.TabSeparated;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TextFile;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Sorts particles into conformations. */
@Plugin(type = Command.class, name = "cluster", label = "Cluster Conformations...", headless = true, menu = {
	@Menu(label = MenuConstants.PLUGINS_LABEL, weight = MenuConstants.PLUGINS_WEIGHT),
	@Menu(label = "ClearIce"),
	@Menu(label = "Cluster Conformations...", weight = 11) },
	description = "Sorts images into conformations by principal components, k-means and a Gaussian mixture.")
public final class ClusterCommand extends WritingCommand {

	/** Clusters where nobody says how many there are. */
	private static final int USUAL_CLUSTERS = 5;

	/** So many points show where clusters are; fits take minutes with more. */
	private static final int MOST_POINTS = 20_000;

	private static final String SORTING = "Sorting images";

	@Parameter(label = "Image stacks", description = "Stacks, STAR or .cs files, separated by commas, such as" +
		" the noisy particles and results of several methods. Each is clustered separately.", persist = false,
		attrs = @Attr(name = CommandParameter.IMAGE, value = CommandParameter.LIST))
	private String input;

	@Parameter(label = "True classes",
		description = "A STAR file with rlnClassNumber, or a text file with one label per line, to score the" +
		" clusters.", required = false, persist = false)
	private File labels;

	@Parameter(label = "Output folder",
		description = "Folder for scores.tsv, and a table of components and clusters and a scatter plot for each" +
		" stack.",
		style = FileWidget.DIRECTORY_STYLE, persist = false)
	private File output;

	@Parameter(label = "Clusters", description = "Number of clusters, 2 or more. Default: the number of labels, or " +
		USUAL_CLUSTERS + ".", required = false, persist = false)
	private Integer clusters;

	@Parameter(label = "Components", description = "Number of principal components used for clustering, 2 or" +
		" more.", min = "2",
		required = false, persist = false)
	private Integer components = 8;

	@Parameter(label = "Align in the plane",
		description = "Align the images by in-plane rotation first, for particles that share one view. Each stack" +
		" is aligned separately, without a reference.", required = false,
		persist = false)
	private Boolean align = false;

	@Parameter(label = "Seed", description = "Seed of the initial clusters.", required = false, persist = false)
	private Long seed = 1L;

	@Parameter(label = "Project folder", description = Stacks.PROJECT, style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false)
	private File project;

	private final List<Plots.Plot> plots = new ArrayList<>();
	private Path table;

	@Override
	protected void present() {
		Desktop.get().table(TextFile.lines(table));
		for (final Plots.Plot plot : plots) show(plot.image());
	}

	@Override
	public Map<String, String> defaults() {
		return Map.of();
	}

	@Override
	protected List<Path> outputs() {
		if (output == null || input == null) return List.of();
		final List<String> stacks = Arrays.stream(input.split(",")).filter(name -> !name.isBlank()).toList();
		final List<Path> paths = stacks.stream().map(name -> Path.of(name.trim())).toList();
		return inFolder(output, Stream.concat(labels == null ? Stream.empty() : Stream.of("scores.tsv"), IntStream.range(0,
			paths.size()).mapToObj(number -> name(paths, number)).flatMap(name -> Stream.of(name + ".tsv", name + ".png")))
			.toArray(String[]::new));
	}

	@Override
	protected void execute(final TaskListener listener) {
		final List<Path> stacks = existing(required(input, "input"), "input");
		final Path folder = required(output, "output");
		AtomicOutput.requireWritable(folder.resolve("scores.tsv"));
		final ClassLabels truth = labels == null ? null : ClassLabels.read(existing(labels, "labels"));
		final int wanted = clusters != null ? clusters : truth != null ? truth.names().size() : USUAL_CLUSTERS;
		final List<AgreementTable.Row> scores = new ArrayList<>();
		final StringBuilder report = new StringBuilder();
		for (int s = 0; s < stacks.size(); s++) {
			try (ParticleStack opened = Stacks.open(stacks.get(s), null, project, listener)) {
				final PlaneAlignment alignment = align ? new PlaneAlignment(opened, seed, listener) : null;
				final ParticleStack stack = align ? alignment.aligned() : opened;
				final String name = name(stacks, s);
				final PrincipalComponents found = PrincipalComponents.of(stack, Math.max(2, components), seed, listener);
				if (truth != null) Agreement.requireSame(stack.size(), truth.classes().length);
				final int[] chosen = stack.spread(MOST_POINTS);
				if (chosen.length < stack.size()) listener.message(String.format(Locale.ROOT,
					"Clusters are formed by %,d images from all over the stack; then all %,d are sorted into them.",
					chosen.length, stack.size()));
				final double[][] points = found.coordinates(stack, chosen);
				final ToIntFunction<double[]> byMeans = Clustering.byMeans(points, wanted, seed), byMixture = Clustering
					.byMixture(points, byMeans);
				final int[][] sorted = new int[2][stack.size()];
				TextFile.write(folder.resolve(name + ".tsv"), out -> sort(stack, found, List.of(byMeans, byMixture), sorted,
					truth, align ? alignment.anglesDegree() : null, out, listener));
				if (truth != null) for (int m = 0; m < sorted.length; m++) {
					final String method = m == 0 ? "k-means" : "mixture";
					final Agreement agreement = Agreement.of(sorted[m], truth.classes());
					scores.add(new AgreementTable.Row(name, method, agreement));
					report.append(String.format(Locale.ROOT, "%-24s %-8s ARI %5.3f  NMI %5.3f  accuracy %5.1f %%%n", name,
						method, agreement.adjustedRand(), agreement.mutualInformation(), 100 * agreement.accuracy()));
				}
				final int[] shown = truth == null ? sorted[1] : truth.classes();
				final Plots.Plot plot = Desktop.get().plots().scatter("Components of " + name, points, Arrays.stream(chosen)
					.map(image -> shown[image]).toArray(), truth == null ? IntStream.rangeClosed(1, wanted).mapToObj(
						number -> "cluster " + number).toList() : truth.names());
				plot.write(folder.resolve(name + ".png"));
				plots.add(plot);
				table = folder.resolve(truth == null ? name + ".tsv" : "scores.tsv");
			}
		}
		if (truth != null) AgreementTable.write(folder.resolve("scores.tsv"), scores);
		report(report + "Tables and plots are in " + folder + ".");
	}

	/** The file's name, with a number if two have the same name. */
	private static String name(final List<Path> stacks, final int index) {
		final String name = stacks.get(index).getFileName().toString().replaceFirst("\\.[^.]*$", "");
		final long alike = stacks.stream().filter(other -> other.getFileName().toString().replaceFirst("\\.[^.]*$", "")
			.equals(name)).count();
		return alike > 1 ? name + "-" + (index + 1) : name;
	}

	/** Sorts all images, and writes a row for each. */
	private static void sort(final ParticleStack stack, final PrincipalComponents found,
		final List<ToIntFunction<double[]>> methods, final int[][] sorted, final ClassLabels truth,
		final double[] anglesDegree, final Writer out, final TaskListener listener) throws IOException
	{
		out.write(TabSeparated.line("index", "kmeans", "mixture", truth == null ? List.of() : "truth", anglesDegree == null
			? List.of() : "angle", IntStream.rangeClosed(1, found.variances().length).mapToObj(c -> "pc" + c).toList()));
		final float[] image = new float[stack.box() * stack.box()];
		listener.begin(SORTING, stack.size());
		for (int i = 0; i < stack.size(); i++) {
			listener.checkCancelled(SORTING);
			StackSample.read(stack, i, image);
			final double[] point = found.coordinates(image);
			for (int m = 0; m < sorted.length; m++) sorted[m][i] = methods.get(m).applyAsInt(point);
			out.write(TabSeparated.line(i + 1, sorted[0][i] + 1, sorted[1][i] + 1, truth == null ? List.of() : truth.names()
				.get(truth.classes()[i]), anglesDegree == null ? List.of() : TabSeparated.decimals(anglesDegree[i], 2), Arrays
					.stream(point).mapToObj(value -> String.format(Locale.ROOT, "%.5g", value)).toList()));
			listener.progress(i + 1L);
		}
		listener.end();
	}
}
