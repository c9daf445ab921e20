package io.github.clearice.mrc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.mrc.HeaderBuilder.SectionStatistics;

import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.RealType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real files of many programs against the Python package mrcfile 1.4.3. The
 * numbers were printed by
 *
 * <pre>
 * m = mrcfile.open(f, permissive=True); h = m.header
 * d = m.data if m.data.ndim == 3 else m.data[None]
 * where = {int(h.mapc): 2, int(h.mapr): 1, int(h.maps): 0}
 * d = numpy.transpose(d, (where[3], where[2], where[1])); z, y, x = d.shape
 * print(x, y, z, abs(h.cella.x) / h.mx, d.astype('f8').mean(), d.astype('f8').std(), d[z//3, y//2, x//4], d[z-1, 0,
 * x-2])
 * </pre>
 */
class RealMrcFilesTest {

	// @formatter:off
	@ParameterizedTest(name = "{0}")
	@CsvSource({ //
		"maps-and-stacks/aspire__clean70SRibosome_vol_65p.mrc, 65, 65, 65, VOLUME, NaN, 1.62587944e-06, 6.88004425e-05," +
			" 0.000213679465, 0", //
		"maps-and-stacks/aspire__rln_proj_64.mrcs, 64, 64, 5, STACK, NaN, 8.79298192e-05, 0.00148543839, 0.00235065655," +
			" 2.21393238e-05", //
		"maps-and-stacks/aspire__sample.mrcs, 200, 200, 17, STACK, NaN, 0.0106444757, 1.00712215, 0.749639213," +
			" -0.457466364", //
		"maps-and-stacks/cctbx__tst_input.map, 16, 8, 16, VOLUME, 5.13094, 5.57065505e-10, 0.140116653, 0.122096114," +
			" -0.164317191", //
		"maps-and-stacks/cryodrgn__toymodel_small_nocenter.mrc, 30, 30, 30, VOLUME, 1, 0.00666666667, 0.0813770374, 0," +
			" 0", //
		"maps-and-stacks/mrcfile__EMD-3001.map, 43, 25, 73, VOLUME, 0.44825, 0.000532966682, 0.157057221," +
			" -0.0137610771, 0.0375568867", //
		"maps-and-stacks/mrcfile__EMD-3197.map, 20, 20, 20, VOLUME, 11.4, 0.783612034, 2.39995291, 1.01567459," +
			" -1.8409133", //
		"maps-and-stacks/mrcfile__emd_3001.map.gz, 43, 25, 73, VOLUME, 0.44825, 0.000532966682, 0.157057221," +
			" -0.0137610771, 0.0375568867", //
		"maps-and-stacks/ncem__temp.mrc, 128, 128, 3, VOLUME, 2, 0.497137579, 0.288295536, 0.880462468, 0.268346637", //
		"maps-and-stacks/ngl_betaGal.mrc, 100, 100, 100, VOLUME, 3.54, -6.7829924e-05, 0.0165059746, -0.0108741587," +
			" 5.27092452e-05", //
		"maps-and-stacks/rsciio__Custom_movie.mrc, 16, 16, 30, STACK, 10, 1172.71224, 362.134861, 1539, 687", //
		"maps-and-stacks/sfftk__emd_5625.map, 56, 56, 56, VOLUME, 4.23, 0.252162041, 0.869321024, 5.10064745," +
			" -3.61909383e-06", //
		"maps-and-stacks/simplecryoem__pointmass.mrc, 64, 64, 64, VOLUME, NaN, 3.81469727e-06, 0.00195312127, 0, 0", //
		"maps-and-stacks/simplecryoem__relion_proj_batch.mrcs, 64, 64, 24, STACK, 3.54, 3.09669595e-05, 0.00978308926," +
			" -0.00750986207, 0.000545157469", //
		"maps-and-stacks/tempy__2dqj_10A_tempy.mrc, 26, 25, 23, VOLUME, 3.5, 1.84995238e-10, 1, 0.0355583727," +
			" -0.36701268", //
		"relion/betagal_64_4.0.mrc, 64, 64, 64, VOLUME, 4, 0.828770075, 3.92856603, 8.30135849e-10, 0", //
		"relion/betagal_64_clean.mrcs, 64, 64, 300, STACK, 4, 54.8931737, 125.321162, 47.8402481, 1.45225728", //
		"relion/betagal_64_ctf_shift.mrcs, 64, 64, 100, STACK, 4, 5.48931736, 30.4344071, -24.187994, 0.365248024", //
		"relion/betagal_64_noctf_shift.mrcs, 64, 64, 100, STACK, 4, 54.8931737, 124.453721, 20.6379986, 1.93816996", //
		"relion/betagal_64_rec300.mrc, 64, 64, 64, VOLUME, 4, 0.0296599372, 4.0148485, -0.839723229, -1.25770879", //
		"relion/rnapii_64_4.0.mrc, 64, 64, 64, VOLUME, 4, 0.0976222424, 0.52456427, -0.0514704585, -8.75876794e-05", //
		"relion/single_r0_t0_p0_x0_y0.mrc, 64, 64, 1, IMAGE, 4, 54.8931737, 104.21319, 94.2223358, 0.380576164", //
		"relion/single_r0_t0_p50_x0_y0.mrc, 64, 64, 1, IMAGE, 4, 54.8931737, 101.27064, 23.1429672, 1.224594", //
		"relion/single_r0_t40_p0_x0_y0.mrc, 64, 64, 1, IMAGE, 4, 54.8931736, 115.255446, 139.599487, -0.568601847", //
		"relion/single_r30_t0_p0_x0_y0.mrc, 64, 64, 1, IMAGE, 4, 54.8931736, 102.347853, 101.974182, 0.554072142", //
		"relion/single_r30_t60_p45_x0_y0.mrc, 64, 64, 1, IMAGE, 4, 54.8931737, 128.19024, 29.0139809, 0.969287574", //
		"relion/single_r30_t60_p45_x3_y-2.mrc, 64, 64, 1, IMAGE, 4, 54.8931737, 128.19024, 135.635666, 1.12108612", //
	})
	// @formatter:on
	void readsWhatMrcfileReads(final String name, final int width, final int height, final int sections,
		final MrcKind kind, final double pixelSizeAngstrom, final double mean, final double deviation, final float inside,
		final float corner)
	{
		try (MrcFile file = MrcFile.open(TestData.file(name))) {
			assertEquals(width, file.width());
			assertEquals(height, file.height());
			assertEquals(sections, file.sections());
			assertEquals(kind, file.kind());
			assertEquals(pixelSizeAngstrom, file.pixelSizeAngstrom(), 1e-5);
			final SectionStatistics statistics = new SectionStatistics();
			final float[] section = new float[width * height];
			for (int z = 0; z < sections; z++) {
				file.readSection(z, section);
				statistics.add(section, section.length);
			}
			assertEquals(mean, statistics.mean(), 1e-8 * deviation);
			assertEquals(deviation, statistics.standardDeviation(), 1e-8 * deviation);
			assertEquals(corner, section[width - 2]);
			file.readSection(sections / 3, section);
			assertEquals(inside, section[height / 2 * width + width / 4]);
			final RandomAccess<? extends RealType<?>> access = file.image().randomAccess();
			access.setPosition(width / 4, 0);
			access.setPosition(height / 2, 1);
			if (sections > 1) access.setPosition(sections / 3, 2);
			assertEquals(inside, access.get().getRealFloat());
		}
	}

	@Test
	void warnsOfTheWrongMachineStamp() {
		try (MrcFile file = MrcFile.open(TestData.file("maps-and-stacks/tempy__2dqj_10A_tempy.mrc"))) {
			assertTrue(file.warnings().toString().contains("machine stamp 00004444 is unknown"), file.warnings()
				.toString());
		}
	}

	@Test
	void warnsOfTheMissingMapIdentifier() {
		try (MrcFile file = MrcFile.open(TestData.file("maps-and-stacks/ncem__temp.mrc"))) {
			assertTrue(file.warnings().toString().contains("map identifier"), file.warnings().toString());
		}
	}

	@Test
	void warnsOfTheNegativeCell() {
		try (MrcFile file = MrcFile.open(TestData.file("maps-and-stacks/rsciio__Custom_movie.mrc"))) {
			assertTrue(file.warnings().toString().contains("cell is negative"), file.warnings().toString());
		}
	}

	@Test
	void readsACleanFileWithoutWarning() {
		try (MrcFile file = MrcFile.open(TestData.file("relion/betagal_64_4.0.mrc"))) {
			assertTrue(file.warnings().isEmpty(), file.warnings().toString());
			assertFalse(file.header().labels().get(0).isEmpty());
		}
	}
}
