package io.github.clearice.fiji.ui;

import io.github.clearice.fiji.menu.MenuFile;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.worker.WorkerJava;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * An ImageJ 1.x with ClearIce in its plugins folder, in a separate process: the situation of a user who adds our jars
 * to an ImageJ that is not Fiji.
 */
final class PlainImageJ {

	private static final long LONGEST_SECONDS = 1800;

	private PlainImageJ() {}

	/**
	 * Runs a class that starts this ImageJ and uses it.
	 *
	 * @param home folder to be filled with a plugins folder and settings
	 * @param shots folder for pictures of windows
	 * @param display to show windows on; empty for none
	 * @return its output, with the exit code in the last line
	 */
	static String run(final Class<?> driver, final Path home, final Path shots, final String display) throws IOException,
		InterruptedException
	{
		Files.createDirectories(home.resolve("plugins"));
		Files.createDirectories(shots);
		// ImageJ reads menus from jars with an underscore; the classes themselves are on the class path here.
		try (OutputStream file = Files.newOutputStream(home.resolve("plugins/ClearIce_.jar")); JarOutputStream jar =
			new JarOutputStream(file))
		{
			jar.putNextEntry(new JarEntry(MenuFile.NAME));
			jar.write(MenuFile.text(Path.of("macros")).getBytes(StandardCharsets.UTF_8));
			jar.closeEntry();
		}
		final List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
			.toString(), "-Xmx1g", "-Djava.awt.headless=" + display.isEmpty(), "-Dplugins.dir=" +
				home, "-Duser.home=" + home, "-Dshots=" + shots.toAbsolutePath()));
		final String cache = System.getProperty("org.bytedeco.javacpp.cachedir");
		if (cache != null) words.add("-Dorg.bytedeco.javacpp.cachedir=" + cache);
		// Networks run in this very process, to save the time of starting others.
		words.addAll(List.of(System.getProperty(WorkerJava.OPTIONS, "-D" + Device.SIMPLIFY + "=false").split(" ")));
		words.add("-Dclearice.worker=false");
		// Which Fiji's launcher gives, too.
		if (display.isEmpty()) words.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
		words.addAll(List.of("-cp", System.getProperty("java.class.path"), driver.getName()));
		final ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(Redirect.to(home
			.resolve("output.txt").toFile()));
		if (display.isEmpty()) builder.environment().remove("DISPLAY");
		else builder.environment().put("DISPLAY", display);
		final Process process = builder.start();
		final boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
		if (!ended) process.destroyForcibly().waitFor();
		return Files.readString(home.resolve("output.txt"), StandardCharsets.UTF_8) + (ended ? "\nexit code " + process
			.exitValue() : "\nnot ended after " + LONGEST_SECONDS + " s");
	}
}
