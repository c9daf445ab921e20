package io.github.clearice.model.export;

import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A model as TensorFlow's SavedModel: the content of {@value #NAME}, the one file of its folder, as there are no
 * variables.
 */
final class SavedModelFile {

	static final String NAME = "saved_model.pb";

	/** What TensorFlow calls a graph that is there to be run. */
	private static final String TAG = "serve", METHOD = "tensorflow/serving/predict";

	private SavedModelFile() {}

	static SavedModel of(final ModelGraph model, final String tensorFlow) {
		final SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(METHOD);
		for (int i = 0; i < model.inputs().size(); i++)
			signature.putInputs(model.inputs().get(i), tensor(model, model.input(i)));
		signature.putOutputs(ModelGraph.DENOISED, tensor(model, model.result()));
		final MetaGraphDef.Builder graph = MetaGraphDef.newBuilder().setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder()
			.addTags(TAG).setTensorflowVersion(tensorFlow)).setGraphDef(model.graph().toGraphDef()).putSignatureDef(
				Signature.DEFAULT_KEY, signature.build());
		return SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(graph).build();
	}

	private static TensorInfo tensor(final ModelGraph model, final Output<?> output) {
		final TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
		for (final long length : new long[] { -1, model.box(), model.box(), 1 })
			shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(length));
		return TensorInfo.newBuilder().setName(output.op().name() + ":" + output.index()).setDtype(DataType.DT_FLOAT)
			.setTensorShape(shape).build();
	}
}
