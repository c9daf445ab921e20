/**
 * Files as images of ImageJ and back: MRC files and RELION STAR files opened as stacks whose pixels are read when they
 * are displayed, with the pixel size as calibration in Å and rows in the order of the file, and images saved as MRC.
 */
package io.github.clearice.fiji.image;
