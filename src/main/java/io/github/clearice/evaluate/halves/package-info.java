/** The split-half test for denoisers: whether half-sets agree on more than is true. */
package io.github.clearice.evaluate.halves;
