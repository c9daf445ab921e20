package io.github.clearice.network;

/** A discriminator that grows: it has as many levels as the size of its images asks for. */
public interface GrowingDiscriminator extends Discriminator, GrowingNetwork<GrowingDiscriminator> {}
