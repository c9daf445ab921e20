package io.github.clearice.structure;

import io.github.clearice.task.InputException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

import org.rcsb.cif.CifOptions;
import org.rcsb.cif.binary.BinaryCifReader;
import org.rcsb.cif.model.Block;
import org.rcsb.cif.model.Category;
import org.rcsb.cif.model.CifFile;
import org.rcsb.cif.model.Column;
import org.rcsb.cif.model.ValueKind;
import org.rcsb.cif.text.TextCifReader;

/**
 * Reads atoms from the {@code atom_site} category of mmCIF and BinaryCIF files.
 * The authors' names (auth_*) come first, the deposition's (label_*) where those
 * are missing.
 *
 * @see <a href="https://mmcif.wwpdb.org/dictionaries/mmcif_pdbx_v50.dic/Categories/atom_site.html">PDBx/mmCIF
 *      dictionary, category atom_site</a>
 */
final class MmcifReader {

	/** The standard uncertainty in the last digits of a number, as in 1.234(5). */
	private static final Pattern UNCERTAINTY = Pattern.compile("(?<=\\d\\.?)\\(\\d+\\)$");
	/** Many more than any entry has. */
	private static final int MOST_ITEMS = 30_000;
	/** How much more memory than its text a parsed file takes. */
	private static final int MEMORY_A_BYTE = 16;

	private final String file;
	private final List<Block> blocks;
	private final Category atoms;
	private final IntFunction<String> place;
	private final AtomCollector collector;

	private MmcifReader(final CifFile cif, final String file, final StructureOptions options,
		final IntFunction<String> place)
	{
		this.file = file;
		this.place = place;
		this.collector = new AtomCollector(file, options);
		this.blocks = List.copyOf(cif.getBlocks());
		final CifTable found = CifTable.of(blocks, "atom_site");
		this.atoms = found == null ? null : found.category();
	}

	/** @throws InputException if the text is no mmCIF, or an atom is damaged */
	static Structure readText(final InputStream content, final String file, final StructureOptions options)
		throws IOException
	{
		final String text = new String(bytes(content, file), StandardCharsets.UTF_8);
		requireFewItems(text, file);
		final CifFile cif;
		try {
			cif = new TextCifReader(CifOptions.builder().build()).readText(text);
		}
		catch (final RuntimeException e) {
			throw damaged(file, "mmCIF", e);
		}
		return new MmcifReader(cif, file, options, row -> textPlace(text, row)).read();
	}

	/** @throws InputException if the bytes are no BinaryCIF, or an atom is damaged */
	static Structure readBinary(final InputStream content, final String file, final StructureOptions options)
		throws IOException
	{
		final byte[] bytes = bytes(content, file);
		try {
			final CifFile cif = new BinaryCifReader(CifOptions.builder().build()).read(new ByteArrayInputStream(
				bytes));
			return new MmcifReader(cif, file, options, row -> "atom_site row " + (row + 1)).read();
		}
		catch (final InputException e) {
			throw e;
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			// The decoder allocates as much memory as the file's own lengths request.
			throw damaged(file, "BinaryCIF", e);
		}
	}

	private static byte[] bytes(final InputStream content, final String file) throws IOException {
		final long limit = Math.min(Runtime.getRuntime().maxMemory() / MEMORY_A_BYTE, 1 << 30);
		final byte[] bytes = content.readNBytes((int) limit + 1);
		if (bytes.length > limit) throw new InputException(file + " is longer than the " + (limit >> 20) +
			" MB that can be parsed with Java's " + (Runtime.getRuntime().maxMemory() >> 20) +
			" MB of memory. Start Java with a larger -Xmx, or take a part of the structure.");
		return bytes;
	}

	/** The parser needs some kilobytes for each of the dictionary's 6,000 items. */
	private static void requireFewItems(final String text, final String file) {
		int items = 0;
		boolean begin = true;
		for (int i = 0; i < text.length(); i++) {
			if (begin && text.charAt(i) == '_' && ++items > MOST_ITEMS) throw new InputException(file +
				" has more than " + MOST_ITEMS + " items (words that begin with _). Is it the mmCIF file of a structure?");
			begin = Character.isWhitespace(text.charAt(i));
		}
	}

	private static InputException damaged(final String file, final String format, final Throwable e) {
		final String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
		return new InputException(file + " is no " + format + " file, or is damaged or cut short (" + InputException
			.quote(reason) + "). Fetch the file again.", e);
	}

	private Structure read() {
		if (atoms == null) return collector.finish(Map::of);
		seeOrigin();
		requireWholeRows();
		final Column<?> model = column("pdbx_PDB_model_num");
		final AtomColumns columns = new AtomColumns();
		for (int row = 0; row < atoms.getRowCount(); row++) {
			final int number = CifTable.value(model, row).isEmpty() ? 1 : (int) number(model, row);
			if (collector.wants(number)) collector.add(columns.atom(row), CifTable.value(columns.alternate, row), collector
				.shared(columns.labelChain(row)));
		}
		return collector.finish(new MmcifAssemblies(blocks, file)::read);
	}

	private void requireWholeRows() {
		int least = Integer.MAX_VALUE, most = 0;
		for (final Column<?> column : atoms.getColumns().values()) {
			least = Math.min(least, column.getRowCount());
			most = Math.max(most, column.getRowCount());
		}
		if (least < most) throw new InputException(file + ", " + place.apply(least) +
			" or before: an atom has too few or too many values. The file is damaged or cut short: fetch it again.");
	}

	/** The columns of the category, looked up once. */
	private final class AtomColumns {

		private final Column<?> group = column("group_PDB");
		private final Column<?> chain = column("auth_asym_id", "label_asym_id");
		private final Column<?> labelChain = column("label_asym_id");
		private final Column<?> residue = column("auth_comp_id", "label_comp_id");
		private final Column<?> residueNumber = column("auth_seq_id", "label_seq_id");
		private final Column<?> insertion = column("pdbx_PDB_ins_code");
		private final Column<?> name = column("auth_atom_id", "label_atom_id");
		private final Column<?> alternate = column("label_alt_id");
		private final Column<?> symbol = column("type_symbol");
		private final Column<?> x = required("Cartn_x");
		private final Column<?> y = required("Cartn_y");
		private final Column<?> z = required("Cartn_z");
		private final Column<?> occupancy = column("occupancy");
		private final Column<?> bFactor = column("B_iso_or_equiv");

		Atom atom(final int row) {
			final String residueName = collector.shared(CifTable.value(residue, row));
			final String atomName = collector.shared(CifTable.value(name, row));
			final String inserted = CifTable.value(insertion, row);
			final double share = CifTable.value(occupancy, row).isEmpty() ? 1 : number(occupancy, row);
			if (share < 0) throw bad(row, "has the negative occupancy " + share);
			return new Atom(collector.shared(chainName(row)), CifTable.value(residueNumber, row).isEmpty() ? 0 : (int) number(
				residueNumber, row), inserted.isEmpty() ? ' ' : inserted.charAt(0), residueName, atomName, element(row,
					atomName, residueName), "HETATM".equals(CifTable.value(group, row)), number(x, row), number(y, row), number(z,
						row), share, CifTable.value(bFactor, row).isEmpty() ? 0 : number(bFactor, row));
		}

		private String chainName(final int row) {
			final String author = CifTable.value(chain, row);
			final String either = author.isEmpty() ? CifTable.value(labelChain, row) : author;
			return either.isEmpty() ? "_" : either;
		}

		/** The name by which assemblies call the chain. */
		String labelChain(final int row) {
			final String label = CifTable.value(labelChain, row);
			return label.isEmpty() ? chainName(row) : label;
		}

		private Element element(final int row, final String atomName, final String residueName) {
			// Some programs write the charge into the symbol: O1-, Zn2+.
			final String text = CifTable.value(symbol, row).replaceAll("[0-9]*[+-]$", "");
			if ("X".equals(text)) return collector.unknownElement();
			final Optional<Element> element = text.isEmpty() ? Element.Guess.fromName(atomName, residueName) : Element.of(
				text);
			return element.orElseThrow(() -> bad(row, "has no known element: type_symbol is " + InputException.quote(
				text) + " and the name is " + InputException.quote(atomName)));
		}
	}

	private Column<?> required(final String name) {
		final Column<?> column = column(name);
		if (column == null) throw new InputException(file + " has no column _atom_site." + name +
			". Fetch the file again.");
		return column;
	}

	/** The first of these columns that the file has, or null. */
	private Column<?> column(final String... names) {
		for (final String name : names) {
			final Column<?> column = atoms.getColumn(name);
			if (column != null && column.isDefined() && column.getRowCount() > 0) return column;
		}
		return null;
	}

	/** Whether the B factors may be confidences of a prediction. */
	private void seeOrigin() {
		final PredictedModel prediction = collector.prediction();
		seeAll("exptl", "method", prediction::seeMethod);
		seeAll("struct", "title", prediction::seeText);
		seeAll("audit_author", "name", prediction::seeText);
		seeAll("software", "name", prediction::seeText);
		seeAll("ma_qa_metric", "name", prediction::seeText);
		seeAll("ma_qa_metric", "type", prediction::seeText);
	}

	private void seeAll(final String category, final String item, final Consumer<String> viewer) {
		final CifTable table = CifTable.of(blocks, category);
		for (int row = 0; table != null && row < table.rows(); row++) viewer.accept(table.text(row, item));
	}

	private double number(final Column<?> column, final int row) {
		final String text = CifTable.value(column, row);
		try {
			final double value = parse(text);
			if (Math.abs(value) < 1e7) return value;
		}
		catch (final NumberFormatException e) {
			// Reported below, as NaN is.
		}
		throw bad(row, "has the " + column.getColumnName() + " " + InputException.quote(text) +
			", which is not a number");
	}

	/** The number of a text, without its standard uncertainty. */
	static double parse(final String text) {
		return Double.parseDouble(text.endsWith(")") ? UNCERTAINTY.matcher(text).replaceFirst("") : text);
	}

	private InputException bad(final int row, final String what) {
		return new InputException(file + ", " + place.apply(row) + ": the atom " + what +
			". Correct it or fetch the file again.");
	}

	/** The line of a row, for files with one row a line, as all common programs write them. */
	private static String textPlace(final String text, final int row) {
		final List<String> lines = text.lines().toList();
		int line = 0;
		while (line < lines.size() && !isHeader(lines.get(line))) line++;
		while (line < lines.size() && isHeader(lines.get(line))) line++;
		return "line " + (line + row + 1);
	}

	private static boolean isHeader(final String line) {
		return line.trim().toLowerCase(Locale.ROOT).startsWith("_atom_site.");
	}

	/** The rows of one category of mmCIF, by the names of its items. */
	record CifTable(Category category) {

		/** The first category of a name in a file that has rows, or null. */
		static CifTable of(final List<Block> blocks, final String name) {
			for (final Block block : blocks) {
				final Category category = block.getCategory(name);
				if (category != null && category.isDefined() && category.getRowCount() > 0) return new CifTable(category);
			}
			return null;
		}

		/** A value; empty if it is absent, unknown or not applicable. */
		static String value(final Column<?> column, final int row) {
			return column == null || !column.isDefined() || row >= column.getRowCount() || column.getValueKind(
				row) != ValueKind.PRESENT ? "" : column.getStringData(row);
		}

		int rows() {
			return category.getRowCount();
		}

		/** The value of an item, as {@link #value(Column, int)}. */
		String text(final int row, final String item) {
			return value(category.getColumn(item), row);
		}
	}
}
