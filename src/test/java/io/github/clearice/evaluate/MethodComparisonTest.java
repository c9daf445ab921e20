package io.github.clearice.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.filter.GaussianMolecule;
import io.github.clearice.filter.MeanImage;
import io.github.clearice.filter.NoiseLevel;
import io.github.clearice.filter.RadialWiener;
import io.github.clearice.filter.covariance.CovarianceWiener;
import io.github.clearice.metrics.EvaluationOptions;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MethodComparisonTest {

	private final ParticlePairs pairs = GaussianMolecule.pairs(16, 12, 0.5, 31);

	@TempDir
	Path folder;

	@Test
	void scoresMethodsTheBestLast() throws Exception {
		final MethodComparison comparison = comparison(pairs);
		final List<MethodScore> scores = MethodComparison.sorted(List.of(comparison.of(RadialWiener.oracle(pairs,
			TaskListener.SILENT)), comparison.ofNoisy(), comparison.of(new MeanImage())));
		assertEquals(List.of("noisy", "mean image", "wiener (oracle)"), scores.stream().map(MethodScore::name).toList());
		assertEquals(GaussianMolecule.psnr(new MeanImage(), pairs), scores.get(1).quality().mean().peakSignalToNoise(),
			1e-3);
		assertTrue(scores.get(1).secondsPerImage() > 0 && Double.isNaN(scores.get(0).secondsPerImage()));
		MethodTable.write(folder.resolve("summary.tsv"), scores);
		final List<String> lines = Files.readAllLines(folder.resolve("summary.tsv"));
		assertEquals("method\tmse\tpsnr\tssim\tsnr\tfrc05\tfrc0143\tseconds", lines.get(0));
		assertEquals(4, lines.size());
		final List<MethodTable.Row> rows = MethodTable.read(folder.resolve("summary.tsv"));
		assertEquals(scores.stream().map(MethodScore::name).toList(), rows.stream().map(MethodTable.Row::method).toList());
		assertArrayEquals(scores.get(1).quality().mean().values(), rows.get(1).mean().values(), 1e-5);
		assertEquals(scores.get(1).secondsPerImage(), rows.get(1).secondsPerImage(), 1e-6);
		assertTrue(MethodTable.formatTimed(scores).lines().allMatch(line -> line.length() == MethodTable.formatTimed(scores)
			.indexOf('\n')));
	}

	@Test
	void methodsLearnFromTheWholeStackOfWhichAPartIsScored() {
		final MethodScore part = new MethodComparison(pairs.noisy(), pairs.range(0, 7), folder, EvaluationOptions.DEFAULT,
			TaskListener.SILENT).of(new MeanImage());
		assertEquals(7, part.quality().images().size());
		assertArrayEquals(comparison(pairs).of(new MeanImage()).examples().images()[0], part.examples().images()[0]);
	}

	/** Where noise is strong, the mean of noisy images is worse than what one image for all can be. */
	@Test
	void theMeanOfTheCleanImagesHasNoNoise() {
		final MethodScore noisy = comparison(pairs).of(new MeanImage()), clean = comparison(pairs).of(new MeanImage(pairs
			.clean()));
		assertEquals("mean of the clean images", clean.name());
		assertTrue(clean.quality().mean().peakSignalToNoise() > noisy.quality().mean().peakSignalToNoise());
	}

	@Test
	void theMeanImageIsOneForAll() {
		final MethodScore score = comparison(pairs).of(new MeanImage());
		assertEquals(MethodComparison.EXAMPLES, score.examples().size());
		assertArrayEquals(score.examples().images()[0], score.examples().images()[5]);
	}

	@Test
	void leavesNoDenoisedStacksBehind() {
		final MethodComparison comparison = comparison(pairs);
		comparison.of(new MeanImage());
		final ParticlePairs few = GaussianMolecule.pairs(16, 3, 0.5, 31);
		assertThrows(ParameterException.class, () -> comparison(few).of(CovarianceWiener.of(NoiseLevel.ofSigma(1))));
		assertArrayEquals(new File[0], folder.toFile().listFiles());
	}

	@Test
	void picturesEveryMethodAndTheReference() {
		final MethodComparison comparison = comparison(pairs);
		final int one = comparison.montage(List.of(comparison.ofNoisy())).draw().getHeight();
		final int two = comparison.montage(List.of(comparison.ofNoisy(), comparison.of(new MeanImage()))).draw()
			.getHeight();
		assertTrue(two > one * 1.4 && two < one * 1.6, one + " and " + two + " pixels high");
	}

	@Test
	void theLastRowOfThePictureIsTheReferenceByName() {
		final ParticlePairs posterior = new ParticlePairs(pairs.noisy(), ParticleStack.of("posterior.mrcs", pairs.clean()
			.image(), 4, null));
		final MethodComparison comparison = comparison(posterior);
		assertEquals(List.of("noisy", "reference: posterior.mrcs"), comparison.montage(List.of(comparison.ofNoisy()))
			.labels());
	}

	private MethodComparison comparison(final ParticlePairs of) {
		return new MethodComparison(of, folder, EvaluationOptions.DEFAULT, TaskListener.SILENT);
	}
}
