import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Lays out an update site of Fiji: a folder to be put on a web server as it is.
 *
 * <pre>
 * java update-site/StageSite.java site=cpu jars=target/site-jars output=site
 * </pre>
 *
 * Each file lies there as {@code NAME-TIMESTAMP}, and {@code db.xml.gz} lists them
 * with the checksums that the Updater computes of what it has installed. Where the
 * folder holds the site of an earlier version, files that are unchanged keep their
 * timestamps, and those that changed or are gone are listed as previous versions,
 * so that the Updater replaces and removes them.
 */
public final class StageSite {

	private static final String INDEX = "db.xml.gz";
	private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

	/** A line of files.tsv; classifier and platform are empty where there are none. */
	private record Listed(String folder, String artifact, String classifier, String platform) {

		/** Finds the one jar of this kind; null where there is none. */
		Path find(final Path jars) throws IOException {
			final Pattern name = Pattern.compile(Pattern.quote(artifact) + "-\\d[\\w.]*(-SNAPSHOT)?" + (classifier.isEmpty()
				? "" : Pattern.quote("-" + classifier)) + "\\.jar");
			try (Stream<Path> files = Files.list(jars)) {
				final List<Path> found = files.filter(file -> name.matcher(file.getFileName().toString()).matches()).toList();
				if (found.size() > 1) throw new Refusal("There is more than one jar of" +
					" " + artifact + " " + classifier + " in " +
					jars + ": " + found + ". Begin with an empty folder.");
				return found.isEmpty() ? null : found.get(0);
			}
		}

		/** The file's name without its version, by which the Updater knows it from one version to the next. */
		String key() {
			return folder + "/" + artifact + (classifier.isEmpty() ? "" : "-" + classifier);
		}
	}

	/** A version that was once on the site. */
	private record Previous(String filename, String timestamp, String obsolete, String checksum) {}

	/** A file of the site; timestamp, checksum and size are null where it is there no more. */
	private record Staged(String filename, String platform, String timestamp, String checksum, String size,
		List<Previous> previous)
	{}

	private static final class Refusal extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Refusal(final String line) {
			super(line);
		}
	}

	private StageSite() {}

	public static void main(final String[] words) throws Exception {
		try {
			final Map<String, String> given = new LinkedHashMap<>();
			for (final String word : words) {
				final int equals = word.indexOf('=');
				if (equals < 1) throw new Refusal("'" + word + "' is no parameter. Write name=value.");
				given.put(word.substring(0, equals), word.substring(equals + 1));
			}
			final String timestamp = given.getOrDefault("timestamp", LocalDateTime.now().format(TIMESTAMP));
			if (!timestamp.matches("\\d{14}")) throw new Refusal("timestamp=" + timestamp + " is not yyyyMMddHHmmss.");
			System.out.println(stage(required(given, "site"), Path.of(required(given, "jars")), Path.of(required(given,
				"output")), Path.of(given.getOrDefault("files", "update-site/files.tsv")), timestamp));
		}
		catch (final Refusal e) {
			System.err.println(e.getMessage());
			System.exit(1);
		}
	}

	private static String required(final Map<String, String> given, final String name) {
		if (!given.containsKey(name)) throw new Refusal("The parameter " + name +
			"= is missing. Usage: java update-site/StageSite.java site=cpu|gpu jars=FOLDER output=FOLDER" +
			" [timestamp=yyyyMMddHHmmss]");
		return given.get(name);
	}

	private static String stage(final String site, final Path jars, final Path output, final Path table,
		final String timestamp) throws Exception
	{
		if (!Files.isDirectory(jars)) throw new Refusal("There is no folder " + jars + ". Run mvn -Pupdate-site package" +
			" first.");
		final List<Listed> wanted = listed(table, site);
		final Map<Listed, Path> found = new LinkedHashMap<>();
		for (final Listed file : wanted) {
			final Path jar = file.find(jars);
			if (jar == null) throw new Refusal("There is no jar of" +
				" " + file.artifact() + " " + file.classifier() + " in " + jars +
				". Run mvn -Pupdate-site package first.");
			found.put(file, jar);
		}
		final Map<String, Staged> before = read(output.resolve(INDEX));
		final Map<String, Staged> now = new LinkedHashMap<>();
		long bytes = 0;
		for (final Map.Entry<Listed, Path> file : found.entrySet()) {
			final Staged staged = stage(file.getKey(), file.getValue(), before.remove(file.getKey().key()), timestamp);
			now.put(file.getKey().key(), staged);
			bytes += Files.size(file.getValue());
			copy(file.getValue(), output.resolve(staged.filename() + "-" + staged.timestamp()));
		}
		// What is on the site no more stays in the index, or the Updater would leave it installed.
		before.forEach((key, gone) -> now.put(key, new Staged(gone.filename(), gone.platform(), null, null, null, history(
			gone, timestamp))));
		write(output.resolve(INDEX), now.values().stream().toList());
		return found.size() + " files, " + bytes / (1 << 20) + " MiB, for the site " + site + ": " + output;
	}

	private static List<Listed> listed(final Path table, final String site) throws IOException {
		final List<Listed> files = new ArrayList<>();
		for (final String line : Files.readAllLines(table)) {
			if (line.isBlank() || line.startsWith("#") || line.startsWith("site\t")) continue;
			final String[] cells = line.split("\t");
			if (cells[0].equals(site))
				files.add(new Listed(cells[1], cells[2], cells.length > 3 ? cells[3] : "", cells.length > 4
				? cells[4] : ""));
		}
		if (files.isEmpty()) throw new Refusal("There is no site " + site + " in " + table + ". Its sites are in the" +
			" first column.");
		return files;
	}

	private static Staged stage(final Listed file, final Path jar, final Staged before, final String timestamp)
		throws IOException, NoSuchAlgorithmException
	{
		final String name = file.folder() + "/" + jar.getFileName();
		final String checksum = checksum(jar);
		final String size = Long.toString(Files.size(jar));
		if (before == null) return new Staged(name, file.platform(), timestamp, checksum, size, List.of());
		if (checksum.equals(before.checksum()) && name.equals(before.filename())) return new Staged(name, file.platform(),
			before.timestamp(), checksum, size, before.previous());
		return new Staged(name, file.platform(), timestamp, checksum, size, history(before, timestamp));
	}

	/** A file's earlier versions, the last one among them. */
	private static List<Previous> history(final Staged file, final String timestamp) {
		final List<Previous> history = new ArrayList<>(file.previous());
		if (file.checksum() != null)
			history.add(new Previous(file.filename(), file.timestamp(), timestamp, file.checksum()));
		return history;
	}

	private static void copy(final Path from, final Path to) throws IOException {
		Files.createDirectories(to.getParent());
		if (Files.exists(to) && Files.size(to) == Files.size(from)) return;
		final Path part = to.resolveSibling(to.getFileName() + ".part");
		Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING);
		Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	/**
	 * SHA-1 of a jar's entries in the order of their names: of each the name and, after
	 * it, its bytes. Of the manifest there are no bytes, of properties none of comments,
	 * so that the same sources built twice have one checksum (the Updater's
	 * UpdaterUtil.getJarDigest).
	 */
	private static String checksum(final Path jar) throws IOException, NoSuchAlgorithmException {
		final MessageDigest digest = MessageDigest.getInstance("SHA-1");
		try (JarFile file = new JarFile(jar.toFile())) {
			final List<JarEntry> entries = Collections.list(file.entries());
			entries.sort(Comparator.comparing(JarEntry::getName));
			for (final JarEntry entry : entries) {
				digest.update(entry.getName().getBytes(StandardCharsets.US_ASCII));
				if (entry.getName().equals("META-INF/MANIFEST.MF")) continue;
				try (InputStream in = file.getInputStream(entry)) {
					if (entry.getName().endsWith(".properties")) digest.update(withoutComments(in.readAllBytes()));
					else for (byte[] part = in.readNBytes(1 << 16); part.length > 0; part = in.readNBytes(1 << 16))
						digest.update(part);
				}
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	/** Comments become empty lines. As in the Updater, what follows an empty line or an empty comment is none. */
	private static byte[] withoutComments(final byte[] properties) {
		final ByteArrayOutputStream kept = new ByteArrayOutputStream();
		boolean lineStart = true;
		for (int i = 0; i < properties.length; i++) {
			if (lineStart && properties[i] == '#') {
				lineStart = false;
				for (; i < properties.length && properties[i] != '\n'; i++) lineStart |= properties[i] != '#';
				if (i < properties.length) kept.write('\n');
			}
			else {
				kept.write(properties[i]);
				lineStart = !lineStart && properties[i] == '\n';
			}
		}
		return kept.toByteArray();
	}

	/** The files of an index by their names without version; none where there is no index. */
	private static Map<String, Staged> read(final Path index) throws IOException, ParserConfigurationException,
		SAXException
	{
		final Map<String, Staged> files = new LinkedHashMap<>();
		if (!Files.exists(index)) return files;
		try (InputStream in = new GZIPInputStream(Files.newInputStream(index))) {
			final NodeList plugins = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getElementsByTagName(
				"plugin");
			for (int i = 0; i < plugins.getLength(); i++) {
				final Staged file = staged((Element) plugins.item(i));
				files.put(key(file.filename()), file);
			}
		}
		return files;
	}

	private static Staged staged(final Element plugin) {
		final List<Previous> previous = new ArrayList<>();
		final NodeList before = plugin.getElementsByTagName("previous-version");
		for (int i = 0; i < before.getLength(); i++) {
			final Element version = (Element) before.item(i);
			previous.add(new Previous(version.getAttribute("filename"),
				version.getAttribute("timestamp"), version.getAttribute(
				"timestamp-obsolete"), version.getAttribute("checksum")));
		}
		final NodeList platforms = plugin.getElementsByTagName("platform");
		final Element version = (Element) plugin.getElementsByTagName("version").item(0);
		return new Staged(plugin.getAttribute("filename"), platforms.getLength() == 0 ? "" : platforms.item(0)
			.getTextContent(), version == null ? null : version.getAttribute("timestamp"), version == null ? null : version
				.getAttribute("checksum"), version == null ? null : version.getAttribute("filesize"), previous);
	}

	private static String key(final String filename) {
		final Matcher parts = Pattern.compile("(.*?)-\\d[\\w.]*(?:-SNAPSHOT)?(-.*)?\\.jar").matcher(filename);
		return parts.matches() ? parts.group(1) + Objects.requireNonNullElse(parts.group(2), "") : filename;
	}

	private static void write(final Path index, final List<Staged> files) throws IOException, XMLStreamException {
		final Path part = index.resolveSibling(INDEX + ".part");
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part))) {
			final XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
			xml.writeStartDocument("UTF-8", "1.0");
			xml.writeCharacters("\n");
			xml.writeStartElement("pluginRecords");
			for (final Staged file : files) write(xml, file);
			xml.writeCharacters("\n");
			xml.writeEndElement();
			xml.writeEndDocument();
			xml.close();
		}
		Files.move(part, index, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static void write(final XMLStreamWriter xml, final Staged file) throws XMLStreamException {
		xml.writeCharacters("\n  ");
		xml.writeStartElement("plugin");
		xml.writeAttribute("filename", file.filename());
		if (!file.platform().isEmpty()) {
			xml.writeStartElement("platform");
			xml.writeCharacters(file.platform());
			xml.writeEndElement();
		}
		if (file.checksum() != null) {
			xml.writeEmptyElement("version");
			xml.writeAttribute("checksum", file.checksum());
			xml.writeAttribute("timestamp", file.timestamp());
			xml.writeAttribute("filesize", file.size());
		}
		for (final Previous version : file.previous()) {
			xml.writeEmptyElement("previous-version");
			xml.writeAttribute("filename", version.filename());
			xml.writeAttribute("timestamp", version.timestamp());
			xml.writeAttribute("timestamp-obsolete", version.obsolete());
			xml.writeAttribute("checksum", version.checksum());
		}
		xml.writeEndElement();
	}
}
