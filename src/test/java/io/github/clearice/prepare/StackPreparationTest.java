package io.github.clearice.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.stack.ArrayParticleStack;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticleOutput;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.RowCondition;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.Seeds;
import io.github.clearice.task.TaskCancelledException;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackPreparationTest {

	private static final double NONE = Double.NaN;

	@TempDir
	Path folder;

	/** {@code relion_preprocess --operate_on r.mrcs --window 256 --norm --bg_radius 96 --invert_contrast} (3.1.3). */
	@Test
	void cropsNormalisesAndInvertsAsRelion() {
		final PreparationOptions options = new PreparationOptions(256, 0, NONE, false, false, true, true, .75, true);
		try (ParticleStack prepared = prepare(TestData.file("real/empiar_10076_7.mrc"), options)) {
			assertEquals(-0.620932, pixel(prepared, 0, 20, 10), 1e-4);
			assertEquals(1.661997, pixel(prepared, 3, 128, 128), 1e-4);
			assertEquals(-1.222352, pixel(prepared, 6, 5, 250), 1e-4);
		}
	}

	/**
	 * {@code relion_preprocess --operate_on r.mrcs --scale 160}: means of 2 x 2 neighbours, to which the Nyquist
	 * frequency adds nothing; RELION counts one sign of it.
	 */
	@Test
	void resamplesAsRelion() {
		final PreparationOptions options = new PreparationOptions(0, 160, NONE, false, false, false, true, .75, false);
		try (ParticleStack prepared = prepare(TestData.file("real/empiar_10076_7.mrc"), options)) {
			assertEquals(160, prepared.box());
			assertEquals(-0.692243, mean(prepared, 0, 20, 10), 1e-5);
			assertEquals(0.209901, mean(prepared, 3, 80, 80), 1e-5);
			assertEquals(0.189501, mean(prepared, 6, 5, 150), 1e-5);
		}
	}

	/**
	 * {@code numpy.fft.ifft2(numpy.fft.fft2(image) * numpy.sign(ctf)).real} with the CTF of field-cases/optics/make.py;
	 * RELION 3.1.3 flips phases of micrographs only.
	 */
	@Test
	void flipsPhasesAndSaysSo() {
		final PreparationOptions options = new PreparationOptions(0, 0, NONE, false, true, false, true, .75, false);
		try (ParticleStack prepared = prepare(TestData.file("relion/betagal_64_ctf_shift.star"), options)) {
			assertEquals(-57.12834, pixel(prepared, 3, 30, 20), 1e-3);
			assertEquals(-24.29916, pixel(prepared, 3, 33, 40), 1e-3);
			assertEquals("1", prepared.rows().orElseThrow().tables().table("optics").orElseThrow().get(0,
				"rlnCtfDataArePhaseFlipped"));
			final ParameterException again = assertThrows(ParameterException.class, () -> StackPreparation.run(prepared,
				options,
				null, folder.resolve("again.mrcs"), TaskListener.SILENT));
			assertTrue(again.getMessage().contains("rlnCtfDataArePhaseFlipped is 1"), again.getMessage());
		}
	}

	/** The projections of {@code relion_project} with shifts of up to two pixels become those without. */
	@Test
	void centresByTheShiftsOfTheTable() {
		final PreparationOptions options = new PreparationOptions(0, 0, NONE, true, false, false, true, .75, false);
		try (ParticleStack prepared = prepare(TestData.file("relion/betagal_64_noctf_shift.star"), options);
				ParticleStack clean = MrcParticleStack.open(TestData.file("relion/betagal_64_clean.star")))
		{
			final float[] one = new float[64 * 64], other = new float[64 * 64];
			for (int i = 0; i < prepared.size(); i++) {
				prepared.read(i, one);
				clean.read(i, other);
				assertEquals(1, correlation(one, other), 1e-6);
			}
			final StarTable table = prepared.rows().orElseThrow().table();
			assertEquals(0, table.getDouble(1, "rlnOriginXAngst"));
			assertEquals(4.688, table.getDouble(1, "clearIceShiftYAngst"), 1e-9, "what the origin was");
		}
	}

	@Test
	void keepsTablesOfRelion31Right() throws IOException {
		final RelionParticles rows = prepareTable("""
			data_optics
			loop_
			_rlnOpticsGroup #1
			_rlnOpticsGroupName #2
			_rlnImagePixelSize #3
			_rlnImageSize #4
			_rlnVoltage #5
			2 one 1.5 16 300
			7 two 1.51 16 200
			data_particles
			loop_
			_rlnImageName #1
			_rlnOpticsGroup #2
			_rlnOriginXAngst #3
			_rlnOriginX #4
			_rlnNormCorrection #5
			_rlnSomething #6
			1@in.mrcs 2 3.0 2.0 0.8 kept
			3@in.mrcs 7 3.0 2.0 0.8 as-it-is
			""", new PreparationOptions(6, 8, NONE, false, false, true, true, .75, false));
		final StarTable optics = rows.tables().table("optics").orElseThrow();
		assertEquals(3, optics.getDouble(0, "rlnImagePixelSize"));
		assertEquals(3, optics.getDouble(1, "rlnImagePixelSize"),
			"images are resampled to one pixel size while they are read");
		assertEquals(6, optics.getInt(1, "rlnImageSize"));
		assertEquals("200", optics.get(1, "rlnVoltage"));
		assertEquals(3, rows.table().getDouble(0, "rlnOriginXAngst"));
		assertEquals(1, rows.table().getDouble(0, "rlnOriginX"), "pixels twice as large");
		assertEquals(1, rows.table().getDouble(0, "rlnNormCorrection"), "normalisation makes it void");
		assertEquals("as-it-is", rows.table().get(1, "rlnSomething"));
		assertEquals("000002@out.mrcs", rows.table().get(1, "rlnImageName"));
	}

	@Test
	void keepsTablesOfRelion30Right() throws IOException {
		final RelionParticles rows = prepareTable("""
			data_
			loop_
			_rlnImageName #1
			_rlnMagnification #2
			_rlnDetectorPixelSize #3
			_rlnOriginX #4
			_rlnOriginY #5
			3@in.mrcs 50000 5 1.5 -3
			1@in.mrcs 50000 5 1.5 -3
			""", new PreparationOptions(0, 0, 2.5, false, false, false, true, .75, false));
		assertEquals(20000, rows.table().getDouble(0, "rlnMagnification"));
		assertEquals(2.5, rows.particles().get(0).pixelSizeAngstrom(), 1e-12);
		assertEquals(-1.2, rows.table().getDouble(1, "rlnOriginY"), 1e-12);
		assertEquals(-3, rows.particles().get(1).originYAngstrom(), 1e-12);
	}

	@Test
	void correctsAWrongPixelSizeInTheTable() throws IOException {
		stack(16, 3);
		final Path star = Files.writeString(folder.resolve("in.star"), """
			data_
			loop_
			_rlnImageName #1
			_rlnMagnification #2
			_rlnDetectorPixelSize #3
			1@in.mrcs 50000 5
			""");
		try (ParticleStack stack = MrcParticleStack.open(star, 2)) {
			StackPreparation.run(stack, new PreparationOptions(0, 8, NONE, false, false, false, true, .75, false), 2.0, folder
				.resolve("out.mrcs"), TaskListener.SILENT);
		}
		try (ParticleStack prepared = MrcParticleStack.open(folder.resolve("out.star"))) {
			assertEquals(4, prepared.pixelSizeAngstrom(), 1e-9);
		}
	}

	/** The cropped centre of a resampled image equals the centre of the whole resampled image. */
	@Test
	void resamplesToAnyPixelSizeAndPadsWithTheBackground() {
		final ParticleStack stack = new ArrayParticleStack("memory", 20, 1.31, new float[][] { noise(20, 1), noise(20,
			2) });
		final Path target = folder.resolve("out.mrcs");
		StackPreparation.run(stack, new PreparationOptions(24, 0, 2, false, false, true, false, .75, true), null, target,
			TaskListener.SILENT);
		try (ParticleStack prepared = MrcParticleStack.open(target)) {
			assertEquals(2, prepared.pixelSizeAngstrom(), 1e-6);
			assertEquals(24, prepared.box());
			// 20 pixels of 1.31 Å are 13.1 pixels of 2 Å: 14 are made, and 5 lie around them.
			assertEquals(0, pixel(prepared, 0, 3, 12), 1e-6);
			assertEquals(0, pixel(prepared, 0, 20, 12), 1e-6);
			assertTrue(Math.abs(pixel(prepared, 0, 12, 12)) > 1e-3);
		}
	}

	@Test
	void writesTheRowsThatMeetACondition() throws IOException {
		stack(8, 5);
		final Path star = Files.writeString(folder.resolve("in.star"), """
			data_
			loop_
			_rlnImageName #1
			_rlnClassNumber #2
			5@in.mrcs 3
			4@in.mrcs 1
			3@in.mrcs 2
			2@in.mrcs 3
			""");
		try (ParticleStack stack = MrcParticleStack.open(star)) {
			final int[] rows = RowCondition.of("rlnClassNumber=3,2").rows(stack.rows().orElseThrow().table());
			StackPreparation.run(stack.particles(rows), PreparationOptions.NONE, null, folder.resolve("out.mrcs"),
				TaskListener.SILENT);
			try (ParticleStack prepared = MrcParticleStack.open(folder.resolve("out.star"))) {
				assertEquals(3, prepared.size());
				final float[] one = new float[64], other = new float[64];
				for (int i = 0; i < 3; i++) {
					prepared.read(i, one);
					stack.read(rows[i], other);
					assertArrayEquals(other, one);
				}
				assertEquals("3", prepared.rows().orElseThrow().table().get(2, "rlnClassNumber"));
			}
		}
	}

	@Test
	void refusesWhatItCannotKnow() {
		final ParticleStack stack = new ArrayParticleStack("plain.mrcs", 8, NONE, new float[][] { noise(8, 1) });
		final Path target = folder.resolve("out.mrcs");
		final PreparationOptions resample = new PreparationOptions(0, 0, 2, false, false, false, true, .75, false);
		assertTrue(assertThrows(ParameterException.class, () -> StackPreparation.run(stack, resample, null, target,
			TaskListener.SILENT)).getMessage().contains("original="));
		final PreparationOptions centre = new PreparationOptions(0, 0, NONE, true, false, false, true, .75, false);
		assertTrue(assertThrows(ParameterException.class, () -> StackPreparation.run(stack, centre, null, target,
			TaskListener.SILENT)).getMessage().contains("STAR file"));
		assertThrows(ParameterException.class, () -> new PreparationOptions(-1, 0, NONE, false, false, false, true, .75,
			false));
		assertThrows(ParameterException.class, () -> new PreparationOptions(0, 8, 2, false, false, false, true, .75,
			false));
		assertFalse(Files.exists(target));
	}

	@Test
	void leavesNothingWhenCancelled() throws IOException {
		final ParticleStack stack = new ArrayParticleStack("memory", 8, 1, new float[200][64]);
		final TaskListener cancelling = new TaskListener() {

			@Override
			public boolean isCancelled() {
				return true;
			}
		};
		assertThrows(TaskCancelledException.class, () -> StackPreparation.run(stack, PreparationOptions.NONE, null, folder
			.resolve("out.mrcs"), cancelling));
		try (Stream<Path> left = Files.list(folder)) {
			assertEquals(0, left.count());
		}
	}

	private ParticleStack prepare(final Path input, final PreparationOptions options) {
		final Path target = folder.resolve("out.mrcs");
		try (ParticleStack stack = MrcParticleStack.open(input)) {
			StackPreparation.run(stack, options, null, target, TaskListener.SILENT);
			return MrcParticleStack.open(stack.rows().isPresent() ? ParticleOutput.starBeside(target) : target);
		}
	}

	private RelionParticles prepareTable(final String star, final PreparationOptions options) throws IOException {
		stack(16, 3);
		Files.writeString(folder.resolve("in.star"), star);
		prepare(folder.resolve("in.star"), options).close();
		return RelionParticles.read(folder.resolve("out.star"));
	}

	private void stack(final int box, final int count) {
		try (ParticleStackWriter writer = new ParticleStackWriter(folder.resolve("in.mrcs"), box, NONE)) {
			for (int i = 0; i < count; i++) writer.write(noise(box, i));
			writer.commit();
		}
	}

	private static float[] noise(final int box, final int seed) {
		final SplittableRandom random = Seeds.random(7, seed);
		final float[] image = new float[box * box];
		for (int i = 0; i < image.length; i++) image[i] = (float) random.nextDouble(-1, 1);
		return image;
	}

	private static double pixel(final ParticleStack stack, final int index, final int x, final int y) {
		final float[] image = new float[stack.box() * stack.box()];
		stack.read(index, image);
		return image[y * stack.box() + x];
	}

	private static double mean(final ParticleStack stack, final int index, final int x, final int y) {
		return (pixel(stack, index, x, y) + pixel(stack, index, x + 1, y) + pixel(stack, index, x, y + 1) + pixel(stack,
			index, x + 1, y + 1)) / 4;
	}

	private static double correlation(final float[] a, final float[] b) {
		double meanA = 0, meanB = 0, ab = 0, aa = 0, bb = 0;
		for (int i = 0; i < a.length; i++) {
			meanA += a[i] / a.length;
			meanB += b[i] / b.length;
		}
		for (int i = 0; i < a.length; i++) {
			ab += (a[i] - meanA) * (b[i] - meanB);
			aa += (a[i] - meanA) * (a[i] - meanA);
			bb += (b[i] - meanB) * (b[i] - meanB);
		}
		return ab / Math.sqrt(aa * bb);
	}
}
