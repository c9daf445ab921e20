package io.github.clearice.filter.covariance;

/**
 * The contrast transfer functions of the particles of a stack, in groups of
 * particles that share one. They are even and do not depend on the direction.
 */
public interface TransferFunctions {

	/** Number of particles whose group is known. */
	int particles();

	/** Number of groups, at least 1. */
	int groups();

	/** The group of a particle, counted from 0 as the particle is. */
	int group(int particle);

	/** The amplitude that a group passes at a frequency in periods a pixel. */
	double amplitude(int group, double frequencyPerPixel);

	/** Particles without a CTF. */
	TransferFunctions NONE = new TransferFunctions() {

		@Override
		public int particles() {
			return Integer.MAX_VALUE;
		}

		@Override
		public int groups() {
			return 1;
		}

		@Override
		public int group(final int particle) {
			return 0;
		}

		@Override
		public double amplitude(final int group, final double frequencyPerPixel) {
			return 1;
		}
	};
}
