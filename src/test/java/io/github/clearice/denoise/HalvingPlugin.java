package io.github.clearice.denoise;

import io.github.clearice.stack.Denoiser;

import org.scijava.plugin.Plugin;

/** A method that the tests contribute as a SciJava plugin: halves every pixel. */
@Plugin(type = DenoiserPlugin.class)
public final class HalvingPlugin implements DenoiserPlugin {

	@Override
	public String name() {
		return "halving";
	}

	@Override
	public String description() {
		return "Halves every pixel.";
	}

	@Override
	public Denoiser create() {
		return HalvingPlugin.by(name(), 0.5f);
	}

	static Denoiser by(final String name, final float factor) {
		return Denoiser.ofImages(name, (noisy, denoised) -> {
			final var source = noisy.randomAccess();
			final var target = denoised.localizingCursor();
			while (target.hasNext()) {
				target.fwd();
				source.setPosition(target);
				target.get().set(factor * source.get().get());
			}
		});
	}
}
