package io.github.clearice.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.command.HelixStructure;
import io.github.clearice.denoise.ContributedDenoisers;
import io.github.clearice.fourier.ImageStatistics;
import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcImages;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.simulate.NoiseModel;
import io.github.clearice.simulate.SimulationOptions;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.structure.DensityOptions;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.task.TaskListener;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import net.imglib2.Cursor;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.planar.PlanarImgFactory;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.script.ScriptService;

/** The examples of the API page run, and the page lists all methods. */
@PlainGraphs
class ApiPageTest {

	private static final Path PAGE = Path.of("src/site/markdown/api.md");

	private static final Set<String> OWN = Arrays.stream(ClearIceLibrary.class.getDeclaredMethods()).filter(
		method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()).map(Method::getName)
		.collect(Collectors.toSet());

	@TempDir
	private Path folder;

	@AfterEach
	void forgetRegistered() {
		ContributedDenoisers.unregister("blur");
	}

	@Test
	void theJavaExampleScoresTwoMethods() throws Exception {
		compile("Example", smaller(block("java", "class Example")));
		final PrintStream before = System.out;
		final ByteArrayOutputStream printed = new ByteArrayOutputStream();
		try (URLClassLoader classes = new URLClassLoader(new URL[] { folder.toUri().toURL() })) {
			System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
			classes.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[] { structure(),
				folder.toString() });
		}
		finally {
			System.setOut(before);
		}
		assertTrue(printed.toString(StandardCharsets.UTF_8).matches(
			"(?s)network.mrcs: -?\\d+\\.\\d+ dB\\R+wiener.mrcs: \\d+\\.\\d+ dB\\R"), printed::toString);
		assertTrue(Files.exists(folder.resolve("map.mrc")) && Files.exists(folder.resolve("model.clearice")));
	}

	@Test
	void theDenoiserInJavaWorksOnAnIntervalOfAStack() throws Exception {
		compile("Half", block("java", "class Half"));
		try (URLClassLoader classes = new URLClassLoader(new URL[] { folder.toUri().toURL() })) {
			final Denoiser half = (Denoiser) classes.loadClass("Half").getConstructor().newInstance();
			final Img<FloatType> noisy = ArrayImgs.floats(new float[] { 2, 4, 6 }, 1, 1, 3), denoised = ArrayImgs.floats(1, 1,
				3);
			final Interval middle = Intervals.createMinMax(0, 0, 1, 0, 0, 1);
			half.denoise(Views.interval(noisy, middle), Views.interval(denoised, middle));
			assertEquals(List.of(0f, 2f, 0f), denoised.stream().map(FloatType::get).toList());
		}
	}

	@Test
	void theExampleOfMapsTakesShortsAsItTakesFloats() throws Exception {
		compile("MapExample", block("java", "class MapExample"));
		final Volume map = map();
		final double largest = ImageStatistics.of(map.voxels()).maximum();
		final Img<ShortType> shorts = new PlanarImgFactory<>(new ShortType()).create(map.image());
		LoopBuilder.setImages(map.image(), shorts).forEachPixel((from, to) -> to.set((short) Math.rint(30000 * from.get() /
			largest)));
		try (URLClassLoader classes = new URLClassLoader(new URL[] { folder.toUri().toURL() })) {
			final Class<?> example = classes.loadClass("MapExample");
			final Method views = example.getMethod("views", RandomAccessibleInterval.class, double.class);
			final Img<?> expected = (Img<?>) views.invoke(null, map.image(), 2);
			final Img<?> found = (Img<?>) views.invoke(null, shorts, 2);
			assertArrayEquals(new long[] { 24, 24, 2 }, found.dimensionsAsLongArray());
			for (int x = 0; x < 24; x++) for (int view = 0; view < 2; view++)
				assertEquals(value(expected, x, view), value(found, x, view) * largest / 30000, 1e-3 * largest);
			final Method resolution = example.getMethod("resolution", RandomAccessibleInterval.class,
				RandomAccessibleInterval.class, double.class);
			assertEquals(4, (double) resolution.invoke(null, shorts, map.image(), 2), 1e-9, "to Nyquist");
			final Interval noCube = Intervals.createMinSize(0, 0, 0, 24, 24, 20);
			final String refusal = assertThrows(InvocationTargetException.class, () -> resolution.invoke(null, shorts,
				Views.interval(map.image(), noCube), 2)).getCause().getMessage();
			assertTrue(refusal.contains("has 24 x 24 x 20"), refusal);
		}
	}

	private static double value(final Img<?> views, final int x, final int view) {
		return ((RealType<?>) views.getAt(x, 12, view)).getRealDouble();
	}

	private void compile(final String name, final String code) throws IOException {
		final Path source = Files.writeString(folder.resolve(name + ".java"), code);
		final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		final ByteArrayOutputStream messages = new ByteArrayOutputStream();
		assertEquals(0, compiler.run(null, messages, messages, "-proc:none", "-cp", System.getProperty("java.class.path"),
			source.toString()), messages::toString);
	}

	@Test
	void theGroovyScriptAddsADenoiserInAContextOfSciJava() throws IOException {
		final Path input = folder.resolve("in.mrcs"), output = folder.resolve("out.mrcs");
		final float[][] images = { { 3, 0, 3, 6, 3, 0, 3, 6, 3, 0, 3, 6, 3, 0, 3, 6 } };
		try (Context context = new Context(ClearIceService.class, ScriptService.class)) {
			final ClearIceService clearice = context.service(ClearIceService.class);
			clearice.save(new ArrayParticleStack("in", 4, 2, images), input.toFile());
			final Binding binding = new Binding();
			binding.setVariable("clearice", clearice);
			binding.setVariable("input", input.toFile());
			binding.setVariable("output", output.toFile());
			// What SciJava does with the first lines of a script.
			new GroovyShell(binding).evaluate(block("groovy", "DenoiserFactory").replaceAll("(?m)^#@.*$", ""));
			assertTrue(clearice.methods().contains("blur"), clearice.methods().toString());
		}
		try (MrcImages denoised = MrcImages.open(output)) {
			assertArrayEquals(new long[] { 4, 4, 1 }, denoised.dimensionsAsLongArray());
			assertEquals(2, denoised.pixelSizeAngstrom(), 1e-6);
			final float[] row = new float[4];
			final Cursor<FloatType> pixels = denoised.copy().cursor();
			for (int x = 0; x < 4; x++) row[x] = pixels.next().get();
			// Means of 0 3 0, 3 0 3, 0 3 6 and 3 6 3: the edges are mirrored.
			assertArrayEquals(new float[] { 1, 2, 3, 4 }, row, 1e-6f);
		}
	}

	@Test
	void scriptsFindTheServiceByItsName() throws Exception {
		try (Context context = new Context(ClearIceService.class, ScriptService.class)) {
			assertEquals(ClearIceService.class, context.service(ScriptService.class).lookupClass("ClearIceService"));
		}
	}

	@Test
	void examplesCallMethodsThatExistAndTheTableListsAll() throws IOException {
		final String page = Files.readString(PAGE, StandardCharsets.UTF_8);
		final Matcher calls = Pattern.compile("clearice\\.(\\w+)\\(").matcher(page);
		while (calls.find())
			assertTrue(OWN.contains(calls.group(1)), calls.group(1));
		for (final String name : OWN)
			assertTrue(name.equals("create") || page.contains("`" + name + "("), name);
		assertTrue(Arrays.stream(ClearIceLibrary.class.getDeclaredMethods()).filter(method -> method.isDefault())
			.count() <= 20);
	}

	@Test
	void aCancelledSimulationLeavesNothing() throws IOException {
		final ClearIceLibrary cancelled = ClearIceLibrary.create().with(new TaskListener() {

			@Override
			public boolean isCancelled() {
				return true;
			}
		});
		final Path target = Files.createDirectory(folder.resolve("simulated"));
		final Volume map = map();
		assertThrows(TaskCancelledException.class, () -> cancelled.simulate(map, SimulationOptions.of(5, NoiseModel.ofSnr(
			1), 1), target.toFile()));
		try (var left = Files.list(target)) {
			assertEquals(List.of(), left.toList());
		}
	}

	@Test
	void imagesOfAnyProgramAreScoredLikeOurOwn() throws IOException {
		final ClearIceLibrary clearice = ClearIceLibrary.create();
		try (ParticlePairs pairs = clearice.simulate(map(), SimulationOptions.of(6, NoiseModel.ofSnr(0.5), 1), folder
			.toFile()); ParticleStack wrapped = clearice.stack(pairs.noisy().image(), pairs.pixelSizeAngstrom()))
		{
			final var scores = clearice.evaluate(pairs.clean(), List.of(pairs.noisy(), wrapped));
			assertEquals(scores.get(0).mean(), scores.get(1).mean());
			assertTrue(pairs.noisy().rows().isPresent(), "the table of the particles");
		}
	}

	private Volume map() throws IOException {
		return ClearIceLibrary.create().map(new File(structure()), new DensityOptions(24, 2, 0, true));
	}

	private String structure() throws IOException {
		return Files.writeString(folder.resolve("helix.pdb"), HelixStructure.pdb()).toString();
	}

	/** The same program with numbers that take seconds instead of minutes. */
	private static String smaller(final String program) {
		final String small = program.replace("DensityOptions(64, 4", "DensityOptions(32, 4").replace("of(2000", "of(60")
			.replace("\"epochs\", 60", "\"epochs\", 1).with(\"network\", \"light\"");
		assertTrue(small.contains("(32, 4") && small.contains("of(60,") && small.contains("\"epochs\", 1)"), small);
		return small;
	}

	/** The first example in a language that holds a text. */
	private static String block(final String language, final String text) throws IOException {
		return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE,
			StandardCharsets.UTF_8)).results().map(block -> block.group(1)).filter(code -> code.contains(text)).findFirst()
			.orElseThrow();
	}
}
