/**
 * The experiments of Su et al. 2018 and Gu et al. 2021, to be repeated by anyone: what to run, at three sizes, and what
 * the papers say that the figures can confirm or contradict.
 */
package io.github.clearice.reproduce;
