package io.github.clearice.reconstruct;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.fourier.ShellCorrelation;
import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcKind;
import io.github.clearice.reconstruct.pose.PointGroup;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.star.StarFile;
import io.github.clearice.star.StarTable;
import io.github.clearice.task.TaskListener;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reconstructions from 40 of RELION's own projections, made into images of other optics here, correlate with the map at
 * least as well as those of {@code relion_reconstruct --i s40_CASE.star --o rel_s40_CASE.mrc --ctf --angpix 4} (RELION
 * 3.1.3, and {@code --ctf_phase_flipped} for flipped) from the same images, shell by shell, within 0.005.
 */
class RelionOpticsTest {

	private static final int COUNT = 40, BOX = 64;

	private static final double PIXEL = 4, CS = 2.7e7;

	private static final double[] UNDISTORTED = { .999, 1.000, .999, .998, .996, .993, .991, .990, .981, .970, .957, .945,
		.928, .910, .908, .892, .897, .870, .864, .858, .845, .823, .814, .800, .793, .783, .787, .766, .751, .743, .746 };

	private static final double[] DISTORTED = { .999, .999, .998, .998, .996, .994, .990, .986, .978, .966, .954, .944,
		.924, .907, .901, .891, .892, .862, .860, .852, .835, .813, .804, .787, .779, .764, .756, .693, .405, .345, .435 };

	@TempDir
	Path folder;

	private interface Change {

		/** Changes the complex number re + i im at a frequency in 1/Å. */
		void at(RelionParticle row, double x, double y, float[] spectrum, int at);
	}

	@Test
	void multipliedByCtf() {
		compare(UNDISTORTED, changed((row, x, y, spectrum, at) -> scale(spectrum, at, ctf(row, x, y))),
			"rlnCtfDataAreCtfPremultiplied", "1");
	}

	@Test
	void phasesFlipped() {
		compare(UNDISTORTED, changed((row, x, y, spectrum, at) -> scale(spectrum, at, Math.signum(ctf(row, x, y)))),
			"rlnCtfDataArePhaseFlipped", "1");
	}

	@Test
	void beamTilt() {
		final double lambda = wavelength();
		compare(UNDISTORTED, changed((row, x, y, spectrum, at) -> {
			final double phase = -Math.toRadians(0.360 * CS * lambda * lambda * (x * x + y * y) * (15 * x - 9 * y));
			final double re = spectrum[at], im = spectrum[at + 1];
			spectrum[at] = (float) (re * Math.cos(phase) - im * Math.sin(phase));
			spectrum[at + 1] = (float) (re * Math.sin(phase) + im * Math.cos(phase));
		}), "rlnBeamTiltX", "15", "rlnBeamTiltY", "-9");
	}

	@Test
	void anisotropicMagnification() {
		final float[][] images = images();
		for (int i = 0; i < COUNT; i++)
			images[i] = resampled(images[i], 1.06, 0.02, 0.02, 0.95);
		compare(DISTORTED, images, "rlnMagMat00", "1.06", "rlnMagMat01", "0.02", "rlnMagMat10", "0.02", "rlnMagMat11",
			"0.95");
	}

	private void compare(final double[] relion, final float[][] images, final String... columns) {
		final RelionParticles all = RelionParticles.read(TestData.file("relion/betagal_64_ctf_shift.star"));
		final RelionParticles rows = all.withRows(IntStream.range(0, COUNT).toArray());
		StarTable optics = rows.tables().table("optics").orElseThrow();
		final List<StarTable> tables = new ArrayList<>(rows.tables().tables());
		tables.remove(optics);
		for (int i = 0; i < columns.length; i += 2) {
			final String value = columns[i + 1];
			optics = optics.withColumn(columns[i], row -> value);
		}
		tables.add(0, optics);
		final Path star = folder.resolve("case.star");
		new StarFile(tables).write(star);
		final Volume map = volume("relion/betagal_64_4.0.mrc");
		final double[] ours = ShellCorrelation.of(map, Reconstruction.run(new Views(BOX, PIXEL, images,
			RelionParticles.read(star)), new Reconstruction.Options(PointGroup.C1, true, false), TaskListener.SILENT).whole())
			.values();
		for (int k = 1; k < BOX / 2; k++)
			assertTrue(ours[k] > relion[k - 1] - 0.005, "shell " + k + ": " + ours[k] + ", RELION " + relion[k - 1]);
	}

	private static float[][] images() {
		final float[][] images = new float[COUNT][BOX * BOX];
		try (MrcParticleStack stack = MrcParticleStack.open(TestData.file("relion/betagal_64_ctf_shift.star"))) {
			for (int i = 0; i < COUNT; i++) stack.read(i, images[i]);
		}
		return images;
	}

	private static float[][] changed(final Change change) {
		final List<RelionParticle> rows = RelionParticles.read(TestData.file("relion/betagal_64_ctf_shift.star"))
			.particles();
		final float[][] images = images();
		final RealFourierTransform2D fourier = new RealFourierTransform2D(BOX);
		final float[] spectrum = new float[fourier.spectrumLength()];
		for (int i = 0; i < COUNT; i++) {
			fourier.forward(images[i], spectrum);
			for (int row = 0, at = 0; row < BOX; row++) for (int kx = 0; kx <= BOX / 2; kx++, at += 2) {
				change.at(rows.get(i), kx / (BOX * PIXEL), (row < BOX / 2 ? row : row - BOX) / (BOX * PIXEL), spectrum, at);
			}
			fourier.inverse(spectrum, images[i]);
		}
		return images;
	}

	private static void scale(final float[] spectrum, final int at, final double factor) {
		spectrum[at] *= (float) factor;
		spectrum[at + 1] *= (float) factor;
	}

	private static double wavelength() {
		return 12.2643247 / Math.sqrt(300e3 * (1 + 300e3 * 0.978466e-6));
	}

	private static double ctf(final RelionParticle row, final double x, final double y) {
		final double u = row.ctf().defocusUAngstrom(), v = row.ctf().defocusVAngstrom(), square = x * x + y * y;
		final double defocus = -(u + v) / 2 - (u - v) / 2 * Math.cos(2 * (Math.atan2(y, x) - Math.toRadians(row.ctf()
			.defocusAngleDegree())));
		return -Math.sin(Math.PI * wavelength() * defocus * square + Math.PI / 2 * CS * Math.pow(wavelength(), 3) * square *
			square - Math.asin(0.1));
	}

	/**
	 * The image whose transform at k is that of an image at M k: values at M^-T x, by a direct sum over its transform.
	 */
	private static float[] resampled(final float[] image, final double xx, final double xy, final double yx,
		final double yy)
	{
		final double determinant = xx * yy - xy * yx;
		final RealFourierTransform2D fourier = new RealFourierTransform2D(BOX);
		final float[] spectrum = new float[fourier.spectrumLength()];
		fourier.forward(image, spectrum);
		final float[] result = new float[BOX * BOX];
		for (int i = 0; i < result.length; i++) {
			final double px = i % BOX - BOX / 2, py = i / BOX - BOX / 2;
			final double x = BOX / 2 + (yy * px - yx * py) / determinant, y = BOX / 2 + (-xy * px + xx * py) / determinant;
			final double[] cos = new double[BOX / 2], sin = new double[BOX / 2];
			for (int kx = 0; kx < BOX / 2; kx++) {
				cos[kx] = (kx == 0 ? 1 : 2) * Math.cos(2 * Math.PI * kx * x / BOX);
				sin[kx] = (kx == 0 ? 1 : 2) * Math.sin(2 * Math.PI * kx * x / BOX);
			}
			double sum = 0;
			for (int row = 0; row < BOX; row++) {
				double re = 0, im = 0;
				for (int kx = 0, at = row * (BOX + 2); kx < BOX / 2; kx++, at += 2) {
					re += spectrum[at] * cos[kx] - spectrum[at + 1] * sin[kx];
					im += spectrum[at] * sin[kx] + spectrum[at + 1] * cos[kx];
				}
				final double angle = 2 * Math.PI * (row < BOX / 2 ? row : row - BOX) * y / BOX;
				sum += re * Math.cos(angle) - im * Math.sin(angle);
			}
			result[i] = (float) (sum / (BOX * BOX));
		}
		return result;
	}

	private static Volume volume(final String name) {
		try (MrcFile file = MrcFile.open(TestData.file(name), MrcKind.VOLUME)) {
			return file.readVolume();
		}
	}
}
