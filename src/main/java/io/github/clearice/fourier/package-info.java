/**
 * Images and maps, and their Fourier transforms. A map is a {@link io.github.clearice.fourier.Volume}: an image with
 * its pixel size; transforms and inner loops work on arrays. The only room that knows the Fourier transform library.
 */
package io.github.clearice.fourier;
