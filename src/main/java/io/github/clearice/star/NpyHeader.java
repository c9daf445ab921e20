package io.github.clearice.star;

import io.github.clearice.task.InputException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The head of a NumPy file of rows with fields, versions 1 to 3.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The format</a>
 */
final class NpyHeader {

	private static final byte[] MAGIC = { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y' };
	private static final byte[] COMPRESSED = { (byte) 0x94, 'C', 'S', 'D', 'A', 'T' };

	/** Bytes before the text: the magic bytes, the version and the length of the text. */
	static final int PREFIX = 12;
	/** Heads with hundreds of fields take some ten thousand characters. */
	private static final int LONGEST = 1 << 24;

	private NpyHeader() {}

	/** Whether a file begins as a NumPy file does. */
	static boolean isNpy(final byte[] start) {
		return begins(start, MAGIC);
	}

	private static boolean begins(final byte[] start, final byte[] magic) {
		for (int i = 0; i < magic.length; i++) if (start.length <= i || start[i] != magic[i]) return false;
		return true;
	}

	/**
	 * Where the text of the head lies.
	 *
	 * @param start the first bytes of the file
	 * @return its first byte and its length
	 * @throws InputException if this is no such file
	 */
	static int[] text(final String file, final byte[] start) {
		if (begins(start, COMPRESSED)) throw new InputException(file +
			": is in the compressed format of cryosparc-tools. Save it with dataset.save(file), which writes NumPy's" +
			" format.");
		if (!isNpy(start) || start.length < PREFIX) throw new InputException(file +
			": is no NumPy file, as .cs files of cryoSPARC are. Choose another file.");
		final int version = start[6];
		if (version < 1 || version > 3) throw new InputException(file + ": is of version " + version +
			" of NumPy's format, but 1 to 3 are known. Save it with numpy.save.");
		final ByteBuffer numbers = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
		final long length = version == 1 ? numbers.getShort(8) & 0xffff : numbers.getInt(8) & 0xffffffffL;
		if (length > LONGEST) throw new InputException(file + ": has a head of " + length +
			" bytes, which cannot be. The file is damaged; get it again.");
		return new int[] { version == 1 ? 10 : PREFIX, (int) length };
	}

	/** @param version of the format, which sets the encoding of the text */
	static Map<?, ?> parse(final String file, final byte[] text, final int version) {
		final String source = new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
		if (new PythonLiteral(file, source).read() instanceof Map<?, ?> head) return head;
		throw damaged(file, "holds no dictionary");
	}

	/** The number of rows. */
	static long rows(final String file, final Map<?, ?> head) {
		if (!Boolean.FALSE.equals(head.get("fortran_order")) && !Boolean.TRUE.equals(head.get("fortran_order")))
			throw damaged(file, "lacks fortran_order");
		if (head.get("shape") instanceof List<?> shape && shape.size() == 1 && shape.get(0) instanceof Long rows &&
			rows >= 0) return rows;
		throw new InputException(file + ": holds an array of shape " + head.get("shape") +
			", not rows of a table. Choose a .cs file of cryoSPARC.");
	}

	/** The fields by their names, in their order. */
	static Map<String, NpyField> fields(final String file, final Map<?, ?> head) {
		if (!(head.get("descr") instanceof List<?> descriptions)) throw new InputException(file +
			": holds numbers without fields (" + head.get("descr") + "), no table. Choose a .cs file of cryoSPARC.");
		final Map<String, NpyField> fields = new LinkedHashMap<>();
		int offset = 0;
		for (final Object description : descriptions) {
			final NpyField field = field(file, description, offset);
			if (fields.put(field.name().isEmpty() ? " " + offset : field.name(), field) != null) throw damaged(file,
				"has the field " + field.name() + " twice");
			try {
				offset = Math.addExact(offset, field.bytes());
			}
			catch (final ArithmeticException e) {
				throw damaged(file, "has a field " + field.name() + " of more than 2 GiB");
			}
		}
		return fields;
	}

	private static NpyField field(final String file, final Object description, final int offset) {
		if (!(description instanceof List<?> parts) || parts.size() < 2 || parts.size() > 3) throw damaged(file,
			"has the field " + description);
		// A field may have a title before its name.
		final Object first = parts.get(0) instanceof List<?> titled && titled.size() == 2 ? titled.get(1) : parts.get(0);
		if (!(first instanceof String name)) throw damaged(file, "has a field without a name");
		if (!(parts.get(1) instanceof String type)) throw new InputException(file + ", field " + name +
			": holds fields of its own, which no table of cryoSPARC does. Leave it out.");
		final List<Integer> shape = new ArrayList<>();
		if (parts.size() == 3) for (final Object size : parts.get(2) instanceof List<?> sizes ? sizes : List.of(parts.get(
			2)))
		{
			if (!(size instanceof Long number) || number < 0 || number > Integer.MAX_VALUE) throw damaged(file,
				"has a field " + name + " of shape " + parts.get(2));
			shape.add(number.intValue());
		}
		return field(file, name, type, offset, shape.stream().mapToInt(Integer::intValue).toArray());
	}

	private static NpyField field(final String file, final String name, final String type, final int offset,
		final int[] shape)
	{
		final boolean ordered = !type.isEmpty() && "<>|=".indexOf(type.charAt(0)) >= 0;
		final String plain = ordered ? type.substring(1) : type;
		final char kind = plain.isEmpty() ? 0 : plain.charAt(0);
		if (kind == 'O') throw new InputException(file + ", field " + name +
			": holds Python objects, which only Python can read. Save it with text as numpy.bytes_.");
		if (!plain.matches("[fiubSUVc]\\d{1,9}|[Mm]8(\\[.*])?|\\?")) throw damaged(file, "has a field " + name +
			" of the unknown type " + type);
		final int size = plain.equals("?") ? 1 : kind == 'M' || kind == 'm' ? 8 : Integer.parseInt(plain.substring(1));
		final boolean right = switch (kind) {
			case 'f' -> size == 2 || size == 4 || size == 8;
			case 'i', 'u' -> size == 1 || size == 2 || size == 4 || size == 8;
			default -> true;
		};
		if (!right) throw damaged(file, "has a field " + name + " of the unknown type " + type);
		try {
			return new NpyField(name, kind == '?' ? 'b' : kind, type.charAt(0) == '>', kind == 'U' ? Math.multiplyExact(4,
				size) : size, offset, shape);
		}
		catch (final ArithmeticException e) {
			throw damaged(file, "has a field " + name + " of more than 2 GiB");
		}
	}

	private static InputException damaged(final String file, final String what) {
		return new InputException(file + ": its head " + what + ". The file is damaged; get it again.");
	}

	/** The head of a file with fields and rows, so that rows begin at a multiple of 64 bytes. */
	static byte[] write(final Iterable<NpyField> fields, final int rows) {
		final List<String> descriptions = new ArrayList<>();
		boolean plain = true;
		for (final NpyField field : fields)
			descriptions.add(field.description());
		final String text = "{'descr': [" + String.join(", ", descriptions) + "], 'fortran_order': False, 'shape': (" +
			rows + ",), }";
		for (int i = 0; i < text.length(); i++)
			plain &= text.charAt(i) < 256;
		final byte[] encoded = text.getBytes(plain ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
		final int version = !plain ? 3 : encoded.length + 64 + 10 > 0xffff ? 2 : 1, prefix = version == 1 ? 10 : PREFIX;
		final int total = (prefix + encoded.length + 1 + 63) / 64 * 64;
		final ByteBuffer head = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
		head.put(MAGIC).put((byte) version).put((byte) 0);
		if (version == 1) head.putShort((short) (total - prefix));
		else head.putInt(total - prefix);
		head.put(encoded);
		while (head.remaining() > 1) head.put((byte) ' ');
		return head.put((byte) '\n').array();
	}

	/**
	 * One field of the rows of a NumPy file.
	 *
	 * @param name such as {@code blob/path}
	 * @param type NumPy's kind: f, i, u or b for numbers, S for bytes, U for Unicode text, others are only passed on
	 * @param bigEndian order of the bytes
	 * @param itemBytes length of one item
	 * @param offset of the field in a row
	 * @param shape of the items; empty for one
	 */
	record NpyField(String name, char type, boolean bigEndian, int itemBytes, int offset, int... shape) {

		/** Number of items. */
		int items() {
			int items = 1;
			for (final int size : shape) items = Math.multiplyExact(items, size);
			return items;
		}

		int bytes() {
			return Math.multiplyExact(itemBytes, items());
		}

		boolean isText() {
			return type == 'S' || type == 'U';
		}

		boolean isNumber() {
			return "fiub".indexOf(type) >= 0;
		}

		/** The same field elsewhere in a row, its items of another length. */
		NpyField at(final int newOffset, final int newItemBytes) {
			return new NpyField(name, type, bigEndian, newItemBytes, newOffset, shape);
		}

		/** The entry of the field in the header of a file. */
		String description() {
			final String order = itemBytes == 1 || type == 'S' || type == 'V' ? "|" : bigEndian ? ">" : "<";
			final String one = "('" + name.replace("\\", "\\\\").replace("'", "\\'") + "', '" + order + type + (type == 'U'
				? itemBytes / 4 : itemBytes) + "'";
			if (shape.length == 0) return one + ")";
			final String sizes = Arrays.toString(shape).replace("[", "").replace("]", "");
			return one + ", (" + sizes + (shape.length == 1 ? ",))" : "))");
		}
	}

	/**
	 * A value as Python writes it, as far as the heads of NumPy files have them: dictionaries, lists, tuples, strings,
	 * whole numbers, True, False and None. Lists and tuples become lists, numbers {@code Long}.
	 */
	static final class PythonLiteral {

		/** Lists within lists of a head. */
		private static final int DEEPEST = 16;

		private final String file;
		private final String text;
		private int at;

		PythonLiteral(final String file, final String text) {
			this.file = file;
			this.text = text;
		}

		/** @throws InputException if it is something else */
		Object read() {
			final Object value = value(0);
			if (skip() != 0) throw damaged();
			return value;
		}

		private Object value(final int depth) {
			if (depth > DEEPEST) throw damaged();
			final char first = skip();
			if (first == '{') return map(depth);
			if (first == '[') return list(']', depth);
			if (first == '(') return list(')', depth);
			if (first == '\'' || first == '"') return string();
			if ((first == 'b' || first == 'u') && at + 1 < text.length() && "'\"".indexOf(text.charAt(at + 1)) >= 0) {
				at++;
				return string();
			}
			final int start = at;
			while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) at++;
			return word(text.substring(start, at));
		}

		private Object word(final String word) {
			if (word.equals("True")) return true;
			if (word.equals("False")) return false;
			if (word.equals("None")) return "None";
			// Python 2 wrote long numbers with an L.
			if (word.matches("-?\\d{1,18}L?")) return Long.valueOf(word.replace("L", ""));
			throw damaged();
		}

		private Map<Object, Object> map(final int depth) {
			at++;
			final Map<Object, Object> map = new LinkedHashMap<>();
			while (skip() != '}') {
				final Object key = value(depth + 1);
				expect(':');
				map.put(key, value(depth + 1));
				if (skip() == ',') at++;
				else if (skip() != '}') throw damaged();
			}
			at++;
			return map;
		}

		private List<Object> list(final char end, final int depth) {
			at++;
			final List<Object> list = new ArrayList<>();
			while (skip() != end) {
				list.add(value(depth + 1));
				if (skip() == ',') at++;
				else if (skip() != end) throw damaged();
			}
			at++;
			return list;
		}

		private String string() {
			final char quote = text.charAt(at++);
			final StringBuilder string = new StringBuilder();
			while (at < text.length() && text.charAt(at) != quote) {
				if (text.charAt(at) == '\\' && at + 1 < text.length()) at++;
				string.append(text.charAt(at++));
			}
			if (at == text.length()) throw damaged();
			at++;
			return string.toString();
		}

		private void expect(final char wanted) {
			if (skip() != wanted) throw damaged();
			at++;
		}

		/** The next character that is no blank; 0 at the end. */
		private char skip() {
			while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
			return at < text.length() ? text.charAt(at) : 0;
		}

		private InputException damaged() {
			return new InputException(file + ": its head is not as NumPy writes it (character " + at +
				"). The file is damaged; get it again.");
		}
	}
}
