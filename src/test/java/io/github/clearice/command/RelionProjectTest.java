package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.cli.Launcher;
import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.reconstruct.Views;
import io.github.clearice.star.RelionParticles;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way from a RELION project and back: its paths start from its own folder, wherever STAR files lie. */
class RelionProjectTest {

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path project;

	/** Particles of an extraction, listed by a refinement, as RELION 3.1 lays them. */
	@BeforeEach
	void makeProject() throws IOException {
		final Volume map = Views.particle(24);
		MrcWriter.writeVolume(project.resolve("map.mrc"), map, MrcMode.FLOAT32);
		done("simulate", "source=" + project.resolve("map.mrc"), "count=16", "snr=2", "ctf=true", "shift=6", "output=" +
			project.resolve("set"));
		final Path micrograph = Files.createDirectories(project.resolve("Extract/job007/Micrographs")).resolve("mic1.mrcs");
		Files.move(project.resolve("set/noisy.mrcs"), micrograph);
		final String star = Files.readString(project.resolve("set/particles.star"));
		Files.writeString(Files.createDirectories(project.resolve("Refine3D/job010")).resolve("run_data.star"), star
			.replace("@noisy.mrcs", "@Extract/job007/Micrographs/mic1.mrcs"));
		done("denoise", "input=" + input(), "method=lowpass", "cutoff=12", "output=" + project.resolve("Denoise/d.mrcs"));
		done("pose", "input=" + input(), "map=" + project.resolve("map.mrc"), "order=0", "shift=0", "output=" + project
			.resolve("Pose/p.star"));
	}

	@Test
	void outputsNameTheirStacksFromTheProjectFolder() {
		final RelionParticles before = RelionParticles.read(input());
		final RelionParticles denoised = RelionParticles.read(project.resolve("Denoise/d.star"));
		assertEquals("Denoise/d.mrcs", denoised.particles().get(2).stack());
		assertEquals(before.table().columns(), denoised.table().columns());
		assertEquals(before.particles().get(3).randomSubset(), denoised.particles().get(3).randomSubset());
		final RelionParticles poses = RelionParticles.read(project.resolve("Pose/p.star"));
		assertEquals("Extract/job007/Micrographs/mic1.mrcs", poses.particles().get(2).stack());
		// The same command replaces its own output.
		done("denoise", "input=" + input(), "method=lowpass", "cutoff=12", "output=" + project.resolve("Denoise/d.mrcs"),
			"overwrite=true");
		done("reconstruct", "star=" + project.resolve("Denoise/d.star"), "halves=false", "output=" + project.resolve(
			"r.mrc"));
	}

	@Test
	void outputsOutsideTheProjectNameTheirStacksFromTheirFolder(@TempDir final Path elsewhere) {
		done("denoise", "input=" + input(), "method=lowpass", "cutoff=12", "output=" + elsewhere.resolve("d.mrcs"));
		assertEquals("d.mrcs", RelionParticles.read(elsewhere.resolve("d.star")).particles().get(2).stack());
	}

	@Test
	void relionReconstructsAndRefinesThem() throws Exception {
		Relion.assumeInstalled("relion_reconstruct", "relion_refine");
		for (final String star : List.of("Denoise/d.star", "Pose/p.star")) {
			Relion.run(project, "relion_reconstruct", "--i", star, "--o", "r.mrc", "--ctf");
			done("fsc", "first=" + project.resolve("r.mrc"), "second=" + project.resolve("map.mrc"));
			final String root = star.replace("star", "run");
			Relion.run(project, "relion_refine", "--i", star, "--ref", "map.mrc", "--o", root, "--iter", "0", "--ini_high",
				"20", "--ctf", "--particle_diameter", "60", "--firstiter_cc", "--healpix_order", "1", "--K", "1");
			final RelionParticles back = RelionParticles.read(project.resolve(root + "_it000_data.star"));
			assertEquals(RelionParticles.read(project.resolve(star)).particles().get(5).imageName(), back.particles().get(5)
				.imageName());
			done("reconstruct", "star=" + project.resolve(root + "_it000_data.star"), "halves=false", "output=" + project
				.resolve("back.mrc"), "overwrite=true");
		}
	}

	private Path input() {
		return project.resolve("Refine3D/job010/run_data.star");
	}

	private void done(final String... words) {
		final int code = new Launcher(new PrintStream(PrintStream.nullOutputStream()), new PrintStream(err, true,
			StandardCharsets.UTF_8), false).run(words);
		assertEquals(Launcher.DONE, code, () -> err.toString(StandardCharsets.UTF_8));
	}
}
