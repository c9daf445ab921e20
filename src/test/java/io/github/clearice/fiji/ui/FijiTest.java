package io.github.clearice.fiji.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The same in a real Fiji without a display, whose folder is given by {@code -Dfiji.dir=...}. */
@EnabledIfSystemProperty(named = "fiji.dir", matches = ".+", disabledReason =
	"needs a Fiji: give its folder by -Dfiji.dir=/path/to/Fiji.app")
class FijiTest {

	private static final long LONGEST_SECONDS = 1800;

	private static Path fiji;

	@TempDir
	Path folder;

	@BeforeAll
	static void findFiji() {
		fiji = Path.of(System.getProperty("fiji.dir"));
		assertTrue(Files.isDirectory(fiji.resolve("jars")), fiji + " has no folder jars: it is no Fiji");
	}

	@Test
	void opensDenoisesAndSavesInAMacro() throws IOException, InterruptedException {
		try (MrcWriter writer = MrcWriter.stack(folder.resolve("stack.mrcs"), 16, 16, 2.5, MrcMode.FLOAT32)) {
			for (int i = 0; i < 5; i++) {
				final float[] pixels = new float[256];
				pixels[3] = i;
				writer.write(pixels);
			}
			writer.commit();
		}
		final List<String> lines = run("""
			open("FOLDER/stack.mrcs");
			getPixelSize(unit, width, height);
			setSlice(5);
			text = unit + " " + width + " " + nSlices + " " + getPixel(3, 0) + "\\n";
			run("Denoise...", "method=lowpass cutoff=20");
			text = text + getTitle() + " " + nSlices + "\\n";
			run("MRC...", "output=[FOLDER/saved.mrcs]");
			File.saveString(text, "FOLDER/out.txt");
			run("Denoise...", "method=lowpass");
			File.saveString("went on", "FOLDER/out.txt");
			""");
		assertEquals(List.of("Å 2.5 5 4", "stack-denoised 5"), lines);
		assertTrue(Files.exists(folder.resolve("saved.mrcs")));
	}

	/** Two images, one after the other, in batch mode: the pool of threads and ImageJ's lists are Fiji's own. */
	@Test
	void eachOfTwoImagesIsTheActiveOneInItsTurn() throws IOException, InterruptedException {
		for (int value = 1; value <= 2; value++) {
			try (MrcWriter writer = MrcWriter.stack(folder.resolve(value + ".mrcs"), 16, 16, 2.5, MrcMode.FLOAT32)) {
				final float[] pixels = new float[256];
				Arrays.fill(pixels, value);
				for (int i = 0; i < 3; i++) writer.write(pixels);
				writer.commit();
			}
		}
		assertEquals(List.of("1.mrcs 1-denoised 1 2.mrcs 2-denoised 2 images 4 file 2.mrcs MRC stack"), run("""
			setBatchMode(true);
			text = "";
			for (i = 1; i <= 2; i++) {
				open("FOLDER/" + i + ".mrcs");
				text = text + getTitle() + " ";
				run("Denoise...", "method=lowpass cutoff=20");
				text = text + getTitle() + " " + getPixel(8, 8) + " ";
			}
			text = text + "images " + nImages;
			selectImage("2.mrcs");
			text = text + " file " + getInfo("image.filename") + " " + substring(getMetadata("Info"), 0, 9);
			File.saveString(text, "FOLDER/out.txt");
			"""));
	}

	/** The content of {@code out.txt} that a macro wrote. */
	private List<String> run(final String macro) throws IOException, InterruptedException {
		final Path file = Files.writeString(folder.resolve("test.ijm"), macro.replace("FOLDER", folder.toString()));
		final ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java")
			.toString(), "-Xmx2g", "-Djava.awt.headless=true", "-Duser.home=" + folder, "-Dplugins.dir=" + fiji,
			"-Dimagej.dir=" + fiji, "--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp", classPath(), "net.imagej.Main",
			"--headless", "-macro", file.toString());
		final Path log = folder.resolve("log.txt");
		final Process process = builder.redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile())).start();
		if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
		final Path out = folder.resolve("out.txt");
		assertTrue(Files.exists(out), () -> read(log));
		return Files.readAllLines(out);
	}

	private static String read(final Path log) {
		try {
			return Files.readString(log);
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Fiji's jars; then ours and those of ours that Fiji has not. */
	private static String classPath() throws IOException {
		final List<String> entries = new ArrayList<>();
		final List<String> names = new ArrayList<>();
		for (final String part : new String[] { "jars", "plugins" }) {
			try (Stream<Path> files = Files.walk(fiji.resolve(part))) {
				for (final Path jar : files.filter(path -> path.toString().endsWith(".jar")).toList()) {
					entries.add(jar.toString());
					names.add(withoutVersion(jar.getFileName().toString()));
				}
			}
		}
		for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (!entry.endsWith("test-classes") && !names.contains(withoutVersion(Path.of(entry).getFileName().toString())))
				entries.add(entry);
		}
		return String.join(File.pathSeparator, entries);
	}

	private static String withoutVersion(final String jar) {
		return jar.replaceFirst("-\\d.*", "");
	}
}
