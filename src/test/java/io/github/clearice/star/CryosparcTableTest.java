package io.github.clearice.star;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.task.InputException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code poses.cs} was made by {@code poses.py} (NumPy and SciPy) beside it, from the angles that are expected here.
 */
class CryosparcTableTest {

	/** RELION's rot, tilt and psi; the file holds {@code Rotation.from_euler('ZYZ', ...).as_rotvec()} of them. */
	private static final double[][] ANGLES = { { 10.5, 20.25, -30 }, { -120.25, 95, 170.5 }, { 0, 90, 0 }, { 179, 1.5,
		-2 }, { 45, 180, 0 }, { -77.5, 60, 135 } };

	@TempDir
	Path folder;

	@Test
	void turnsRotationVectorsIntoRelionsAngles() throws IOException {
		final List<RelionParticle> particles = RelionParticles.read(poses()).particles();
		for (int row = 0; row < ANGLES.length; row++) {
			final RelionParticle read = particles.get(row);
			final double[] expected = matrix(ANGLES[row]), found = matrix(read.rotDegree(), read.tiltDegree(), read
				.psiDegree());
			assertArrayEquals(expected, found, 2e-7, "row " + row);
		}
	}

	/** RELION's matrix {@code Rz(psi) Ry(tilt) Rz(rot)}. */
	private static double[] matrix(final double... degrees) {
		final double ca = Math.cos(Math.toRadians(degrees[0])), sa = Math.sin(Math.toRadians(degrees[0]));
		final double cb = Math.cos(Math.toRadians(degrees[1])), sb = Math.sin(Math.toRadians(degrees[1]));
		final double cg = Math.cos(Math.toRadians(degrees[2])), sg = Math.sin(Math.toRadians(degrees[2]));
		return new double[] { cg * cb * ca - sg * sa, cg * cb * sa + sg * ca, -cg * sb, -sg * cb * ca - cg * sa, -sg * cb *
			sa + cg * ca, sg * sb, sb * ca, sb * sa, cb };
	}

	@Test
	void readsFurtherFieldsOfCryosparc() throws IOException {
		final RelionParticles read = RelionParticles.read(poses());
		final RelionParticle first = read.particles().get(0), fifth = read.particles().get(4);
		assertEquals("J1/a.mrc", first.stack());
		assertEquals(4, first.index());
		assertEquals("J1/long name b.mrc", fifth.stack());
		// In pixels of 3 Å, those of the alignment.
		assertEquals(3, first.originXAngstrom(), 1e-6);
		assertEquals(-6, first.originYAngstrom(), 1e-6);
		assertEquals(12, fifth.originYAngstrom(), 1e-6);
		assertEquals(1.5, first.pixelSizeAngstrom());
		assertEquals(1, first.randomSubset());
		assertEquals(3, fifth.classNumber());
		final RelionCtf ctf = first.ctf();
		assertArrayEquals(new double[] { 300, 2.7, 0.1, 15000, 14500, 30, 90, 40, 1 }, new double[] { ctf.voltageKilovolt(),
			ctf.sphericalAberrationMillimetre(), ctf.amplitudeContrast(), ctf.defocusUAngstrom(), ctf.defocusVAngstrom(), ctf
				.defocusAngleDegree(), ctf.phaseShiftDegree(), ctf.bFactorSquareAngstrom(), ctf.scale() }, 1e-5);
		assertEquals(-1, read.sign(0));
		// Exposure groups 7 and 2, counted from 1.
		assertEquals(8, first.opticsGroup());
		assertEquals(3, fifth.opticsGroup());
		assertEquals(64, read.opticsGroups().get(0).imageSize());
	}

	@Test
	void readsAberrationsAndMagnification() throws IOException {
		final List<RelionParticle> particles = RelionParticles.read(poses()).particles();
		assertEquals(Magnification.NONE, particles.get(4).observation().magnification());
		assertFalse(particles.get(4).observation().isAntisymmetric());
		final ObservationModel model = particles.get(0).observation();
		// numpy.arcsin(cs['ctf/tilt_A'] / cs['ctf/cs_mm'] * 1e-7) * 1e3, as pyem has it.
		assertEquals(0.5, model.beamTiltXMilliradian(), 1e-7);
		assertEquals(-0.25, model.beamTiltYMilliradian(), 1e-7);
		assertEquals(new Magnification(1 + (double) 0.01f, 0.002f, -0.003f, 1 + (double) -0.02f), model.magnification());
		final double lambda = 12.2643247 / Math.sqrt(3e5 * (1 + 3e5 * 0.978466e-6)), r = 0.3, phi = 0.7;
		final List<Double> odd = model.oddZernike(), even = model.evenZernike();
		assertEquals(-2 * Math.PI * lambda * lambda * Math.pow(r, 3) * (900 * Math.cos(3 * phi) - 300 * Math.sin(3 * phi)),
			Math.pow(r, 3) * (odd.get(2) * Math.sin(3 * phi) + odd.get(5) * Math.cos(3 * phi)), 1e-9);
		final double twofold = even.get(1) * r * r + even.get(5) * (4 * r * r - 3) * r * r, cosine = even.get(3) * r * r +
			even.get(7) * (4 * r * r - 3) * r * r;
		assertEquals(Math.PI / 2 * Math.pow(lambda, 3) * Math.pow(r, 4) * (1e5 * Math.cos(2 * phi) + 2e5 * Math.sin(2 *
			phi) + 3e5 * Math.cos(4 * phi) + 4e5 * Math.sin(4 * phi)), twofold * Math.sin(2 * phi) + cosine * Math.cos(2 *
				phi) + Math.pow(r, 4) * (even.get(4) * Math.sin(4 * phi) + even.get(8) * Math.cos(4 * phi)), 1e-9);
	}

	@Test
	void writesOtherImagesAndKeepsAllElseByteForByte() throws IOException {
		final Path source = poses(), copy = folder.resolve("copy.cs"), target = folder.resolve("denoised.cs");
		final RelionParticles particles = RelionParticles.read(source);
		particles.write(copy);
		assertArrayEquals(Files.readAllBytes(source), Files.readAllBytes(copy));
		particles.withRows(5, 0).withStack("Müller/denoised.mrcs").write(target);
		final CsTable before = CsTable.read(source), after = CsTable.read(target);
		assertEquals("Müller/denoised.mrcs", after.text(1, "blob/path"));
		assertEquals(1, after.number(1, "blob/idx", 0));
		assertEquals(before.names().toString(), after.names().toString());
		for (final String name : before.names())
			if (!name.equals("blob/path") && !name.equals("blob/idx")) {
				for (int item = 0; item < before.items(name); item++)
					assertEquals(before.number(5, name, item), after.number(0, name, item), name);
			}
		// NumPy lets rows begin at a multiple of 64 bytes: two rows of 165 bytes follow.
		assertEquals(0, (Files.size(target) - 2 * 165) % 64);
	}

	@Test
	void writesPreparedParticles() throws IOException {
		final RelionParticles particles = RelionParticles.read(poses());
		final StarTable optics = particles.tables().table("optics").orElseThrow().withColumn("rlnImagePixelSize",
			row -> "3.0").withColumn("rlnImageSize", row -> "32");
		final StarTable rows = particles.table().withColumn("rlnOriginXAngst", row -> "-1.5").withColumn("rlnAngleRot",
			row -> row == 0 ? "-10.5" : particles.table().get(row, "rlnAngleRot"));
		final Path target = folder.resolve("prepared.cs");
		particles.with(rows, optics).write(target);
		final RelionParticles back = RelionParticles.read(target);
		assertEquals(3, back.particles().get(2).pixelSizeAngstrom());
		assertEquals(32, back.opticsGroups().get(0).imageSize());
		assertEquals(-1.5, back.particles().get(3).originXAngstrom(), 1e-6);
		assertEquals(12, back.particles().get(4).originYAngstrom(), 1e-6);
		final RelionParticle first = back.particles().get(0);
		assertArrayEquals(matrix(-10.5, 20.25, -30), matrix(first.rotDegree(), first.tiltDegree(), first.psiDegree()),
			2e-7);
	}

	@Test
	void refusesToWriteOthersParticlesForCryosparc() throws IOException {
		final RelionParticles particles = RelionParticles.read(Files.writeString(folder.resolve("a.star"),
			"data_\nloop_\n_rlnImageName\n1@a.mrcs\n"));
		assertTrue(assertThrows(InputException.class, () -> particles.write(folder.resolve("b.cs"))).getMessage().contains(
			"is named like a file of cryoSPARC"));
	}

	@Test
	void joinsPassthroughFilesOfTheJob() throws IOException {
		final Path job = Files.createDirectories(folder.resolve("P1/J24"));
		final String main = "[('uid', '<u8'), ('alignments2D/class', '<u4'), ('alignments2D/pose', '<f4')]";
		final Path particles = npy(job.resolve("J24_020_particles.cs"), 1, main, 2, longs(5, 6), ints(0, 1), floats(0.5f,
			-0.5f));
		assertTrue(assertThrows(InputException.class, () -> RelionParticles.read(particles)).getMessage().contains(
			"names no particle images (no field blob/path)"));
		final String others = "[('uid', '<u8'), ('blob/path', 'S3'), ('blob/idx', '<u4'), ('alignments2D/class', '<u4')]";
		npy(job.resolve("J24_passthrough_other.cs"), 1, others, 1, longs(5), bytes("x.m"), ints(0), ints(0));
		npy(job.resolve("J24_passthrough_particles.cs"), 1, others, 3, longs(6, 7, 5), bytes("bbbcccaaa"), ints(1, 2, 3),
			ints(9, 9, 9));
		final RelionParticles read = RelionParticles.read(particles);
		assertEquals(List.of("000004@aaa", "000002@bbb"), read.particles().stream().map(RelionParticle::imageName)
			.toList());
		assertEquals(2, read.particles().get(1).classNumber());
		assertEquals(Math.toDegrees(0.5), read.particles().get(0).psiDegree(), 1e-5);
	}

	@ParameterizedTest
	@CsvSource({ "1, <", "2, <", "3, >", "1, >" })
	void readsAllVersionsAndBothByteOrders(final int version, final String order) throws IOException {
		final ByteOrder bytes = order.equals("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
		final ByteBuffer row = ByteBuffer.allocate(8 + 12 + 8 + 4).order(bytes);
		row.putLong(1).put("ä.m".getBytes(bytes == ByteOrder.LITTLE_ENDIAN ? "UTF-32LE" : "UTF-32BE")).putDouble(2.5)
			.putShort((short) -3).put((byte) 1);
		final Path path = npy(folder.resolve("a.cs"), version, "[('uid', '" + order + "u8'), ('blob/path', '" + order +
			"U3'), ('blob/psize_A', '" + order + "f8'), (('a title', 'blob/idx'), '" + order +
			"i2'), ('on', '|b1'), ('', '|V1')]", 1, row.array());
		final CsTable table = CsTable.read(path);
		assertEquals("ä.m", table.text(0, "blob/path"));
		assertEquals(2.5, table.number(0, "blob/psize_A", 0));
		assertEquals(-3, table.number(0, "blob/idx", 0));
		assertEquals("ö/long.mrcs", CsTable.read(write(table.withText("blob/path", i -> "ö/long.mrcs"))).text(0,
			"blob/path"));
	}

	private Path write(final CsTable table) {
		table.write(folder.resolve("b.cs"));
		return folder.resolve("b.cs");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~', value = {
		"[('uid', '<u8'), ('blob/path', '|O')] ; field blob/path: holds Python objects",
		"[('uid', '<u8'), ('a', [('x', '<f4')])] ; field a: holds fields of its own",
		"[('uid', '<q8')] ; field uid of the unknown type <q8",
		"[('uid', '<u8'), ('uid', '<u8')] ; twice",
		"'<f8' ; holds numbers without fields",
		"[('uid', '<u8'), ('x', 'S900000000', (4,))] ; more than 2 GiB",
		"[('uid', '<u8'), ('x', '<f4', (99,))] ; is shorter than its head says",
		"[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]] ; is not as NumPy writes it",
		"[('uid', '<u8' ; is not as NumPy writes it" })
	void refusesWhatIsNoTableOfCryosparc(final String fields, final String why) throws IOException {
		final Path path = npy(folder.resolve("a.cs"), 1, fields, 1, new byte[16]);
		final String message = assertThrows(InputException.class, () -> RelionParticles.read(path)).getMessage();
		assertTrue(message.contains(why) && message.startsWith(path.toString()) && !message.contains("\n"), message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "data_\nloop_\n_rlnImageName\n1@a.mrcs\n", "", "\u0094CSDAT......",
		"\u0093NUMPY\u0009\0\1\0......" })
	void refusesOtherFilesOfThatName(final String text) throws IOException {
		final Path path = Files.write(folder.resolve("a.cs"), text.getBytes(StandardCharsets.ISO_8859_1));
		assertThrows(InputException.class, () -> RelionParticles.read(path));
	}

	/** Poses of the likeliest class, as version 4.5 and earlier ones of cryoSPARC list several. */
	@Test
	void takesThePoseOfTheLikeliestClass() throws IOException {
		final Path one = npy(folder.resolve("multi.cs"), 1,
			"[('blob/path', 'S1'), ('alignments3D_multi/pose', '<f4', (2, 3))," +
				" ('alignments3D_multi/shift', '<f4', (2, 2)), ('alignments3D_multi/class', '<u4', (2,))," +
				" ('alignments3D_multi/class_posterior', '<f4', (2,)), ('alignments3D_multi/psize_A', '<f4')]", 1, bytes("a"),
			floats(0, 0, 0.1f, 0, 0, 0.2f), floats(1, 2, 3, 4), ints(5, 6), floats(0.4f, 0.6f), floats(2));
		final RelionParticle multi = RelionParticles.read(one).particles().get(0);
		assertEquals(Math.toDegrees(0.2), multi.psiDegree(), 1e-5);
		assertEquals(6, multi.originXAngstrom());
		assertEquals(7, multi.classNumber());
		final Path two = npy(folder.resolve("classes.cs"), 1, "[('blob/path', 'S1'), ('blob/psize_A', '<f4')," +
			" ('alignments_class_0/pose', '<f4', (3,)), ('alignments_class_0/class_posterior', '<f4')," +
			" ('alignments_class_1/pose', '<f4', (3,)), ('alignments_class_1/class_posterior', '<f4')]", 1, bytes("a"),
			floats(1, 0, 0, 0.3f, 0.9f, 0, 0, 0.4f, 0.1f));
		final RelionParticle first = RelionParticles.read(two).particles().get(0);
		assertEquals(Math.toDegrees(0.3), first.psiDegree(), 1e-5);
		assertEquals(1, first.classNumber());
	}

	@Test
	void saysWhatItDoesNotApply() throws IOException {
		final Path path = npy(folder.resolve("shifted.cs"), 1, "[('blob/path', 'S1'), ('ctf/shift_A', '<f4', (2,))]", 1,
			bytes("a"), floats(0.3f, -0.4f));
		assertEquals(List.of(
			"ctf/shift_A, by which exposure groups are shifted as a whole, is not applied; it is 0.500 Å at most."),
			RelionParticles.read(path).warnings());
		assertEquals(List.of(), RelionParticles.read(poses()).warnings());
	}

	@Test
	void readsMicrographs() throws IOException {
		final Path path = npy(folder.resolve("exposures.cs"), 1,
			"[('micrograph_blob/path', 'S9'), ('micrograph_blob/psize_A'," +
				" '<f4'), ('mscope_params/accel_kv', '<f4'), ('mscope_params/cs_mm', '<f4'), ('ctf/df1_A', '<f4')]", 1, bytes(
					"J2/m.mrc\0"), floats(1.25f, 300, 2.7f, 12000));
		assertTrue(RelionMicrographs.isListOf(path));
		assertFalse(RelionMicrographs.isListOf(poses()));
		final RelionMicrographs micrographs = RelionMicrographs.read(path);
		assertEquals("J2/m.mrc", micrographs.name(0));
		assertEquals(1.25, micrographs.pixelSizeAngstrom(0));
		assertEquals(12000, micrographs.ctf(0).defocusUAngstrom());
		assertEquals(2.7, micrographs.ctf(0).sphericalAberrationMillimetre());
		micrographs.write(folder.resolve("denoised.cs"), row -> "denoised/m.mrc");
		assertEquals("denoised/m.mrc", RelionMicrographs.read(folder.resolve("denoised.cs")).name(0));
	}

	/**
	 * {@code scipy.spatial.transform.Rotation.from_rotvec(cs['alignments3D/pose']).as_euler('ZYZ', degrees=True)[:2]} and
	 * {@code cs['alignments3D/shift'][0] * cs['alignments3D/psize_A'][0]}.
	 */
	@Test
	void readsARealTable() {
		final RelionParticles particles = RelionParticles.read(TestData.file("real/cryosparc_P12_J24_001_particles.cs"));
		assertEquals(2019, particles.size());
		final RelionParticle first = particles.particles().get(0), second = particles.particles().get(1);
		assertArrayEquals(new double[] { -157.80848736, 118.79097176, 34.68329967, 51.95248639, 110.21105768, 92.7571866 },
			new double[] { first.rotDegree(), first.tiltDegree(), first.psiDegree(), second.rotDegree(), second.tiltDegree(),
				second.psiDegree() }, 1e-6);
		assertArrayEquals(new double[] { 33.436408, -5.392969 }, new double[] { first.originXAngstrom(), first
			.originYAngstrom() }, 1e-5);
		assertEquals(45591.37, first.ctf().defocusUAngstrom());
		assertEquals(-78.131094, first.ctf().defocusAngleDegree(), 1e-5);
	}

	/**
	 * RELION's own projections, whose table was converted by SciPy: a map that is reconstructed from this table
	 * correlates to 1 - 3e-14 with that from RELION's.
	 */
	@Test
	void hasTheGeometryOfRelionsProjections() throws IOException {
		final List<RelionParticle> relion = RelionParticles.read(TestData.file("relion/betagal_64_ctf_shift.star"))
			.particles();
		final Path path = Files.write(folder.resolve("a.cs"), getClass().getResourceAsStream("betagal_64_ctf_shift.cs")
			.readAllBytes());
		final List<RelionParticle> particles = RelionParticles.read(path).particles();
		assertEquals(relion.size(), particles.size());
		for (int row = 0; row < relion.size(); row++) {
			final RelionParticle expected = relion.get(row), found = particles.get(row);
			assertArrayEquals(matrix(expected.rotDegree(), expected.tiltDegree(), expected.psiDegree()), matrix(found
				.rotDegree(), found.tiltDegree(), found.psiDegree()), 1e-6);
			assertArrayEquals(new double[] { expected.originXAngstrom(), expected.originYAngstrom(), expected.ctf()
				.defocusUAngstrom(), expected.ctf().defocusAngleDegree() }, new double[] { found.originXAngstrom(), found
					.originYAngstrom(), found.ctf().defocusUAngstrom(), found.ctf().defocusAngleDegree() }, 2e-3);
			assertEquals(expected.index(), found.index());
		}
	}

	private Path poses() throws IOException {
		final Path path = folder.resolve("poses.cs");
		if (!Files.exists(path)) Files.write(path, getClass().getResourceAsStream("poses.cs").readAllBytes());
		return path;
	}

	/** A file of NumPy; the parts of the first rows come field by field where there are as many as rows. */
	private static Path npy(final Path path, final int version, final String fields, final int rows,
		final byte[]... columns) throws IOException
	{
		final byte[] head = ("{'descr': " + fields + ", 'fortran_order': False, 'shape': (" + rows + ",), }\n").getBytes(
			version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(new byte[] { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0 });
		final ByteBuffer length = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
		out.writeBytes((version == 1 ? length.putShort((short) head.length) : length.putInt(head.length)).array());
		out.writeBytes(head);
		for (int row = 0; row < rows; row++) for (final byte[] column : columns) {
			final int size = column.length / rows;
			out.writeBytes(Arrays.copyOfRange(column, row * size, (row + 1) * size));
		}
		return Files.write(path, out.toByteArray());
	}

	private static byte[] bytes(final String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static byte[] longs(final long... values) {
		final ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
		for (final long value : values) bytes.putLong(value);
		return bytes.array();
	}

	private static byte[] ints(final int... values) {
		final ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
		for (final int value : values) bytes.putInt(value);
		return bytes.array();
	}

	private static byte[] floats(final float... values) {
		final ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
		for (final float value : values) bytes.putFloat(value);
		return bytes.array();
	}
}
