/**
 * Building blocks of networks: layers, variables, initialisers, and a network ready for
 * inference. Knows neither data nor files; the architectures are in {@code zoo}.
 */
package io.github.clearice.network;
