package io.github.clearice.train;

import io.github.clearice.network.GrowingNetwork;

/**
 * The schedule of a growing network (Karras et al. 2018, section 3): images of the
 * smallest size first; then, for each doubling of the size, a phase in which the
 * new level is blended in and one in which it is trained alone. All phases show
 * equally many images. After the last, the grown network is trained on.
 *
 * @param levels how often the size is doubled
 * @param imagesOfPhase shown in each phase, at least 1
 * @param batch images of an update
 */
record GrowthSchedule(int levels, long imagesOfPhase, int batch) {

	/**
	 * Where a training is.
	 *
	 * @param level how often the size has been doubled
	 * @param blended whether the level is being blended in
	 * @param share of the level in the result, from 0, and 1 where it is not blended
	 * @param first update that trained this level
	 */
	record Stage(int level, boolean blended, double share, long first) {

		/** Whether both are of one graph: they differ in no more than the share. */
		boolean isLike(final Stage other) {
			return other != null && level == other.level && blended == other.blended;
		}
	}

	/** The schedule for a box. */
	static GrowthSchedule of(final int box, final long imagesOfPhase, final int batch) {
		return new GrowthSchedule(GrowingNetwork.levels(box), imagesOfPhase, batch);
	}

	/** Updates until the network is grown and its last level has been trained alone for one phase. */
	long updates() {
		return (2L * levels + 1) * updatesOfPhase();
	}

	/** @param update from 1 */
	Stage stage(final long update) {
		final long phase = Math.min((update - 1) / updatesOfPhase(), 2L * levels);
		final int level = (int) ((phase + 1) / 2);
		final boolean blended = phase % 2 == 1;
		final double share = blended ? (update - 1) % updatesOfPhase() / (double) updatesOfPhase() : 1;
		return new Stage(level, blended, share, Math.max(0, 2L * level - 1) * updatesOfPhase() + 1);
	}

	/**
	 * Into how many smaller batches that of an update is divided: large images take
	 * more memory, so batches of 16 become 8 at 128 pixels and 4 from 256 on.
	 *
	 * @param size of the images in pixels
	 */
	int parts(final int size) {
		final int wanted = size >= 256 ? 4 : size >= 128 ? 2 : 1;
		return Math.min(wanted, batch);
	}

	private long updatesOfPhase() {
		return (imagesOfPhase + batch - 1) / batch;
	}
}
