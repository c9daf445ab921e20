/**
 * The architectures: denoising networks and discriminators, each with the publication it
 * follows, and the registry that finds them by name.
 */
package io.github.clearice.network.zoo;
