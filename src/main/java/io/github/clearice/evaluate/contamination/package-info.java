/**
 * The contamination study: trains on partly contaminated data and tests on clean data.
 */
package io.github.clearice.evaluate.contamination;
