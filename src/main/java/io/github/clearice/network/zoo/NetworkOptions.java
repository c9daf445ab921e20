package io.github.clearice.network.zoo;

import io.github.clearice.network.LayerStyle.Activation;
import io.github.clearice.tensorflow.NetworkException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and checks the options of networks as model files hold them. */
record NetworkOptions(Map<String, String> options) {

	/**
	 * Options as a model file holds them, in this order.
	 *
	 * @param namesAndValues a name and its value alternately: a number, a flag, an activation, or a list of whole numbers
	 */
	static Map<String, String> written(final Object... namesAndValues) {
		final Map<String, String> written = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			written.put((String) namesAndValues[i], text(namesAndValues[i + 1]));
		}
		return written;
	}

	private static String text(final Object value) {
		if (value instanceof Activation activation) return activation.label();
		if (value instanceof List<?> numbers) return String.join(" ", numbers.stream().map(String::valueOf).toList());
		return value.toString();
	}

	/** The product of all numbers, such as the strides of a network: a box must be a multiple of it. */
	static int product(final List<Integer> numbers) {
		return numbers.stream().reduce(1, (a, b) -> a * b);
	}

	static int sum(final List<Integer> numbers) {
		return numbers.stream().mapToInt(Integer::intValue).sum();
	}

	/**
	 * A copy of an option's numbers.
	 *
	 * @throws NetworkException if there are not as many as said, or one is out of range
	 */
	static List<Integer> checked(final String option, final List<Integer> numbers, final int count, final int least,
		final int most)
	{
		if (numbers.size() != count) throw new NetworkException("Network option " + option + " needs " + count +
			" numbers, not " + numbers.size() + ".");
		for (final int number : numbers) checked(option, number, least, most);
		return List.copyOf(numbers);
	}

	/**
	 * The number, as it is.
	 *
	 * @throws NetworkException if it is out of range
	 */
	static int checked(final String option, final int number, final int least, final int most) {
		if (number < least || number > most) throw new NetworkException("Network option " + option + " must be " + least +
			" to " + most + ", not " + number + ".");
		return number;
	}

	List<Integer> integers(final String key) {
		final List<Integer> numbers = new ArrayList<>();
		for (final String part : text(key).trim().split(" +")) if (!part.isEmpty()) numbers.add(number(key, part));
		return numbers;
	}

	int integer(final String key) {
		return number(key, text(key).trim());
	}

	float real(final String key) {
		final String text = text(key);
		try {
			return Float.parseFloat(text);
		}
		catch (final NumberFormatException e) {
			throw new NetworkException("Network option " + key + " must be a number, not " + text + ".", e);
		}
	}

	boolean flag(final String key) {
		final String text = text(key);
		if (!text.equals("true") && !text.equals("false")) throw new NetworkException("Network option " + key +
			" must be true or false, not " + text + ".");
		return text.equals("true");
	}

	private static int number(final String key, final String text) {
		try {
			return Integer.parseInt(text);
		}
		catch (final NumberFormatException e) {
			throw new NetworkException("Network option " + key + " must be whole numbers, not " + text + ".", e);
		}
	}

	String text(final String key) {
		final String value = options.get(key);
		if (value == null) throw new NetworkException("The network option " + key +
			" is missing. The model file is damaged; get a fresh copy.");
		return value;
	}

	/**
	 * The boxes that a network takes.
	 *
	 * @param network what to call it in messages
	 * @param smallest edge length in pixels
	 * @param step between one box and the next
	 */
	record BoxRange(String network, int smallest, int step) {

		private static final int LARGEST = 512;

		/**
		 * The boxes of a network whose levels halve them. The narrowest level keeps 2 x 2 pixels, so that it has a variance
		 * even in a batch of one.
		 */
		static BoxRange halved(final int levels) {
			final int step = 1 << levels;
			return new BoxRange("network", 2 * step, step);
		}

		/**
		 * @throws NetworkException if the box is not one of these
		 */
		void check(final int box) {
			if (box >= smallest && box <= LARGEST && box % step == 0) return;
			throw new NetworkException("This " + network + " takes boxes of " + smallest + " to " + LARGEST +
				" pixels in steps of " + step + ", not " + box + ". Crop, pad or rescale the particles.");
		}
	}
}
