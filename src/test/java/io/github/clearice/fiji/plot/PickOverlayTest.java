package io.github.clearice.fiji.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.clearice.micrograph.Pick;

import java.awt.Rectangle;
import java.util.List;

import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.FloatProcessor;

class PickOverlayTest {

	private static final List<Pick> ONE = List.of(new Pick(20.2, 29.9, 0.5, 0));

	@Test
	void boxesLieAboutThePicksOfTheirSlices() {
		final ImageStack stack = new ImageStack(50, 40);
		for (int i = 0; i < 2; i++) stack.addSlice(new FloatProcessor(50, 40));
		final ImagePlus image = new ImagePlus("micrographs", stack);
		PickOverlay.show(image, List.of(List.of(), ONE), 10);
		assertEquals(1, image.getOverlay().size());
		assertEquals(new Rectangle(15, 25, 10, 10), image.getOverlay().get(0).getBounds());
		assertEquals(2, image.getOverlay().get(0).getPosition());
	}

	@Test
	void anImageOfOtherMicrographsIsLeftAlone() {
		final ImagePlus image = new ImagePlus("other", new FloatProcessor(50, 40));
		PickOverlay.show(image, List.of(ONE, ONE), 10);
		assertNull(image.getOverlay());
	}
}
