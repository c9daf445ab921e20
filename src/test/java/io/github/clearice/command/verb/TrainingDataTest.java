package io.github.clearice.command.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.ClearIce;
import io.github.clearice.cli.Launcher;
import io.github.clearice.command.CommandParameter;
import io.github.clearice.command.HelixStructure;
import io.github.clearice.fourier.Volume;
import io.github.clearice.model.ModelFile;
import io.github.clearice.model.SampleParticles;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.network.PlainGraphs;
import io.github.clearice.simulate.SimulationTerms;
import io.github.clearice.stack.ParticleProfile;
import io.github.clearice.worker.WorkerJava;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's kinds of training data, at a size that takes seconds. */
@PlainGraphs
class TrainingDataTest {

	private static final int BOX = 16;

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;

	@BeforeEach
	void writeMap() {
		final Volume map = Volume.zeros(BOX, 4);
		for (int z = 0; z < BOX; z++) for (int y = 0; y < BOX; y++) for (int x = 0; x < BOX; x++) {
			map.voxels()[map.index(x, y, z)] = (float) Math.exp(-(Math.pow(x - 9, 2) / 6 + Math.pow(y - 7, 2) / 9 +
				Math.pow(z -
				8, 2) / 3));
		}
		MrcWriter.writeVolume(folder.resolve("map.mrc"), map, MrcMode.FLOAT32);
	}

	@Test
	void simulatesWhileItTrainsAndResumesWithTheTermsItBeganWith() {
		done("map=" + file("map.mrc"), "snr=0.5", "ctf=true", "count=24", "seed=5", "preset=published-code",
			"network=light", "gan=none", "epochs=2");
		final ModelFile model = ModelFile.read(folder.resolve("m.clearice"));
		assertEquals("particles simulated from map.mrc", model.card().data().noisy());
		assertEquals("0.5", model.card().data().description().get("snr"));
		assertEquals("true", model.card().data().description().get("ctf"));
		assertEquals(300 + 24, model.card().data().particles());
		refused("preset=paper cannot change a training that is resumed: it keeps its options, of preset=published-code",
			"map=" + file("map.mrc"), "preset=paper", "resume=" + file("m.clearice"), "epochs=3");
		refused("Option network cannot change when a training is resumed: it is light", "map=" + file("map.mrc"),
			"network=deep", "resume=" + file("m.clearice"), "epochs=3");
		done("map=" + file("map.mrc"), "preset=published-code", "network=light", "gan=none", "resume=" + file("m.clearice"),
			"epochs=3");
		assertEquals(3, ModelFile.read(folder.resolve("m.clearice")).card().history().size());
		refused("are not those that the training began with", "map=" + file("map.mrc"), "snr=0.4", "resume=" + file(
			"m.clearice"), "epochs=4");
	}

	@Test
	void simulatesParticlesLikeThoseOfAStack() {
		simulate("count=60", "ctf=true", "voltage=200", "dark=true", "output=" + file("set"));
		done("map=" + file("map.mrc"), "like=" + file("set/particles.star"), "background=0.1,0.2", "adaptive=true",
			"count=24", "epochs=1");
		final ModelFile model = ModelFile.read(folder.resolve("m.clearice"));
		final ParticleProfile profile = model.card().like();
		assertEquals(60, profile.images());
		assertTrue(profile.dark());
		assertEquals("dark", model.card().contrast());
		assertEquals(0.5, profile.snr().value(), 0.2);
		assertEquals(200, profile.optics().voltageKilovolt());
		assertTrue(profile.likeness().simulated() > 0);
		final Map<String, String> terms = model.card().data().description();
		assertEquals("0.1,0.2", terms.get("background"));
		assertEquals("200.0", terms.get("voltage"));
		assertEquals("true", terms.get("dark"));
		assertEquals("true", model.card().training().get("adaptive"));
		assertEquals("signal-share", model.card().architectureOptions().get("adaptive"));
		final SampleParticles samples = model.samples().orElseThrow();
		assertEquals(6, samples.real().size());
		assertTrue(Files.exists(folder.resolve("m.like.png")));
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("dark particles"), err.toString(StandardCharsets.UTF_8));
		// The terms are in the card: the particles need not be measured again.
		done("map=" + file("map.mrc"), "resume=" + file("m.clearice"), "epochs=2");
		assertEquals(profile, ModelFile.read(folder.resolve("m.clearice")).card().like());
		refused("Give map= with it, and no other particles", "map=" + file("map.mrc"), "like=" + file(
			"set/particles.star"), "star=" + file("set/particles.star"));
	}

	@Test
	void trainsOnTwoNoisyStacksOfTheSameParticles() {
		simulate("seed=1", "count=24", "output=" + file("first"));
		// The same views with other noise, as even and odd frames have.
		simulate("seed=2", "star=" + file("first/particles.star"), "output=" + file("second"));
		final String[] data = { "noisy=" + file("first/noisy.mrcs"), "second=" + file("second/noisy.mrcs"), "epochs=1" };
		done(data);
		ModelFile model = ModelFile.read(folder.resolve("m.clearice"));
		assertEquals("noise2noise", model.card().training().get("supervision"));
		assertEquals("l2", model.card().training().get("loss"));
		assertEquals("second noisy images", model.card().data().description().get("validation"));
		done("noisy=" + file("first/noisy.mrcs"), "second=" + file("second/noisy.mrcs"), "clean=" + file(
			"first/clean.mrcs"), "epochs=1", "loss=l1");
		model = ModelFile.read(folder.resolve("m.clearice"));
		assertEquals("l1", model.card().training().get("loss"));
		assertEquals("clean images", model.card().data().description().get("validation"));
		refused("Give second=", "noisy=" + file("first/noisy.mrcs"), "clean=" + file("first/clean.mrcs"),
			"supervision=noise2noise");
		refused("noise and all", "noisy=" + file("first/noisy.mrcs"), "second=" + file("first/noisy.mrcs"));
		refused("Use supervision=noise2noise", "noisy=" + file("first/noisy.mrcs"), "second=" + file("second/noisy.mrcs"),
			"supervision=clean");
	}

	@Test
	void trainsOnRefinedParticlesAndAMapWhateverTheirAngles() throws IOException {
		simulate("ctf=true", "count=30", "output=" + file("set"));
		done("star=" + file("set/particles.star"), "map=" + file("map.mrc"), "epochs=1");
		final ModelFile model = ModelFile.read(folder.resolve("m.clearice"));
		assertEquals("projections of map.mrc", model.card().data().clean());
		assertEquals("bright", model.card().contrast());
		assertTrue(Double.parseDouble(model.card().data().description().get("reference-scale")) > 0);
		done("star=" + file("set/particles.star"), "map=" + file("map.mrc"), "resume=" + file("m.clearice"), "epochs=2");
		// Every particle has the angles of another.
		final List<String> lines = Files.readAllLines(folder.resolve("set/particles.star"));
		final List<String> rows = lines.stream().filter(line -> line.contains("@noisy.mrcs")).toList();
		for (int i = 0; i < rows.size(); i++) {
			final String other = rows.get((i + 7) % rows.size());
			lines.set(lines.indexOf(rows.get(i)), other.replaceFirst("\\d+@noisy", i + 1 + "@noisy"));
		}
		Files.write(folder.resolve("set/permuted.star"), lines);
		done("star=" + file("set/permuted.star"), "map=" + file("map.mrc"), "keepctf=true", "epochs=1");
		refused("star= brings its own", "star=" + file("set/particles.star"), "map=" + file("map.mrc"), "snr=0.1");
		refused("Give map= with it", "star=" + file("set/particles.star"));
		refused("Give one map", "star=" + file("set/particles.star"), "map=" + file("map.mrc") + "," + file("map.mrc"));
	}

	/** A parameter that is given once applies to all later steps. */
	@Test
	void resumesTwiceWithReferencesFromAStructure() throws IOException {
		Files.writeString(folder.resolve("helix.pdb"), HelixStructure.pdb());
		simulate("count=24", "output=" + file("set"));
		final String[] data = { "star=" + file("set/particles.star"), "map=" + file("helix.pdb") };
		done(data[0], data[1], "resolution=20", "exclude=hydrogen", "epochs=1");
		done(data[0], data[1], "resume=" + file("m.clearice"), "epochs=2");
		done(data[0], data[1], "resume=" + file("m.clearice"), "epochs=3");
		assertEquals("20.0", ModelFile.read(folder.resolve("m.clearice")).card().data().description().get("resolution"));
	}

	@Test
	void refusesDataThatMakeNothingTogether() {
		refused("There is nothing to train on", "epochs=1");
		refused("Give map=, or leave it out", "snr=0.5");
		refused("The parameter clean= is missing", "noisy=" + file("map.mrc"));
		refused("Give either map=, or noisy= and clean=", "noisy=" + file("map.mrc"), "map=" + file("map.mrc"));
		refused("There is no file " + file("none.mrc"), "map=" + file("none.mrc"));
		refused("Both snr (0.1) and sigma (1.0) are given", "map=" + file("map.mrc"), "snr=0.1", "sigma=1");
		assertTrue(Files.notExists(folder.resolve("m.clearice")));
	}

	/** Macs with Intel processors have no TensorFlow: it is said before anything is read. JavaCPP settles this once. */
	@Test
	void saysAtOnceThatAPlatformHasNoTensorFlow() throws IOException, InterruptedException {
		Files.writeString(folder.resolve("damaged.mrc"), "no map");
		final List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
			.toString(), "-XX:TieredStopAtLevel=1", "-Dorg.bytedeco.javacpp.platform=macosx-x86_64"));
		words.addAll(WorkerJava.nativeAccess(Runtime.version().feature()));
		words.addAll(List.of("-cp", System.getProperty("java.class.path"), ClearIce.class.getName(), "train", "map=" + file(
			"damaged.mrc"), "model=" + file("m.clearice")));
		final Process mac = new ProcessBuilder(words).redirectErrorStream(true).start();
		final String said = new String(mac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(Launcher.FAILED, mac.waitFor(), said);
		assertTrue(said.startsWith("There is no TensorFlow for ") && said.contains("macosx-arm64"), said);
		assertEquals(1, said.lines().count(), said);
	}

	/** A field that is not read, a name that is misspelt or a term that the card forgets would show. */
	@Test
	void everyTermOfASimulationReachesTheCardAndIsReadFromIt() throws IOException {
		final Path model = Files.writeString(folder.resolve("run_model.star"),
			"data_model\n\nloop_\n_rlnSigma2Noise #1\n1.0\n0.5\n0.25\n");
		final Map<String, String> given = new LinkedHashMap<>();
		for (final String term : (
			"count=7 box=20 pixel=3.5 resolution=12.0 chains=A exclude=water weights=1.0,2.0 dark=true" +
			" view=0.0,1.0,1.0 spread=12.0 shift=1.0,4.0 neighbours=0.5 snr=0.05,0.2 level=image ice=0.3 background=0.1,0.4" +
			" ctf=true keepctf=true mindefocus=8000.0 maxdefocus=9000.0 astigmatism=100.0 voltage=200.0 cs=1.4" +
			" contrast=0.07 phase=90.0 bfactor=50.0 beamtilt=1.5,-2.0 oddzernike=0.0,0.0,500.0 evenzernike=0.1,20.0 bin=2" +
			" magnification=1.02,0.01,-0.01,0.98 treatment=premultiplied").split(" ")) given.put(term.replaceFirst("=.*", ""),
				term.replaceFirst(".*=", ""));
		given.put("spectrum", model.toString());
		final TrainCommand command = new TrainCommand();
		command.set(given);
		final Set<String> declared = CommandParameter.declaredIn(SimulatingCommand.class).stream().map(
			CommandParameter::name).collect(Collectors.toSet());
		declared.remove("sigma");
		assertEquals(declared, command.givenTerms());
		given.put("spectrum", "measured:1.0,0.5,0.25");
		final Map<String, String> card = command.files().terms().apply(SimulationTerms.DEFAULTS).toMap();
		assertEquals(new TreeMap<>(given), new TreeMap<>(card));
		assertEquals(card, SimulationTerms.of(card).toMap());
		assertEquals(SimulationTerms.DEFAULTS, SimulationTerms.of(Map.of("reference-scale", "2")));
	}

	@Test
	void aSigmaTakesThePlaceOfARatioAndTheOtherWayRound() {
		final TrainCommand command = new TrainCommand();
		command.set(Map.of("sigma", "2"));
		final SimulationTerms terms = command.terms(SimulationTerms.DEFAULTS);
		assertNull(terms.noise().snr());
		assertEquals(2, terms.noise().sigma());
		final TrainCommand next = new TrainCommand();
		next.set(Map.of("snr", "0.3"));
		assertEquals(SimulationTerms.DEFAULTS.noise().definition(), next.terms(terms).noise().definition());
		assertEquals(0.3, next.terms(terms).noise().snr().high());
		assertTrue(Double.isNaN(next.terms(terms).noise().sigma()));
	}

	private void simulate(final String... words) {
		assertEquals(Launcher.DONE, run(Stream.concat(Stream.of("simulate", "source=" + file("map.mrc"), "snr=0.5"), Stream
			.of(words))), this::text);
	}

	private String file(final String name) {
		return folder.resolve(name).toString();
	}

	private void done(final String... words) {
		assertEquals(Launcher.DONE, train(words), () -> String.join(" ", words) + ": " + text());
	}

	private void refused(final String part, final String... words) {
		err.reset();
		assertEquals(Launcher.FAILED, train(words), String.join(" ", words));
		assertTrue(text().contains(part), text());
	}

	private int train(final String... words) {
		final Stream<String> fixed = Stream.of("train", "model=" + file("m.clearice"), "device=cpu", "precision=float32",
			"batch=4", "overwrite=true", "accept=true");
		return run(Stream.concat(fixed, Stream.of(words)));
	}

	private int run(final Stream<String> words) {
		return new Launcher(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), new PrintStream(err,
			true, StandardCharsets.UTF_8), false).run(words.toArray(String[]::new));
	}

	private String text() {
		return err.toString(StandardCharsets.UTF_8);
	}
}
