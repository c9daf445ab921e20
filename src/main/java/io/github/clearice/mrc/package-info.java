/**
 * The MRC2014 file format: header, modes, reader, writer and validator.
 * <p> Follows Cheng et al. 2015, "MRC2014: Extensions to the MRC format header for electron cryo-microscopy and
 * tomography", J. Struct. Biol. 192, 146-150, and the format as real programs write it: both byte orders, wrong or
 * absent machine stamps, missing map identifiers and statistics, crystallographic axis orders, gzip and bzip2. Harmless
 * faults are read with a warning; faults that would give wrong pixels are refused with an {@link
 * io.github.clearice.task.InputException}. Rows keep the order of the file: row 0 comes first, as in RELION, cryoSPARC
 * and the Python package mrcfile.
 */
package io.github.clearice.mrc;
