package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.cli.Launcher;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.reproduce.Experiments;
import io.github.clearice.star.CtfState;
import io.github.clearice.star.RelionParticles;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every experiment runs from its first step to its page. */
@PlainGraphs
class ExperimentSmokeTest {

	/** Those that need no structure. */
	private static final Set<String> OF_THEIR_OWN = Set.of("su-filament");
	private static final Pattern PICTURE = Pattern.compile("!\\[[^]]*]\\(([^)]+)\\)");

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;

	/** At this size the finer ones, and those with other networks, are the same as their namesakes. */
	static List<String> names() {
		return Experiments.names().stream().filter(name -> !name.endsWith("-resnet") && !name.endsWith("-64")).toList();
	}

	@ParameterizedTest
	@MethodSource("names")
	void runsToItsPage(final String name) throws IOException {
		final Path structures = Files.createDirectory(folder.resolve("structures"));
		for (final String code : List.of("1wcm", "4ake", "5a1a")) Files.writeString(structures.resolve(code + ".pdb"),
			HelixStructure.complexPdb());
		final String page = pageOf(name, OF_THEIR_OWN.contains(name) ? "quiet=true" : "structures=" + structures);
		assertTrue(page.contains("\n- *") && page.contains("**cannot be decided at this size.**"), page);
	}

	@Test
	void trainsOnRefinedParticlesOfOnesOwn() throws IOException {
		final Path structure = folder.resolve("helix.pdb"), map = folder.resolve("refined map.mrc");
		Files.writeString(structure, HelixStructure.pdb());
		done("map", "structure=" + structure, "box=32", "pixel=2", "resolution=6", "output=" + map);
		done("simulate", "source=" + map, "count=32", "snr=1", "ctf=true", "output=" + folder.resolve("job"));
		final String page = pageOf("su-refined-poses", "star=" + folder.resolve("job/particles.star"), "map=" + map);
		assertTrue(page.contains("takes 24 particles of particles.star at random for training.star, 8 others"), page);
		assertTrue(page.contains("| noisy | "), page);
		assertEquals(Launcher.FAILED, run("experiment", "name=su-refined-poses", "size=smoke", "map=" + map, "output=" +
			folder.resolve("other")));
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("Give their STAR file as star=."));
		assertFalse(Files.exists(folder.resolve("other")));
	}

	/** A table as RELION's refinement writes it, with shifts and CTFs; its particles are a helix in noise. */
	@Test
	void reconstructsWhatNetworksMakeOfAJobOfRelion() throws IOException {
		final Path refined = Files.writeString(folder.resolve("run_data.star"), refinedBy(32)), job = folder.resolve("job");
		final Path structure = folder.resolve("helix.pdb"), map = folder.resolve("map.mrc");
		Files.writeString(structure, HelixStructure.pdb());
		done("map", "structure=" + structure, "box=32", "pixel=3.77", "resolution=10", "output=" + map);
		done("simulate", "source=" + map, "count=32", "snr=1", "ctf=true", "star=" + refined, "output=" + job);
		final String page = pageOf("gu-real-particles", "star=" + job.resolve("particles.star"), "map=" + map);
		assertTrue(page.contains("| beta0.5.clearice | "), page);
		assertTrue(page.contains("| denoised | ") && page.contains("| noisy | "), page);
		assertTrue(page.contains("It is as near to the map that was refined"), page);
		final RelionParticles denoised = RelionParticles.read(folder.resolve(
			"my experiments/gu-real-particles/denoised.star"));
		assertTrue(denoised.particles().stream().allMatch(particle -> particle.observation()
			.ctfState() == CtfState.CORRECTED));
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("are free of their CTFs already"));
	}

	private static String refinedBy(final int particles) {
		final StringBuilder star = new StringBuilder("""

			# version 30001

			data_optics

			loop_
			_rlnOpticsGroup #1
			_rlnOpticsGroupName #2
			_rlnImagePixelSize #3
			_rlnImageSize #4
			_rlnImageDimensionality #5
			_rlnVoltage #6
			_rlnSphericalAberration #7
			_rlnAmplitudeContrast #8
			           1 opticsGroup1     3.768736          128            2   300.000000     2.000000     0.100000


			# version 30001

			data_particles

			loop_
			_rlnImageName #1
			_rlnOpticsGroup #2
			_rlnDefocusU #3
			_rlnDefocusV #4
			_rlnDefocusAngle #5
			_rlnPhaseShift #6
			_rlnAngleRot #7
			_rlnAngleTilt #8
			_rlnAnglePsi #9
			_rlnOriginXAngst #10
			_rlnOriginYAngst #11
			_rlnRandomSubset #12
			""");
		final SplittableRandom random = new SplittableRandom(4);
		for (int i = 1; i <= particles; i++) {
			final double defocus = random.nextDouble(9_000, 26_000);
			star.append(String.format(Locale.ROOT,
				"%d@Polish/job031/shiny.mrcs 1 %.6f %.6f %.6f 0.000000 %.6f %.6f %.6f %.6f %.6f %d%n", i, defocus, defocus +
					100, 36.7, random.nextDouble(-180, 180), random.nextDouble(0, 180), random.nextDouble(-180, 180), random
						.nextDouble(-9, 9), random.nextDouble(-9, 9), 1 + i % 2));
		}
		return star.append('\n').toString();
	}

	/** Runs it and returns its page, whose pictures are there. */
	private String pageOf(final String name, final String... parameters) throws IOException {
		// A space, as many a home folder has one.
		final Path output = folder.resolve("my experiments");
		final List<String> words = new ArrayList<>(List.of("experiment", "name=" + name, "size=smoke", "output=" + output));
		words.addAll(List.of(parameters));
		done(words.toArray(new String[0]));
		final Path page = output.resolve(name).resolve(name + ".md");
		final String text = Files.readString(page);
		final Matcher pictures = PICTURE.matcher(text);
		int found = 0;
		for (; pictures.find(); found++)
			assertTrue(Files.size(page.resolveSibling(pictures.group(1))) > 0, pictures.group(1));
		assertTrue(found > 0, text);
		assertTrue(Files.readString(output.resolve("summary.md")).contains("(" + name + ".md)"));
		return text;
	}

	private void done(final String... words) {
		assertEquals(Launcher.DONE, run(words), () -> err.toString(StandardCharsets.UTF_8));
	}

	private int run(final String... words) {
		return new Launcher(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), new PrintStream(err,
			true, StandardCharsets.UTF_8), false).run(words);
	}
}
