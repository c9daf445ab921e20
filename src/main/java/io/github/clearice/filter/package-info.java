/**
 * Classical denoisers that need no training: low-pass, Wiener filter, non-local means, and the code that the methods in
 * {@code bm3d}, {@code covariance} and {@code ksvd} share with them.
 */
package io.github.clearice.filter;
