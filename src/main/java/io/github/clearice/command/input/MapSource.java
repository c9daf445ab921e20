package io.github.clearice.command.input;

import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.simulate.SimulationTerms.MapTerms;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.structure.AtomSelection;
import io.github.clearice.structure.BoxSize;
import io.github.clearice.structure.DensityMap;
import io.github.clearice.structure.DensityOptions;
import io.github.clearice.structure.Point;
import io.github.clearice.structure.Structure;
import io.github.clearice.structure.StructureReader;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Gets a density map from a file: a structure becomes one, an MRC volume is one.
 *
 * @param box edge length in voxels, or null for the one suggested (structure) or stored (map)
 * @param pixelSizeAngstrom or null for the default (structure) or the stored one (map)
 * @param resolutionAngstrom of one Gaussian an atom, or null for scattering factors
 * @param selection which atoms of a structure to take
 * @param clip whether a structure too large for the box is cut instead of refused
 */
public record MapSource(Integer box, Double pixelSizeAngstrom, Double resolutionAngstrom, AtomSelection selection,
	boolean clip)
{

	private static final double DEFAULT_PIXEL_SIZE_ANGSTROM = 2;
	private static final double PIXEL_SIZE_TOLERANCE = 1e-3;
	private static final Pattern STRUCTURE = Pattern.compile(".*\\.(pdb\\d*|ent|cif|mmcif|bcif)(\\.gz)?");
	private static final Pattern MAP = Pattern.compile(".*\\.(mrc|map|ccp4|rec)(\\.gz|\\.bz2)?");

	/**
	 * Reads the file and computes the map where it holds a structure.
	 *
	 * @throws ParameterException if it is neither a structure nor a map, or a map of
	 *           another box or pixel size than asked for
	 */
	public Volume read(final Path path, final TaskListener listener) {
		return read(path, Double.NaN, listener);
	}

	/**
	 * Reads or computes the maps of a simulation.
	 *
	 * @throws ParameterException if one is neither a structure nor a map, or there are weights, but not one for each
	 */
	public static List<WeightedMap> states(final MapTerms terms, final List<Path> sources, final TaskListener listener) {
		final double[] shares = terms.shares(sources.size());
		final MapSource maps = new MapSource(terms.box(), terms.pixelSizeAngstrom(), terms.resolutionAngstrom(), terms
			.atoms(), false);
		final List<WeightedMap> states = new ArrayList<>();
		for (final Path path : sources) {
			final WeightedMap state = new WeightedMap(path.getFileName().toString(), maps.read(path, listener), shares[states
				.size()]);
			states.add(terms.dark() ? state.inverted() : state);
		}
		return states;
	}

	/** The map that references are projected from; that of a structure gets the box and pixel size of the particles. */
	public static Volume reference(final MapTerms terms, final Path path, final ParticleStack particles,
		final TaskListener listener)
	{
		final boolean structure = isStructure(path);
		final Double pixelSize = structure && !Double.isNaN(particles.pixelSizeAngstrom()) ? particles.pixelSizeAngstrom()
			: null;
		return new MapSource(structure ? particles.box() : null, pixelSize, terms.resolutionAngstrom(), terms.atoms(),
			false).read(path, listener);
	}

	/**
	 * Reads a file whose voxels have the size of other images where it states none.
	 *
	 * @param partnerPixelSizeAngstrom that of the other images; NaN where it is unknown, too: lengths are in voxels then
	 */
	public Volume read(final Path path, final double partnerPixelSizeAngstrom, final TaskListener listener) {
		final String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
		if (isStructure(path)) return compute(StructureReader.read(path), listener);
		if (MAP.matcher(name).matches()) return readMap(path, partnerPixelSizeAngstrom, listener);
		throw new ParameterException(path + " is neither a structure (.pdb, .cif) nor a map (.mrc, .map), judging by its" +
			" name. Rename it if it is one.");
	}

	/** Whether a file holds a structure, judging by its name. */
	public static boolean isStructure(final Path path) {
		return STRUCTURE.matcher(path.getFileName().toString().toLowerCase(Locale.ROOT)).matches();
	}

	/** The map of a structure, with a message where box or pixel size were chosen for the user. */
	public Volume compute(final Structure whole, final TaskListener listener) {
		whole.warnings().forEach(listener::message);
		final Structure taken = selection.of(whole);
		return compute(List.of(taken), taken.centreOfMass(), listener).get(0);
	}

	/** The maps of the states of a structure, about a centre, in a box that holds all. */
	public List<Volume> compute(final List<Structure> states, final Point centre, final TaskListener listener) {
		final Structure structure = states.get(0);
		final double pixel = pixelSizeAngstrom == null ? DEFAULT_PIXEL_SIZE_ANGSTROM : pixelSizeAngstrom;
		final double resolution = resolutionAngstrom == null ? 0 : resolutionAngstrom;
		final int edge = box == null ? states.stream().mapToInt(state -> new BoxSize(state, centre, pixel, resolution)
			.suggested()).max().orElseThrow() : box;
		final DensityOptions options = new DensityOptions(edge, pixel, resolution, clip);
		if (box == null || pixelSizeAngstrom == null) listener.message(String.format(Locale.ROOT,
			"%s: a box of %d voxels of %s Å.", structure.name(), edge, pixel));
		return states.stream().map(state -> DensityMap.compute(state, centre, options, listener)).toList();
	}

	/** The pixel size that a map's file states; NaN where it states none or is a structure. */
	public static double statedPixelSize(final Path path) {
		if (isStructure(path)) return Double.NaN;
		try (MrcFile file = MrcFile.open(path)) {
			return file.pixelSizeAngstrom();
		}
	}

	private Volume readMap(final Path path, final double partnerPixelSizeAngstrom, final TaskListener listener) {
		try (MrcFile file = MrcFile.open(path)) {
			file.warnings().forEach(listener::message);
			final Volume stored = file.readVolume();
			if (box != null && box != stored.box()) throw new ParameterException(path + " has a box of " + stored.box() +
				" voxels, not " + box + ". Give a map with that box.");
			final boolean known = !Double.isNaN(file.pixelSizeAngstrom());
			if (pixelSizeAngstrom == null && known) return stored;
			if (pixelSizeAngstrom == null) {
				if (Double.isNaN(partnerPixelSizeAngstrom)) {
					listener.message(path + " states no pixel size: lengths are in voxels, not in Å.");
					return stored;
				}
				listener.message(path + " states no pixel size: " + partnerPixelSizeAngstrom +
					" Å is taken, that of the other images.");
				return stored.withPixelSize(partnerPixelSizeAngstrom);
			}
			if (known && Math.abs(pixelSizeAngstrom / stored.pixelSizeAngstrom() - 1) > PIXEL_SIZE_TOLERANCE) {
				throw new ParameterException(path + " has voxels of " + stored.pixelSizeAngstrom() + " Å, not " +
					pixelSizeAngstrom + ". Give a map with that voxel size.");
			}
			return known ? stored : stored.withPixelSize(pixelSizeAngstrom);
		}
	}
}
