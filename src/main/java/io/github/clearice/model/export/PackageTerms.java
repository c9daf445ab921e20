package io.github.clearice.model.export;

import io.github.clearice.task.ParameterException;

import java.util.List;

/**
 * What a package for the BioImage Model Zoo says of its model, and only its owner knows.
 *
 * @param authors full names, at least one
 * @param licence an identifier of SPDX, such as {@code CC-BY-4.0}
 */
public record PackageTerms(List<String> authors, String licence) {

	/** @throws ParameterException if there is no author, or the licence cannot be an identifier */
	public PackageTerms {
		authors = authors.stream().map(String::strip).filter(author -> !author.isEmpty()).toList();
		if (authors.isEmpty()) throw new ParameterException(
			"A package for the BioImage Model Zoo names its authors. Give author=, with several joined by commas.");
		if (!licence.matches("[A-Za-z0-9.+-]+")) throw new ParameterException("licence=" + licence +
			" is no identifier of SPDX. Give one such as CC-BY-4.0, CC0-1.0 or BSD-2-Clause.");
	}
}
