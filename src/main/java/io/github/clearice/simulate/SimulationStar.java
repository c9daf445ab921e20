package io.github.clearice.simulate;

import io.github.clearice.star.CtfState;
import io.github.clearice.star.ObservationModel;
import io.github.clearice.star.OpticsGroup;
import io.github.clearice.star.RelionCtf;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The particle table of a simulation: RELION 3.1's, with the clean image of each
 * particle in a column of its own and the terms of the simulation in a third
 * table.
 */
final class SimulationStar {

	/** Names the clean image as {@code rlnImageName} names the noisy one. */
	static final String CLEAN_COLUMN = "clearIceCleanImageName";

	/** Values of the optics table for particles without CTF: RELION requires numbers there. */
	private static final CtfParameters UNUSED = new CtfParameters(0, 0, 0, 300, 2.7, 0.1, 0, 0, 1);

	private SimulationStar() {}

	static void write(final Path target, final PairSimulator simulator, final String noisy, final String clean) {
		final int count = simulator.options().count();
		final Map<CtfParameters, OpticsGroup> groups = new LinkedHashMap<>();
		final List<RelionParticle> rows = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			final PairSimulator.Particle particle = simulator.particle(i);
			final boolean transferred = particle.ctf() != null && (particle.ctf().observation()
				.ctfState() != CtfState.CORRECTED || particle.ctf().observation().isAntisymmetric());
			final CtfParameters optics = transferred ? particle.ctf() : UNUSED.with(new ObservationModel(0, 0, List.of(), List
				.of(), CtfParameters.magnification(particle.ctf()), CtfState.RECORDED));
			final OpticsGroup group = groups.computeIfAbsent(optics.ofGroup(), key -> group(groups.size() + 1, optics,
				simulator));
			final RelionCtf ctf = transferred ? optics.toRelion() : null;
			final Orientation view = particle.pose().orientation();
			rows.add(RelionParticle.of(noisy, i, view.rotDegree(), view.tiltDegree(), view.psiDegree(), particle.pose()
				.originXAngstrom(), particle.pose().originYAngstrom(), simulator.pixelSizeAngstrom(), ctf, group.number(),
				particle.state(), 1 + i % 2, 0, optics.observation()));
		}
		final RelionParticles particles = RelionParticles.of(List.copyOf(groups.values()), rows);
		final StarTable table = particles.table();
		final StarTable named = table.withColumn(CLEAN_COLUMN, row -> {
			final String name = table.get(row, "rlnImageName");
			return name.substring(0, name.indexOf('@') + 1) + clean;
		});
		final List<StarTable> tables = new ArrayList<>(particles.tables().with(table, named).tables());
		tables.add(terms(simulator));
		new StarFile(tables).write(target);
	}

	private static OpticsGroup group(final int number, final CtfParameters ctf, final PairSimulator simulator) {
		return new OpticsGroup(number, "opticsGroup" + number, ctf.voltageKilovolt(), ctf.sphericalAberrationMillimetre(),
			ctf.amplitudeContrast(), simulator.pixelSizeAngstrom(), simulator.box(), ctf.observation());
	}

	/** The noise level with its definition, so that nobody has to guess it. */
	private static StarTable terms(final PairSimulator simulator) {
		final SimulationOptions options = simulator.options();
		final NoiseModel noise = options.noise();
		final boolean bySnr = noise.snr() != null;
		return StarTable.loop("clearice_simulation", "clearIceSeed", "clearIceSnr", "clearIceSnrDefinition",
			"clearIceNoiseSigma", "clearIceIceShare", "clearIceNoiseColour", "clearIceCleanImage", "clearIceBin",
			"clearIcePadding").add( //
				Long.toString(options.seed()), //
				bySnr ? noise.snr().toString() : "none", //
				bySnr ? "var(signal)/var(noise)_over_the_box_by_" + noise.definition().name().toLowerCase(Locale.ROOT)
					: "none", //
				Double.isNaN(simulator.noiseSigma()) ? "by_image" : Double.toString(simulator.noiseSigma()), //
				noise.iceShare().toString(), //
				noise.spectrum() == null ? "white" : "radial_spectrum", //
				options.clean().name().toLowerCase(Locale.ROOT), //
				Integer.toString(options.bin()), //
				Integer.toString(options.padding())).build();
	}
}
