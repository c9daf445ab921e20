package io.github.clearice.structure;

import java.util.List;

import org.rcsb.cif.model.Block;
import org.rcsb.cif.model.Category;
import org.rcsb.cif.model.Column;
import org.rcsb.cif.model.ValueKind;

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

	/** A value, empty where there is none or the file says that it is unknown or does not apply. */
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
