package io.github.clearice.hostile;

import io.github.clearice.model.ModelFile;
import io.github.clearice.model.TinyModel;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcValidator;
import io.github.clearice.star.RelionMicrographs;
import io.github.clearice.star.RelionParticles;
import io.github.clearice.structure.StructureReader;
import io.github.clearice.task.ClearIceException;
import io.github.clearice.worker.WorkerLines;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Every reader of untrusted input, as a function of bytes. It may refuse with a {@link ClearIceException}; any other
 * exception, a hang or a full heap is a fault.
 */
public enum HostileInput {

	MRC(".mrc") {

		@Override
		void read(final Path file) {
			MrcValidator.validate(file);
			try (MrcFile mrc = MrcFile.open(file)) {
				mrc.warnings();
				mrc.extendedHeader();
				final long pixels = (long) mrc.width() * mrc.height();
				if (pixels < 100_000 && mrc.sections() > 0) mrc.readSection(mrc.sections() - 1, new float[(int) pixels]);
			}
		}

		@Override
		public List<byte[]> seeds() {
			final List<byte[]> seeds = new ArrayList<>();
			for (final int mode : new int[] { 0, 1, 2, 4, 6, 12, 101 }) seeds.add(mrc(mode, mode % 2 == 0));
			return seeds;
		}
	},

	PARTICLES(".star") {

		@Override
		void read(final Path file) {
			final RelionParticles particles = RelionParticles.read(file);
			particles.warnings();
			particles.write(file.resolveSibling("written.star"));
		}

		@Override
		public List<byte[]> seeds() {
			return texts("""
				# version 30001
				data_optics

				loop_
				_rlnOpticsGroup #1
				_rlnOpticsGroupName #2
				_rlnAmplitudeContrast #3
				_rlnSphericalAberration #4
				_rlnVoltage #5
				_rlnImagePixelSize #6
				_rlnImageSize #7
				_rlnBeamTiltX #8
				_rlnOddZernike #9
				1 opticsGroup1 0.1 2.7 300 1.5 16 0.5 [0,1,2,3,4,5]

				data_particles

				loop_
				_rlnImageName #1
				_rlnOpticsGroup #2
				_rlnAngleRot #3
				_rlnAngleTilt #4
				_rlnAnglePsi #5
				_rlnOriginXAngst #6
				_rlnOriginYAngst #7
				_rlnDefocusU #8
				_rlnDefocusV #9
				_rlnDefocusAngle #10
				_rlnRandomSubset #11
				000001@s.mrcs 1 1 2 3 0.5 -0.5 10000 9000 45 1
				000002@"s p.mrcs" 1 1 2 3 0.5 -0.5 10000 9000 45 2
				""", """
				data_

				loop_
				_rlnImageName
				_rlnMagnification
				_rlnDetectorPixelSize
				_rlnVoltage
				_rlnDefocusU
				1@a.mrcs 50000 7.5 300 10000
				;
				text
				;
				""", """
				data_
				_rlnImageName 1@a.mrcs
				_rlnVoltage 300
				""");
		}
	},

	MICROGRAPHS(".star") {

		@Override
		void read(final Path file) {
			RelionMicrographs.isListOf(file);
			RelionMicrographs.read(file);
		}

		@Override
		public List<byte[]> seeds() {
			return texts("""
				data_optics
				loop_
				_rlnOpticsGroup
				_rlnMicrographPixelSize
				_rlnVoltage
				_rlnSphericalAberration
				_rlnAmplitudeContrast
				1 1.5 300 2.7 .1

				data_micrographs
				loop_
				_rlnMicrographName
				_rlnOpticsGroup
				_rlnDefocusU
				_rlnDefocusV
				_rlnDefocusAngle
				m1.mrc 1 10000 9000 10
				m2.mrc 1 10000 9000 10
				""");
		}
	},

	CRYOSPARC(".cs") {

		@Override
		void read(final Path file) {
			RelionParticles.read(file).warnings();
		}

		@Override
		public List<byte[]> seeds() {
			try {
				final Path folder = Path.of("src/test/resources/io/github/clearice/star");
				final byte[] poses = Files.readAllBytes(folder.resolve("poses.cs"));
				return List.of(Arrays.copyOf(poses, Math.min(poses.length, 4096)), Files.readAllBytes(folder.resolve(
					"betagal_64_ctf_shift.cs")));
			}
			catch (final IOException e) {
				throw new UncheckedIOException(e);
			}
		}
	},

	CISTEM(".star") {

		@Override
		void read(final Path file) {
			RelionParticles.read(file);
		}

		@Override
		public List<byte[]> seeds() {
			return texts("""
				data_

				loop_
				_cisTEMPositionInStack #1
				_cisTEMAnglePsi #2
				_cisTEMAngleTheta #3
				_cisTEMAnglePhi #4
				_cisTEMXShift #5
				_cisTEMYShift #6
				_cisTEMDefocus1 #7
				_cisTEMDefocus2 #8
				_cisTEMDefocusAngle #9
				_cisTEMPixelSize #10
				_cisTEMMicroscopeVoltagekV #11
				_cisTEMMicroscopeCsMM #12
				_cisTEMAmplitudeContrast #13
				_cisTEMStackFilename #14
				1 12.30 45.60 -170.00 3.50 -2.25 15000.0 14000.0 45.00 1.5000 300.00 2.70 0.0700 'particle stack.mrc'
				""");
		}
	},

	PDB(".pdb") {

		@Override
		void read(final Path file) {
			StructureReader.read(file);
		}

		@Override
		public List<byte[]> seeds() {
			return texts("""
				HEADER    TEST
				REMARK 350 BIOMOLECULE: 1
				REMARK 350 APPLY THE FOLLOWING TO CHAINS: A
				REMARK 350   BIOMT1   1  1.000000  0.000000  0.000000        0.00000
				REMARK 350   BIOMT2   1  0.000000  1.000000  0.000000        0.00000
				REMARK 350   BIOMT3   1  0.000000  0.000000  1.000000        0.00000
				MODEL        1
				ATOM      2  CA AVAL A   2     114.370  27.980 -26.088  0.50 43.49           C
				ATOM      3  CA BVAL A   2     115.370  27.980 -26.088  0.50 43.49           C
				HETATM    4 MG    MG A 300      10.000  10.000  10.000  1.00 10.00          MG2+
				TER
				ENDMDL
				END
				""");
		}
	},

	MMCIF(".cif") {

		@Override
		void read(final Path file) {
			StructureReader.read(file);
		}

		@Override
		public List<byte[]> seeds() {
			return texts("""
				data_TEST
				#
				loop_
				_atom_site.group_PDB
				_atom_site.id
				_atom_site.type_symbol
				_atom_site.label_atom_id
				_atom_site.label_alt_id
				_atom_site.label_comp_id
				_atom_site.label_asym_id
				_atom_site.label_seq_id
				_atom_site.pdbx_PDB_ins_code
				_atom_site.Cartn_x
				_atom_site.Cartn_y
				_atom_site.Cartn_z
				_atom_site.occupancy
				_atom_site.B_iso_or_equiv
				_atom_site.auth_seq_id
				_atom_site.auth_asym_id
				_atom_site.pdbx_PDB_model_num
				ATOM 1 C CA . MET A 1 ? 1.5 -2.5 3.5 0.75 40.83 214 XB 1
				HETATM 2 O 'O5*' . NAG B . ? 1.5 -2.5 3.5 0.75 40.83 214 XB 1
				#
				loop_
				_pdbx_struct_assembly_gen.assembly_id
				_pdbx_struct_assembly_gen.oper_expression
				_pdbx_struct_assembly_gen.asym_id_list
				1 '(1-2)(X)' A,B
				#
				""");
		}
	},

	MODEL(".clearice") {

		@Override
		void read(final Path file) {
			ModelFile.read(file);
			ModelFile.readForInference(file);
		}

		@Override
		public List<byte[]> seeds() {
			return List.of(model());
		}
	},

	/** The card alone, in an archive whose checksums are right. */
	MODEL_CARD(".clearice", "card.json") {

		@Override
		void read(final Path file) {
			ModelFile.read(file);
		}

		@Override
		public List<byte[]> seeds() {
			return List.of(entry("card.json"));
		}
	},

	/** A checkpoint's state alone, in an archive whose checksums are right. */
	CHECKPOINT(".clearice", "checkpoint/state.json") {

		@Override
		void read(final Path file) {
			ModelFile.read(file);
		}

		@Override
		public List<byte[]> seeds() {
			return texts("{\"step\": \"3\", \"epoch\": \"1\"}\n");
		}
	},

	/** The name of an image in a STAR file: it may climb, be absolute or be nonsense. */
	IMAGE_NAME(".star") {

		@Override
		void read(final Path file) {
			final RelionParticles particles = RelionParticles.read(file);
			particles.stackFile(particles.particles().get(0));
			particles.nameOf(file.resolveSibling("out.mrcs"), file.resolveSibling("out.star"));
		}

		@Override
		byte[] file(final byte[] bytes) {
			final String name = new String(bytes, StandardCharsets.UTF_8).replaceAll("[\r\n]", "_");
			return ("data_\nloop_\n_rlnImageName\n_rlnVoltage\n" + name + " 300\n").getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public List<byte[]> seeds() {
			return texts("000001@Extract/job012/a.mrcs", "3@../../../etc/passwd", "/dev/zero", "1@'a b.mrcs'", "~/x",
				"C:\\a");
		}
	},

	/** A worker's output, as its parent process reads it. */
	WORKER_EVENTS(".txt") {

		@Override
		void read(final Path file) {
			WorkerLines.readAsParent(text(file));
		}

		@Override
		public List<byte[]> seeds() {
			return texts("""
				{"event":"begin","task":"Training","total":10}
				{"event":"progress","done":3}
				{"event":"start","step":0}
				{"event":"metrics","step":1,"steps":10,"epoch":0.5,"loss":0.25}
				{"event":"validation","epoch":1,"step":2,"loss":0.5,"rate":0.001,"validationLoss":0.25,"psnr":21.5}
				{"event":"checkpoint","step":2,"file":"a.clearice"}
				{"event":"message","text":"Hello"}
				{"event":"end"}
				{"event":"report","text":"done"}
				{"event":"error","text":"no","cancelled":true}
				{"event":"exit","code":0}
				""");
		}
	},

	/** A parent's requests, as its worker reads them. */
	WORKER_TASKS(".txt") {

		@Override
		void read(final Path file) {
			WorkerLines.readAsWorker(text(file).getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public List<byte[]> seeds() {
			return texts("[\"denoise\",\"input=a.mrcs\",\"output=b.mrcs\"]\nstop\ncancel\n");
		}
	};

	private static byte[] model;

	private final String ending;
	/** That the bytes are in a model file; null if they are the whole file. */
	private final String entry;

	HostileInput(final String ending) {
		this(ending, null);
	}

	HostileInput(final String ending, final String entry) {
		this.ending = ending;
		this.entry = entry;
	}

	/** Reads a file as the programs do. */
	abstract void read(Path file);

	/** Small inputs that are right. */
	public abstract List<byte[]> seeds();

	/** The file that holds the bytes. */
	byte[] file(final byte[] bytes) {
		return entry == null ? bytes : archive(entry, bytes);
	}

	/**
	 * Reads bytes.
	 *
	 * @param folder for the file that holds them; a folder in memory is faster
	 * @return whether they were taken; false where they were refused
	 */
	public boolean accepts(final byte[] bytes, final Path folder) {
		try {
			final Path file = folder.resolve("input" + ending);
			Files.write(file, file(bytes));
			read(file);
			return true;
		}
		catch (final ClearIceException e) {
			if (e.getMessage().isBlank()) throw new AssertionError("A refusal without words", e);
			return false;
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static List<byte[]> texts(final String... texts) {
		final List<byte[]> seeds = new ArrayList<>();
		for (final String text : texts) seeds.add(text.getBytes(StandardCharsets.UTF_8));
		return seeds;
	}

	private static String text(final Path file) {
		try {
			return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static byte[] mrc(final int mode, final boolean little) {
		final ByteBuffer bytes = ByteBuffer.allocate(1024 + 80 + 4 * 4 * 2 * 4).order(little ? ByteOrder.LITTLE_ENDIAN
			: ByteOrder.BIG_ENDIAN);
		final int[] words = { 4, 4, 2, mode, 0, 0, 0, 4, 4, 2 };
		for (final int word : words) bytes.putInt(word);
		for (final float length : new float[] { 8, 8, 4, 90, 90, 90 }) bytes.putFloat(length);
		bytes.putInt(1).putInt(2).putInt(3);
		bytes.putInt(4 * 22, 1).putInt(4 * 23, 80).putInt(4 * 27, 20141);
		bytes.position(208).put("MAP ".getBytes(StandardCharsets.US_ASCII)).putInt(little ? 0x4444 : 0x11110000);
		return bytes.array();
	}

	private static synchronized byte[] model() {
		if (model == null) {
			try {
				final Path file = Files.createTempFile("tiny", ".clearice");
				Files.delete(file);
				TinyModel.model().write(file);
				model = Files.readAllBytes(file);
				Files.delete(file);
			}
			catch (final IOException e) {
				throw new UncheckedIOException(e);
			}
		}
		return model;
	}

	private static byte[] entry(final String name) {
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(model()))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				if (entry.getName().equals(name)) return zip.readAllBytes();
			}
			throw new IllegalStateException("The model has no " + name);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** The tiny model with one text replaced or added, and a manifest that agrees. */
	private static byte[] archive(final String replaced, final byte[] text) {
		final StringBuilder manifest = new StringBuilder("[");
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			zip.setLevel(0);
			add(zip, manifest, replaced, text, "");
			add(zip, manifest, "weights/a.f32", new byte[4], ",\"shape\":[1]");
			if (!replaced.equals("card.json")) add(zip, manifest, "card.json", entry("card.json"), "");
			zip.putNextEntry(new ZipEntry("manifest.json"));
			zip.write(manifest.append("]").toString().getBytes(StandardCharsets.UTF_8));
			zip.closeEntry();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return bytes.toByteArray();
	}

	private static void add(final ZipOutputStream zip, final StringBuilder manifest, final String name,
		final byte[] bytes,
		final String more) throws IOException
	{
		zip.putNextEntry(new ZipEntry(name));
		zip.write(bytes);
		zip.closeEntry();
		try {
			manifest.append(manifest.length() > 1 ? "," : "").append("{\"entry\":\"").append(name).append("\",\"bytes\":")
				.append(bytes.length).append(",\"sha256\":\"").append(
					HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
					.digest(bytes))).append("\"").append(more).append("}");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
