package io.github.clearice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagedFolderTest {

	private static final List<String> NAMES = List.of("a", "star");

	@TempDir
	Path folder;

	@Test
	void putsOldFilesBackWhereOneCannotBeMoved() throws IOException {
		for (final String name : new String[] { "a", "c" }) Files.writeString(folder.resolve(name), "old " + name);
		try (StagedFolder stage = new StagedFolder(folder)) {
			Files.writeString(stage.resolve("a"), "new a");
			Files.writeString(stage.resolve("b"), "new b");
			Files.writeString(stage.resolve("c"), "new c");
			// A folder that is not empty is in the way of the old "a", after "c" has been moved.
			Files.writeString(Files.createDirectory(stage.resolve("old-a")).resolve("x"), "");
			assertThrows(OutputException.class, () -> stage.publish("a", "b", "c"));
		}
		assertEquals("old a", Files.readString(folder.resolve("a")));
		assertEquals("old c", Files.readString(folder.resolve("c")));
		assertTrue(Files.notExists(folder.resolve("b")));
		assertEquals(2, folder.toFile().list().length);
	}

	/** As if the program had been killed after each of its renames. */
	@ParameterizedTest
	@CsvSource({ "0, old", "1, old", "2, old", "3, new", "4, new" })
	void aKilledProgramLeavesOneSetWhichTheNextOneCompletes(final int renames, final String left) throws IOException {
		for (final String name : NAMES) Files.writeString(folder.resolve(name), "old");
		final Path stage = Files.createDirectory(folder.resolve(".simulating-" + OwnerMarkTest.dead()));
		for (final String name : NAMES) Files.writeString(stage.resolve(name), "new");
		Files.writeString(stage.resolve("publishing"), String.join("\n", NAMES));
		final List<Path[]> moves = List.of(new Path[] { folder.resolve("star"), stage.resolve("old-star") }, new Path[] {
			folder.resolve("a"), stage.resolve("old-a") }, new Path[] { stage.resolve("a"), folder.resolve("a") },
			new Path[] { stage.resolve("star"), folder.resolve("star") });
		for (final Path[] move : moves.subList(0, renames))
			Files.move(move[0], move[1]);
		// No table beside images of another set.
		if (Files.exists(folder.resolve("star"))) assertEquals(Files.readString(folder.resolve("star")), Files.readString(
			folder.resolve("a")));
		Leftovers.remove(folder);
		for (final String name : NAMES) assertEquals(left, Files.readString(folder.resolve(name)));
		assertEquals(2, folder.toFile().list().length);
	}

	@Test
	void leavesTheFilesOfAKilledProgramWhereOthersHaveTakenTheirPlace() throws IOException {
		final Path stage = Files.createDirectory(folder.resolve(".simulating-" + OwnerMarkTest.dead()));
		Files.writeString(stage.resolve("publishing"), String.join("\n", NAMES));
		Files.writeString(stage.resolve("star"), "new");
		Files.writeString(folder.resolve("star"), "somebody's");
		Leftovers.remove(folder);
		assertEquals("somebody's", Files.readString(folder.resolve("star")));
		assertEquals("new", Files.readString(stage.resolve("star")));
	}

	/** A list that leads elsewhere, as an attacker's would, is not followed. */
	@Test
	void movesNothingIntoAnotherFolder() throws IOException {
		final Path inner = Files.createDirectory(folder.resolve("inner"));
		final Path stage = Files.createDirectory(inner.resolve(".simulating-" + OwnerMarkTest.dead()));
		Files.writeString(stage.resolve("publishing"), "../escaped\nstar");
		Files.writeString(inner.resolve("escaped"), "x");
		Leftovers.remove(inner);
		assertTrue(Files.notExists(folder.resolve("escaped")) && Files.notExists(stage));
	}
}
