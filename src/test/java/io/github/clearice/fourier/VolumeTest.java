package io.github.clearice.fourier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clearice.task.ParameterException;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class VolumeTest {

	@Test
	void imagesOfAnyTypeAndLayoutAreTakenOverVoxelByVoxel() {
		final Img<UnsignedShortType> stack = PlanarImgs.unsignedShorts(2, 2, 2);
		int value = 0;
		for (final UnsignedShortType voxel : Views.flatIterable(stack)) voxel.set(value++);
		assertArrayEquals(new float[] { 0, 1, 2, 3, 4, 5, 6, 7 }, Volume.copyOf(stack, 1.5).voxels());
		// x and z exchanged.
		assertArrayEquals(new float[] { 0, 4, 2, 6, 1, 5, 3, 7 }, Volume.copyOf(Views.permute(stack, 0, 2), 1.5).voxels());
	}

	@Test
	void voxelsAndImageAreOneThing() {
		final float[] voxels = new float[27];
		final Volume map = Volume.of(3, 2, voxels);
		assertSame(voxels, map.voxels());
		map.image().getAt(1, 0, 2).set(5);
		assertEquals(5, voxels[map.index(1, 0, 2)]);
		assertSame(voxels, map.withPixelSize(3).voxels());
	}

	@Test
	void refusesNonCubicMapsWithTheirSize() {
		assertRefused("but this image has 4 x 4 x 3. Crop or pad it to a cube.", () -> Volume.copyOf(ArrayImgs.bytes(4, 4,
			3), 1));
		assertRefused("but this image has 4 x 4. Crop", () -> Volume.copyOf(ArrayImgs.floats(4, 4), 1));
		assertRefused("but this image has 2 x 3 x 2. Crop", () -> new Volume(ArrayImgs.floats(2, 3, 2), 1));
		assertRefused("must be positive, not NaN Å", () -> Volume.zeros(4, Double.NaN));
	}

	@Test
	void volumesOfOtherSizesAreNeitherMultipliedNorCorrelated() {
		final Volume map = Volume.zeros(4, 2);
		assertRefused("The mask has a box of 6 voxels, but the map of 4.", () -> map.times(Volume.zeros(6, 2)));
		assertRefused("The mask has voxels of 3.0 Å, but the map of 2.0.", () -> map.times(Volume.zeros(4, 3)));
		assertRefused("The second volume has a box of 6", () -> ShellCorrelation.of(map, Volume.zeros(6, 2)));
	}

	private static void assertRefused(final String part, final Executable work) {
		final String message = assertThrows(ParameterException.class, work).getMessage();
		assertEquals(true, message.contains(part) && !message.contains("\n"), message);
	}
}
