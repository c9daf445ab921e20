package io.github.clearice.mrc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.task.InputException;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignFormatTest {

	@TempDir
	Path folder;

	/** The first directory has one tag, 259 (compression): 5 is LZW; 65000, 65001 and 65002 are those of EER. */
	@ParameterizedTest
	@CsvSource({ "II, false, 5, TIFF", "MM, false, 1, TIFF", "II, true, 65001, EER", "II, false, 65000, EER",
		"MM, true, 65002, EER", "II, true, 8, TIFF" })
	void recognisesTiffAndEer(final String order, final boolean large, final int compression, final String expected)
		throws IOException
	{
		final ByteBuffer file = ByteBuffer.allocate(2000).order(order.equals("II") ? ByteOrder.LITTLE_ENDIAN
			: ByteOrder.BIG_ENDIAN);
		file.put(order.getBytes(StandardCharsets.US_ASCII)).putShort((short) (large ? 43 : 42));
		if (large) file.putShort((short) 8).putShort((short) 0).putLong(16).putLong(1);
		else file.putInt(8).putShort((short) 1);
		file.putShort((short) 259).putShort((short) 3);
		if (large) file.putLong(1);
		else file.putInt(1);
		file.putShort((short) compression);
		final Path path = Files.write(folder.resolve("movie.mrc"), file.array());
		final String message = assertThrows(InputException.class, () -> MrcFile.open(path)).getMessage();
		assertEquals(path + ": is a" + (expected.equals("EER") ? "n EER movie" : " TIFF file"), message.split(",")[0]);
	}

	@ParameterizedTest
	@CsvSource({ "1f8b, gzip", "425a68, bzip2", "894844460d0a1a0a, HDF5", "934e554d5059, NumPy", "504b0304, zip" })
	void recognisesOtherFormats(final String start, final String name) throws IOException {
		final byte[] file = Arrays.copyOf(new BigInteger("00" + start, 16).toByteArray(), 2000);
		final byte[] bytes = file[0] == 0 ? Arrays.copyOfRange(file, 1, file.length) : file;
		final Path path = Files.write(folder.resolve("a.mrc"), bytes);
		final String message = assertThrows(InputException.class, () -> MrcFile.open(path)).getMessage();
		assertEquals(true, message.contains(name), message);
	}

	@Test
	void aDirectoryBeyondTheFileIsNoReasonToFail() throws IOException {
		final ByteBuffer file = ByteBuffer.allocate(1100).order(ByteOrder.LITTLE_ENDIAN).put("II".getBytes(
			StandardCharsets.US_ASCII)).putShort((short) 42).putInt(-1);
		final Path path = Files.write(folder.resolve("a.mrc"), file.array());
		assertEquals(true, assertThrows(InputException.class, () -> MrcFile.open(path)).getMessage().contains("TIFF"));
	}
}
