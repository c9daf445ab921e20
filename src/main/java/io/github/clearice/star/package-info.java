/**
 * STAR files as RELION writes them, and its particle tables of every generation.
 * <p> The syntax is that of Hall 1991, "The STAR file: a new format for electronic data transfer and archiving", J.
 * Chem. Inf. Comput. Sci. 31, 326-333, as far as RELION uses it: a row of a loop is a line, and there are no texts of
 * several lines. Values, unknown columns and the order of everything survive reading and writing; comments do not,
 * except RELION's own {@code # version}.
 */
package io.github.clearice.star;
