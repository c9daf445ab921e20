package io.github.clearice.micrograph;

import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.simulate.Orientation;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The truth about simulated micrographs: RELION's coordinates of all particles, and a table of the micrographs with
 * their optics, as a CTF estimation would leave it.
 */
final class MicrographStar {

	private static final List<String> PARTICLES = List.of("rlnMicrographName", "rlnCoordinateX", "rlnCoordinateY",
		"rlnAngleRot", "rlnAngleTilt", "rlnAnglePsi", "rlnClassNumber");
	private static final List<String> DEFOCI = List.of("rlnDefocusU", "rlnDefocusV", "rlnDefocusAngle");

	private final StarTable.Builder particles;
	private final StarTable.Builder micrographs;
	private final boolean transferred;
	private StarTable optics;

	/** @param transferred whether there is a CTF */
	MicrographStar(final boolean transferred) {
		this.transferred = transferred;
		particles = StarTable.loop("particles", columns(PARTICLES));
		micrographs = StarTable.loop("micrographs", columns(List.of("rlnMicrographName", "rlnOpticsGroup",
			"clearIceThicknessNanometre", "clearIceSnr")));
	}

	private String[] columns(final List<String> first) {
		final List<String> all = new ArrayList<>(first);
		if (transferred) all.addAll(DEFOCI);
		return all.toArray(new String[0]);
	}

	void add(final SimulatedMicrograph micrograph) {
		final String name = micrograph.noisy().name();
		for (final SimulatedMicrograph.Particle particle : micrograph.particles()) {
			final Orientation view = particle.orientation();
			particles.add(row(particle.ctf(), name, number(particle.x()), number(particle.y()), number(view.rotDegree()),
				number(view.tiltDegree()), number(view.psiDegree()), Integer.toString(particle.state() + 1)));
		}
		if (optics == null) optics = optics(micrograph);
		micrographs.add(row(micrograph.ctf(), name, "1", number(micrograph.thicknessNanometre()), String.format(Locale.ROOT,
			"%.6g", micrograph.snr())));
	}

	private StarTable optics(final SimulatedMicrograph micrograph) {
		final String pixel = Double.toString(micrograph.noisy().pixelSizeAngstrom());
		final CtfParameters ctf = micrograph.ctf();
		if (!transferred) return StarTable.loop("optics", "rlnOpticsGroup", "rlnOpticsGroupName", "rlnMicrographPixelSize")
			.add("1", "opticsGroup1", pixel).build();
		return StarTable.loop("optics", "rlnOpticsGroup", "rlnOpticsGroupName", "rlnMicrographPixelSize", "rlnVoltage",
			"rlnSphericalAberration", "rlnAmplitudeContrast").add("1", "opticsGroup1", pixel, Double.toString(ctf
				.voltageKilovolt()), Double.toString(ctf.sphericalAberrationMillimetre()), Double.toString(ctf
					.amplitudeContrast())).build();
	}

	private static String[] row(final CtfParameters ctf, final String... first) {
		final List<String> all = new ArrayList<>(List.of(first));
		if (ctf != null) all.addAll(List.of(number(ctf.defocusUAngstrom()), number(ctf.defocusVAngstrom()), number(ctf
			.defocusAngleDegree())));
		return all.toArray(new String[0]);
	}

	private static String number(final double value) {
		return String.format(Locale.ROOT, "%.3f", value);
	}

	void write(final Path target) {
		new StarFile(List.of(optics, micrographs.build(), particles.build())).write(target);
	}
}
