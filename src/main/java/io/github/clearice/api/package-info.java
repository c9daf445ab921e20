/**
 * ClearIce for scripts and other programs: {@link io.github.clearice.api.ClearIceLibrary} in Java,
 * {@link io.github.clearice.api.ClearIceService} in SciJava scripts.
 */
package io.github.clearice.api;
