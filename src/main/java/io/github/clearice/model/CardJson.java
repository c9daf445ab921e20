package io.github.clearice.model;

import io.github.clearice.task.InputException;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;

import java.util.List;
import java.util.Map;

/** Writes and reads the JSON parts of a model file. */
final class CardJson {

	/** Adapters are made by reflection on our own records only: JSON cannot name a class. */
	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping()
		.create();

	/**
	 * A line of the manifest.
	 *
	 * @param entry path in the archive
	 * @param bytes length of the entry
	 * @param sha256 of its bytes, in hexadecimal
	 * @param shape of an array; null for other entries
	 */
	record ManifestLine(String entry, long bytes, String sha256, int[] shape) {}

	private CardJson() {}

	static String text(final Object value) {
		return GSON.toJson(value) + "\n";
	}

	static ModelCard card(final String text) {
		return parse("card.json", text, TypeToken.get(ModelCard.class));
	}

	static List<ManifestLine> manifest(final String text) {
		return parse("manifest.json", text, new TypeToken<List<ManifestLine>>() {});
	}

	static Map<String, String> state(final String text) {
		return parse("state.json", text, new TypeToken<Map<String, String>>() {});
	}

	private static <T> T parse(final String name, final String text, final TypeToken<T> type) {
		try {
			final T value = GSON.fromJson(text, type);
			if (value == null) throw new InputException("Its " + name + " is empty; get a fresh copy.");
			return value;
		}
		catch (final InputException e) {
			throw e;
		}
		catch (final JsonParseException e) {
			throw new InputException("Its " + name + " is no valid JSON of that kind; get a fresh copy.", e);
		}
		catch (final RuntimeException e) {
			// Gson wraps exceptions from a record's constructor.
			for (Throwable cause = e; cause != null; cause = cause.getCause()) if (cause instanceof InputException) {
				throw new InputException(cause.getMessage(), e);
			}
			throw new InputException("Its " + name + " does not hold what it should; get a fresh copy.", e);
		}
	}
}
