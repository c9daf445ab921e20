package io.github.clearice.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Handle;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;

import io.github.clearice.task.ClearIceException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A message that says "give pixel=" is raised only by verbs that have {@code pixel=}.
 * <p> The class files are read: which strings go into the construction of an exception, and which methods a command can
 * reach. A call of an overridable method counts as a call of it in every class that the command can have created. It
 * does not see a name that is put into a message at run time, or a message that another method composes.
 */
class MessageParametersTest {

	private static final String BASE = "io/github/clearice/";
	private static final String ROOT = ClearIceCommand.class.getName().replace('.', '/');

	/** Names before an equals sign that are no parameters: of the launcher, of HTML, of presets. */
	private static final List<String> OTHER_NAMES = List.of("verbose", "quiet", "progress", "scratch", "threads",
		"memory", "class", "lang", "charset", "href", "id", "src", "alt", "style", "overridden");

	/**
	 * Verbs that can reach a method but cannot make it fail: they pass constants, or never request the refused case. Each
	 * line is a reason, methods and verbs.
	 */
	private static final String NOT_RAISED = """
		Only map chooses assemblies and models of a structure.
		Assembly.named Assembly.operations AtomCollector.build: denoise evaluate fsc halves mask micrograph pick pose
		StructureOptions.<init>: denoise evaluate fsc halves mask micrograph pick pose
		Assembly.named Assembly.operations AtomCollector.build: experiment reconstruct refine simulate train trust
		StructureOptions.<init>: experiment reconstruct refine simulate train trust
		AtomSelection.of: denoise evaluate experiment fsc halves mask micrograph pick pose reconstruct refine trust
		Presets are consistent, and what these verbs change in them leaves them so.
		TrainingOptions.<init> TrainingOptions.requireKnown GrowingTraining.refusal: contamination demo halves
		StackPairs.prepared Networks.discriminator: contamination demo halves
		AdaptiveNetwork.<init>: contamination demo denoise evaluate export halves trust
		Objective.<init> Batches.<init> Batches.take: contamination demo
		Only train limits the time, ends early and resumes what has ended.
		EarlyStopping.requireWork TrainingClock.requireWork: contamination demo halves
		These verbs let ClearIce choose the device and the precision, and neither average over rotations nor drop numbers.
		Device.choose: demo device evaluate experiment
		Device.onGpu Device.onProcessor: demo device evaluate experiment trust
		ModelDenoiser.<init> ModelDenoiser$Options.<init>: contamination demo evaluate halves train trust
		Simulations and stacks of these verbs have fixed options.
		NoiseModel.<init>: demo experiment sampleparticles denoise
		Stacks.folder: demo
		Automatic masks and searches have fixed options.
		PosteriorOptions.<init> PointGroup.generators Denoisers.ofMaps: evaluate
		SoftMask$Options.<init>: fsc reconstruct
		PoseOptions.<init>: refine trust
		PoseMatching.optics: evaluate trust
		The trust report asks no low-pass filter.
		FilterParameters.denoiser: trust
		""";

	private static final Pattern NAME = Pattern.compile("(?<![\\w.#/\\\\^-])([a-z]+)=(?!=)");

	/** The classes of ClearIce by their internal names. */
	private static final Map<String, ClassFile> CLASSES = new HashMap<>();

	/** The verbs that can reach each method. */
	private static final Map<Code, Set<String>> VERBS = new LinkedHashMap<>();

	private static final Map<String, Set<String>> PARAMETERS = new TreeMap<>();

	@BeforeAll
	static void readClasses() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("target/classes", BASE))) {
			for (final Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
				final ClassFile read = new ClassFile();
				new ClassReader(Files.readAllBytes(file)).accept(read, ClassReader.SKIP_FRAMES);
				CLASSES.put(read.name, read);
			}
		}
		Commands.all().forEach((verb, command) -> {
			final Class<? extends ClearIceCommand> type = command.create().getClass();
			PARAMETERS.put(verb, CommandParameter.of(type).stream().map(CommandParameter::name).collect(Collectors.toSet()));
			for (final Code code : new Reach(type.getName().replace('.', '/')).reached)
				VERBS.computeIfAbsent(code, none -> new TreeSet<>()).add(verb);
		});
	}

	@Test
	void remediesNameParametersOfTheVerb() {
		final Set<String> wrong = new TreeSet<>();
		int names = 0;
		for (final Code code : codes()) {
			for (final String message : code.messages) {
				for (final String name : names(message)) {
					names++;
					if (!VERBS.containsKey(code)) wrong.add(code + " is raised by no verb: " + message);
					for (final String verb : addressed(message, code))
						if (!PARAMETERS.get(verb).contains(name)) wrong.add(verb + " has no " + name + "=: " + code + ": " +
							message);
				}
			}
		}
		assertTrue(names > 200, names + " names of parameters found in messages");
		assertEquals("", String.join("\n", wrong));
	}

	/** Whatever becomes of a string: progress messages, reports, parts of sentences, advice in a table. */
	@Test
	void textsNameParametersOfSomeVerb() {
		final Set<String> known = new TreeSet<>(OTHER_NAMES), wrong = new TreeSet<>();
		PARAMETERS.values().forEach(known::addAll);
		for (final Code code : codes())
			for (final String text : code.texts)
				for (final String name : names(text)) if (!known.contains(name)) wrong.add(name + "=: " + code + ": " + text);
		assertEquals("", String.join("\n", wrong));
	}

	@Test
	void helpNamesParametersOfItsVerb() {
		final Set<String> wrong = new TreeSet<>();
		Commands.all().forEach((verb, command) -> {
			for (final CommandParameter parameter : CommandParameter.of(command.create().getClass()))
				for (final String name : names(parameter.description())) if (!PARAMETERS.get(verb).contains(name)) wrong.add(
					verb + " has no " + name + "=: " + parameter.name() + ": " + parameter.description());
		});
		assertEquals("", String.join("\n", wrong));
	}

	@Test
	void exceptionsToTheRuleStillExist() {
		final Set<String> raised = codes().stream().filter(
			code -> code.messages.stream().anyMatch(message -> !names(message)
			.isEmpty())).map(Code::toString).collect(Collectors.toSet());
		assertEquals(List.of(), NOT_RAISED.lines().filter(line -> line.contains(":")).flatMap(line -> Stream.of(line.split(
			":")[0].split(" "))).filter(code -> !raised.contains(code)).toList());
	}

	private static List<Code> codes() {
		return CLASSES.values().stream().flatMap(one -> one.codes.values().stream()).toList();
	}

	private static List<String> names(final String text) {
		return NAME.matcher(text).results().map(name -> name.group(1)).toList();
	}

	/** The verbs that a message names, or else those that can raise it. */
	private static Set<String> addressed(final String message, final Code code) {
		final Set<String> named = PARAMETERS.keySet().stream().filter(verb -> Pattern.compile("clearice " + verb + "\\b")
			.matcher(message).find()).collect(Collectors.toSet());
		if (!named.isEmpty()) return named;
		final Set<String> verbs = new TreeSet<>(VERBS.getOrDefault(code, Set.of()));
		NOT_RAISED.lines().map(line -> line.split(":")).filter(line -> List.of(line[0].split(" ")).contains(code
			.toString())).forEach(line -> verbs.removeAll(List.of(line[1].split(" "))));
		return verbs;
	}

	/** A method, its calls, and the strings that it passes to exceptions. */
	private static final class Code extends MethodVisitor {

		private final String owner;
		private final String signature;
		private final boolean isStatic;
		private final List<String> messages = new ArrayList<>();
		private final List<String> texts = new ArrayList<>();
		private final List<String[]> calls = new ArrayList<>();
		private final Set<String> used = new HashSet<>();
		private final Set<String> created = new HashSet<>();
		private final Deque<StringBuilder> exceptions = new ArrayDeque<>();

		Code(final String owner, final String signature, final int access) {
			super(Opcodes.ASM9);
			this.owner = owner;
			this.signature = signature;
			this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
		}

		@Override
		public void visitTypeInsn(final int opcode, final String type) {
			if (opcode != Opcodes.NEW) return;
			created.add(type);
			if (isException(type)) exceptions.push(new StringBuilder());
		}

		@Override
		public void visitFieldInsn(final int opcode, final String type, final String field, final String descriptor) {
			used.add(type);
		}

		@Override
		public void visitMethodInsn(final int opcode, final String type, final String name, final String descriptor,
			final boolean isInterface)
		{
			calls.add(new String[] { type, name + descriptor });
			if (opcode == Opcodes.INVOKESTATIC) used.add(type);
			if (!exceptions.isEmpty() && name.equals("<init>") &&
				isException(type)) messages.add(exceptions.pop().toString());
		}

		@Override
		public void visitLdcInsn(final Object value) {
			if (!(value instanceof String)) return;
			texts.add((String) value);
			if (!exceptions.isEmpty()) exceptions.peek().append(value).append(' ');
		}

		@Override
		public void visitInvokeDynamicInsn(final String name, final String descriptor, final Handle bootstrap,
			final Object... arguments)
		{
			for (final Object argument : arguments) {
				if (argument instanceof Handle) {
					final Handle target = (Handle) argument;
					calls.add(new String[] { target.getOwner(), target.getName() + target.getDesc() });
					used.add(target.getOwner());
					if (target.getTag() == Opcodes.H_NEWINVOKESPECIAL) created.add(target.getOwner());
				}
				else visitLdcInsn(argument);
			}
		}

		@Override
		public String toString() {
			return owner.replaceAll(".*/", "") + "." + signature.replaceAll("\\(.*|^lambda\\$|\\$\\d+", "");
		}
	}

	private static boolean isException(final String type) {
		try {
			return type.startsWith(BASE) && ClearIceException.class.isAssignableFrom(Class.forName(type.replace('/', '.'),
				false, MessageParametersTest.class.getClassLoader()));
		}
		catch (final ClassNotFoundException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The methods and supertypes listed in a class file. */
	private static final class ClassFile extends ClassVisitor {

		private String name;
		private final List<String> above = new ArrayList<>();
		private final Map<String, Code> codes = new HashMap<>();

		ClassFile() {
			super(Opcodes.ASM9);
		}

		@Override
		public void visit(final int version, final int access, final String type, final String generic,
			final String superName, final String[] interfaces)
		{
			name = type;
			above.add(superName);
			above.addAll(List.of(interfaces));
		}

		@Override
		public MethodVisitor visitMethod(final int access, final String method, final String descriptor,
			final String generic, final String[] exceptions)
		{
			final Code code = new Code(name, method + descriptor, access);
			codes.put(method + descriptor, code);
			return code;
		}

		/** This type and all above it, with those of other libraries. */
		Set<String> types() {
			final Set<String> types = new HashSet<>(Set.of(name));
			for (final String type : above) {
				types.add(type);
				if (CLASSES.containsKey(type)) types.addAll(CLASSES.get(type).types());
			}
			return types;
		}

		/** The method that runs when this class is asked for a signature; null where it is that of another library. */
		Code find(final String signature) {
			if (codes.containsKey(signature)) return codes.get(signature);
			for (final String type : above) {
				final Code inherited = CLASSES.containsKey(type) ? CLASSES.get(type).find(signature) : null;
				if (inherited != null) return inherited;
			}
			return null;
		}
	}

	/** The methods that a command can reach. */
	private static final class Reach {

		private final Set<Code> reached = new HashSet<>();
		private final Set<String> created = new HashSet<>();
		private final Set<String> initialised = new HashSet<>();
		private final Map<String, Set<String>> asked = new HashMap<>();
		private final Deque<Code> next = new ArrayDeque<>();

		Reach(final String command) {
			create(command);
			for (String type = command; !type.equals(ROOT); type = CLASSES.get(type).above.get(0))
				for (final Code code : CLASSES.get(type).codes.values()) if (!code.isStatic) add(code);
			while (!next.isEmpty()) {
				final Code code = next.pop();
				code.used.forEach(this::initialise);
				code.created.forEach(this::create);
				for (final String[] call : code.calls) call(call[0], call[1]);
			}
		}

		private void add(final Code code) {
			if (code != null && reached.add(code)) next.push(code);
		}

		private void initialise(final String type) {
			if (!CLASSES.containsKey(type) || !initialised.add(type)) return;
			add(CLASSES.get(type).codes.get("<clinit>()V"));
			initialise(CLASSES.get(type).above.get(0));
		}

		private void create(final String type) {
			if (!CLASSES.containsKey(type) || !created.add(type)) return;
			initialise(type);
			final ClassFile file = CLASSES.get(type);
			for (final String above : file.types()) {
				for (final String signature : asked.getOrDefault(above, Set.of())) add(file.find(signature));
				// Other libraries call the methods that they declare.
				if (!CLASSES.containsKey(above) && !above.equals("java/lang/Object") && !above.equals("java/lang/Record"))
					file.codes.values().stream().filter(code -> !code.isStatic).forEach(this::add);
			}
		}

		private void call(final String type, final String signature) {
			if (!CLASSES.containsKey(type)) return;
			if (type.equals(ROOT) && signature.startsWith("execute(")) return;
			add(CLASSES.get(type).find(signature));
			if (!asked.computeIfAbsent(type, none -> new HashSet<>()).add(signature)) return;
			for (final String below : created)
				if (CLASSES.get(below).types().contains(type)) add(CLASSES.get(below).find(signature));
		}
	}
}
