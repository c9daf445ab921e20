package io.github.clearice.stack;

import java.nio.file.Path;
import java.util.List;

/** Particles of another stack as they are seen through something: changed, or some of them alone. */
public interface StackView extends ParticleStack {

	/** The particles as they are. */
	ParticleStack stack();

	@Override
	default int size() {
		return stack().size();
	}

	@Override
	default int box() {
		return stack().box();
	}

	@Override
	default double pixelSizeAngstrom() {
		return stack().pixelSizeAngstrom();
	}

	@Override
	default String name() {
		return stack().name();
	}

	@Override
	default String place() {
		return stack().place();
	}

	@Override
	default int sign(final int index) {
		return stack().sign(index);
	}

	@Override
	default List<Path> files() {
		return stack().files();
	}
}
