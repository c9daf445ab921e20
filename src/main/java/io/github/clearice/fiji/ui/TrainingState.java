package io.github.clearice.fiji.ui;

/** The state of a training that is shown. */
enum TrainingState {

	RUNNING("Training"), FINISHING("Going on until 3 validations in a row bring no gain"), STOPPING(
		"Stopping; the best model is kept"), CANCELLING("Cancelling; nothing is kept"), DONE("Done"), FAILED(
			"Ended"), DEAD("The process that trained has died");

	private final String text;

	TrainingState(final String text) {
		this.text = text;
	}

	/** A few words for the user. */
	String text() {
		return text;
	}

	boolean isOver() {
		return compareTo(DONE) >= 0;
	}
}
