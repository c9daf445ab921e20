package io.github.clearice.train.log;

/**
 * One training of a search: a setting of the options in a round.
 *
 * @param setting its number, from 1
 * @param settings that the search began with
 * @param round its number, from 1
 * @param rounds of the search, the last of which trains one setting to the end
 * @param updates that the setting has had at the end of the round
 * @param options what the search has drawn, such as {@code rate=0.006 alpha=0.2}
 */
public record SearchTrial(int setting, int settings, int round, int rounds, long updates, String options) {

	@Override
	public String toString() {
		return "Setting " + setting + " of " + settings + ", round " + round + " of " + rounds;
	}
}
