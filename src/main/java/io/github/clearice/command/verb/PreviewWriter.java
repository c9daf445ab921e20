package io.github.clearice.command.verb;

import io.github.clearice.evaluate.Montage;
import io.github.clearice.model.HistoryEntry;
import io.github.clearice.task.OutputException;
import io.github.clearice.task.TaskListener;
import io.github.clearice.train.log.TrainingListener;
import io.github.clearice.train.log.TrainingListener.ValidationSample;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Draws the same held-out particles, noisy, denoised and as they should be, while
 * a training runs: into {@code previews/step-NNNNNNN.png} of its folder. Of many
 * validations only so many are drawn that a long training does not fill the disk.
 */
final class PreviewWriter implements TrainingListener {

	static final String FOLDER = "previews";

	/** A picture is drawn when there have been so many times the updates of the one before. */
	private static final double GROWTH = 1.05;

	private final Path folder;
	private final TaskListener told;
	private long drawn;
	private HistoryEntry entry;
	private ValidationSample sample;
	private boolean warned;

	/**
	 * @param folder of the run
	 * @param told gets a message when pictures cannot be written any more
	 */
	PreviewWriter(final Path folder, final TaskListener told) {
		this.folder = folder.resolve(FOLDER);
		this.told = told;
	}

	@Override
	public void startedAt(final long step) {
		drawn = 0;
	}

	@Override
	public void validated(final HistoryEntry newEntry, final ValidationSample newSample) {
		entry = newEntry;
		sample = newSample;
		if (entry.step() >= GROWTH * drawn) draw();
	}

	/** The last validation is drawn in any case. */
	@Override
	public void end() {
		if (entry != null && entry.step() != drawn) draw();
	}

	private void draw() {
		drawn = entry.step();
		final String result = String.format(Locale.ROOT, "denoised after %d updates, %.2f dB", entry.step(), entry
			.validationPsnrDecibel());
		try {
			Montage.ofFirst(sample.noisy().size(), sample.noisy().size()).add("noisy", sample.noisy()).add(result, sample
				.denoised()).add("target", sample.target()).write(folder.resolve(String.format(Locale.ROOT, "step-%07d.png",
					entry.step())));
		}
		catch (final OutputException e) {
			if (!warned) told.message("Warning: no more previews are drawn. " + e.getMessage());
			warned = true;
		}
	}
}
