/**
 * The worker: a second Java process that runs one verb of the launcher, so that TensorFlow's native code is never
 * loaded into Fiji, where other plugins bring another TensorFlow under the same class names and a crash would take
 * unsaved images along. It reports events to standard output, one JSON object a line, and reads stop requests from
 * standard input, one word a line.
 */
package io.github.clearice.worker;
