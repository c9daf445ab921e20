/**
 * BM3D: denoising by block matching and collaborative filtering.
 */
package io.github.clearice.filter.bm3d;
