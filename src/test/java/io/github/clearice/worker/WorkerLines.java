package io.github.clearice.worker;

import io.github.clearice.train.log.TrainingListener;

import java.io.ByteArrayInputStream;
import java.util.List;

/** Gives bytes to both ends of the worker's protocol, on the thread of the caller. */
public final class WorkerLines {

	private WorkerLines() {}

	/** Acts as a parent that reads its worker's output. */
	public static void readAsParent(final String text) {
		final EventReader reader = new EventReader(new TrainingListener() {});
		text.lines().forEach(reader::accept);
	}

	/** Acts as a worker that reads its parent's requests. */
	public static void readAsWorker(final byte[] bytes) {
		ControlInput.read(new ByteArrayInputStream(bytes), new ControlInput.Listener() {

			@Override
			public void task(final List<String> words) {}

			@Override
			public void request(final StopRequest stopRequest) {}

			@Override
			public void abandoned() {}
		});
	}
}
