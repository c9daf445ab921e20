package io.github.clearice.evaluate.trust;

/** One question to a denoiser. */
interface TrustTest {

	TrustFinding run(TrustData data);
}
