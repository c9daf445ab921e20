package io.github.clearice;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may import whom. */
class PackageRulesTest {

	private static final String BASE = "io.github.clearice.";

	private static JavaClasses classes;

	@BeforeAll
	static void readClasses() {
		classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(
			"io.github.clearice");
	}

	@ParameterizedTest
	@CsvSource({ //
		"task, ''", //
		"fourier, task", //
		"mrc, task fourier", //
		"star, task", //
		"structure, task fourier", //
		"stack, task fourier mrc star", //
		"simulate, task fourier structure stack star", //
		"filter, task fourier stack", //
		"network, task", //
		"train, task fourier stack simulate network model", //
		"model, task fourier stack network", //
		"evaluate, task fourier stack model train filter simulate reconstruct", //
		"reconstruct, task fourier mrc stack star simulate", //
		"reproduce, task fourier mrc star structure stack simulate network evaluate reconstruct", //
		"micrograph, task fourier mrc stack star simulate reconstruct", //
	})
	void importsOnlyWhatItMay(final String room, final String allowed) {
		final List<String> packages = new ArrayList<>();
		packages.add(BASE + room + "..");
		for (final String other : allowed.split(" ")) if (!other.isEmpty()) packages.add(BASE + other + "..");
		com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes().that().resideInAPackage(BASE + room + "..").should().onlyDependOnClassesThat(resideInAnyPackage(packages
			.toArray(new String[0])).or(not(resideInAPackage("io.github.clearice..")))).allowEmptyShould(true).check(classes);
	}

	@Test
	void nobodyButTheLauncherImportsCommands() {
		noClasses().that().resideOutsideOfPackages(BASE + "command..").and().doNotHaveFullyQualifiedName(BASE + "ClearIce")
			.should().dependOnClassesThat().resideInAPackage(BASE + "command..").check(classes);
	}

	@ParameterizedTest
	@CsvSource({ //
		"org.tensorflow.., network train model", //
		"ij.., command fiji", //
		"org.scijava.., command fiji worker", //
		"org.jtransforms.., fourier", //
		"com.google.gson.., model command worker", //
	})
	void libraryStaysInItsRooms(final String library, final String rooms) {
		final List<String> packages = new ArrayList<>();
		for (final String room : rooms.split(" ")) packages.add(BASE + room + "..");
		noClasses().that().resideOutsideOfPackages(packages.toArray(new String[0])).should().dependOnClassesThat()
			.resideInAPackage(library).check(classes);
	}
}
