package io.github.clearice.micrograph;

import io.github.clearice.simulate.CtfParameters;
import io.github.clearice.task.ParameterException;
import io.github.clearice.task.TaskListener;

import java.util.Objects;

/** Finds particles in micrographs that have CTFs of their own: views of the map are made anew where the CTF changes. */
public final class ParticleFinders {

	private final PickOptions options;
	private final Micrographs micrographs;
	private final boolean listed;
	private ParticleFinder last;
	private CtfParameters ctf;

	/**
	 * @param options with the CTF of all micrographs, unless those listed are taken
	 * @param listed whether views get the CTFs that the micrographs' table lists
	 * @throws ParameterException if the pixel size is unknown
	 */
	public ParticleFinders(final PickOptions options, final Micrographs micrographs, final boolean listed) {
		this.options = options;
		this.micrographs = micrographs;
		this.listed = listed;
		ParticleFinder.requirePixelSize(micrographs.pixelSizeAngstrom());
	}

	public PickOptions options() {
		return options;
	}

	/**
	 * Finds all candidates in a micrograph, as {@link ParticleFinder#find} does.
	 *
	 * @param index of the micrograph, from 0
	 */
	public Candidates find(final int index, final Micrograph micrograph, final TaskListener listener) {
		final CtfParameters own = listed ? micrographs.ctf(index) : options.ctf();
		if (last == null || !Objects.equals(own, ctf)) last = new ParticleFinder(options.with(own), micrographs
			.pixelSizeAngstrom());
		ctf = own;
		return last.find(micrograph, listener);
	}
}
