package io.github.clearice.star;

/** What the rows of a table of cryoSPARC are, by the group of fields that names their images. */
enum CsKind {

	PARTICLES("blob", RelionKind.PARTICLES), MICROGRAPHS("micrograph_blob", RelionKind.MICROGRAPHS);

	private final String group;
	private final RelionKind relion;

	CsKind(final String group, final RelionKind relion) {
		this.group = group;
		this.relion = relion;
	}

	/** A field that says something of the images, such as {@code blob/path}. */
	String field(final String name) {
		return group + "/" + name;
	}

	RelionKind relion() {
		return relion;
	}
}
