/**
 * The contamination study: trains on data of which a share is wrong and tests on clean data.
 */
package io.github.clearice.evaluate.contamination;
