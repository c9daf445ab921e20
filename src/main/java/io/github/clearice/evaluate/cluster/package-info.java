/** Sorting particles into conformations: principal components, clusters, and how well they agree with the truth. */
package io.github.clearice.evaluate.cluster;
