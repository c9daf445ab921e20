/**
 * Shared by all long work: progress and cancellation, parallel loops that do not change results, random streams from
 * one seed, outputs that appear only when complete, and the root of all errors. Every package may import this one; it
 * imports none.
 */
package io.github.clearice.task;
