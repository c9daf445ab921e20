package io.github.clearice.mrc;

import io.github.clearice.task.InputException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a header means, once it has been found to describe the file.
 *
 * @param mode pixel type
 * @param unsignedBytes whether mode 0 holds unsigned bytes
 * @param kind image, stack or volume
 * @param axes the spatial axis (0 X, 1 Y, 2 Z) of columns, rows and sections
 * @param dataOffset where the pixels begin in the file, in bytes
 * @param warnings one line each, with the name of the file
 */
record MrcLayout(MrcMode mode, boolean unsignedBytes, MrcKind kind, int[] axes, long dataOffset,
	List<String> warnings)
{

	/**
	 * Interprets a header.
	 *
	 * @param as what the caller knows the file to be, or null
	 * @throws InputException if the header cannot be that of an image, or promises more than the file holds
	 */
	static MrcLayout of(final Path path, final MrcHeader header, final long fileLength, final MrcKind as) {
		final List<String> warnings = new ArrayList<>();
		for (final MrcFinding finding : HeaderRules.check(header, fileLength)) {
			if (finding.severity() == MrcFinding.Severity.ERROR) throw InputException.of(path, finding.message());
			// An empty cell is no guess: who needs the pixel size asks for it, and a STAR file may know it.
			if (finding.rule() == MrcRule.PIXEL_SIZE) continue;
			// RELION never fills it in, which changes nothing.
			final boolean unversioned = finding.rule() == MrcRule.VERSION && header.nversion() == 0;
			if (!unversioned) warnings.add(path + ": " + finding.message());
		}
		final MrcKind kind = as == null ? guess(path, header) : require(path, header, as);
		final int[] axes = header.axes();
		final boolean absent = axes[0] == 0;
		for (int i = 0; i < 3; i++) axes[i] = absent ? i : axes[i] - 1;
		if (kind != MrcKind.VOLUME && axes[2] != 2) throw InputException.of(path, "cannot be opened as " + name(kind) +
			": its sections run along " + "XYZ".charAt(axes[2]) + ", not Z (maps " + header.axes()[2] +
			"). Open it as a volume.");
		final MrcMode mode = MrcMode.ofCode(header.mode());
		return new MrcLayout(mode, mode == MrcMode.INT8 && header.hasUnsignedBytes(), kind, axes, MrcHeader.LENGTH +
			(long) header.nsymbt(), List.copyOf(warnings));
	}

	/** Whether columns, rows and sections are X, Y and Z. */
	boolean isInOrder() {
		return axes[0] == 0 && axes[1] == 1;
	}

	/** Whether the name is one that particle stacks and tilt series carry, under any compression. */
	static boolean hasStackName(final Path path) {
		final Path fileName = path.getFileName();
		final String name = fileName == null ? "" : fileName.toString().toLowerCase(Locale.ROOT).replaceFirst(
			"\\.(gz|bz2)$", "");
		return name.endsWith(".mrcs") || name.endsWith(".st");
	}

	private static MrcKind guess(final Path path, final MrcHeader header) {
		final int nz = header.nz();
		final int mz = header.sampling()[2];
		if (hasStackName(path)) return MrcKind.STACK;
		if (HeaderRules.isVolumeStack(header) && mz > 0 && nz % mz == 0) return MrcKind.VOLUME_STACK;
		final int[] axes = header.axes();
		final boolean sectionsAlongZ = axes[2] == 3 || axes[2] == 0;
		if (!sectionsAlongZ) return MrcKind.VOLUME;
		if (nz == 1) return MrcKind.IMAGE;
		// RELION leaves the cell of its stacks without a height.
		final float[] cell = header.cellAngstrom();
		final boolean flatCell = cell[2] == 0 && cell[0] != 0;
		return mz == 1 || flatCell ? MrcKind.STACK : MrcKind.VOLUME;
	}

	private static MrcKind require(final Path path, final MrcHeader header, final MrcKind as) {
		final int nz = header.nz();
		final int mz = header.sampling()[2];
		if (as == MrcKind.IMAGE && nz != 1) throw InputException.of(path, "cannot be opened as an image: it holds " + nz +
			" sections. Open it as a stack or a volume.");
		if (as == MrcKind.VOLUME_STACK && (mz < 1 || nz % mz != 0)) throw InputException.of(path,
			"cannot be opened as a stack of volumes: " + nz + " sections do not divide into volumes of " + mz + " (mz).");
		return as;
	}

	private static String name(final MrcKind kind) {
		return switch (kind) {
			case IMAGE -> "an image";
			case STACK -> "a stack";
			case VOLUME -> "a volume";
			case VOLUME_STACK -> "a stack of volumes";
		};
	}
}
