package io.github.clearice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.clearice.task.FailureMessage.PrintableText;

import org.junit.jupiter.api.Test;

class PrintableTextTest {

	@Test
	void leavesNothingThatSteersATerminal() {
		assertEquals("?]0;title? and ?[31mred", PrintableText.of("\u001b]0;title\u0007 and \u001b[31mred"));
		assertEquals("?31m ? ? ?", PrintableText.of("\u009b31m \u007f \r \u202e"));
	}

	@Test
	void keepsPlainText() {
		final String text = "two\nlines\tof Müller's 粒子 at 2 Å 𝔸";
		assertEquals(text, PrintableText.of(text));
		assertEquals("a?b", PrintableText.of("a\udcffb"));
	}
}
