package io.github.clearice.mrc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.clearice.TestData;
import io.github.clearice.mrc.MrcValidator.MrcFinding;
import io.github.clearice.mrc.MrcValidator.MrcRule;
import io.github.clearice.task.InputException;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MrcValidatorTest {

	@TempDir
	Path folder;

	@Test
	void findsNothingInAValidFile() {
		assertEquals(List.of(), MrcValidator.validate(valid().write(folder.resolve("a.mrc"))));
	}

	@ParameterizedTest
	@CsvSource({ //
		"4, 3, MODE", "4, 9, MODE", //
		"1, 0, DIMENSIONS", //
		"24, -1, EXTENDED_HEADER", //
		"3, 9, FILE_SIZE", "3, 3, FILE_SIZE", //
		"17, 3, AXES", "17, 9, AXES", //
		"8, 0, SAMPLING", "10, -4, SAMPLING", //
		"11, -1090519040, CELL", "11, 2143289344, CELL", "16, 1123024896, CELL", //
		"23, 231, SPACE_GROUP", "23, -1, SPACE_GROUP", "23, 1061109567, SPACE_GROUP", //
		"28, 0, VERSION", //
		"56, 2, LABELS", //
		"50, 2143289344, ORIGIN", //
		"53, 0, MAP_ID", "54, 0, MACHINE_STAMP", "54, 286326784, MACHINE_STAMP", //
		"20, -1082130432, STATISTICS", "21, 1115684864, STATISTICS", "22, 0, STATISTICS", "55, 0, STATISTICS", //
		"22, 2143289344, STATISTICS", //
	})
	void namesTheRuleThatIsBroken(final int word, final int value, final MrcRule rule) {
		final List<MrcFinding> findings = MrcValidator.validate(valid().word(word, value).write(folder.resolve("a.mrc")));
		assertTrue(findings.stream().anyMatch(finding -> finding.rule() == rule), findings.toString());
	}

	@Test
	void takesStatisticsMarkedAsUnknown() {
		final Path path = valid().real(20, 0).real(21, -1).real(22, -2).real(55, -1).write(folder.resolve("a.mrc"));
		assertEquals(List.of(), MrcValidator.validate(path));
	}

	@Test
	void findsAVolumeStackThatDoesNotDivide() {
		final Path path = valid().word(23, 401).word(10, 3).write(folder.resolve("a.mrc"));
		assertEquals(List.of(MrcRule.VOLUME_STACK), rules(path));
	}

	@Test
	void findsAnExtendedHeaderOfUnknownType() {
		final MrcBytes file = new MrcBytes(ByteOrder.LITTLE_ENDIAN, 2, 2, 2, 2, 80, 32).text(104, "WHAT");
		assertEquals(List.of(MrcRule.EXTENDED_HEADER_TYPE), rules(file.write(folder.resolve("a.mrc"))));
	}

	@Test
	void findsGapsBetweenLabels() {
		final Path path = valid().text(224, "one").text(224 + 160, "three").word(56, 2).write(folder.resolve("a.mrc"));
		assertEquals(List.of(MrcRule.LABELS), rules(path));
	}

	@Test
	void findsPixelsThatAreNoNumbers() {
		final MrcBytes file = valid();
		file.bytes.putFloat(1024 + 4 * 23, Float.NaN);
		final List<MrcFinding> findings = MrcValidator.validate(file.write(folder.resolve("a.mrc")));
		assertEquals("ERROR PIXELS: section 1, pixel (3, 1) is NaN.", findings.get(0).toString());
	}

	@Test
	void findsBytesBehindThePixels() throws IOException {
		final Path path = Files.write(valid().write(folder.resolve("a.mrc")), new byte[1], StandardOpenOption.APPEND);
		assertEquals(List.of(MrcRule.FILE_SIZE), rules(path));
	}

	@Test
	void refusesToValidateWhatIsNotThere() {
		assertThrows(InputException.class, () -> MrcValidator.validate(folder.resolve("absent.mrc")));
	}

	/** The rules that {@code python3 -m mrcfile.validator FILE} (mrcfile 1.4.3) names for these files. */
	@ParameterizedTest
	@CsvSource({ //
		"relion/betagal_64_4.0.mrc, ''", //
		"maps-and-stacks/tempy__2dqj_10A_tempy.mrc, MACHINE_STAMP VERSION", //
		"maps-and-stacks/ncem__temp.mrc, MAP_ID VERSION STATISTICS", //
		"maps-and-stacks/rsciio__Custom_movie.mrc, CELL", //
		"maps-and-stacks/mrcfile__EMD-3197.map, VERSION", //
		"maps-and-stacks/mrcfile__EMD-3001.map, VERSION EXTENDED_HEADER_TYPE", //
		"relion/betagal_64_clean.mrcs, VERSION STATISTICS", //
	})
	void findsAllFaultsThatMrcfileFinds(final String name, final String expected) {
		final Set<MrcRule> found = EnumSet.noneOf(MrcRule.class);
		found.addAll(rules(TestData.file(name)));
		for (final String rule : expected.split(" ")) if (!rule.isEmpty()) assertTrue(found.contains(MrcRule.valueOf(rule)),
			found.toString());
		if (expected.isEmpty()) assertEquals(Set.of(), found);
	}

	/** Voxels from 0 to 63, with their statistics. */
	private static MrcBytes valid() {
		final double mean = 31.5;
		return MrcBytes.counting(4, 4, 4).real(20, 0).real(21, 63).real(22, mean).real(55, Math.sqrt((64 * 64 - 1) / 12.0));
	}

	private static List<MrcRule> rules(final Path path) {
		return MrcValidator.validate(path).stream().map(MrcFinding::rule).toList();
	}
}
