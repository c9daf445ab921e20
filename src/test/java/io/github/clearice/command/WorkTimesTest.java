package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dialogs say of the time that work will take. */
class WorkTimesTest {

	private static int number;

	@TempDir
	Path folder;

	private String kind;

	/** Preferences outlive a test. */
	@BeforeEach
	void chooseAKindOfItsOwn() {
		kind = "test " + number++;
	}

	@Test
	void timeGrowsWithTheWorkButNotTheStart() {
		assertEquals("Time: unknown until it has run here once", WorkTimes.describe(Workload.of(kind, 50)));
		WorkTimes.learn(Workload.of(kind, 50), 5, 20, 1);
		// Half a second of warming up.
		assertEquals(5 + 0.5 + 10 * 19.5, WorkTimes.seconds(Workload.of(kind, 500)).orElseThrow(), 1e-9);
		assertEquals("Time: at most about 3 min, going by earlier runs here", WorkTimes.describe(Workload.of(kind, 500)));
		assertEquals("Time: about a few seconds, going by earlier runs here", WorkTimes.describe(Workload.of(kind, 1)));
		assertEquals(Optional.empty(), WorkTimes.seconds(Workload.of(kind + " other", 500)));
	}

	@Test
	void aTrainingThatEndedBeforeItsLastEpochTeachesWhatItDid() {
		final Workload training = new Workload(kind, 60, 120, true);
		WorkTimes.learn(training, 0, 30, 0.5);
		assertEquals(0.5 + 2 * 29.5, WorkTimes.seconds(training).orElseThrow(), 1e-9);
		assertEquals("Time: at most about 60 s, going by earlier runs here", WorkTimes.describe(training));
		assertEquals(120, WorkTimes.seconds(new Workload(kind, 600, 120, true)).orElseThrow(), 1e-9);
	}

	@Test
	void twoRunsTellWhatDoesNotGrow() {
		WorkTimes.learn(Workload.of(kind, 1000), 2, 100, 1);
		WorkTimes.learn(Workload.of(kind, 100), 2, 19, 1);
		// 10 s, and 0.09 s a piece.
		assertEquals(2 + 10 + 450, WorkTimes.seconds(Workload.of(kind, 5000)).orElseThrow(), 1e-9);
		assertEquals("Time: about 8 min, going by earlier runs here", WorkTimes.describe(Workload.of(kind, 5000)));
		// What has become quicker since.
		WorkTimes.learn(Workload.of(kind, 900), 2, 55, 1);
		assertEquals(2 + 55, WorkTimes.seconds(Workload.of(kind, 900)).orElseThrow(), 1e-9);
		// The largest and the smallest stay.
		WorkTimes.learn(Workload.of(kind, 9000), 2, 919, 1);
		assertEquals(2 + 919, WorkTimes.seconds(Workload.of(kind, 9000)).orElseThrow(), 1e-9);
		assertEquals(2 + 19, WorkTimes.seconds(Workload.of(kind, 100)).orElseThrow(), 1e-9);
		// Less that took longer: the machine has become slower.
		WorkTimes.learn(Workload.of(kind, 500), 2, 1000, 1);
		assertEquals(2 + 1000, WorkTimes.seconds(Workload.of(kind, 500)).orElseThrow(), 1e-9);
	}

	@Test
	void timeThatGrowsFasterThanTheAmountIsNotBelowNothing() {
		WorkTimes.learn(Workload.of(kind, 100), 0, 1, 1);
		WorkTimes.learn(Workload.of(kind, 1000), 0, 100, 1);
		assertEquals(210, WorkTimes.seconds(Workload.of(kind, 2000)).orElseThrow(), 1e-9);
		assertEquals(0.5, WorkTimes.seconds(Workload.of(kind, 50)).orElseThrow(), 1e-9);
	}

	@Test
	void theClockKnowsHowFarTheLongestPieceCameAndWhatLayOutside() throws InterruptedException {
		final WorkClock clock = new WorkClock(TaskListener.SILENT);
		assertEquals(0, clock.fixedSeconds());
		Thread.sleep(30);
		clock.begin("reading", 3);
		clock.progress(3);
		clock.end();
		clock.begin("training", 60);
		Thread.sleep(20);
		clock.progress(15, "loss 1");
		clock.end();
		assertEquals(0.25, clock.share());
		assertTrue(clock.fixedSeconds() >= 0.03 && clock.workSeconds() >= 0.02, clock.fixedSeconds() + " " + clock.workSeconds());
		final double work = clock.workSeconds();
		Thread.sleep(5);
		assertEquals(work, clock.workSeconds(), "what comes after is no work");
	}

	@Test
	void theAmountIsThatOfTheParameters() {
		stack("small.mrcs", 16, 10);
		stack("large.mrcs", 16, 30);
		final Workload small = load("denoise", "input=[FOLDER/small.mrcs] method=nlm").orElseThrow();
		final Workload large = load("denoise", "input=[FOLDER/large.mrcs] method=nlm").orElseThrow();
		assertEquals(3 * small.amount(), large.amount());
		assertEquals(small.kind(), large.kind());
		assertNotEquals(small.kind(), load("denoise", "input=[FOLDER/small.mrcs] method=nlm patch=9").orElseThrow().kind());
		assertEquals(Optional.empty(), load("denoise", "input=[FOLDER/none.mrcs] method=nlm"));
		final String pairs = "noisy=[FOLDER/large.mrcs] clean=[FOLDER/large.mrcs] ";
		final Workload training = load("train", pairs + "epochs=7 minutes=2 gan=wgan").orElseThrow();
		assertEquals(7 * 30 * 256, training.amount());
		assertEquals(120, training.mostSeconds());
		assertTrue(training.kind().contains("wgan"), training.kind());
		assertEquals(Optional.empty(), load("train", pairs + "epochs=7 resume=[FOLDER/m.clearice]"));
		assertEquals(5 * 24 * 24, load("train", "map=[FOLDER/a.pdb] box=24 count=5 epochs=1").orElseThrow().amount());
		// 1 without contamination and 2 with, of two seeds, on 24 pairs.
		assertEquals(3 * 2 * 4 * 24 * 256, load("contamination", pairs +
			"types=A fractions=0,0.1,0.2 methods=l1 seeds=2 epochs=4").orElseThrow().amount());
		assertEquals(100 * 16 * 16, load("simulate", "source=[FOLDER/small.mrcs] count=100").orElseThrow().amount());
		assertEquals(Optional.empty(), load("simulate", "source=[FOLDER/a.pdb] count=100"));
		assertEquals(30, load("pose", "input=[FOLDER/large.mrcs]").orElseThrow().amount());
		assertEquals(30, load("reconstruct", "star=[FOLDER/large.mrcs]").orElseThrow().amount());
	}

	private Optional<Workload> load(final String verb, final String options) {
		final ClearIceCommand command = Verbs.all().get(verb).get();
		MacroOptions.parse(options.replace("FOLDER", folder.toString()), command);
		return command.knownWorkload();
	}

	private void stack(final String name, final int box, final int count) {
		try (MrcWriter writer = MrcWriter.stack(folder.resolve(name), box, box, 2, MrcMode.FLOAT32)) {
			for (int i = 0; i < count; i++) writer.write(new float[box * box]);
			writer.commit();
		}
	}
}
