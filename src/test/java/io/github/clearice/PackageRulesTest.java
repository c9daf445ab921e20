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
		"image, task", //
		"mrc, task image", //
		"star, task", //
		"structure, task image", //
		"particle, task image mrc star", //
		"simulate, task image structure particle star", //
		"classical, task image particle", //
		"network, task", //
		"train, task image particle simulate network model", //
		"model, task image particle network", //
		"evaluate, task image particle model train classical simulate reconstruct", //
		"reconstruct, task image mrc particle star simulate", //
		"experiment, task image mrc star structure particle simulate network evaluate reconstruct", //
		"micrograph, task image mrc particle star simulate reconstruct", //
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
		noClasses().that().resideOutsideOfPackage(BASE + "command..").and().doNotHaveFullyQualifiedName(BASE + "ClearIce")
			.should().dependOnClassesThat().resideInAPackage(BASE + "command..").check(classes);
	}

	@ParameterizedTest
	@CsvSource({ //
		"org.tensorflow.., network train model", //
		"ij.., command", //
		"org.scijava.., command", //
		"org.jtransforms.., image", //
		"com.google.gson.., model command", //
	})
	void libraryStaysInItsRooms(final String library, final String rooms) {
		final List<String> packages = new ArrayList<>();
		for (final String room : rooms.split(" ")) packages.add(BASE + room + "..");
		noClasses().that().resideOutsideOfPackages(packages.toArray(new String[0])).should().dependOnClassesThat()
			.resideInAPackage(library).check(classes);
	}
}
