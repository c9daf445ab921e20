package io.github.clearice.train.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.train.log.RunDirectory.EventFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;

class EventFileTest {

	@TempDir
	Path folder;

	/** The vectors of RFC 3720, B.4, and the check value of CRC-32C. */
	@Test
	void checksumIsThatOfTheStandard() {
		final byte[] ascending = new byte[32];
		for (int i = 0; i < ascending.length; i++) ascending[i] = (byte) i;
		assertEquals(0x8a9136aa, crc32c(new byte[32]));
		assertEquals(0x46dd794e, crc32c(ascending));
		assertEquals(0xe3069283, crc32c("123456789".getBytes(StandardCharsets.US_ASCII)));
	}

	/**
	 * What TensorBoard 2.21 reads from a file that this class wrote equals the input: {@code [(e.step, {v.tag:
	 * v.simple_value for v in e.summary.value}) for e in LegacyEventFileLoader(path).Load()]}. Here the framing is
	 * checked with a checksum of the test's own.
	 */
	@Test
	void recordsAreFramedAndReadBack() throws Exception {
		final long before = System.currentTimeMillis();
		final EventFile file = new EventFile(folder, 7);
		file.add(20, Map.of("loss", 0.125));
		file.startAt(10);
		file.add(12, Map.of("loss", 0.25, "validation/psnr", 21.5));
		final List<Event> events = events();
		assertEquals("brain.Event:2", events.get(0).getFileVersion());
		assertEquals(SessionLog.SessionStatus.START, events.get(1).getSessionLog().getStatus());
		assertEquals(List.of(0L, 7L, 20L, 10L, 12L), events.stream().map(Event::getStep).toList());
		assertEquals(SessionLog.SessionStatus.START, events.get(3).getSessionLog().getStatus());
		assertEquals("loss", events.get(2).getSummary().getValue(0).getTag());
		assertEquals(0.125f, events.get(2).getSummary().getValue(0).getSimpleValue());
		assertEquals(2, events.get(4).getSummary().getValueCount());
		final double wallTime = events.get(4).getWallTime();
		assertTrue(wallTime >= before / 1000.0 && wallTime <= System.currentTimeMillis() / 1000.0, "written at " +
			wallTime);
	}

	/** The length of the first record, as TensorBoard 2.21 frames it. */
	@Test
	void firstRecordBeginsAsThatOfOtherWriters() throws IOException {
		new EventFile(folder, 0);
		final byte[] bytes = Files.readAllBytes(only());
		// 24 bytes, and the checksum of their number: tensorboard's masked_crc32c(struct.pack('<Q', 24)) is 0x224b7fa3.
		assertArrayEquals(new byte[] { 24, 0, 0, 0, 0, 0, 0, 0 }, Arrays.copyOf(bytes, 8));
		assertEquals(0x224b7fa3, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(8));
	}

	private Path only() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			final List<Path> all = files.toList();
			assertEquals(1, all.size());
			assertTrue(all.get(0).getFileName().toString().startsWith("events.out.tfevents."), all.toString());
			return all.get(0);
		}
	}

	private List<Event> events() throws Exception {
		final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(only())).order(ByteOrder.LITTLE_ENDIAN);
		final List<Event> events = new ArrayList<>();
		while (bytes.hasRemaining()) {
			final byte[] length = new byte[8];
			bytes.get(length);
			assertEquals(masked(length), bytes.getInt());
			final byte[] message = new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
			bytes.get(message);
			assertEquals(masked(message), bytes.getInt());
			events.add(Event.parseFrom(message));
		}
		return events;
	}

	private static int masked(final byte[] bytes) {
		final int crc = crc32c(bytes);
		return (crc >>> 15 | crc << 17) + 0xa282ead8;
	}

	/** Bit by bit, with the reversed polynomial of Castagnoli. */
	private static int crc32c(final byte[] bytes) {
		int crc = ~0;
		for (final byte b : bytes) {
			crc ^= b & 0xff;
			for (int bit = 0; bit < 8; bit++) crc = crc >>> 1 ^ (0x82f63b78 & -(crc & 1));
		}
		return ~crc;
	}
}
