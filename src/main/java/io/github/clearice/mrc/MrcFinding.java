package io.github.clearice.mrc;

/**
 * Something about a file that breaks a rule of MRC2014.
 *
 * @param rule the rule
 * @param severity how bad it is
 * @param message one line: what the file says and, where that helps, what it should say
 */
public record MrcFinding(MrcRule rule, Severity severity, String message) {

	/** How bad a finding is. */
	public enum Severity {
		/** The file cannot be read, or its pixels are not what they should be. */
		ERROR,
		/** The file can be read; something was ignored or guessed. */
		WARNING
	}

	@Override
	public String toString() {
		return severity + " " + rule + ": " + message;
	}
}
