package io.github.clearice.api;

import io.github.clearice.task.TaskListener;

import org.scijava.app.StatusService;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;

/** Shows the progress of all work in the status bar, and writes messages to the log. */
@Plugin(type = Service.class)
public final class DefaultClearIceService extends AbstractService implements ClearIceService {

	@Parameter(required = false)
	private StatusService status;

	@Parameter(required = false)
	private LogService log;

	@Override
	public TaskListener listener() {
		return new StatusListener();
	}

	private final class StatusListener implements TaskListener {

		private volatile String task = "";
		private volatile long total;

		@Override
		public void begin(final String name, final long steps) {
			task = name;
			total = steps;
			progress(0);
		}

		@Override
		public void progress(final long done) {
			if (status != null) status.showStatus((int) done, (int) Math.max(total, done), task);
		}

		@Override
		public void message(final String line) {
			if (log != null) log.info(line);
		}

		@Override
		public void end() {
			if (status != null) status.clearStatus();
		}
	}
}
