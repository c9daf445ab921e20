/**
 * Images and maps as plain arrays, and their Fourier transforms. The only room
 * that knows the Fourier transform library.
 */
package io.github.clearice.fourier;
