/**
 * The SciJava commands, one a verb, and the launcher that runs the same commands
 * from a shell: the only room that knows Fiji. Nobody imports it but the
 * launcher's main class.
 */
package io.github.clearice.command;
