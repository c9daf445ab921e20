package io.github.clearice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.util.FileUtils;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The update sites of Fiji, as the script lays them out and Fiji's Updater reads them. */
class UpdateSiteTest {

	/** The libraries ClearIce uses that a Fiji of 2025 already has. */
	private static final Set<String> OF_FIJI = Set.of("ij", "scijava-common", "parsington", "imglib2", "gson", "jna",
		"commons-compress", "commons-codec", "commons-io", "commons-lang3", "commons-math3", "javax.annotation-api");
	private static final Set<String> OF_TESTS = Set.of("junit", "hamcrest-core", "junit-jupiter-api", "opentest4j",
		"junit-platform-commons", "apiguardian-api", "junit-jupiter-params", "junit-jupiter-engine",
		"junit-platform-engine", "junit-platform-launcher", "archunit-junit5", "archunit-junit5-api", "archunit",
		"archunit-junit5-engine", "archunit-junit5-engine-api", "groovy", "slf4j-nop", "slf4j-api", "ij1-patcher",
		"javassist", "classgraph");

	/**
	 * The digest that the Updater's own code computes for the jar of {@link #writeJar}: {@code
	 * UpdaterUtil.getDigest("jars/x.jar", file)} of imagej-updater, commit ea5f12e.
	 */
	private static final String CHECKSUM = "cbeb28ff15ebe5336de383e7343b11693469c3f1";

	@TempDir
	static Path program;

	@TempDir
	Path folder;

	@BeforeAll
	static void compile() {
		assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d", program.toString(),
			Path.of("update-site", "StageSite.java").toString()));
	}

	/** The Updater passes over the manifest and comments in properties, but not over those after an empty line. */
	private static void writeJar(final Path jar, final String text) throws IOException {
		try (OutputStream out = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(out)) {
			write(zip, "b.txt", text);
			write(zip, "META-INF/MANIFEST.MF", "Main-Class: A\nBuilt-By: somebody\n");
			write(zip, "META-INF/", "");
			write(zip, "a.properties", "#Sat Nov 21\n##\n# kept\na=1\n#\n#kept\n\n# kept\nb=#2\n# gone");
		}
	}

	private static void write(final ZipOutputStream zip, final String name, final String text) throws IOException {
		zip.putNextEntry(new ZipEntry(name));
		zip.write(text.getBytes(StandardCharsets.UTF_8));
		zip.closeEntry();
	}

	private String stage(final String site, final String timestamp) throws IOException, InterruptedException {
		final Process run = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
			program.toString(), "StageSite", "site=" + site, "jars=" + folder.resolve("jars"), "output=" + folder.resolve(
				"site"), "timestamp=" + timestamp, "files=" + folder.resolve("files.tsv")).redirectErrorStream(true).start();
		final String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		run.waitFor();
		return said;
	}

	private Map<String, Element> index() throws Exception {
		final Map<String, Element> files = new TreeMap<>();
		try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve("site/db.xml.gz")))) {
			final NodeList plugins = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getElementsByTagName(
				"plugin");
			for (int i = 0; i < plugins.getLength(); i++) {
				final Element plugin = (Element) plugins.item(i);
				files.put(plugin.getAttribute("filename"), plugin);
			}
		}
		return files;
	}

	private static Element child(final Element plugin, final String tag) {
		return (Element) plugin.getElementsByTagName(tag).item(0);
	}

	@Test
	void filesLieWhereTheUpdaterLooksForThemWithItsChecksums() throws Exception {
		prepare();
		assertTrue(stage("cpu", "20260102030405").startsWith("2 files, 0 MiB, for the site cpu: "));
		assertEquals(Set.of("jars/first-1.2.jar", "lib/clearice/second-3.0-linux-x86_64.jar"), index().keySet());
		final Element first = index().get("jars/first-1.2.jar");
		assertEquals(CHECKSUM, child(first, "version").getAttribute("checksum"));
		assertEquals("20260102030405", child(first, "version").getAttribute("timestamp"));
		final Path file = folder.resolve("site/jars/first-1.2.jar-20260102030405");
		assertEquals(Long.toString(Files.size(file)), child(first, "version").getAttribute("filesize"));
		assertEquals(0, first.getElementsByTagName("platform").getLength());
		assertEquals("linux64", child(index().get("lib/clearice/second-3.0-linux-x86_64.jar"), "platform")
			.getTextContent());
		assertTrue(Files.exists(folder.resolve("site/lib/clearice/second-3.0-linux-x86_64.jar-20260102030405")));
	}

	private void prepare() throws IOException {
		Files.createDirectory(folder.resolve("jars"));
		writeJar(folder.resolve("jars/first-1.2.jar"), "one");
		writeJar(folder.resolve("jars/second-3.0-linux-x86_64.jar"), "two");
		writeJar(folder.resolve("jars/second-3.0.jar"), "of no site");
		Files.writeString(folder.resolve("files.tsv"),
			"cpu\tjars\tfirst\ncpu\tlib/clearice\tsecond\tlinux-x86_64\tlinux64\ngpu\tjars\tmissing\n");
	}

	@Test
	void unchangedFilesKeepTheirTimestampAndOthersBecomePreviousVersions() throws Exception {
		prepare();
		stage("cpu", "20260102030405");
		Files.delete(folder.resolve("jars/first-1.2.jar"));
		writeJar(folder.resolve("jars/first-1.3.jar"), "changed");
		stage("cpu", "20270102030405");
		final Element first = index().get("jars/first-1.3.jar");
		assertEquals("20270102030405", child(first, "version").getAttribute("timestamp"));
		assertEquals("jars/first-1.2.jar", child(first, "previous-version").getAttribute("filename"));
		assertEquals(CHECKSUM, child(first, "previous-version").getAttribute("checksum"));
		assertEquals("20270102030405", child(first, "previous-version").getAttribute("timestamp-obsolete"));
		final Element second = index().get("lib/clearice/second-3.0-linux-x86_64.jar");
		assertEquals("20260102030405", child(second, "version").getAttribute("timestamp"));

		Files.writeString(folder.resolve("files.tsv"), "cpu\tlib/clearice\tsecond\tlinux-x86_64\tlinux64\n");
		stage("cpu", "20280102030405");
		final Element gone = index().get("jars/first-1.3.jar");
		assertEquals(0, gone.getElementsByTagName("version").getLength());
		assertEquals(2, gone.getElementsByTagName("previous-version").getLength());
		assertEquals("20270102030405", child(gone, "previous-version").getAttribute("timestamp-obsolete"));
	}

	@Test
	void aMissingJarIsTold() throws Exception {
		prepare();
		assertTrue(stage("gpu", "20260102030405").startsWith("There is no jar of missing "));
		assertTrue(stage("cpu", "yesterday").startsWith("timestamp=yesterday is not "));
		assertFalse(Files.exists(folder.resolve("site")));
	}

	@Test
	void allThatClearIceUsesIsOfFijiOrOnTheSite() throws IOException {
		final Set<String> staged = new HashSet<>();
		for (final String[] file : files()) staged.add(file[2]);
		final Set<String> lacking = new TreeSet<>();
		for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			final String name = Path.of(entry).getFileName().toString();
			final String artifact = name.replaceFirst("-\\d.*", "");
			if (name.endsWith(".jar") && !OF_FIJI.contains(artifact) && !OF_TESTS.contains(artifact) && !staged.contains(
				artifact)) lacking.add(artifact);
		}
		assertEquals(Set.of(), lacking, "is neither in Fiji nor in update-site/files.tsv");
		for (final String artifact : OF_FIJI) assertFalse(staged.contains(artifact), "Fiji has " + artifact);
	}

	@Test
	void tensorFlowIsOutOfFijisSightAndNoTwoFilesAreOneToTheUpdater() throws IOException {
		final Set<String> names = new HashSet<>();
		for (final String[] file : files()) {
			final boolean clashes = file[2].matches("tensorflow.*|ndarray|javacpp|protobuf.*");
			assertEquals(clashes ? "lib/clearice" : "jars", file[1], file[2]);
			final String name = file[1] + "/" + file[2] + "-1.1.0" + (file.length > 3 ? "-" + file[3] : "") + ".jar";
			assertTrue(names.add(FileUtils.stripFilenameVersion(name)), name);
			if (file.length > 3) assertTrue(Set.of("linux64", "linux-arm64", "macos-arm64", "win64").contains(file[4]), name);
		}
	}

	private static List<String[]> files() throws IOException {
		final List<String[]> files = new ArrayList<>();
		for (final String line : Files.readAllLines(Path.of("update-site", "files.tsv"))) {
			if (line.startsWith("cpu\t") || line.startsWith("gpu\t")) files.add(line.split("\t"));
		}
		return files;
	}
}
