/**
 * K-SVD: denoising with a dictionary of patches that is learned from the images.
 */
package io.github.clearice.filter.ksvd;
