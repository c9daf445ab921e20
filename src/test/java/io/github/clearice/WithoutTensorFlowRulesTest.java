package io.github.clearice;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.ENUMS;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * TensorFlow is off Fiji's class path: nothing that a dialog, a help text, a macro or the recorder touches links to it.
 */
class WithoutTensorFlowRulesTest {

	private static final String[] LIBRARIES = { "org.tensorflow..", "org.bytedeco.." };
	private static final String OURS = "io.github.clearice";
	private static final String COMMAND = "io.github.clearice.command.ClearIceCommand";

	/** Methods in which a command works: in Fiji, the worker does their work with networks. */
	private static final Set<String> WORK = Set.of("execute", "onDemand", "denoiser", "filter", "openModel");

	/** The classes that ask for parameters, explain and record them. */
	private static final Set<String> ASKING = Set.of("CommandDialog", "ParameterField", "DialogPages", "HelpText",
		"HelpCommand", "MacroOptions", "CommandInputs", "MenuPlugin");

	/** The packages that declare parameter types; those under network also build graphs. */
	private static final String[] PARAMETERS = { OURS + ".train..", OURS + ".model..", OURS + ".evaluate..",
		OURS + ".simulate..", OURS + ".micrograph..", OURS + ".reconstruct.." };

	private static JavaClasses classes;

	/** Methods that are reached, each with one that calls it. */
	private final Map<JavaCodeUnit, JavaCodeUnit> callers = new LinkedHashMap<>();
	private final Map<JavaClass, JavaCodeUnit> touched = new LinkedHashMap<>();
	private final Deque<JavaCodeUnit> next = new ArrayDeque<>();

	@BeforeAll
	static void readClasses() {
		classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(OURS);
	}

	@Test
	void optionsAndChoicesReachNoTensorFlow() {
		noClasses().that(resideInAnyPackage(PARAMETERS).and(simpleNameEndingWith("Options").or(ENUMS))).should()
			.transitivelyDependOnClassesThat().resideInAnyPackage(LIBRARIES).check(classes);
	}

	/** Java verifies a class as a whole before the first of its methods runs, or its constants are listed. */
	@Test
	void codeBeforeTheWorkUsesNoClassThatLinksToTensorFlow() {
		starts().forEach(start -> visit(start, start));
		while (!next.isEmpty()) follow(next.remove());
		assertTrue(callers.size() > 500, "only " + callers.size() + " methods were followed");
		final Set<String> wrong = new TreeSet<>();
		touched.forEach((type, unit) -> {
			if (linksToLibraries(type)) wrong.add(type.getName() + " < " + path(unit));
		});
		assertEquals(Set.of(), wrong);
	}

	@Test
	void aLossIsAChoiceThatIsTouchedAndItsGraphLinksToTensorFlow() {
		assertTrue(linksToLibraries(classes.get("io.github.clearice.train.loss.PixelLoss")));
		codeBeforeTheWorkUsesNoClassThatLinksToTensorFlow();
		assertTrue(touched.containsKey(classes.get("io.github.clearice.train.options.Objective$Loss")));
	}

	private static boolean linksToLibraries(final JavaClass type) {
		return type.getDirectDependenciesFromSelf().stream().map(dependency -> dependency.getTargetClass().getPackageName())
			.anyMatch(name -> name.startsWith("org.tensorflow") || name.startsWith("org.bytedeco"));
	}

	/** All of the commands but their work, and all that asks, tells and records. */
	private static Stream<JavaCodeUnit> starts() {
		final Stream<JavaCodeUnit> ofCommands = classes.stream().filter(type -> type.isAssignableTo(COMMAND)).flatMap(
			type -> type.getCodeUnits().stream()).filter(unit -> !unit.getModifiers().contains(JavaModifier.PRIVATE) && !WORK
				.contains(unit.getName()));
		final Stream<JavaCodeUnit> ofDialogs = classes.stream().filter(type -> ASKING.contains(type.getSimpleName()))
			.flatMap(type -> type.getCodeUnits().stream());
		return Stream.concat(ofCommands, ofDialogs);
	}

	private void visit(final JavaCodeUnit unit, final JavaCodeUnit caller) {
		touch(unit.getOwner(), caller);
		if (unit.getOwner().isAssignableTo(COMMAND) && WORK.contains(unit.getName())) return;
		if (unit.getOwner().getPackageName().startsWith(OURS) && callers.putIfAbsent(unit, caller) == null) next.add(unit);
	}

	private void touch(final JavaClass type, final JavaCodeUnit caller) {
		if (!type.getPackageName().startsWith(OURS) || touched.putIfAbsent(type, caller) != null) return;
		type.getStaticInitializer().ifPresent(start -> visit(start, caller));
		type.getAllRawSuperclasses().forEach(above -> touch(above, caller));
		type.getAllRawInterfaces().forEach(above -> touch(above, caller));
	}

	@SuppressWarnings("ArgumentSelectionDefectChecker")
	private void follow(final JavaCodeUnit unit) {
		unit.getReferencedClassObjects().forEach(named -> touch(named.getRawType(), unit));
		for (final JavaAccess<?> access : unit.getAccessesFromSelf()) {
			touch(access.getTargetOwner(), unit);
			if (access.getTarget().resolveMember().orElse(null) instanceof JavaCodeUnit called) visit(called, unit);
		}
	}

	/** From the method that touches back to a command, such as {@code A.b < C.d}. */
	private String path(final JavaCodeUnit unit) {
		final StringBuilder path = new StringBuilder(unit.getFullName());
		for (JavaCodeUnit at = unit; callers.get(at) != at; at = callers.get(at)) path.append(" < ").append(callers.get(at)
			.getFullName());
		return path.toString();
	}
}
