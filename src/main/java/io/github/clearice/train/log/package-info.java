/**
 * The reports of a training: listeners, progress, the run folder with its tables and event files.
 */
package io.github.clearice.train.log;
