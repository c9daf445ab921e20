package io.github.clearice.micrograph;

import java.io.Serializable;

/**
 * A place where a particle seems to be.
 *
 * @param x pixel of the micrograph, counted from 0 and with a fraction, as RELION's {@code rlnCoordinateX}
 * @param y as {@code rlnCoordinateY}
 * @param score correlation coefficient with the best template
 * @param psiDegree by which that template is turned
 */
public record Pick(double x, double y, double score, double psiDegree) implements Serializable {}
