/**
 * The worker: a second Java process that runs one verb of the launcher, so that
 * TensorFlow's native code is never loaded into Fiji, where other plugins bring
 * another TensorFlow under the same class names and a crash would take unsaved
 * images along. What it does comes as events, one JSON object a line on its
 * standard output; stop requests go to its standard input, a word a line.
 */
package io.github.clearice.worker;
