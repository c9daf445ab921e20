/**
 * The experiments of Su et al. 2018 and Gu et al. 2021, to be repeated by anyone: the steps, at three sizes, and the
 * papers' claims that the figures can confirm or contradict.
 */
package io.github.clearice.reproduce;
