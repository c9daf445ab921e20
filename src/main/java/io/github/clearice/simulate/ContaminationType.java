package io.github.clearice.simulate;

import io.github.clearice.task.ParameterException;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Which image of a pair a contamination replaces (Gu et al. 2021, "Robustness under contamination"). */
public enum ContaminationType {

	/** The reference: the noisy particle is shown a wrong one. */
	A(false, true),
	/** The noisy image: the right reference stands beside an image without the particle. */
	B(true, false),
	/** Both. */
	C(true, true);

	private final boolean noisy;
	private final boolean reference;

	ContaminationType(final boolean noisy, final boolean reference) {
		this.noisy = noisy;
		this.reference = reference;
	}

	public boolean replacesNoisy() {
		return noisy;
	}

	public boolean replacesReference() {
		return reference;
	}

	/** @throws ParameterException if there is no such type */
	public static ContaminationType named(final String name) {
		return Arrays.stream(values()).filter(type -> type.name().equalsIgnoreCase(name)).findFirst().orElseThrow(
			() -> new ParameterException("There is no contamination of type " + name + ". Use " + Arrays.stream(values())
				.map(Enum::name).collect(Collectors.joining(", ")) + "."));
	}
}
