package io.github.clearice.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class NearestName {

	private NearestName() {}

	/**
	 * The name with the fewest letters to insert, delete or replace; empty if these are half of its letters or more, and
	 * neither is the beginning of the other.
	 */
	public static Optional<String> of(final String typed, final Collection<String> names) {
		return names.stream().filter(name -> 2 * distance(typed, name) < typed.length() || name.startsWith(typed) || typed
			.startsWith(name)).min(Comparator.comparingInt((final String name) -> distance(typed, name)).thenComparing(
				Comparator.naturalOrder()));
	}

	/** The same as a question with a blank before; empty if there is none. */
	public static String question(final String typed, final Collection<String> names) {
		return of(typed, names).map(name -> " Did you mean '" + name + "'?").orElse("");
	}

	private static int distance(final String a, final String b) {
		int[] previous = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) previous[j] = j;
		for (int i = 1; i <= a.length(); i++) {
			final int[] current = new int[b.length() + 1];
			current[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				final int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
				current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
			}
			previous = current;
		}
		return previous[b.length()];
	}
}
