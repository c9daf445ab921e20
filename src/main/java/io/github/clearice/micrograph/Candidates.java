package io.github.clearice.micrograph;

import java.util.List;

/**
 * All places of a micrograph that might be particles, and those that cannot be.
 *
 * @param picks peaks of the score, the highest first
 * @param decoys peaks in the inverted micrograph, the highest first: peaks of noise
 */
public record Candidates(List<Pick> picks, List<Pick> decoys) {

	/**
	 * Leaves out decoys near a pick with a higher score: the CTF puts a dark ring about a bright particle, and where a
	 * particle is, noise cannot be picked either.
	 *
	 * @param distance within which the higher score decides
	 */
	static Candidates competing(final List<Pick> picks, final List<Pick> decoys, final double distance) {
		return new Candidates(picks, decoys.stream().filter(decoy -> picks.stream().takeWhile(pick -> pick.score() > decoy
			.score()).noneMatch(pick -> Math.hypot(pick.x() - decoy.x(), pick.y() - decoy.y()) < distance)).toList());
	}

	/** The best picks, at most this many. */
	public List<Pick> best(final int count) {
		return picks.subList(0, Math.min(count, picks.size()));
	}

	/** The picks of this score or a higher one. */
	public List<Pick> above(final double threshold) {
		return best((int) picks.stream().takeWhile(pick -> pick.score() >= threshold).count());
	}

	/**
	 * The largest number of picks at a false discovery rate that decoys estimate: the decoys are this share of the picks.
	 *
	 * @see <a href="https://doi.org/10.1038/nmeth1019">Elias and Gygi 2007</a>, who estimated false identifications in
	 * this way
	 */
	public List<Pick> withErrors(final double share) {
		int most = 0;
		for (int count = 1, wrong = 0; count <= picks.size(); count++) {
			while (wrong < decoys.size() && decoys.get(wrong).score() >= picks.get(count - 1).score()) wrong++;
			if (wrong <= share * count) most = count;
		}
		return best(most);
	}
}
