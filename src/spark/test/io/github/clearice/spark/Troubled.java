package io.github.clearice.spark;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

import io.github.clearice.denoise.DenoiserFactory;
import io.github.clearice.stack.ArrayDenoiser;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.task.OutputException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Halves particles. What befalls it on the way is said by files in the folder {@value #FOLDER} of the working folder:
 * each of these troubles takes its file along, so that it comes once.
 */
public final class Troubled implements DenoiserFactory {

	static final String FOLDER = "troubles";

	/** The particles at which troubles come. Spark does no slow task again on a machine where it has failed. */
	private static final int PARTICLE = 5, SLOW_PARTICLE = 20;

	/** What native libraries see of the environment. */
	interface CLibrary extends Library {

		String getenv(String name);
	}

	@Override
	public String name() {
		return "troubled";
	}

	@Override
	public String description() {
		return "halves particles, with troubles";
	}

	@Override
	public Denoiser create() {
		return new ArrayDenoiser() {

			@Override
			public String name() {
				return "troubled";
			}

			@Override
			public int batchSize() {
				return 1;
			}

			@Override
			protected void denoise(final int first, final float[][] noisy, final float[][] denoised) {
				if (first == PARTICLE || first == SLOW_PARTICLE) trouble(first);
				for (int i = 0; i < noisy.length; i++) for (int p = 0; p < noisy[i].length; p++) denoised[i][p] = noisy[i][p] /
					2;
			}
		};
	}

	private static void trouble(final int particle) {
		try {
			if (particle == SLOW_PARTICLE) {
				if (takes("slow")) new CountDownLatch(1).await();
				return;
			}
			if (takes("gpu")) Files.writeString(at("seen-gpu"), Native.load(Platform.C_LIBRARY_NAME, CLibrary.class).getenv(
				"CUDA_VISIBLE_DEVICES"));
			if (takes("kill")) kill();
			if (takes("fail-1") || takes("fail-2")) throw new OutputException("A disk is full. Free some space.");
			if (Files.exists(at("fail-always"))) throw new OutputException("All disks are full. Free some space.");
		}
		catch (final InterruptedException | IOException e) {
			throw new IllegalStateException(e);
		}
	}

	private static boolean takes(final String trouble) throws IOException {
		return Files.deleteIfExists(at(trouble));
	}

	private static Path at(final String trouble) {
		return Path.of(FOLDER).resolve(trouble);
	}

	private static void kill() throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-9", String.valueOf(ProcessHandle.current().pid())).start();
		new CountDownLatch(1).await();
	}
}
