package io.github.clearice;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may import whom. */
class PackageRulesTest {

	private static final String BASE = "io.github.clearice.";

	private static JavaClasses classes;

	@BeforeAll
	static void readClasses() {
		classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(
			"io.github.clearice");
	}

	/** Each package and the packages that it may import; {@code name..} includes its sub-packages. */
	private static final Map<String, String> ALLOWED = rules( //
		"task", "", //
		"fourier", "task", //
		"mrc", "task fourier", //
		"star", "task", //
		"structure", "task fourier", //
		"stack", "task fourier mrc star", //
		"simulate", "task fourier mrc structure stack star", //
		"measure", "task fourier stack star simulate", //
		"prepare", "task fourier mrc stack star simulate", //
		"filter", "task fourier stack", //
		"filter.bm3d", "task fourier stack filter", //
		"filter.covariance", "task fourier stack filter", //
		"filter.ksvd", "task fourier stack filter", //
		"denoise", "task fourier star stack simulate filter.. tensorflow model", //
		"metrics", "task fourier stack", //
		"tensorflow", "task", //
		"network", "task tensorflow", //
		"network.zoo", "task tensorflow network", //
		"model", "task fourier stack network.. tensorflow", //
		"model.export", "task stack tensorflow network.. model", //
		"train.options", "task fourier stack simulate star tensorflow", //
		"train.data", "task fourier stack simulate model train.options", //
		"train.loss", "task tensorflow train.options", //
		"train.optimizer", "task tensorflow network train.options", //
		"train.log", "task stack model train.options", //
		"train", "task fourier stack simulate network.. tensorflow model train.options train.data train.loss" +
			" train.optimizer train.log", //
		"train.search", "task network.. tensorflow model train train.options train.data train.log", //
		"reconstruct.pose", "task fourier stack star simulate", //
		"reconstruct", "task fourier mrc stack star simulate reconstruct.pose", //
		"micrograph", "task fourier mrc stack star simulate reconstruct.pose", //
		"evaluate", "task fourier stack simulate filter metrics model train..", //
		"evaluate.cluster", "task fourier stack metrics evaluate", //
		"evaluate.contamination", "task fourier stack simulate metrics model train.. evaluate", //
		"evaluate.halves", "task fourier stack simulate metrics model train.. reconstruct.. evaluate", //
		"evaluate.trust", "task fourier stack simulate metrics model reconstruct.. evaluate", //
		"reproduce", "task fourier mrc star structure stack simulate network tensorflow metrics model evaluate.." +
			" reconstruct..", //
		"api", "task fourier mrc star structure stack simulate denoise metrics tensorflow model train.. reconstruct" +
			" evaluate..", //
		"command", "task fourier mrc stack train.log reconstruct.. micrograph evaluate.. reproduce worker", //
		"command.input", "task fourier mrc star structure stack simulate measure filter.. denoise tensorflow network" +
			" model train.. reconstruct.. micrograph evaluate evaluate.trust worker command", //
		"command.verb", "task fourier mrc star structure stack simulate prepare filter.. denoise metrics tensorflow" +
			" network model.. train.. reconstruct.. micrograph evaluate.. reproduce worker command command.input", //
		"worker", "task stack model train.log", //
		"cli", "task command worker", //
		"fiji.image", "task mrc star stack micrograph fiji.ui", //
		"fiji.plot", "task fourier stack evaluate.. reconstruct.. micrograph reproduce", //
		"fiji.ui", "task stack model evaluate train.log worker metrics command", //
		"fiji.desktop", "task stack micrograph reproduce evaluate.. reconstruct command fiji.image fiji.plot fiji.ui", //
		"fiji.menu", "task mrc star stack simulate structure fourier command command.verb fiji.desktop fiji.image fiji.ui");

	private static Map<String, String> rules(final String... entries) {
		final Map<String, String> rules = new LinkedHashMap<>();
		for (int i = 0; i < entries.length; i += 2) rules.put(entries[i], entries[i + 1]);
		return rules;
	}

	static Stream<Arguments> rules() {
		return ALLOWED.entrySet().stream().map(rule -> Arguments.of(rule.getKey(), rule.getValue()));
	}

	@ParameterizedTest
	@MethodSource("rules")
	void importsOnlyAllowedPackages(final String name, final String allowed) {
		final List<String> packages = new ArrayList<>(List.of(BASE + name));
		for (final String other : allowed.split(" "))
			if (!other.isEmpty()) packages.add(BASE + other);
		ArchRuleDefinition.classes().that().resideInAPackage(BASE + name).should().onlyDependOnClassesThat(
			resideInAnyPackage(packages.toArray(new String[0])).or(not(resideInAPackage("io.github.clearice..")))).check(
				classes);
	}

	@Test
	void theArchitecturePageNamesEveryPackage() throws IOException {
		final List<String> lines = Files.readAllLines(Path.of("src/site/markdown/architecture.md"));
		for (final String name : ALLOWED.keySet()) {
			final String[] parts = name.split("\\.");
			final String row = lines.stream().filter(line -> line.startsWith("| `" + parts[0] + "` |")).findFirst()
				.orElse("");
			assertTrue(parts.length == 1 ? !row.isEmpty() : row.contains("`" + parts[1] + "`"), "the table lacks " + name);
			assertTrue(lines.stream().takeWhile(line -> !line.startsWith("| package")).anyMatch(line -> line.contains(
				parts[parts.length - 1])), "the drawing lacks " + name);
		}
	}

	@Test
	void everyPackageHasARule() {
		final Set<String> packages = new TreeSet<>();
		for (final JavaClass each : classes) if (each.getPackageName().startsWith(BASE)) packages.add(each.getPackageName()
			.substring(BASE.length()));
		// Those of profiles, which only their builds have.
		packages.removeAll(Set.of("scifio", "spark"));
		assertEquals(new TreeSet<>(ALLOWED.keySet()), packages);
	}

	@Test
	void onlyLaunchersAndFijiImportCommands() {
		noClasses().that().resideOutsideOfPackages(BASE + "command..", BASE + "cli", BASE + "fiji..", BASE + "spark")
			.should().dependOnClassesThat().resideInAPackage(BASE + "command..").check(classes);
		noClasses().that().resideOutsideOfPackage(BASE + "fiji..").should().dependOnClassesThat().resideInAPackage(BASE +
			"fiji..").check(classes);
		noClasses().that().resideOutsideOfPackage(BASE + "fiji.menu").should().dependOnClassesThat().resideInAPackage(BASE +
			"fiji.menu").check(classes);
		noClasses().that().resideOutsideOfPackages(BASE + "cli", BASE + "spark").and().doNotHaveFullyQualifiedName(BASE +
			"ClearIce").should().dependOnClassesThat().resideInAPackage(BASE + "cli").check(classes);
	}

	@ParameterizedTest
	@CsvSource({ //
		"org.tensorflow.., tensorflow network network.zoo model model.export train train.loss train.optimizer train.log", //
		"ij.., fiji..", //
		"org.apache.spark.., spark", //
		"javax.swing.., fiji..", //
		"org.scijava.., denoise api command command.verb fiji.. worker", //
		"org.jtransforms.., fourier", //
		"com.google.gson.., model command worker", //
	})
	void libraryStaysInItsRooms(final String library, final String rooms) {
		final List<String> packages = new ArrayList<>();
		for (final String room : rooms.split(" ")) packages.add(BASE + room);
		noClasses().that().resideOutsideOfPackages(packages.toArray(new String[0])).should().dependOnClassesThat()
			.resideInAPackage(library).check(classes);
	}
}
