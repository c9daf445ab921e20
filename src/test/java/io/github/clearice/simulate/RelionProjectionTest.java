package io.github.clearice.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.fourier.FourierFilter;
import io.github.clearice.fourier.RealFourierTransform2D;
import io.github.clearice.fourier.Volume;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcKind;
import io.github.clearice.star.RelionParticle;
import io.github.clearice.star.RelionParticles;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares projections and the CTF with RELION 3.1.3's. */
class RelionProjectionTest {

	/** relion_project --i betagal_64_4.0.mrc --rot R --tilt T --psi P --xoff X --yoff Y --o single_rR_tT_pP_xX_yY */
	@ParameterizedTest
	@CsvSource({ "0,0,0,0,0", "0,0,50,0,0", "0,40,0,0,0", "30,0,0,0,0", "30,60,45,0,0", "30,60,45,3,-2" })
	void equalsSingleProjections(final int rot, final int tilt, final int psi, final int x, final int y) {
		final FourierProjector projector = new FourierProjector(volume());
		final float[] expected = images("relion/single_r" + rot + "_t" + tilt + "_p" + psi + "_x" + x + "_y" + y +
			".mrc")[0];
		final float[] image = new float[64 * 64];
		new FourierSlice(projector).project(projector, new Pose(new Orientation(rot, tilt, psi), 4 * x, 4 * y), image);
		assertSame(expected, image);
	}

	/** relion_project --i betagal_64_4.0.mrc --ang STAR --o ROOT */
	@ParameterizedTest
	@CsvSource({ "betagal_64_clean", "betagal_64_noctf_shift" })
	void equalsStacks(final String name) {
		final FourierProjector projector = new FourierProjector(volume());
		final FourierSlice slice = new FourierSlice(projector);
		final List<RelionParticle> particles = RelionParticles.read(TestData.file("relion/" + name + ".star")).particles();
		final float[][] expected = images("relion/" + name + ".mrcs");
		assertEquals(particles.size(), expected.length);
		final float[] image = new float[64 * 64];
		for (int i = 0; i < expected.length; i++) {
			slice.project(projector, pose(particles.get(i)), image);
			assertSame(expected[i], image);
		}
	}

	/** relion_project --i betagal_64_4.0.mrc --ang betagal_64_ctf_shift.star --ctf --o betagal_64_ctf_shift */
	@Test
	void equalsProjectionsWithCtf() {
		final FourierProjector projector = new FourierProjector(volume());
		final FourierSlice slice = new FourierSlice(projector);
		final List<RelionParticle> particles = RelionParticles.read(TestData.file("relion/betagal_64_ctf_shift.star"))
			.particles();
		final float[][] expected = images("relion/betagal_64_ctf_shift.mrcs");
		final float[] image = new float[64 * 64];
		for (int i = 0; i < expected.length; i++) {
			slice.project(projector, pose(particles.get(i)), CtfParameters.of(particles.get(i)), image);
			assertSame(expected[i], image);
		}
	}

	/** RELION's CTF on RELION's projections, so that only the CTF is compared. */
	@Test
	void ctfEqualsRelionsToOnePartInTenThousand() {
		final List<RelionParticle> particles = RelionParticles.read(TestData.file("relion/betagal_64_ctf_shift.star"))
			.particles();
		final float[][] with = images("relion/betagal_64_ctf_shift.mrcs");
		final float[][] without = images("relion/betagal_64_noctf_shift.mrcs");
		final RealFourierTransform2D fourier = new RealFourierTransform2D(64);
		final Ctf ctf = new Ctf(64, 4);
		final float[] spectrum = new float[fourier.spectrumLength()];
		final float[] values = new float[ctf.length()];
		final float[] image = new float[64 * 64];
		for (int i = 0; i < with.length; i++) {
			fourier.forward(without[i], spectrum);
			ctf.sample(CtfParameters.of(particles.get(i)), values);
			FourierFilter.multiply(spectrum, values);
			fourier.inverse(spectrum, image);
			double error = 0, square = 0;
			for (int p = 0; p < image.length; p++) {
				error += Math.pow(image[p] - with[i][p], 2);
				square += Math.pow(with[i][p], 2);
			}
			assertTrue(Math.sqrt(error / square) < 1e-4, "image " + i + ": " + Math.sqrt(error / square));
		}
	}

	private static void assertSame(final float[] expected, final float[] image) {
		final Likeness likeness = Likeness.of(expected, image);
		assertTrue(likeness.correlation() > 0.9999, () -> "correlation " + likeness.correlation());
		assertEquals(1, likeness.slope(), 0.001);
	}

	static Pose pose(final RelionParticle particle) {
		return new Pose(new Orientation(particle.rotDegree(), particle.tiltDegree(), particle.psiDegree()), particle
			.originXAngstrom(), particle.originYAngstrom());
	}

	static Volume volume() {
		try (MrcFile file = MrcFile.open(TestData.file("relion/betagal_64_4.0.mrc"), MrcKind.VOLUME)) {
			return file.readVolume();
		}
	}

	private static float[][] images(final String name) {
		try (MrcFile file = MrcFile.open(TestData.file(name), MrcKind.STACK)) {
			final float[][] images = new float[file.sections()][file.width() * file.height()];
			for (int i = 0; i < images.length; i++) file.readSection(i, images[i]);
			return images;
		}
	}
}
