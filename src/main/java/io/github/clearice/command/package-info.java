/**
 * What a command is: how its parameters are declared, how it gets images, and how it shows results. Those of the verbs
 * are in {@code verb}; {@code input} opens what they are given.
 */
package io.github.clearice.command;
