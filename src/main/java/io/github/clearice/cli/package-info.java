/**
 * The launcher: reads a command line, runs the command of its verb, and shows
 * progress, results and errors in a terminal or as events for another program.
 */
package io.github.clearice.cli;
