package io.github.clearice.fiji.image;

import io.github.clearice.mrc.MrcProbe;
import io.github.clearice.star.RelionParticles;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import ij.ImagePlus;

/** Which files are ours to open, judging by their names and first bytes, and the way to open them. */
public final class ImageFiles {

	/** File name endings that hardly anything but MRC files has. */
	private static final Pattern SURELY_MRC = Pattern.compile(".*\\.mrcs?(\\.gz|\\.bz2)?");

	/** Names that other formats have, too. */
	private static final Pattern PERHAPS_MRC = Pattern.compile(".*\\.(map|ccp4|st|ali|rec)(\\.gz|\\.bz2)?");

	/** Text that marks the image columns of RELION, cisTEM and cryoSPARC. */
	private static final List<String> IMAGES = List.of("_rlnImageName", "_cisTEMPositionInStack", "'blob/path'");

	/** Programs name the columns of a table within its first few pages, RELION behind the optics groups. */
	private static final int STAR_HEAD_BYTES = 1 << 16;

	private ImageFiles() {}

	/**
	 * Whether to open a file: MRC files by name, even damaged ones, so that ClearIce reports the fault; files of other
	 * names where their header is that of an MRC file; and tables that name particle images.
	 */
	public static boolean isOurs(final Path path) {
		final String name = lowerCaseName(path);
		if (SURELY_MRC.matcher(name).matches()) return Files.isRegularFile(path);
		if (PERHAPS_MRC.matcher(name).matches()) return MrcProbe.isMrc(path);
		return isStar(path) && namesImages(path);
	}

	/** The same of what may be no file at all, such as an address on the internet. */
	public static boolean isOurs(final String path) {
		try {
			return isOurs(Path.of(path));
		}
		catch (final InvalidPathException e) {
			// http://... on Windows.
			return false;
		}
	}

	/**
	 * Opens a file that is ours. The table of a STAR file is shown; the image is not.
	 *
	 * @throws io.github.clearice.task.ClearIceException if it is broken or cannot be read
	 */
	public static ImagePlus open(final Path path) {
		if (!isStar(path)) return MrcImage.open(path);
		final StarImage star = StarImage.open(path);
		star.showTable();
		return star.image();
	}

	/** As {@link #open}, but nothing is shown. */
	static ImagePlus openSilently(final Path path) {
		return isStar(path) ? StarImage.open(path).image() : MrcImage.open(path);
	}

	/** Whether a name is that of a table of particles: a STAR file, or a .cs file of cryoSPARC. */
	public static boolean isStar(final Path path) {
		return RelionParticles.isTable(path);
	}

	/** A file's name without folder and without the ending that says MRC or STAR. */
	public static String withoutEnding(final String name) {
		return name.replaceFirst("(?i)\\.(mrcs?|map|ccp4|st|ali|rec|star|cs|tiff?)(\\.gz|\\.bz2)?$", "");
	}

	private static boolean namesImages(final Path star) {
		if (!Files.isRegularFile(star)) return false;
		try (InputStream in = Files.newInputStream(star)) {
			final String head = new String(in.readNBytes(STAR_HEAD_BYTES), StandardCharsets.ISO_8859_1);
			return IMAGES.stream().anyMatch(head::contains);
		}
		catch (final IOException e) {
			return false;
		}
	}

	private static String lowerCaseName(final Path path) {
		return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
	}
}
