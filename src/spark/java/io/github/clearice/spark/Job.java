package io.github.clearice.spark;

import java.io.Serializable;
import java.util.List;

/**
 * What a process needs to run a verb that others run, too.
 *
 * @param id tells it from other jobs of the same process
 * @param words the verb and its parameters, which the launcher has understood already
 */
record Job(String id, List<String> words) implements Serializable {}
