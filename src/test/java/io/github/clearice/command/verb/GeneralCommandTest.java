package io.github.clearice.command.verb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.ClearIce;
import io.github.clearice.cli.Launcher;
import io.github.clearice.denoise.GeneralModel;
import io.github.clearice.model.TinyModel;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TemporaryFolder;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneralCommandTest {

	@TempDir
	static Path folder;

	private static final ByteArrayOutputStream OUT = new ByteArrayOutputStream();
	private static final ByteArrayOutputStream ERR = new ByteArrayOutputStream();

	@BeforeAll
	static void simulate() {
		done("simulate", "source=sample-data/betagal_5a1a_64_4A.mrc", "count=6", "snr=1", "output=" + folder.resolve(
			"set"));
	}

	@Test
	void isWhatDenoiseDoesUnlessToldOtherwise() {
		done("denoise", "input=" + folder.resolve("set/noisy.mrcs"));
		assertTrue(OUT.toString(StandardCharsets.UTF_8).contains("6 particles denoised with general"), OUT.toString(
			StandardCharsets.UTF_8));
		try (ParticleStack denoised = MrcParticleStack.open(folder.resolve("set/noisy-denoised.mrcs"))) {
			assertEquals(6, denoised.size());
			assertEquals(64, denoised.box());
		}
	}

	/** With the clean images for guides, hardly anything is left to do. */
	@Test
	void takesGuidesThatAreThere() {
		try (TemporaryFolder unpacked = new TemporaryFolder("test")) {
			done("denoise", "input=" + folder.resolve("set/noisy.mrcs"), "method=" + GeneralModel.unpack(unpacked), "guide=" +
				folder.resolve("set/clean.mrcs"), "output=" + folder.resolve("guided.mrcs"));
		}
		final double error = squares("guided.mrcs"), noise = squares("set/noisy.mrcs");
		assertTrue(error < 0.1 * noise, "error " + error + " of " + noise);
	}

	/** The sum of squared differences from the clean images. */
	private static double squares(final String file) {
		double sum = 0;
		try (ParticleStack images = MrcParticleStack.open(folder.resolve(file));
				ParticleStack clean = MrcParticleStack.open(folder.resolve("set/clean.mrcs")))
		{
			final float[] image = new float[64 * 64], truth = image.clone();
			for (int i = 0; i < images.size(); i++) {
				images.read(i, image);
				clean.read(i, truth);
				for (int p = 0; p < image.length; p++) sum += Math.pow(image[p] - truth[p], 2);
			}
		}
		return sum;
	}

	@Test
	void theWorkerIsNotAskedWhetherAStackSuits() {
		final List<String> messages = new ArrayList<>();
		try (WorkerDenoiser network = WorkerDenoiser.general(Map.of());
				ParticleStack noisy = MrcParticleStack.open(folder.resolve("set/noisy.mrcs")))
		{
			network.prepare(noisy, new TaskListener() {

				@Override
				public void message(final String line) {
					messages.add(line);
				}
			});
			assertEquals("general", network.name());
		}
		assertEquals(List.of(), messages);
	}

	@Test
	void showsParticlesOfAMicrographWhereTheyAre() {
		done("micrograph", "source=sample-data/betagal_5a1a_64_4A.mrc", "width=200", "height=160", "particles=1", "snr=0.3",
			"seed=4", "keepctf=true", "ctf=false", "output=" + folder.resolve("m"));
		ERR.reset();
		done("denoise", "input=" + folder.resolve("m/noisy.mrcs"), "particle=180", "output=" + folder.resolve("m/d.mrc"));
		assertTrue(ERR.toString(StandardCharsets.UTF_8).contains("shows bright particles of about"), ERR.toString(
			StandardCharsets.UTF_8));
		final float[] truth = micrograph("m/clean.mrcs"), before = micrograph("m/noisy.mrcs"), after = micrograph(
			"m/d.mrc");
		assertTrue(correlation(after, truth) > 0.9, () -> "correlation " + correlation(after, truth) + ", before " +
			correlation(before, truth));
		assertTrue(correlation(before, truth) < 0.5);
		try (TemporaryFolder unpacked = new TemporaryFolder("test")) {
			done("denoise", "input=" + folder.resolve("m/noisy.mrcs"), "method=" + GeneralModel.unpack(unpacked),
				"particle=180", "output=" + folder.resolve("m/file.mrc"));
		}
		assertArrayEquals(after, micrograph("m/file.mrc"));
		refused("too large", "denoise", "input=" + folder.resolve("m/noisy.mrcs"), "particle=5000", "output=" + folder
			.resolve("n.mrc"));
		refused("particle= is for method=general", "denoise", "input=" + folder.resolve("m/noisy.mrcs"), "method=wiener",
			"particle=180", "output=" + folder.resolve("n.mrc"));
		refused("are taken for particles", "denoise", "input=" + folder.resolve("set/noisy.mrcs"), "particle=180",
			"output=" + folder.resolve("n.mrc"));
		assertTrue(Files.notExists(folder.resolve("n.mrc")));
	}

	/** Such as that of the micrographs which general.star lists. */
	@Test
	void aFolderOfThisNameDoesNotHideTheModel() throws IOException, InterruptedException {
		final Path place = Files.createDirectories(folder.resolve("place/general")).getParent();
		final String classes = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(entry -> Path
			.of(entry).toAbsolutePath().toString()).collect(Collectors.joining(File.pathSeparator));
		final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Xmx512m", "-cp", classes, ClearIce.class.getName(), "card", "model=general", "output=card.html").directory(place
				.toFile()).redirectErrorStream(true).redirectOutput(place.resolve("output.txt")
				.toFile()).start();
		assertEquals(0, process.waitFor(), () -> "see " + place.resolve("output.txt"));
		assertTrue(Files.exists(place.resolve("card.html")));
	}

	private static float[] micrograph(final String file) {
		try (MrcFile mrc = MrcFile.open(folder.resolve(file))) {
			final float[] pixels = new float[mrc.width() * mrc.height()];
			mrc.readSection(0, pixels);
			return pixels;
		}
	}

	private static double correlation(final float[] first, final float[] second) {
		final double[] x = new double[first.length], y = new double[first.length];
		for (int i = 0; i < x.length; i++) {
			x[i] = first[i];
			y[i] = second[i];
		}
		return new PearsonsCorrelation().correlation(x, y);
	}

	@Test
	void refusesGuidesWhereTheyHaveNoUse() {
		TinyModel.model().write(folder.resolve("tiny.clearice"));
		final String input = "input=" + folder.resolve("set/noisy.mrcs"), guide = "guide=" + folder.resolve(
			"set/clean.mrcs"), output = "output=" + folder.resolve("refused.mrcs");
		refused("was trained without guides", "denoise", input, guide, output, "method=" + folder.resolve("tiny.clearice"));
		refused("guide= is for models", "denoise", input, guide, output);
		refused("guide= is for models", "denoise", input, guide, output, "method=cwf");
	}

	private static void done(final String... words) {
		assertEquals(Launcher.DONE, run(words), () -> ERR.toString(StandardCharsets.UTF_8));
	}

	private static void refused(final String part, final String... words) {
		ERR.reset();
		assertEquals(Launcher.FAILED, run(words));
		assertTrue(ERR.toString(StandardCharsets.UTF_8).contains(part), ERR.toString(StandardCharsets.UTF_8));
	}

	private static int run(final String... words) {
		return new Launcher(new PrintStream(OUT, true, StandardCharsets.UTF_8), new PrintStream(ERR, true,
			StandardCharsets.UTF_8), false).run(words);
	}
}
