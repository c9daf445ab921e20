package io.github.clearice.micrograph;

/**
 * A picture of a particle that is looked for.
 *
 * @param edge of the square in pixels
 * @param pixels {@code edge * edge}; the middle is pixel {@code edge / 2}
 * @param psiDegree by which it is turned in the plane, as {@code rlnAnglePsi}
 */
record Template(int edge, float[] pixels, double psiDegree) {}
