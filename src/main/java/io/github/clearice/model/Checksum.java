package io.github.clearice.model;

import io.github.clearice.task.InputException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4) of bytes. */
public final class Checksum {

	private Checksum() {}

	/** 64 hexadecimal digits. */
	public static String sha256(final byte[] bytes) {
		return HexFormat.of().formatHex(digest().digest(bytes));
	}

	/**
	 * 64 hexadecimal digits, the checksum of a file's content.
	 *
	 * @throws InputException if it cannot be read
	 */
	public static String sha256(final Path file) {
		final MessageDigest digest = digest();
		final byte[] part = new byte[1 << 16];
		try (InputStream bytes = Files.newInputStream(file)) {
			for (int count = bytes.read(part); count >= 0; count = bytes.read(part)) digest.update(part, 0, count);
		}
		catch (final IOException e) {
			throw new InputException("Cannot read " + file + " (" + e.getMessage() + "). Check its name and permissions.", e);
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new AssertionError("Every Java platform has SHA-256.", e);
		}
	}
}
