/**
 * MRC for SCIFIO, and with it for ImageJ2's {@code DatasetIOService} and PyImageJ, by ClearIce's own reader and writer.
 */
package io.github.clearice.scifio;
