package io.github.clearice.structure;

/**
 * A position in a structure's own coordinates.
 *
 * @param xAngstrom along x
 * @param yAngstrom along y
 * @param zAngstrom along z
 */
public record Point(double xAngstrom, double yAngstrom, double zAngstrom) {}
