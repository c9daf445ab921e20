/**
 * Models in the formats of other programs: TensorFlow's SavedModel, ONNX, and packages for the BioImage Model Zoo. They
 * are only written: a graph from elsewhere is never run.
 */
package io.github.clearice.model.export;
