package io.github.clearice.reconstruct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcKind;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.InputException;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReconstructionTest {

	private static final Reconstruction.Options PLAIN = new Reconstruction.Options(PointGroup.C1, false, true);

	@ParameterizedTest
	@CsvSource({ "32,false,0", "32,true,0", "32,false,7", "32,true,7", "27,true,7" })
	void findsTheMapAgain(final int box, final boolean ctf, final double shift) {
		final Volume map = Views.particle(box);
		final Reconstruction.Maps maps = reconstruct(Views.of(200, ctf, shift, 0, map), new Reconstruction.Options(
			PointGroup.C1, ctf, true));
		final double[] correlation = ShellCorrelation.of(map, maps.whole()).values();
		for (int k = 1; k <= box / 4; k++) assertTrue(correlation[k] > 0.995, "shell " + k + ": " + correlation[k]);
		assertEquals(1, slope(map, maps.whole()), 0.05);
		assertEquals(3, maps.whole().pixelSizeAngstrom());
	}

	@ParameterizedTest
	@ValueSource(strings = { "C5", "D3", "T", "O", "I" })
	void usesTheSymmetry(final String name) {
		final PointGroup group = PointGroup.of(name);
		final Volume map = Views.blobs(32, 3, group, new double[][] { { 0.1, -0.05, 0.2 }, { -0.2, 0.1, 0.03 } });
		final Views views = Views.of(12, false, 0, 0, map);
		final double[] with = ShellCorrelation.of(map, reconstruct(views, new Reconstruction.Options(group, false,
			false)).whole()).values();
		final double[] without = ShellCorrelation.of(map, reconstruct(views, new Reconstruction.Options(PointGroup.C1,
			false, false)).whole()).values();
		assertTrue(with[8] > 0.9 && without[8] < with[8] - 0.05, name + ": " + with[8] + ", C1 " + without[8]);
	}

	/** relion_reconstruct --i betagal_64_clean.star --o betagal_64_rec300.mrc, RELION 3.1.3. */
	@Test
	void isAsGoodAsRelion() {
		final Volume truth = volume("relion/betagal_64_4.0.mrc");
		final double[] theirs = ShellCorrelation.of(truth, volume("relion/betagal_64_rec300.mrc")).values();
		try (MrcParticleStack stack = MrcParticleStack.open(TestData.file("relion/betagal_64_clean.star"))) {
			final Volume map = reconstruct(stack, PLAIN).whole();
			final double[] ours = ShellCorrelation.of(truth, map).values();
			// The last shell lies half beyond the spectra of the projections: RELION's gridding guesses 0.016 more of it.
			for (int k = 1; k < 32; k++) assertTrue(ours[k] > theirs[k] - 0.001, "shell " + k + ": " + ours[k] + ", RELION " +
				theirs[k]);
			assertTrue(ours[32] > theirs[32] - 0.02, ours[32] + ", RELION " + theirs[32]);
			assertEquals(1, slope(truth, map), 0.02);
		}
	}

	@Test
	void halvesAreIndependent() {
		final Volume map = Views.particle(24);
		final Volume other = Views.blobs(24, 3, PointGroup.C1, new double[][] { { -0.15, 0.15, -0.15 } });
		final Reconstruction.Maps maps = reconstruct(Views.of(200, false, 0, 0, map, other), PLAIN);
		assertTrue(ShellCorrelation.of(map, maps.first()).values()[5] > 0.99);
		assertTrue(ShellCorrelation.of(other, maps.second()).values()[5] > 0.99);
		assertTrue(maps.correlation().values()[5] < 0.6);
	}

	@Test
	void theWienerFilterTakesAwayNoise() {
		final Volume map = Views.particle(24);
		final Views views = Views.of(100, true, 0, 20, map);
		final double filtered = squareError(map, reconstruct(views, new Reconstruction.Options(PointGroup.C1, true, true))
			.whole());
		final Reconstruction.Maps plain = reconstruct(views, new Reconstruction.Options(PointGroup.C1, true, false));
		assertNull(plain.first());
		assertTrue(filtered < 0.5 * squareError(map, plain.whole()), filtered + " " + squareError(map, plain.whole()));
	}

	@Test
	void aLevelCommonToAllImagesChangesNothing() {
		final Views views = Views.of(60, false, 0, 0, Views.particle(24));
		final float[] expected = reconstruct(views, PLAIN).whole().voxels();
		for (final float[] image : views.images()) for (int i = 0; i < image.length; i++) image[i] += 100;
		assertArrayEquals(expected, reconstruct(views, PLAIN).whole().voxels(), 1e-3f);
	}

	@Test
	void twoRunsGiveTheSameBytes() {
		final Views views = Views.of(300, false, 3, 1, Views.particle(24));
		assertArrayEquals(reconstruct(views, PLAIN).whole().voxels(), reconstruct(views, PLAIN).whole().voxels());
	}

	@Test
	void refusesParticlesWithoutAngles(@TempDir final Path folder) {
		final Views views = Views.of(2, false, 0, 0, Views.particle(8));
		final Path file = folder.resolve("a.star");
		new StarFile(List.of(StarTable.loop("particles", "rlnImageName", "rlnAngleRot").add(
			"1@views.mrcs", "0").build())).write(file);
		final Views without = new Views(8, 3, views.images(), RelionParticles.read(file));
		final InputException refusal = assertThrows(InputException.class, () -> reconstruct(without, PLAIN));
		assertTrue(refusal.getMessage().contains("no column rlnAngleTilt, rlnAnglePsi"), refusal.getMessage());
	}

	@Test
	void refusesWhatIsMissing() {
		final Views views = Views.of(4, false, 0, 0, Views.particle(8));
		assertRefused("has no defocus", views, new Reconstruction.Options(PointGroup.C1, true, true));
		assertRefused("or give it to clearice reconstruct or refine (pixel=)", new Views(8, Double.NaN, views.images(),
			views.table()),
			PLAIN);
		assertRefused("has no angles", new Views(8, 3, views.images(), null), PLAIN);
		assertRefused("are in one half-set", Views.of(1, false, 0, 0, Views.particle(8)), PLAIN);
		views.images()[2][5] = Float.NaN;
		assertRefused("particle 3 holds a pixel that is NaN", views, PLAIN);
		assertRefused("GB of memory", new Views(1200, 3, views.images(), views.table()), PLAIN);
	}

	@Test
	void stopsWhenAsked() {
		final TaskListener impatient = new TaskListener() {

			@Override
			public boolean isCancelled() {
				return true;
			}
		};
		assertThrows(TaskCancelledException.class, () -> Reconstruction.run(Views.of(4, false, 0, 0, Views.particle(8)),
			PLAIN, impatient));
	}

	private static void assertRefused(final String what, final Views views, final Reconstruction.Options options) {
		final ParameterException refusal = assertThrows(ParameterException.class, () -> reconstruct(views, options));
		assertTrue(refusal.getMessage().contains(what), refusal.getMessage());
	}

	private static Reconstruction.Maps reconstruct(final ParticleStack stack,
		final Reconstruction.Options options)
	{
		return Reconstruction.run(stack, options, TaskListener.SILENT);
	}

	private static Volume volume(final String name) {
		try (MrcFile file = MrcFile.open(TestData.file(name), MrcKind.VOLUME)) {
			return file.readVolume();
		}
	}

	private static double slope(final Volume truth, final Volume map) {
		double both = 0, square = 0;
		for (int i = 0; i < truth.voxels().length; i++) {
			both += truth.voxels()[i] * map.voxels()[i];
			square += truth.voxels()[i] * truth.voxels()[i];
		}
		return both / square;
	}

	private static double squareError(final Volume truth, final Volume map) {
		double sum = 0;
		for (int i = 0; i < truth.voxels().length; i++) sum += Math.pow(truth.voxels()[i] - map.voxels()[i], 2);
		return sum;
	}
}
