/**
 * Atomic structures and the density maps that an electron microscope would see
 * of them: PDB and mmCIF files, chains and classes of atoms, electron scattering
 * factors, maps.
 * <p>
 * Positions and lengths are in Å, B factors in Å², masses in dalton. The usual
 * way: {@link io.github.clearice.structure.StructureReader} reads a
 * {@link io.github.clearice.structure.Structure},
 * {@link io.github.clearice.structure.AtomSelection} takes part of it,
 * {@link io.github.clearice.structure.DensityMap} computes its map.
 */
package io.github.clearice.structure;
