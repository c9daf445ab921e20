package io.github.clearice.fiji.ui;

import java.util.List;
import java.util.Locale;

import javax.swing.table.AbstractTableModel;

/** The settings of a search, the best first. */
final class SearchTableModel extends AbstractTableModel {

	private static final long serialVersionUID = 1L;
	private static final List<String> COLUMNS = List.of("setting", "options", "round", "updates", "PSNR (dB)");

	private transient List<TriedSetting> ranked = List.of();

	void show(final List<TriedSetting> newRanked) {
		if (newRanked.equals(ranked)) return;
		ranked = newRanked;
		fireTableDataChanged();
	}

	@Override
	public int getRowCount() {
		return ranked.size();
	}

	@Override
	public int getColumnCount() {
		return COLUMNS.size();
	}

	@Override
	public String getColumnName(final int column) {
		return COLUMNS.get(column);
	}

	@Override
	public String getValueAt(final int row, final int column) {
		final TriedSetting each = ranked.get(row);
		return switch (column) {
			case 0 -> Integer.toString(each.trial().setting());
			case 1 -> each.trial().options();
			case 2 -> each.trial().round() + " of " + each.trial().rounds();
			case 3 -> Long.toString(each.trial().updates());
			default -> Double.isNaN(each.psnrDecibel()) ? "diverged" : String.format(Locale.ROOT, "%.2f", each.psnrDecibel());
		};
	}
}
