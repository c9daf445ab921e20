package io.github.clearice.denoise;

import org.scijava.plugin.SciJavaPlugin;

/**
 * A denoising method as a SciJava plugin: a class with a constructor without parameters, annotated with
 * {@code @Plugin(type = DenoiserPlugin.class)}. A jar with such a class in Fiji's {@code jars} or {@code plugins}
 * folder, or on the class path of the launcher, adds its method to every list.
 */
public interface DenoiserPlugin extends DenoiserFactory, SciJavaPlugin {}
