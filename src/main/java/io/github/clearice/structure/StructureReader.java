package io.github.clearice.structure;

import io.github.clearice.task.InputException;
import io.github.clearice.task.InputFile;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads structures from PDB, mmCIF and BinaryCIF files, also gzipped. The
 * content decides which it is, not the name.
 * <p>
 * Chains are named as authors name them (auth_asym_id).
 */
public final class StructureReader {

	private static final int HEAD = 1 << 16;
	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xef, (byte) 0xbb, (byte) 0xbf };

	private StructureReader() {}

	/**
	 * Reads the first model with all alternate locations.
	 *
	 * @throws InputException if the file cannot be read, is none of the
	 *           formats, is damaged, or holds no atoms
	 */
	public static Structure read(final Path path) {
		return read(path, StructureOptions.DEFAULT);
	}

	/**
	 * Reads the structure as the options say.
	 *
	 * @throws InputException as {@link #read(Path)}, or if there is no such model, alternate location or assembly
	 */
	public static Structure read(final Path path, final StructureOptions options) {
		// A pipe or a device would block for ever.
		if (!Files.exists(path)) throw new InputException(path + " does not exist. Check the path.");
		if (!Files.isRegularFile(path)) throw new InputException(path + " is not a file. Name a PDB or mmCIF file.");
		try (InputStream file = new BufferedInputStream(Files.newInputStream(path), HEAD);
				InputStream content = new BufferedInputStream(unpacked(file, path), HEAD))
		{
			return read(content, path.getFileName().toString(), options);
		}
		catch (final EOFException | ZipException e) {
			throw new InputException(path + " is damaged or cut short: its gzip data cannot be unpacked (" + e
				.getMessage() + "). Fetch the file again.", e);
		}
		catch (final IOException e) {
			throw new InputException(path + " " + InputFile.unreadable(e), e);
		}
	}

	private static InputStream unpacked(final InputStream file, final Path path) throws IOException {
		file.mark(2);
		final int first = file.read();
		final int second = file.read();
		file.reset();
		if (first < 0) throw new InputException(path + " is empty. Fetch the file again.");
		return first == 0x1f && second == 0x8b ? new GZIPInputStream(file, HEAD) : file;
	}

	private static Structure read(final InputStream content, final String file, final StructureOptions options)
		throws IOException
	{
		skipByteOrderMark(content);
		content.mark(HEAD);
		final byte[] head = content.readNBytes(HEAD - 1);
		content.reset();
		if (head.length == 0) throw new InputException(file + " is empty. Fetch the file again.");
		final int first = head[0] & 0xff;
		// A MessagePack map: fewer than 16 entries, or map 16 / map 32.
		if (first >> 4 == 8 || first == 0xde || first == 0xdf) return MmcifReader.readBinary(content, file, options);
		final String start = firstWords(head);
		if (start.startsWith("data_")) return MmcifReader.readText(content, file, options);
		if (start.startsWith("<?xml") || start.startsWith("<!doctype")) throw new InputException(file +
			" is XML (PDBML or a web page). Fetch the entry as PDB or mmCIF.");
		return new PdbReader(content, file, options).read();
	}

	private static void skipByteOrderMark(final InputStream content) throws IOException {
		content.mark(3);
		if (!Arrays.equals(content.readNBytes(3), BYTE_ORDER_MARK)) content.reset();
	}

	/** The text after white space and comments, in lower case. */
	private static String firstWords(final byte[] head) {
		final String text = new String(head, StandardCharsets.ISO_8859_1);
		int at = 0;
		while (at < text.length()) {
			if (text.charAt(at) == '#') {
				while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') at++;
			}
			else if (Character.isWhitespace(text.charAt(at))) at++;
			else break;
		}
		return text.substring(at, Math.min(text.length(), at + 16)).toLowerCase(Locale.ROOT);
	}
}
