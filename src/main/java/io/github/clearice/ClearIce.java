package io.github.clearice;

/** The launcher: {@code clearice verb name=value ...}. */
public final class ClearIce {

	private ClearIce() {}

	public static void main(final String[] args) {
		System.out.println("ClearIce");
	}
}
