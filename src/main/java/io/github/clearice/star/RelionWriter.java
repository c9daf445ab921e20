package io.github.clearice.star;

import io.github.clearice.star.ObservationModel.ObservationColumns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the tables of RELION 3.1 from records. */
final class RelionWriter {

	/** What RELION 3.1 writes above its tables and looks for when it reads them. */
	static final int VERSION = 30001;

	private RelionWriter() {}

	static StarFile tables(final List<OpticsGroup> optics, final List<RelionParticle> particles) {
		return new StarFile(List.of(optics(optics), particles(optics, particles)));
	}

	private static StarTable optics(final List<OpticsGroup> groups) {
		final boolean observed = groups.stream().anyMatch(group -> !group.observation().equals(ObservationModel.IDEAL));
		final List<String> columns = new ArrayList<>(List.of("rlnOpticsGroup", "rlnOpticsGroupName", "rlnVoltage",
			"rlnSphericalAberration", "rlnAmplitudeContrast", "rlnImagePixelSize", "rlnImageSize", "rlnImageDimensionality"));
		if (observed) columns.addAll(ObservationColumns.NAMES);
		final StarTable.Builder table = StarTable.loop("optics", columns.toArray(new String[0]));
		for (final OpticsGroup group : groups) {
			final List<String> row = new ArrayList<>(List.of(Integer.toString(group.number()), group.name(), number("voltage",
				group.voltageKilovolt()), number("spherical aberration", group.sphericalAberrationMillimetre()), number(
					"amplitude contrast", group.amplitudeContrast()), number("pixel size", group.pixelSizeAngstrom()), Integer
						.toString(group.imageSize()), "2"));
			if (observed) row.addAll(ObservationColumns.values(group.observation()));
			table.add(row.toArray(new String[0]));
		}
		return table.build().withVersion(VERSION);
	}

	private static StarTable particles(final List<OpticsGroup> optics, final List<RelionParticle> particles) {
		final Map<Integer, OpticsGroup> groups = new HashMap<>();
		for (final OpticsGroup group : optics) if (groups.put(group.number(), group) != null)
			throw new IllegalArgumentException("Optics group " + group.number() + " is given twice.");
		final boolean withCtf = particles.stream().anyMatch(particle -> particle.ctf() != null);
		final List<String> columns = new ArrayList<>(List.of("rlnImageName", "rlnOpticsGroup", "rlnAngleRot",
			"rlnAngleTilt", "rlnAnglePsi", "rlnOriginXAngst", "rlnOriginYAngst", "rlnClassNumber", "rlnRandomSubset"));
		if (withCtf) columns.addAll(List.of("rlnDefocusU", "rlnDefocusV", "rlnDefocusAngle", "rlnPhaseShift",
			"rlnCtfBfactor", "rlnCtfScalefactor"));
		final StarTable.Builder table = StarTable.loop("particles", columns.toArray(new String[0]));
		for (final RelionParticle particle : particles) {
			final OpticsGroup group = groups.get(particle.opticsGroup());
			if (group == null) throw new IllegalArgumentException("Particle " + particle.imageName() +
				" has an optics group, " + particle.opticsGroup() + ", that is not given.");
			if (!particle.observation().equals(group.observation())) throw new IllegalArgumentException("Particle " + particle
				.imageName() + " has other aberrations, magnification or state of the CTF than its optics group.");
			table.add(row(particle, group, withCtf).toArray(new String[0]));
		}
		return table.build().withVersion(VERSION);
	}

	private static List<String> row(final RelionParticle particle, final OpticsGroup group, final boolean withCtf) {
		final List<String> row = new ArrayList<>();
		row.add(particle.imageName());
		row.add(Integer.toString(particle.opticsGroup()));
		row.add(number("rot", particle.rotDegree()));
		row.add(number("tilt", particle.tiltDegree()));
		row.add(number("psi", particle.psiDegree()));
		row.add(number("origin", particle.originXAngstrom()));
		row.add(number("origin", particle.originYAngstrom()));
		row.add(Integer.toString(particle.classNumber()));
		row.add(Integer.toString(particle.randomSubset()));
		if (!withCtf) return row;
		final RelionCtf ctf = particle.ctf();
		if (ctf == null) throw new IllegalArgumentException("Particle " + particle.imageName() +
			" has no CTF, but others have.");
		if (ctf.voltageKilovolt() != group.voltageKilovolt() || ctf.sphericalAberrationMillimetre() != group
			.sphericalAberrationMillimetre() || ctf.amplitudeContrast() != group.amplitudeContrast())
			throw new IllegalArgumentException("The CTF of particle " + particle.imageName() +
				" has another voltage, aberration or amplitude contrast than its optics group.");
		row.add(number("defocus", ctf.defocusUAngstrom()));
		row.add(number("defocus", ctf.defocusVAngstrom()));
		row.add(number("defocus angle", ctf.defocusAngleDegree()));
		row.add(number("phase shift", ctf.phaseShiftDegree()));
		row.add(number("B factor", ctf.bFactorSquareAngstrom()));
		row.add(number("scale", ctf.scale()));
		return row;
	}

	/** The shortest text that reads back as the same number. */
	private static String number(final String what, final double value) {
		if (!Double.isFinite(value)) throw new IllegalArgumentException("The " + what + " must be a number, not " + value +
			".");
		return Double.toString(value);
	}
}
