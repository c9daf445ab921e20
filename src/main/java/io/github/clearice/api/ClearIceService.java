package io.github.clearice.api;

import org.scijava.service.SciJavaService;

/** ClearIce for scripts in Fiji and other programs with SciJava: {@code #@ ClearIceService clearice}. */
public interface ClearIceService extends ClearIceLibrary, SciJavaService {}
