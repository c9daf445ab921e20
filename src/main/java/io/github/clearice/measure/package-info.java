/**
 * What real particles look like: their noise, optics and places, measured so that particles like them can be simulated,
 * and tests of whether they are.
 */
package io.github.clearice.measure;
