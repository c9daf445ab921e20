package io.github.clearice.command;

import io.github.clearice.task.ParameterException;

import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.service.Service;
import org.scijava.widget.FileWidget;

/**
 * One input of a command, as its annotated field declares it: the launcher's
 * view of the same parameters that Fiji shows in a dialog.
 * <p>
 * It reads the annotation itself: SciJava's {@code CommandInfo} takes 51 ms of processor time in place of 30 (for
 * {@code fsc}, in a launcher that starts within 250 ms), and lists inherited parameters first.
 */
public final class CommandParameter {

	/**
	 * The style of a text that is a number. Fiji turns an empty number into zero; where
	 * zero has a meaning, a text distinguishes it from "not given".
	 */
	public static final String NUMBER = "number";

	/** The attribute of a parameter that takes the titles of open images as well as files. */
	public static final String IMAGE = "image";

	/** The value of {@link #IMAGE} where the active image is meant if nothing is given. */
	public static final String ACTIVE = "active";

	/** The value of {@link #IMAGE} where several may be joined by commas. */
	public static final String LIST = "list";

	/**
	 * The attribute of an output file that becomes an image where the input is one; its value is the ending of the
	 * image's title.
	 */
	public static final String RESULT = "result";

	/** The attribute of a table that ImageJ shows, whether or not the user wants it as a file. */
	public static final String TABLE = "table";

	/**
	 * The attribute of images that the output names: open images that have no file get one
	 * beside the output, whose parameter is the value.
	 */
	public static final String BESIDE = "beside";

	/** The attribute of a text that dialogs remember from earlier times and offer. */
	public static final String REMEMBERED = "remembered";

	/** The attribute that names a parameter's page of the dialog; {@link #MAIN} if there is none. */
	public static final String SECTION = "section";

	/** The page of a command whose parameters are all on one. */
	private static final String MAIN = "Main";

	private final Field field;
	private final Parameter annotation;

	private CommandParameter(final Field field) {
		this.field = field;
		this.annotation = field.getAnnotation(Parameter.class);
		field.setAccessible(true);
	}

	/**
	 * The inputs of a command, in the order in which they are declared. Those of a superclass come first, unless it is
	 * marked by {@link ParametersLast}.
	 */
	public static List<CommandParameter> of(final Class<? extends ClearIceCommand> command) {
		final List<CommandParameter> parameters = new ArrayList<>(declaredIn(command));
		final Class<?> above = command.getSuperclass();
		if (above != ClearIceCommand.class) parameters.addAll(above.isAnnotationPresent(ParametersLast.class) ? parameters
			.size() : 0, of(above.asSubclass(ClearIceCommand.class)));
		// Many commands share it, so it comes after their own parameters.
		parameters.sort(Comparator.comparing(CommandParameter::isConfirmation));
		return parameters;
	}

	/** The inputs that a class itself declares, in their order. */
	public static List<CommandParameter> declaredIn(final Class<? extends ClearIceCommand> command) {
		final List<CommandParameter> parameters = new ArrayList<>();
		for (final Field field : command.getDeclaredFields()) {
			final Parameter parameter = field.getAnnotation(Parameter.class);
			if (parameter == null || Modifier.isStatic(field.getModifiers())) continue;
			if (parameter.type() == ItemIO.OUTPUT || parameter.visibility() == ItemVisibility.MESSAGE) continue;
			if (Service.class.isAssignableFrom(field.getType())) continue;
			parameters.add(new CommandParameter(field));
		}
		return parameters;
	}

	/** The inputs of a command by their names, in the same order. */
	public static Map<String, CommandParameter> byName(final Class<? extends ClearIceCommand> command) {
		final Map<String, CommandParameter> parameters = new LinkedHashMap<>();
		for (final CommandParameter parameter : of(command)) parameters.put(parameter.name(), parameter);
		return parameters;
	}

	/**
	 * What to write in place of a name that a command does not know, as a sentence or two.
	 *
	 * @param typed the unknown name
	 * @param all names that are known
	 */
	public static String advice(final String typed, final Class<? extends ClearIceCommand> command,
		final Collection<String> all)
	{
		final String needed = of(command).stream().filter(CommandParameter::required).map(parameter -> parameter.name() +
			"=").collect(Collectors.joining(", "));
		return (NearestName.question(typed, all) + (needed.isEmpty() ? "" : " It needs " + needed + ".")).strip();
	}

	/** Whether it stands for the answer to a question that dialogs ask, and is no field of theirs. */
	public boolean isConfirmation() {
		return annotation.visibility() == ItemVisibility.INVISIBLE;
	}

	public String name() {
		return field.getName();
	}

	public String label() {
		return annotation.label();
	}

	public String description() {
		return annotation.description();
	}

	/** Whether it must be given to the launcher; Fiji may take the active image instead. */
	public boolean required() {
		return annotation.required() || takesActiveImage();
	}

	/** Whether nothing can take its place, in Fiji either. */
	public boolean mustBeGiven() {
		return annotation.required();
	}

	public boolean takesImages() {
		return attribute(IMAGE) != null;
	}

	public boolean takesActiveImage() {
		return ACTIVE.equals(attribute(IMAGE));
	}

	public boolean isList() {
		return LIST.equals(attribute(IMAGE));
	}

	/** The ending of the title of an image that replaces this output file; null for none. */
	public String resultEnding() {
		return attribute(RESULT);
	}

	public boolean isTable() {
		return attribute(TABLE) != null;
	}

	/** The output beside which images need a file; null where they need none that lasts. */
	public String besideOutput() {
		return attribute(BESIDE);
	}

	public boolean isRemembered() {
		return attribute(REMEMBERED) != null;
	}

	/** The page of the dialog on which it is. */
	public String section() {
		final String section = attribute(SECTION);
		return section == null ? MAIN : section;
	}

	/** The parameters that dialogs show, by the titles of their pages, both in the order in which they are declared. */
	public static Map<String, List<CommandParameter>> bySection(final Class<? extends ClearIceCommand> command) {
		return of(command).stream().filter(parameter -> !parameter.isConfirmation()).collect(Collectors.groupingBy(
			CommandParameter::section, LinkedHashMap::new, Collectors.toList()));
	}

	private String attribute(final String name) {
		for (final Attr attribute : annotation.attrs()) if (attribute.name().equals(name)) return attribute.value();
		return null;
	}

	/** Whether it is a file or folder that is written. */
	public boolean isOutput() {
		return annotation.style().contains(FileWidget.SAVE_STYLE);
	}

	public boolean isFolder() {
		return annotation.style().contains(FileWidget.DIRECTORY_STYLE);
	}

	/** Whether a number can be left out: Fiji then makes it zero, or the least value if that is more. */
	public boolean canBeZero() {
		return annotation.min().isEmpty() || Double.parseDouble(annotation.min()) <= 0;
	}

	public boolean persisted() {
		return annotation.persist();
	}

	/** What may be given; dialogs may show an empty choice too, for none. */
	public List<String> choices() {
		return Arrays.stream(annotation.choices()).filter(choice -> !choice.isEmpty()).toList();
	}

	public Class<?> type() {
		return field.getType();
	}

	/** What to type after the equals sign, such as {@code FILE} or {@code l1|l2}. */
	public String placeholder() {
		if (!choices().isEmpty()) return String.join("|", choices());
		if (type() == File.class) return annotation.style().contains("directory") ? "FOLDER" : "FILE";
		if (type() == Boolean.class) return "true|false";
		if (isNumericText()) return "NUMBER";
		if (type() == String.class) return "TEXT";
		return type() == Double.class ? "NUMBER" : "INTEGER";
	}

	/** Whether it is true or false, or neither where it is not given. */
	private boolean isFlag() {
		return choices().equals(List.of("true", "false"));
	}

	private boolean isNumericText() {
		return annotation.style().equals(NUMBER);
	}

	/**
	 * Takes zero as "not given" in optional numbers that have no value of their own:
	 * Fiji turns an empty number into zero.
	 */
	public static void clearZeros(final ClearIceCommand command) {
		for (final CommandParameter parameter : of(command.getClass())) {
			if (parameter.required() || !Number.class.isAssignableFrom(parameter.type())) continue;
			try {
				final Number value = (Number) parameter.field.get(command);
				final boolean empty = !parameter.hasValue(command.fresh());
				if (empty && value != null && value.doubleValue() == 0) parameter.field.set(command, null);
			}
			catch (final IllegalAccessException e) {
				throw new IllegalStateException(e);
			}
		}
	}

	/** Whether a command has a value of its own here. */
	public boolean hasValue(final ClearIceCommand command) {
		try {
			return field.get(command) != null;
		}
		catch (final IllegalAccessException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The non-empty values of a command's parameters, by name, as text. */
	public static Map<String, String> values(final ClearIceCommand command) {
		return values(command, of(command.getClass()));
	}

	/** The non-empty values of those parameters of a command that one of its superclasses declares. */
	public static Map<String, String> values(final ClearIceCommand command,
		final Class<? extends ClearIceCommand> declaring)
	{
		return values(command, declaredIn(declaring));
	}

	private static Map<String, String> values(final ClearIceCommand command, final List<CommandParameter> parameters) {
		final Map<String, String> values = new LinkedHashMap<>();
		for (final CommandParameter parameter : parameters) {
			final String text = parameter.text(command);
			if (!text.isBlank()) values.put(parameter.name(), text.trim());
		}
		return values;
	}

	/** A command's value of this parameter, as text; empty for none. */
	public String text(final ClearIceCommand command) {
		try {
			final Object value = field.get(command);
			return value == null ? "" : String.valueOf(value);
		}
		catch (final IllegalAccessException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The default value as text; empty if there is none. */
	public String defaultText(final ClearIceCommand fresh) {
		try {
			final Object value = field.get(fresh);
			if (value == null) return fresh.defaults().getOrDefault(name(), "");
			if (value instanceof Double && ((Double) value) == Math.rint((Double) value)) return String.valueOf(
				((Double) value).longValue());
			return String.valueOf(value);
		}
		catch (final IllegalAccessException e) {
			throw new IllegalStateException(e);
		}
	}

	/**
	 * Sets the parameter from text; an empty one leaves the default.
	 *
	 * @throws ParameterException if the text is no value of this parameter
	 */
	public void set(final ClearIceCommand command, final String text) {
		if (text.isBlank()) return;
		try {
			field.set(command, parse(text.trim()));
		}
		catch (final NumberFormatException e) {
			throw new ParameterException(name() + "=" + text + " is not a number. Give " + (type() == Double.class ||
				isNumericText() ? "a number such as 1.5" : "a whole number") + ".", e);
		}
		catch (final IllegalAccessException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Sets the parameter to what {@link #text} gave. */
	public void restore(final ClearIceCommand command, final String text) {
		try {
			field.set(command, text.isEmpty() && type() == File.class ? null : parse(text));
		}
		catch (final IllegalAccessException e) {
			throw new IllegalStateException(e);
		}
	}

	private Object parse(final String text) {
		if (type() == File.class) return new File(text);
		if (type() == Boolean.class) return parseBoolean(text);
		if (type() == Integer.class) return inRange(Integer.valueOf(text));
		if (type() == Long.class) return inRange(Long.valueOf(text));
		if (type() == Double.class) return inRange(finite(Double.valueOf(text)));
		if (isNumericText()) finite(Double.valueOf(text));
		if (isFlag()) return parseBoolean(text).toString();
		if (!choices().isEmpty() && !choices().contains(text)) throw new ParameterException(name() + "=" + text +
			" is not a choice. Choose one of " + String.join(", ", choices()) + ".");
		return text;
	}

	private Boolean parseBoolean(final String text) {
		switch (text.toLowerCase(Locale.ROOT)) {
			case "true":
			case "yes":
			case "1":
				return true;
			case "false":
			case "no":
			case "0":
				return false;
			default:
				throw new ParameterException(name() + "=" + text + " is neither true nor false. Give one of them.");
		}
	}

	private Double finite(final Double value) {
		if (value.isNaN() || value.isInfinite()) throw new ParameterException(name() + "=" + value +
			" is not a finite number. Give a number such as 1.5.");
		return value;
	}

	private <N extends Number> N inRange(final N value) {
		final String min = annotation.min();
		final String max = annotation.max();
		if (!min.isEmpty() && value.doubleValue() < Double.parseDouble(min)) throw new ParameterException(name() + "=" +
			value + " is too small. The least is " + min + ".");
		if (!max.isEmpty() && value.doubleValue() > Double.parseDouble(max)) throw new ParameterException(name() + "=" +
			value + " is too large. The most is " + max + ".");
		return value;
	}
}
