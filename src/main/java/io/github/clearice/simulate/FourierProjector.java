package io.github.clearice.simulate;

import io.github.clearice.fourier.FourierVolume;
import io.github.clearice.fourier.Volume;
import io.github.clearice.task.ParallelLoop;
import io.github.clearice.task.ParameterException;

import java.util.List;

import net.imglib2.img.Img;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Projects a map along any orientation by the Fourier slice theorem.
 * <p>
 * The map is zero-padded, divided by the transform of the interpolation kernel
 * and transformed once; a projection is a central slice of that transform, by
 * trilinear interpolation up to the Nyquist frequency, transformed back. Images
 * are plain sums along the line of sight in the geometry of RELION: Euler angles
 * as {@link Orientation} says, origin at pixel {@code box / 2}, and the picture
 * moved by minus the given origin offset.
 * <p>
 * Immutable: threads share one projector and project with a {@link FourierSlice}
 * each.
 *
 * @see <a href="https://doi.org/10.1016/j.jsb.2012.09.006">Scheres 2012</a>
 */
public final class FourierProjector {

	/**
	 * Twice the box, as in RELION. Correlates above 0.9998 with exact projections; views along an axis of the map come
	 * out up to 5 % too bright at the rim of the box, because their samples fall on the grid, where interpolation causes
	 * no loss but the correction for it still amplifies (1 % with padding 4).
	 */
	public static final int DEFAULT_PADDING = 2;

	private final FourierVolume transform;
	private final double pixelSizeAngstrom;

	/** Prepares a map with the {@link #DEFAULT_PADDING}. */
	public FourierProjector(final Volume map) {
		this(map, DEFAULT_PADDING);
	}

	/**
	 * Prepares a map.
	 *
	 * @param map the map, left as it is
	 * @param padding how many times larger the transformed box is: 1 to 4
	 * @throws ParameterException if the map holds NaN or infinite voxels, or is the same everywhere
	 */
	public FourierProjector(final Volume map, final int padding) {
		if (padding < 1 || padding > 4) throw new ParameterException("Padding must be 1 to 4, not " + padding +
			". Use 2 unless memory is short.");
		checkVoxels(map);
		this.transform = FourierVolume.of(correctForInterpolation(map, padding), padding);
		this.pixelSizeAngstrom = map.pixelSizeAngstrom();
	}

	/** Edge length of map and images in pixels. */
	public int box() {
		return transform.box();
	}

	public double pixelSizeAngstrom() {
		return pixelSizeAngstrom;
	}

	/**
	 * Projects the map along many views, on all processors.
	 *
	 * @param poses orientations, and offsets: the pictures move by their negatives
	 * @return images with the axes x, y and number of the pose
	 */
	public Img<FloatType> project(final List<Pose> poses) {
		final PlanarImg<FloatType, FloatArray> images = PlanarImgs.floats(box(), box(), poses.size());
		ParallelLoop.run(poses.size(), 1, thread -> {
			final FourierSlice slice = new FourierSlice(this);
			return pose -> slice.project(this, poses.get((int) pose), images.getPlane((int) pose).getCurrentStorageArray());
		});
		return images;
	}

	FourierVolume transform() {
		return transform;
	}

	private static void checkVoxels(final Volume map) {
		final float[] voxels = map.voxels();
		final int box = map.box();
		if (box < 2) throw new ParameterException("A map of " + box + " voxel cannot be projected. Use a larger box.");
		boolean constant = true;
		for (int i = 0; i < voxels.length; i++) {
			if (!Float.isFinite(voxels[i])) throw new ParameterException("The map's voxel (" + i % box + ", " +
				i / box % box +
				", " + i / (box * box) + ") is " + voxels[i] + ". Replace voxels that are not numbers before projecting.");
			constant &= voxels[i] == voxels[0];
		}
		if (constant) throw new ParameterException("Every voxel of the map is " + voxels[0] +
			": there is nothing to project. Check the map.");
	}

	/**
	 * Divides by the transform of the trilinear kernel, sinc^2 along each axis of
	 * the padded box, which the interpolation will multiply by.
	 */
	private static Volume correctForInterpolation(final Volume map, final int padding) {
		final int box = map.box();
		final double[] gain = new double[box];
		for (int x = 0; x < box; x++) {
			final double angle = Math.PI * (x - box / 2) / ((double) box * padding);
			final double sinc = angle == 0 ? 1 : Math.sin(angle) / angle;
			gain[x] = 1 / (sinc * sinc);
		}
		final Volume corrected = Volume.zeros(box, map.pixelSizeAngstrom());
		final float[] from = map.voxels(), to = corrected.voxels();
		for (int z = 0, i = 0; z < box; z++) for (int y = 0; y < box; y++) for (int x = 0; x < box; x++, i++) {
			to[i] = (float) (from[i] * gain[x] * gain[y] * gain[z]);
		}
		return corrected;
	}
}
