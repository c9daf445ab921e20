/**
 * Graphs of networks: layers, their variables and the device they run on. Knows
 * neither data nor files.
 */
package io.github.clearice.network;
