package io.github.clearice.star;

import io.github.clearice.star.NpyHeader.NpyField;
import io.github.clearice.task.AtomicOutput;
import io.github.clearice.task.InputException;
import io.github.clearice.task.InputFile;
import io.github.clearice.task.OutputException;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A table of cryoSPARC: rows of fields in a NumPy file. Rows are kept as bytes, so that fields that nobody changes come
 * out as they came in. Unchangeable.
 */
final class CsTable {

	private final String file;
	private final Map<String, NpyField> fields;
	private final int rowBytes;
	private final byte[][] rows;

	private CsTable(final String file, final Map<String, NpyField> fields, final byte[][] rows) {
		this.file = file;
		this.fields = fields;
		this.rowBytes = length(fields);
		this.rows = rows;
	}

	private static int length(final Map<String, NpyField> fields) {
		int length = 0;
		for (final NpyField field : fields.values()) length += field.bytes();
		return length;
	}

	/**
	 * Reads a table.
	 *
	 * @throws InputException if it cannot be read, is not a table of NumPy or shorter than its head says
	 */
	static CsTable read(final Path path) {
		InputFile.problem(path, "a .cs file").ifPresent(problem -> {
			throw new InputException(path + ": " + problem);
		});
		try (InputStream in = Files.newInputStream(path)) {
			return read(path.toString(), in, Files.size(path));
		}
		catch (final IOException e) {
			throw new InputException(path + ": " + InputFile.unreadable(e), e);
		}
	}

	private static CsTable read(final String file, final InputStream in, final long size) throws IOException {
		final byte[] start = in.readNBytes(NpyHeader.PREFIX);
		final int[] place = NpyHeader.text(file, start);
		if (size < place[0] + (long) place[1]) throw truncated(file);
		final byte[] text = Arrays.copyOf(Arrays.copyOfRange(start, place[0], NpyHeader.PREFIX), place[1]);
		final int known = Math.min(place[1], NpyHeader.PREFIX - place[0]);
		in.readNBytes(text, known, place[1] - known);
		final Map<?, ?> head = NpyHeader.parse(file, text, start[6]);
		final Map<String, NpyField> fields = NpyHeader.fields(file, head);
		final long count = NpyHeader.rows(file, head);
		final int length = length(fields);
		if (length == 0 || count > Integer.MAX_VALUE || count > (size - place[0] - place[1]) / length) throw truncated(
			file);
		final byte[][] rows = new byte[(int) count][];
		for (int row = 0; row < rows.length; row++) {
			rows[row] = in.readNBytes(length);
			if (rows[row].length < length) throw truncated(file);
		}
		return new CsTable(file, fields, rows);
	}

	private static InputException truncated(final String file) {
		return new InputException(file +
			": is shorter than its head says. It is damaged or still being written; get it again.");
	}

	int rows() {
		return rows.length;
	}

	/** The path of the file, for messages. */
	String file() {
		return file;
	}

	Iterable<String> names() {
		return fields.keySet();
	}

	boolean has(final String name) {
		return fields.containsKey(name);
	}

	/** Number of items of a field; 0 if there is none. */
	int items(final String name) {
		return has(name) ? fields.get(name).items() : 0;
	}

	/** Length of the first axis of a field's items; 0 if there is none. */
	int first(final String name) {
		return items(name) == 0 ? 0 : fields.get(name).shape().length == 0 ? 1 : fields.get(name).shape()[0];
	}

	/**
	 * A number of a field.
	 *
	 * @param item which of its items, as they follow in the file
	 * @throws InputException if the field holds no numbers or not as many
	 */
	double number(final int row, final String name, final int item) {
		final NpyField field = field(name);
		if (!field.isNumber()) throw error(row, name, "holds no numbers. Choose a table of cryoSPARC.");
		if (item >= field.items()) throw error(row, name, "holds " + field.items() + " numbers, not " + (item + 1) +
			" or more. Choose a table of cryoSPARC.");
		final ByteBuffer bytes = ByteBuffer.wrap(rows[row]).order(field.bigEndian() ? ByteOrder.BIG_ENDIAN
			: ByteOrder.LITTLE_ENDIAN);
		final int at = field.offset() + item * field.itemBytes();
		if (field.type() == 'f') return switch (field.itemBytes()) {
			case 2 -> half(bytes.getShort(at));
			case 4 -> bytes.getFloat(at);
			default -> bytes.getDouble(at);
		};
		final boolean signed = field.type() == 'i';
		return switch (field.itemBytes()) {
			case 1 -> signed ? bytes.get(at) : bytes.get(at) & 0xff;
			case 2 -> signed ? bytes.getShort(at) : bytes.getShort(at) & 0xffff;
			case 4 -> signed ? bytes.getInt(at) : bytes.getInt(at) & 0xffffffffL;
			default -> bytes.getLong(at);
		};
	}

	private static double half(final short bits) {
		final int exponent = bits >> 10 & 0x1f, fraction = bits & 0x3ff;
		final double size = exponent == 31 ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN : exponent == 0
			? fraction * 0x1p-24 : (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
		return bits < 0 ? -size : size;
	}

	/** The number in a field, or the given default if there is no such field. */
	double number(final int row, final String name, final double absent) {
		return has(name) ? number(row, name, 0) : absent;
	}

	/** The text of a field. */
	String text(final int row, final String name) {
		final NpyField field = field(name);
		if (!field.isText()) throw error(row, name, "holds no text. Choose a table of cryoSPARC.");
		final int unit = field.type() == 'U' ? 4 : 1;
		int end = field.offset() + field.itemBytes();
		while (end > field.offset() && isZero(rows[row], end - unit, end))
			end -= unit;
		return unit == 1 ? StarText.decode(rows[row], field.offset(), end) : new String(rows[row], field.offset(), end -
			field.offset(), unicode(field));
	}

	private static boolean isZero(final byte[] bytes, final int from, final int to) {
		for (int i = from; i < to; i++) if (bytes[i] != 0) return false;
		return true;
	}

	private static Charset unicode(final NpyField field) {
		return Charset.forName(field.bigEndian() ? "UTF-32BE" : "UTF-32LE");
	}

	/** This table with other texts in a field, which gets as long as they are. */
	CsTable withText(final String name, final IntFunction<String> texts) {
		final NpyField field = field(name);
		final byte[][] encoded = new byte[rows.length][];
		int longest = 1;
		for (int row = 0; row < rows.length; row++) {
			final String text = texts.apply(row);
			encoded[row] = field.type() == 'U' ? text.getBytes(unicode(field)) : StarText.encode(text);
			longest = Math.max(longest, encoded[row].length);
		}
		final Map<String, NpyField> changed = new LinkedHashMap<>();
		int offset = 0;
		for (final Map.Entry<String, NpyField> one : fields.entrySet()) {
			final NpyField old = one.getValue();
			final NpyField moved = old.at(offset, old == field ? longest : old.itemBytes());
			changed.put(one.getKey(), moved);
			offset += moved.bytes();
		}
		final byte[][] written = new byte[rows.length][];
		for (int row = 0; row < rows.length; row++) {
			written[row] = new byte[offset];
			for (final Map.Entry<String, NpyField> one : fields.entrySet()) {
				final NpyField from = one.getValue(), to = changed.get(one.getKey());
				if (from == field) System.arraycopy(encoded[row], 0, written[row], to.offset(), encoded[row].length);
				else System.arraycopy(rows[row], from.offset(), written[row], to.offset(), from.bytes());
			}
		}
		return new CsTable(file, changed, written);
	}

	/** This table with another number in a field of whole or floating-point numbers. */
	CsTable withNumbers(final String name, final int item, final IntFunction<? extends Number> numbers) {
		final NpyField field = field(name);
		final byte[][] written = new byte[rows.length][];
		for (int row = 0; row < rows.length; row++) {
			written[row] = rows[row].clone();
			final ByteBuffer bytes = ByteBuffer.wrap(written[row]).order(field.bigEndian() ? ByteOrder.BIG_ENDIAN
				: ByteOrder.LITTLE_ENDIAN);
			put(bytes, field, field.offset() + item * field.itemBytes(), numbers.apply(row), row);
		}
		return new CsTable(file, fields, written);
	}

	private void put(final ByteBuffer bytes, final NpyField field, final int at, final Number number, final int row) {
		if (field.type() == 'f' && field.itemBytes() == 4) bytes.putFloat(at, number.floatValue());
		else if (field.type() == 'f' && field.itemBytes() == 8) bytes.putDouble(at, number.doubleValue());
		else if (field.type() == 'f') throw error(row, field.name(),
			"has 16 bits, which are not written. Save it as float32.");
		else switch (field.itemBytes()) {
			case 1 -> bytes.put(at, number.byteValue());
			case 2 -> bytes.putShort(at, number.shortValue());
			case 4 -> bytes.putInt(at, number.intValue());
			default -> bytes.putLong(at, number.longValue());
		}
	}

	/** Some of these rows, in the order given. */
	CsTable withRows(final int... indices) {
		final byte[][] chosen = new byte[indices.length][];
		for (int i = 0; i < chosen.length; i++) chosen[i] = rows[indices[i]];
		return new CsTable(file, fields, chosen);
	}

	/**
	 * This table with the fields of another for the same {@code uid}s that it does not have; empty where the other lacks
	 * one of its rows or has no other field.
	 */
	Optional<CsTable> joined(final CsTable other) {
		final Map<String, NpyField> all = new LinkedHashMap<>(fields);
		int offset = rowBytes;
		for (final Map.Entry<String, NpyField> one : other.fields.entrySet()) if (!has(one.getKey())) {
			all.put(one.getKey(), one.getValue().at(offset, one.getValue().itemBytes()));
			offset += one.getValue().bytes();
		}
		if (all.size() == fields.size() || !has("uid") || !other.has("uid")) return Optional.empty();
		final Map<Long, Integer> places = new HashMap<>();
		for (int row = 0; row < other.rows(); row++) places.put(other.uid(row), row);
		final byte[][] written = new byte[rows.length][];
		for (int row = 0; row < rows.length; row++) {
			final Integer place = places.get(uid(row));
			if (place == null) return Optional.empty();
			written[row] = Arrays.copyOf(rows[row], offset);
			for (final Map.Entry<String, NpyField> one : other.fields.entrySet())
				if (!has(one.getKey())) System.arraycopy(other.rows[place], one.getValue().offset(), written[row], all.get(one
					.getKey()).offset(), one.getValue().bytes());
		}
		return Optional.of(new CsTable(file, all, written));
	}

	private long uid(final int row) {
		final NpyField field = field("uid");
		if (field.itemBytes() != 8) throw error(row, "uid", "is not a number of 64 bits. Choose a table of cryoSPARC.");
		return ByteBuffer.wrap(rows[row]).order(field.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN).getLong(
			field.offset());
	}

	private NpyField field(final String name) {
		final NpyField field = fields.get(name);
		if (field == null) throw new InputException(file + ": has no field " + name + ". Its fields are " + String.join(" ",
			fields.keySet()) + ".");
		return field;
	}

	InputException error(final int row, final String name, final String problemAndRemedy) {
		return new InputException(file + ", row " + (row + 1) + ", field " + name + ": " + problemAndRemedy);
	}

	/**
	 * Writes the table; the file appears when it is complete.
	 *
	 * @throws OutputException if the file cannot be written
	 */
	void write(final Path target) {
		try (AtomicOutput output = new AtomicOutput(target)) {
			try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(output.temporary()), 1 << 16)) {
				out.write(NpyHeader.write(fields.values(), rows.length));
				for (final byte[] row : rows) out.write(row);
			}
			catch (final IOException e) {
				throw OutputException.of(target, e);
			}
			output.commit();
		}
	}
}
