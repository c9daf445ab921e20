/**
 * ClearIce on Apache Spark: the launcher whose long loops are shared by the processes of a cluster.
 */
package io.github.clearice.spark;
