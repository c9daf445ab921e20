/** Plots and pictures of results, drawn with ImageJ: windows in Fiji, and PNG files everywhere. */
package io.github.clearice.fiji.plot;
