package io.github.clearice.train.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

/**
 * An event file of TensorBoard: a sequence of {@code tensorflow.Event} messages
 * in the TFRecord framing of TensorFlow's {@code record_writer.h}: length as
 * uint64, masked CRC-32C of the length as uint32, the message, masked CRC-32C of
 * the message, all little-endian.
 */
final class EventFile {

	/** What the first event of a file must say. */
	private static final String VERSION = "brain.Event:2";
	private static final int MASK_DELTA = 0xa282ead8;

	private final AppendedFile file;

	/**
	 * Begins a file in a folder, beside those of earlier runs.
	 *
	 * @param firstStep the update it begins after: TensorBoard forgets what other files of the folder say of later ones
	 * @throws io.github.clearice.task.OutputException if it cannot be written
	 */
	EventFile(final Path folder, final long firstStep) {
		final long now = System.currentTimeMillis();
		// TensorBoard reads the files of a folder in the order of their names.
		final String name = String.format(Locale.ROOT, "events.out.tfevents.%010d.%03d.clearice", now / 1000, now % 1000);
		file = new AppendedFile(folder.resolve(name), record(event(0).setFileVersion(VERSION)));
		startAt(firstStep);
	}

	/** Tells TensorBoard that what it knows of updates after this one does not count. */
	void startAt(final long step) {
		file.append(record(event(step).setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START))));
	}

	/**
	 * Adds a point to one curve or several.
	 *
	 * @param step number of the update
	 * @param scalars by the name of their curve
	 */
	void add(final long step, final Map<String, Double> scalars) {
		final Summary.Builder summary = Summary.newBuilder();
		scalars.forEach((tag, value) -> summary.addValue(Summary.Value.newBuilder().setTag(tag).setSimpleValue(value
			.floatValue())));
		file.append(record(event(step).setSummary(summary)));
	}

	private static Event.Builder event(final long step) {
		return Event.newBuilder().setWallTime(System.currentTimeMillis() / 1000.0).setStep(step);
	}

	private static byte[] record(final Event.Builder event) {
		final byte[] message = event.build().toByteArray();
		final ByteBuffer record = ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES + message.length).order(
			ByteOrder.LITTLE_ENDIAN);
		record.putLong(message.length);
		record.putInt(maskedChecksum(record.array(), Long.BYTES));
		record.put(message);
		record.putInt(maskedChecksum(message, message.length));
		return record.array();
	}

	/** A checksum that stays good when the data hold checksums themselves (TensorFlow's {@code crc32c.h}). */
	private static int maskedChecksum(final byte[] bytes, final int count) {
		final CRC32C crc = new CRC32C();
		crc.update(bytes, 0, count);
		return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
	}
}
