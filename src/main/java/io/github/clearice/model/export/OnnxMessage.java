package io.github.clearice.model.export;

import io.github.clearice.task.OutputException;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A message of the ONNX format (onnx.proto, IR version {@value #IR_VERSION}), written field by field in the encoding of
 * Protocol Buffers. The names of the methods that make messages are those of the format.
 */
final class OnnxMessage {

	/** Of ONNX 1.8, which introduced the operator set: runtimes of its age, such as deepImageJ's, read no newer ones. */
	static final int IR_VERSION = 7, OPERATOR_SET = 13;

	/** Types of tensors. */
	static final int FLOAT = 1, INT64 = 7;

	/** Types of attributes. */
	private static final int FLOAT_ATTRIBUTE = 1, INT_ATTRIBUTE = 2, TEXT_ATTRIBUTE = 3, INTS_ATTRIBUTE = 7;

	private ByteString bytes = ByteString.EMPTY;

	/** Something that writes a field. */
	@FunctionalInterface
	private interface Field {

		void write(CodedOutputStream out) throws IOException;
	}

	private OnnxMessage put(final Field field) {
		final ByteString.Output written = ByteString.newOutput();
		try {
			final CodedOutputStream out = CodedOutputStream.newInstance(written);
			field.write(out);
			out.flush();
		}
		catch (final IOException e) {
			throw new OutputException("The model cannot be written in memory. Start Java with a larger -Xmx.", e);
		}
		bytes = bytes.concat(written.toByteString());
		return this;
	}

	OnnxMessage number(final int field, final long value) {
		return put(out -> out.writeInt64(field, value));
	}

	OnnxMessage text(final int field, final String value) {
		return put(out -> out.writeString(field, value));
	}

	/** Bytes that are not copied. */
	private OnnxMessage content(final int field, final ByteString content) {
		put(out -> {
			out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
			out.writeUInt32NoTag(content.size());
		});
		bytes = bytes.concat(content);
		return this;
	}

	OnnxMessage message(final int field, final OnnxMessage message) {
		return content(field, message.bytes);
	}

	ByteString bytes() {
		return bytes;
	}

	/** The model around a graph. */
	static OnnxMessage model(final OnnxMessage graph, final String producerVersion, final String description) {
		return new OnnxMessage().number(1, IR_VERSION).text(2, "ClearIce").text(3, producerVersion).text(6, description)
			.message(7, graph).message(8, new OnnxMessage().text(1, "").number(2, OPERATOR_SET));
	}

	/**
	 * An input or a result, float32.
	 *
	 * @param lengths of the axes after the first, which is open
	 */
	static OnnxMessage valueInfo(final String name, final int... lengths) {
		final OnnxMessage shape = new OnnxMessage().message(1, new OnnxMessage().text(2, "images"));
		for (final int length : lengths) shape.message(1, new OnnxMessage().number(1, length));
		return new OnnxMessage().text(1, name).message(2, new OnnxMessage().message(1, new OnnxMessage().number(1, FLOAT)
			.message(2, shape)));
	}

	static OnnxMessage tensor(final String name, final long[] shape, final float[] values) {
		final ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		buffer.asFloatBuffer().put(values);
		return tensor(name, shape, FLOAT, buffer);
	}

	static OnnxMessage tensor(final String name, final long[] shape, final long[] values) {
		final ByteBuffer buffer = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		buffer.asLongBuffer().put(values);
		return tensor(name, shape, INT64, buffer);
	}

	private static OnnxMessage tensor(final String name, final long[] shape, final int type, final ByteBuffer values) {
		final OnnxMessage tensor = new OnnxMessage();
		for (final long length : shape) tensor.number(1, length);
		return tensor.number(2, type).text(8, name).content(9, UnsafeByteOperations.unsafeWrap(values));
	}

	static OnnxMessage attribute(final String name, final long value) {
		return new OnnxMessage().text(1, name).number(3, value).number(20, INT_ATTRIBUTE);
	}

	static OnnxMessage attribute(final String name, final float value) {
		return new OnnxMessage().text(1, name).put(out -> out.writeFloat(2, value)).number(20, FLOAT_ATTRIBUTE);
	}

	static OnnxMessage attribute(final String name, final String value) {
		return new OnnxMessage().text(1, name).text(4, value).number(20, TEXT_ATTRIBUTE);
	}

	static OnnxMessage attribute(final String name, final long[] values) {
		final OnnxMessage attribute = new OnnxMessage().text(1, name);
		for (final long value : values) attribute.number(8, value);
		return attribute.number(20, INTS_ATTRIBUTE);
	}
}
