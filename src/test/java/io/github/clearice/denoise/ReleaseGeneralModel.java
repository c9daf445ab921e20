package io.github.clearice.denoise;

import io.github.clearice.model.ModelFile;

import java.nio.file.Path;

/** Makes the model that comes with ClearIce of a trained one: {@code src/main/resources/.../general.clearice}. */
public final class ReleaseGeneralModel {

	private ReleaseGeneralModel() {}

	/** @param files the model that was trained, and the file to write */
	public static void main(final String... files) {
		ModelFile.read(Path.of(files[0])).forAnyParticles().write(Path.of(files[1]));
	}
}
