/**
 * What a training reports: listeners, progress, the run folder with its tables and event files.
 */
package io.github.clearice.train.log;
