/**
 * Denoising methods by name: the classical ones with their parameters, and those that other
 * libraries contribute as SciJava plugins, Java services or from scripts.
 */
package io.github.clearice.denoise;
