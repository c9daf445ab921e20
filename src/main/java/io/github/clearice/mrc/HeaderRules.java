package io.github.clearice.mrc;

import static io.github.clearice.mrc.MrcValidator.MrcFinding.Severity.ERROR;
import static io.github.clearice.mrc.MrcValidator.MrcFinding.Severity.WARNING;

import io.github.clearice.mrc.MrcHeader.MrcExtent;
import io.github.clearice.mrc.MrcProbe.ByteOrders;
import io.github.clearice.mrc.MrcValidator.MrcFinding;
import io.github.clearice.mrc.MrcValidator.MrcRule;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Holds a header against MRC2014. With an error, no pixel can be read; the reader refuses on the first of them and
 * passes the warnings on, the validator lists all.
 */
final class HeaderRules {

	private static final Set<String> EXTENDED_HEADER_TYPES = Set.of("CCP4", "MRCO", "SERI", "AGAR", "FEI1", "FEI2",
		"HDF5");

	/** Voxels of atoms and of whole organisms lie far inside these limits. */
	static final double SMALLEST_PIXEL_ANGSTROM = 1e-3;
	static final double LARGEST_PIXEL_ANGSTROM = 1e6;

	private final MrcHeader header;
	private final long fileLength;
	private final List<MrcFinding> findings = new ArrayList<>();

	private HeaderRules(final MrcHeader header, final long fileLength) {
		this.header = header;
		this.fileLength = fileLength;
	}

	/** All findings, in the order in which reading needs the fields. */
	static List<MrcFinding> check(final MrcHeader header, final long fileLength) {
		final HeaderRules rules = new HeaderRules(header, fileLength);
		rules.checkMode();
		rules.checkDimensions();
		rules.checkExtendedHeader();
		rules.checkAxes();
		rules.checkFileSize();
		rules.checkIdentity();
		rules.checkSampling();
		rules.checkCell();
		rules.checkSpaceGroup();
		rules.checkLabels();
		rules.checkOrigin();
		rules.checkStatistics();
		return rules.findings;
	}

	private void add(final MrcRule rule, final MrcFinding.Severity severity, final String message) {
		findings.add(new MrcFinding(rule, severity, message));
	}

	private void checkMode() {
		final int code = header.mode();
		if (MrcMode.isTransform(code)) add(MrcRule.MODE, ERROR, "holds a Fourier transform (mode " + code +
			", complex numbers), not an image. Transform it back to real space first.");
		else if (MrcMode.ofCode(code) == null) add(MrcRule.MODE, ERROR,
			"is not an MRC image, or its header is damaged: mode " + code + " is none of " + MrcMode.KNOWN + ".");
		if (code != 0) return;
		if (header.hasImodStamp() && (header.imodFlags() & 16) != 0) add(MrcRule.MODE, ERROR,
			"holds two 4-bit pixels in each byte of mode 0 (IMOD flag 16). Convert it to mode 1 with IMOD's newstack.");
		else if (header.hasUnsignedBytes()) add(MrcRule.UNSIGNED_BYTES, WARNING,
			"its mode 0 bytes are unsigned, as " + (header.hasImodStamp() ? "IMOD's flags" : "dmin and dmax") +
				" tell; MRC2014 means signed ones.");
	}

	private void checkDimensions() {
		if (header.nx() < 1 || header.ny() < 1 || header.nz() < 1) add(MrcRule.DIMENSIONS, ERROR,
			"is not an MRC image, or its header is damaged: it says " + size() + " pixels.");
	}

	private void checkExtendedHeader() {
		final int length = header.nsymbt();
		if (length < 0) add(MrcRule.EXTENDED_HEADER, ERROR, "its header is damaged: it says an extended header of " +
			length + " bytes (nsymbt).");
		if (length > 0 && !EXTENDED_HEADER_TYPES.contains(header.exttyp())) add(MrcRule.EXTENDED_HEADER_TYPE, WARNING,
			"the type of its extended header (exttyp) is " + quoted(header.exttyp()) + ", none of CCP4, MRCO, SERI, AGAR, " +
				"FEI1, FEI2, HDF5.");
	}

	private void checkAxes() {
		final int[] axes = header.axes();
		final String order = Arrays.toString(axes);
		if (Arrays.equals(axes, new int[3])) add(MrcRule.AXES, WARNING,
			"the axis order (mapc, mapr, maps) is absent; columns, rows, sections are taken as X, Y, Z.");
		else if (!ByteOrders.isPermutation(axes)) add(MrcRule.AXES, ERROR, "its header is damaged: the axis order " +
			order + " (mapc, mapr, maps) is not a permutation of 1, 2, 3.");
	}

	private void checkFileSize() {
		final MrcExtent extent = MrcExtent.of(header);
		if (findings.stream().anyMatch(finding -> finding.severity() == ERROR)) return;
		final String needs = size() + " pixels of mode " + header.mode() + " after " + (MrcHeader.LENGTH + (long) header
			.nsymbt()) + " bytes of header need ";
		if (extent == null) add(MrcRule.FILE_SIZE, ERROR, "its header is damaged: " + needs +
			"more bytes than any file has.");
		else if (extent.fileBytes() > fileLength) add(MrcRule.FILE_SIZE, ERROR, "is cut short, or its header is damaged: " +
			needs + extent.fileBytes() + " bytes, the file has " + fileLength + ". Copy or compute it again.");
		else if (extent.fileBytes() < fileLength) add(MrcRule.FILE_SIZE, WARNING, "is longer than the " + extent
			.fileBytes() + " bytes of its header and pixels; the rest is ignored.");
	}

	private void checkIdentity() {
		if (!"MAP ".equals(header.map())) add(MrcRule.MAP_ID, WARNING, "its map identifier is " + quoted(header.map()) +
			" instead of \"MAP \".");
		final ByteOrder stamped = ByteOrders.ofStamp(header.machst());
		final String stamp = String.format("%08x", header.machst());
		final String order = header.byteOrder() == ByteOrder.LITTLE_ENDIAN ? "little" : "big";
		if (stamped == null) add(MrcRule.MACHINE_STAMP, WARNING, "its machine stamp " + stamp +
			" is unknown; the header is plausible read as " + order + "-endian.");
		else if (stamped != header.byteOrder()) add(MrcRule.MACHINE_STAMP, WARNING, "its machine stamp " + stamp +
			" is wrong; only read as " + order + "-endian does the header make sense.");
		if (header.nversion() != 20140 && header.nversion() != 20141) add(MrcRule.VERSION, WARNING,
			"its format version (nversion) is " + header.nversion() + ", not 20140 or 20141.");
	}

	private void checkSampling() {
		final int[] sampling = header.sampling();
		if (sampling[0] < 1 || sampling[1] < 1 || sampling[2] < 1) add(MrcRule.SAMPLING, WARNING,
			"the sampling of its cell (mx, my, mz) is " + Arrays.toString(sampling) + "; it should be positive.");
	}

	private void checkCell() {
		final float[] cell = header.cellAngstrom();
		final String lengths = Arrays.toString(cell) + " Å (cella)";
		for (int axis = 0; axis < 3; axis++) if (!Float.isFinite(cell[axis])) {
			add(MrcRule.CELL, WARNING, "its cell is " + lengths + ", no numbers; the pixel size is unknown.");
			return;
		}
		if (cell[0] < 0 || cell[1] < 0 || cell[2] < 0) add(MrcRule.CELL, WARNING, "its cell is negative, " + lengths +
			"; the magnitude is used.");
		if (Double.isNaN(pixelSizeAngstrom(header, 0))) add(cell[0] == 0 ? MrcRule.PIXEL_SIZE
			: MrcRule.CELL, WARNING, "its cell of " + lengths +
			" gives no pixel size; state it where it matters.");
		for (final float angle : header.cellAnglesDegree()) if (angle != 90 && angle != 0) {
			add(MrcRule.CELL, WARNING, "the angles of its cell are " + Arrays.toString(header.cellAnglesDegree()) +
				" degrees (cellb); voxels are treated as if their edges were at right angles.");
			return;
		}
	}

	private void checkSpaceGroup() {
		final int group = header.ispg();
		final boolean stack = isVolumeStack(header);
		if (group < 0 || group > 230 && !stack) add(MrcRule.SPACE_GROUP, WARNING, "its space group (ispg) is " + group +
			", none that exists; it is ignored.");
		final int depth = header.sampling()[2];
		if (stack && (depth < 1 || header.nz() % depth != 0)) add(MrcRule.VOLUME_STACK, WARNING, "its space group " +
			group + " says a stack of volumes, but " + header.nz() + " sections do not divide into volumes of " + depth +
			" (mz); it is taken as one volume.");
	}

	private void checkLabels() {
		final List<String> labels = header.labels();
		int used = 0, last = -1;
		for (int i = 0; i < labels.size(); i++) if (!labels.get(i).isEmpty()) {
			used++;
			last = i;
		}
		if (header.nlabl() != used) add(MrcRule.LABELS, WARNING, "it says " + header.nlabl() + " labels (nlabl), but " +
			used + " hold text.");
		if (last >= used) add(MrcRule.LABELS, WARNING, "empty labels lie between those that hold text.");
	}

	private void checkOrigin() {
		for (final float value : header.origin()) if (!Float.isFinite(value)) {
			add(MrcRule.ORIGIN, WARNING, "its origin " + Arrays.toString(header.origin()) +
				" is not a number; it is ignored.");
			return;
		}
	}

	private void checkStatistics() {
		final float dmin = header.dmin(), dmax = header.dmax(), dmean = header.dmean(), rms = header.rms();
		// The specification's marks for statistics that were not computed (dmax < dmin, rms < 0) are not faults.
		if (Float.isNaN(dmin) || Float.isNaN(dmax) || Float.isNaN(dmean) || Float.isNaN(rms) || Float.isInfinite(rms))
			add(MrcRule.STATISTICS, WARNING, "its statistics (dmin " + dmin + ", dmax " + dmax + ", dmean " + dmean +
				", rms " + rms + ") are not numbers; they are ignored.");
	}

	/** Whether the space group says a stack of volumes. */
	static boolean isVolumeStack(final MrcHeader header) {
		return header.ispg() >= 401 && header.ispg() <= 630;
	}

	/** Edge of a voxel along X (0), Y (1) or Z (2), or NaN where the header has no plausible one. */
	static double pixelSizeAngstrom(final MrcHeader header, final int axis) {
		final double size = Math.abs((double) header.cellAngstrom()[axis] / header.sampling()[axis]);
		return size >= SMALLEST_PIXEL_ANGSTROM && size <= LARGEST_PIXEL_ANGSTROM ? size : Double.NaN;
	}

	private String size() {
		return header.nx() + " x " + header.ny() + " x " + header.nz();
	}

	private static String quoted(final String text) {
		final StringBuilder printable = new StringBuilder("\"");
		for (final char c : text.toCharArray()) printable.append(c >= ' ' && c < 127 ? c : '?');
		return printable.append('"').toString();
	}
}
