package io.github.clearice.simulate;

import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.StackView;

import java.util.BitSet;
import java.util.function.IntFunction;

/** A stack of which some images are replaced as they are read. */
record ContaminatedStack(ParticleStack stack, BitSet replaced, IntFunction<float[]> contaminant) implements
	StackView
{

	@Override
	public void read(final int index, final float[] image) {
		if (replaced.get(index)) System.arraycopy(contaminant.apply(index), 0, image, 0, image.length);
		else stack.read(index, image);
	}
}
