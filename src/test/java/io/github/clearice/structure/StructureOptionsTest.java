package io.github.clearice.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.structure.StructureOptions.Plddt;
import io.github.clearice.task.InputException;
import io.github.clearice.task.TaskListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alternate locations, predicted models and assemblies. */
class StructureOptionsTest {

	private static final String ASSEMBLIES = """
		REMARK 350
		REMARK 350 BIOMOLECULE: 1
		REMARK 350 AUTHOR DETERMINED BIOLOGICAL UNIT: TRIMERIC
		REMARK 350 APPLY THE FOLLOWING TO CHAINS: A,
		REMARK 350                    AND CHAINS: B
		REMARK 350   BIOMT1   1  1.000000  0.000000  0.000000        0.00000
		REMARK 350   BIOMT2   1  0.000000  1.000000  0.000000        0.00000
		REMARK 350   BIOMT3   1  0.000000  0.000000  1.000000        0.00000
		REMARK 350   BIOMT1   2  0.000000 -1.000000  0.000000       10.00000
		REMARK 350   BIOMT2   2  1.000000  0.000000  0.000000        0.00000
		REMARK 350   BIOMT3   2  0.000000  0.000000  1.000000       -5.00000
		REMARK 350 APPLY THE FOLLOWING TO CHAINS: C
		REMARK 350   BIOMT1   1  1.000000  0.000000  0.000000        0.00000
		REMARK 350   BIOMT2   1  0.000000  1.000000  0.000000        0.00000
		REMARK 350   BIOMT3   1  0.000000  0.000000  1.000000        0.00000
		REMARK 350 BIOMOLECULE: 2
		REMARK 350 APPLY THE FOLLOWING TO CHAINS: B
		REMARK 350   BIOMT1   1 -1.000000  0.000000  0.000000        1.00000
		REMARK 350   BIOMT2   1  0.000000 -1.000000  0.000000        2.00000
		REMARK 350   BIOMT3   1  0.000000  0.000000  1.000000        3.00000
		ATOM      1  CA  ALA A   1       1.000   2.000   3.000  1.00 20.00           C
		ATOM      2  CA  ALA B   1       4.000   5.000   6.000  1.00 20.00           C
		ATOM      3  CA  ALA C   1       7.000   8.000   9.000  1.00 20.00           C
		END
		""";

	private static final String CIF_ASSEMBLIES = """
		data_X
		loop_
		_pdbx_struct_assembly_gen.assembly_id
		_pdbx_struct_assembly_gen.oper_expression
		_pdbx_struct_assembly_gen.asym_id_list
		1 (1-2)(P,3) A,C
		1 1 B
		2 1,3 B
		3 1,4 B
		loop_
		_pdbx_struct_oper_list.id
		_pdbx_struct_oper_list.matrix[1][1]
		_pdbx_struct_oper_list.matrix[1][2]
		_pdbx_struct_oper_list.matrix[1][3]
		_pdbx_struct_oper_list.vector[1]
		_pdbx_struct_oper_list.matrix[2][1]
		_pdbx_struct_oper_list.matrix[2][2]
		_pdbx_struct_oper_list.matrix[2][3]
		_pdbx_struct_oper_list.vector[2]
		_pdbx_struct_oper_list.matrix[3][1]
		_pdbx_struct_oper_list.matrix[3][2]
		_pdbx_struct_oper_list.matrix[3][3]
		_pdbx_struct_oper_list.vector[3]
		1 1 0 0 0 0 1 0 0 0 0 1 0
		2 0 -1 0 10 1 0 0 0 0 0 1 -5
		3 1 0 0 1 0 0 -1 2 0 1 0 3
		P 1 0 0 0 0 -1 0 0 0 0 -1 7
		loop_
		_atom_site.group_PDB
		_atom_site.type_symbol
		_atom_site.label_atom_id
		_atom_site.label_asym_id
		_atom_site.Cartn_x
		_atom_site.Cartn_y
		_atom_site.Cartn_z
		_atom_site.auth_seq_id
		_atom_site.auth_asym_id
		ATOM C CA A 1.0 2.0 3.0 1 X
		ATOM C CA B 4.0 5.0 6.0 1 Y
		HETATM C C1 C 7.0 8.0 9.0 9 X
		""";

	@TempDir
	Path folder;

	/**
	 * {@code d = gemmi.DensityCalculatorE(); d.d_min = 2; d.rate = 2; d.put_model_density_on_grid(model);
	 * d.grid.array.sum() / 8} on a grid of 0.5 Å.
	 */
	@ParameterizedTest
	@CsvSource({ "alt_5050.pdb, 18.66", "alt_5u3a.pdb, 12.02" })
	void theDensityIsTheSumOverAlternateLocations(final String file, final double integral) {
		final Path path = TestData.file("field-cases/structures/" + file);
		assertEquals(integral, integral(StructureReader.read(path)), 0.02);
		assertEquals(integral, integral(StructureReader.read(path, StructureOptions.DEFAULT.withAlternates(
			StructureOptions.HIGHEST))), 0.02, "one location with the occupancy of all");
	}

	private static double integral(final Structure structure) {
		double sum = 0;
		for (final float value : DensityMap.compute(structure, DensityOptions.scattering(64, 0.5), TaskListener.SILENT)
			.voxels()) sum += value;
		return sum / 8;
	}

	@Test
	void readsNumbersWithStandardUncertainties() {
		final Structure structure = StructureReader.read(TestData.file("field-cases/structures/esd.cif"));
		assertEquals(List.of(0.0, 9.0), List.of(structure.atoms().get(0).xAngstrom(), structure.atoms().get(9)
			.xAngstrom()));
	}

	/** Both rods are equally dense; B = 8 pi^2 / 3 (1.5 exp(4 (0.7 - 0.96)))^2 and with 0.32 where it is converted. */
	@Test
	void predictedModelsHaveNoBFactors() {
		final Path file = TestData.file("field-cases/structures/af.pdb");
		final Structure ignored = StructureReader.read(file);
		assertTrue(ignored.atoms().stream().allMatch(atom -> atom.bFactorSquareAngstrom() == 0));
		assertTrue(ignored.warnings().get(0).contains("confidences (pLDDT), which are ignored"), ignored.warnings()
			.toString());
		final Structure converted = StructureReader.read(file, with(Plddt.CONVERTED));
		assertEquals(7.398, converted.atoms().get(0).bFactorSquareAngstrom(), 1e-3);
		assertEquals(1237.959, converted.atoms().get(39).bFactorSquareAngstrom(), 1e-3);
		assertEquals(96, StructureReader.read(file, with(Plddt.KEPT)).atoms().get(0).bFactorSquareAngstrom());
	}

	@ParameterizedTest
	@CsvSource({ //
		"TITLE     ALPHAFOLD MONOMER V2.0 PREDICTION, true", "REMARK   1 B FACTORS ARE PLDDT, true",
		"AUTHOR    COLABFOLD, true", "TITLE     AN ENZYME, false" })
	void recognisesPredictedModels(final String line, final boolean predicted) throws IOException {
		final String atom = "ATOM      1  CA  ALA A   1       1.000   2.000   3.000  1.00 80.00           C\n";
		final Path file = write("p.pdb", line + "\n" + atom);
		final Structure read = StructureReader.read(file);
		assertEquals(predicted ? 0 : 80, read.atoms().get(0).bFactorSquareAngstrom());
		assertEquals(predicted, read.warnings().toString().contains("clearice map plddt=convert estimates"), read.warnings()
			.toString());
		final Path solved = write("s.pdb", "EXPDTA    X-RAY DIFFRACTION\n" + line + "\n" + atom);
		assertEquals(80, StructureReader.read(solved).atoms().get(0).bFactorSquareAngstrom(), "solved with a prediction");
		final Path refined = write("r.pdb", "REMARK   3 REFINEMENT.\n" + line + "\n" + atom);
		assertEquals(80, StructureReader.read(refined).atoms().get(0).bFactorSquareAngstrom(), "refined from a prediction");
		final Path impossible = write("i.pdb", line + "\n" + atom.replace("80.00", "180.0"));
		assertEquals(180, StructureReader.read(impossible).atoms().get(0).bFactorSquareAngstrom(), "no confidence");
	}

	@Test
	void predictionsAreToldByTheMetricOfMmcif() throws IOException {
		final Path file = write("p.cif", CIF_ASSEMBLIES.replace("data_X\n",
			"data_X\n_ma_qa_metric.id 1\n_ma_qa_metric.name pLDDT\n").replace("auth_asym_id\n",
				"auth_asym_id\n_atom_site.B_iso_or_equiv\n").replace(" X\n", " X 90\n").replace(" Y\n", " Y 40\n"));
		assertEquals(0, StructureReader.read(file).atoms().get(1).bFactorSquareAngstrom());
	}

	/** {@code gemmi.make_assembly(st.assemblies[0], st[0], gemmi.HowToNameCopiedChain.AddNumber)} of the same file. */
	@Test
	void buildsAssembliesOfPdbFiles() throws IOException {
		final Path file = write("a.pdb", ASSEMBLIES);
		assertEquals(List.of("A 1 2 3", "B 4 5 6", "A-2 8 1 -2", "B-2 5 4 1", "C 7 8 9"), places(StructureReader.read(file,
			assembly("1"))));
		assertEquals(List.of("B -3 -3 9"), places(StructureReader.read(file, assembly("2"))));
		assertEquals(3, StructureReader.read(file).atoms().size(), "not unless asked");
		assertEquals(
			"a.pdb has no assembly 3. Its assemblies are 1, 2; leave assembly= out, or give assembly=models if its" +
				" models are the assembly.", assertThrows(InputException.class, () -> StructureReader.read(file, assembly(
					"3"))).getMessage());
	}

	/** The products of the matrices, {@code (M[a] @ M[b] @ [x, y, z, 1])} in numpy, a of 1, 2 and b of P, 3. */
	@Test
	void buildsAssembliesOfMmcifFilesByTheLabelsOfChains() throws IOException {
		final Path file = write("a.cif", CIF_ASSEMBLIES.replace("3 1,4 B\n", ""));
		assertEquals(List.of("X 1 -2 4", "X 7 -8 -2", "X-2 2 -1 5", "X-2 8 -7 11", "X-3 12 1 -1", "X-3 18 7 -7",
			"X-4 11 2 0", "X-4 17 8 6", "Y 4 5 6"), places(StructureReader.read(file, assembly("1"))));
		assertEquals(List.of("Y 4 5 6", "Y-2 5 -4 8"), places(StructureReader.read(file, assembly("2"))));
		final Path broken = write("b.cif", CIF_ASSEMBLIES);
		assertTrue(assertThrows(InputException.class, () -> StructureReader.read(broken, assembly("3"))).getMessage()
			.contains("no operation '4' for the assembly's '1,4'"));
		assertEquals(3, StructureReader.read(broken).atoms().size(), "an assembly that nobody asks for");
	}

	@Test
	void putsAllModelsTogetherWhenAsked() throws IOException {
		final Path file = write("a.pdb1", "MODEL        1\n" + ASSEMBLIES.lines().filter(line -> line.startsWith("ATOM"))
			.reduce("", (a, b) -> a + b + "\n") + "ENDMDL\nMODEL        2\n" +
			"ATOM      1  CA  ALA A   1      10.000   2.000   3.000  1.00 20.00           C\nENDMDL\nEND\n");
		assertEquals(List.of("A 1 2 3", "B 4 5 6", "C 7 8 9", "A-2 10 2 3"), places(StructureReader.read(file, assembly(
			"models"))));
		assertEquals(3, StructureReader.read(file).atoms().size());
		final Structure copies = StructureReader.read(TestData.file("field-cases/structures/assembly_models.pdb"), assembly(
			"models"));
		assertEquals(List.of("A", "A-2"), copies.chains());
	}

	@Test
	void chainsOfAWrittenOutAssemblyAreTakenByTheirNames() {
		final Structure all = StructureReader.read(TestData.file("field-cases/structures/assembly.cif"));
		assertEquals(List.of("A-2"), new AtomSelection("A-2", "").of(all).chains());
	}

	@ParameterizedTest
	@ValueSource(ints = 300_000)
	void refusesMoreItemsThanAStructureCanHave(final int count) throws IOException {
		final StringBuilder text = new StringBuilder("data_X\n");
		for (int i = 0; i < count; i++) text.append("_a.k").append(i).append(" 1\n");
		final Path file = write("k.cif", text.toString());
		assertTrue(assertThrows(InputException.class, () -> StructureReader.read(file)).getMessage().contains(
			"more than 30000 items"));
	}

	private static List<String> places(final Structure structure) {
		return structure.atoms().stream().map(atom -> String.format(Locale.ROOT, "%s %.0f %.0f %.0f", atom.chain(), atom
			.xAngstrom(), atom.yAngstrom(), atom.zAngstrom()).replace("-0", "0")).toList();
	}

	private static StructureOptions assembly(final String name) {
		return new StructureOptions(OptionalInt.empty(), StructureOptions.ALL, Plddt.IGNORED, name);
	}

	private static StructureOptions with(final Plddt plddt) {
		return new StructureOptions(OptionalInt.empty(), StructureOptions.ALL, plddt, "");
	}

	private Path write(final String name, final String text) throws IOException {
		return Files.writeString(folder.resolve(name), text);
	}
}
