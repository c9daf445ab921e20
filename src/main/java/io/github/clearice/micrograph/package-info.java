/**
 * Whole micrographs: denoising by overlapping tiles, simulation with particles at
 * known places, finding particles with templates, scoring what was found and
 * cutting it out.
 */
package io.github.clearice.micrograph;
