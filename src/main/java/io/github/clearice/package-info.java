/**
 * ClearIce, learned denoising of cryo-EM particles: here only the launcher's main
 * class. Each package is a step of the work, from structure and files over
 * simulation and training to denoising and evaluation.
 */
package io.github.clearice;
