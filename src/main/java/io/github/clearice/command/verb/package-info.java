/** The SciJava commands, one for each verb: their parameters, and the calls of the library. */
package io.github.clearice.command.verb;
