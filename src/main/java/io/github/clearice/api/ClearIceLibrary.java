package io.github.clearice.api;

import io.github.clearice.denoise.ContributedDenoisers;
import io.github.clearice.denoise.DenoiserFactory;
import io.github.clearice.denoise.FilterParameters;
import io.github.clearice.evaluate.trust.TrustFinding;
import io.github.clearice.evaluate.trust.TrustReport;
import io.github.clearice.fourier.Volume;
import io.github.clearice.metrics.EvaluationOptions;
import io.github.clearice.metrics.StackEvaluation;
import io.github.clearice.metrics.StackQuality;
import io.github.clearice.model.ModelCache;
import io.github.clearice.model.ModelDenoiser;
import io.github.clearice.mrc.MrcFile;
import io.github.clearice.mrc.MrcMode;
import io.github.clearice.mrc.MrcWriter;
import io.github.clearice.reconstruct.Reconstruction;
import io.github.clearice.reconstruct.ResolutionCurves;
import io.github.clearice.reconstruct.SoftMask;
import io.github.clearice.simulate.Simulation;
import io.github.clearice.simulate.SimulationOptions;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.stack.Denoiser;
import io.github.clearice.stack.MrcParticleStack;
import io.github.clearice.stack.ParticlePairs;
import io.github.clearice.stack.ParticleStack;
import io.github.clearice.stack.ParticleStackWriter;
import io.github.clearice.stack.StackDenoising;
import io.github.clearice.structure.DensityMap;
import io.github.clearice.structure.DensityOptions;
import io.github.clearice.structure.StructureReader;
import io.github.clearice.task.TaskListener;
import io.github.clearice.tensorflow.Device;
import io.github.clearice.tensorflow.DeviceChoice;
import io.github.clearice.tensorflow.Precision;
import io.github.clearice.train.Trainer;
import io.github.clearice.train.data.PairSource;
import io.github.clearice.train.log.TrainingReporter;
import io.github.clearice.train.options.TrainingOptions;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * The functions of ClearIce for Java programs; {@link ClearIceService} offers the same to scripts in Fiji.
 * <p>
 * Images are ImgLib2 images: a stack of particles has the axes x, y and number of the particle, a map x, y and z.
 * Lengths and pixel sizes are in Å. Whatever is opened is to be closed. Errors are unchecked
 * {@link io.github.clearice.task.ClearIceException}s whose message says what is wrong and what to do. Long work reports
 * to {@link #listener()}, which can also cancel it: that throws
 * {@link io.github.clearice.task.TaskCancelledException} and leaves no file behind. Networks run in this process.
 */
public interface ClearIceLibrary {

	/** ClearIce without a display of progress. */
	static ClearIceLibrary create() {
		return () -> TaskListener.SILENT;
	}

	/** Receives the progress of all work, and can cancel it. */
	TaskListener listener();

	/** The same with another listener. */
	default ClearIceLibrary with(final TaskListener listener) {
		return () -> listener;
	}

	/**
	 * Opens a particle stack: an MRC file, or all particles that a RELION STAR file lists. {@link ParticleStack#image()}
	 * are its images, read on access; {@link ParticleStack#rows()} is its table.
	 */
	default ParticleStack open(final File file) {
		final MrcParticleStack stack = MrcParticleStack.open(file.toPath());
		stack.warnings().forEach(listener()::message);
		return stack;
	}

	/**
	 * An image as a particle stack, to be denoised, scored or saved.
	 *
	 * @param image axes x, y and number of the particle, of any real type; not copied
	 * @param pixelSizeAngstrom pixel size in Å, or NaN if it is unknown
	 */
	default ParticleStack stack(final RandomAccessibleInterval<? extends RealType<?>> image,
		final double pixelSizeAngstrom)
	{
		return ParticleStack.of("image", image, pixelSizeAngstrom, null);
	}

	/** Writes the particles of a stack as an MRC file of 32-bit floating-point pixels. */
	default void save(final ParticleStack stack, final File target) {
		try (ParticleStackWriter writer = new ParticleStackWriter(target.toPath(), stack.box(), stack
			.pixelSizeAngstrom()))
		{
			final float[] image = new float[stack.box() * stack.box()];
			for (int i = 0; i < stack.size(); i++) {
				listener().checkCancelled("Saving " + target.getName());
				stack.read(i, image);
				writer.write(image);
			}
			writer.commit();
		}
	}

	/** Writes a map as an MRC file of 32-bit floating-point voxels. */
	default void save(final Volume map, final File target) {
		MrcWriter.writeVolume(target.toPath(), map, MrcMode.FLOAT32);
	}

	/** Reads a cubic map from an MRC file; {@link Volume#image()} is the image of its voxels. */
	default Volume openMap(final File file) {
		try (MrcFile map = MrcFile.open(file.toPath())) {
			return map.readVolume();
		}
	}

	/**
	 * Computes the density map of an atomic structure, centred on its centre of mass.
	 *
	 * @param structure a PDB or mmCIF file
	 * @param options box, pixel size and resolution of the map
	 */
	default Volume map(final File structure, final DensityOptions options) {
		return DensityMap.compute(StructureReader.read(structure.toPath()), options, listener());
	}

	/**
	 * Simulates clean and noisy particles of a map.
	 *
	 * @param folder receives {@code clean.mrcs}, {@code noisy.mrcs} and {@code particles.star}
	 * @return the pairs, opened
	 */
	default ParticlePairs simulate(final Volume map, final SimulationOptions options, final File folder) {
		Simulation.run(List.of(new WeightedMap("map", map, 1)), options, folder.toPath(), listener());
		final ParticleStack noisy = open(new File(folder, Simulation.STAR));
		try {
			return new ParticlePairs(noisy, open(new File(folder, Simulation.CLEAN)));
		}
		catch (final RuntimeException e) {
			noisy.close();
			throw e;
		}
	}

	/**
	 * Trains a network on pairs and writes the model. {@link TrainingOptions#fast()} are the options for a computer
	 * without a GPU; {@code options.with("epochs", 5)} changes one by the name that it has in the command {@code train}.
	 *
	 * A listener that is a {@link io.github.clearice.train.log.TrainingListener} receives every update and validation,
	 * and can also stop the training, which keeps the best weights so far.
	 *
	 * @param model the file to write, {@code .clearice}
	 * @return the trained model, opened
	 */
	default Denoiser train(final ParticlePairs pairs, final TrainingOptions options, final File model) {
		Trainer.train(PairSource.of(pairs), options, model.toPath(), TrainingReporter.of(listener()));
		return openModel(model);
	}

	/** Opens a trained model, on a GPU if there is one. */
	default Denoiser openModel(final File model) {
		final Path path = model.toPath();
		return ModelCache.open(path, Device.choose(DeviceChoice.AUTO, Precision.AUTO, 0, listener()),
			ModelDenoiser.Options.PLAIN);
	}

	/** The names of all methods that need no model, contributed ones included. */
	default List<String> methods() {
		return FilterParameters.methods();
	}

	/**
	 * A method that needs no model.
	 *
	 * @param method one of {@link #methods()}
	 * @param parameters of the method; {@link FilterParameters#defaults()} are its own
	 * @param noisy the stack that it will denoise
	 */
	default Denoiser denoiser(final String method, final FilterParameters parameters, final ParticleStack noisy) {
		return parameters.denoiser(method, noisy);
	}

	/** Makes a denoiser of a function that denoises one image, see {@link Denoiser#ofImages}. */
	default Denoiser denoiser(final String name,
		final BiConsumer<RandomAccessibleInterval<FloatType>, RandomAccessibleInterval<FloatType>> filter)
	{
		return Denoiser.ofImages(name, filter);
	}

	/** Adds a method to every list of methods, until this program ends. */
	default void register(final DenoiserFactory method) {
		ContributedDenoisers.register(method);
	}

	/**
	 * Denoises a stack into a file. If the stack comes from a STAR file, one for the results is written beside them.
	 *
	 * @return the denoised stack, opened
	 */
	default ParticleStack denoise(final ParticleStack noisy, final Denoiser denoiser, final File target) {
		StackDenoising.run(noisy, denoiser, target.toPath(), listener());
		return open(target);
	}

	/**
	 * Denoises a stack into an image.
	 *
	 * @param target axes x, y and number of the particle, of the size of the stack
	 */
	default void denoise(final ParticleStack noisy, final Denoiser denoiser,
		final RandomAccessibleInterval<? extends RealType<?>> target)
	{
		StackDenoising.run(noisy, denoiser, target, listener());
	}

	/**
	 * Scores stacks against the true images.
	 *
	 * @param images results of ClearIce or of any other program, in the order of the reference
	 * @return MSE, PSNR, SSIM, SNR and ring correlation of each image, one entry for each stack
	 */
	default List<StackQuality> evaluate(final ParticleStack reference, final List<ParticleStack> images) {
		return StackEvaluation.run(reference, images, EvaluationOptions.DEFAULT, listener());
	}

	/** Reconstructs a map from particles whose STAR file lists their angles. */
	default Reconstruction.Maps reconstruct(final ParticleStack particles, final Reconstruction.Options options) {
		return Reconstruction.run(particles, options, listener());
	}

	/**
	 * Measures the resolution to which two maps agree, such as those of two half-sets. Maps of other programs come from
	 * {@link Volume#copyOf}, masks also from {@link io.github.clearice.reconstruct.SoftMask#of}.
	 *
	 * @param mask 0 outside to 1 inside, of the same box and pixel size; null compares the whole boxes
	 * @return the Fourier shell correlations; within a mask, corrected for the correlation that the mask itself causes
	 */
	default ResolutionCurves fsc(final Volume first, final Volume second, final Volume mask) {
		return mask == null ? ResolutionCurves.of(first, second) : ResolutionCurves.of(first, second, SoftMask.checked(
			"that was given", mask), 1);
	}

	/**
	 * Tests where a denoiser can be trusted.
	 *
	 * @param pairs that it was not trained on
	 * @param seed of the noise that the tests draw
	 */
	default List<TrustFinding> trust(final ParticlePairs pairs, final Denoiser denoiser, final long seed) {
		return new TrustReport(pairs, denoiser, seed, listener()).run();
	}
}
