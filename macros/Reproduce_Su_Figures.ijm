// Figures 2 and 3 of Su et al. 2018 (bioRxiv 256792): a conditional GAN is trained on
// 2000 pairs of noisy and clean projections of one structure, for each of several
// levels of noise, and recovers projections that it has not seen. Makes a picture for
// each level (noisy, recovered, original; three particles) and a table of scores.
// The paper's structure is beta-galactosidase, PDB 5A1A. It gives sigma = 200 in units
// of its own projections; here noise is set by the signal-to-noise ratio.
//
// With the network of the paper this is for a GPU; with preset=fast it takes a few
// minutes for each level on a processor.
//
// Without questions: the macro's argument is "structure,folder", and may continue with
// ",pairs,box,pixel size,options of Train Denoiser,levels" in place of 2000, 128, 2,
// preset=su2018 and 0.1 0.05 0.02.

arguments = split(getArgument(), ",");
pairs = "2000";
box = "128";
pixel = "2";
training = "preset=su2018";
levels = "0.1 0.05 0.02";
if (arguments.length >= 2) {
	structure = arguments[0];
	folder = arguments[1];
	if (arguments.length > 2) pairs = arguments[2];
	if (arguments.length > 3) box = arguments[3];
	if (arguments.length > 4) pixel = arguments[4];
	if (arguments.length > 5) training = arguments[5];
	if (arguments.length > 6) levels = arguments[6];
} else {
	structure = File.openDialog("A structure (.pdb, .cif)");
	folder = getDirectory("An empty folder for the results");
}
if (!endsWith(folder, "/")) folder = folder + "/";

setBatchMode(true);
run("Map from Structure...", "structure=[" + structure + "] box=" + box + " pixel=" + pixel + " exclude=water output=[" + folder + "map.mrc]");
snr = split(levels, " ");
for (i = 0; i < snr.length; i++) {
	here = folder + "snr-" + snr[i] + "/";
	run("Simulate Particles...", "source=[" + folder + "map.mrc] count=" + pairs + " snr=" + snr[i] + " seed=1 output=[" + here + "training]");
	run("Simulate Particles...", "source=[" + folder + "map.mrc] count=12 snr=" + snr[i] + " seed=2 output=[" + here + "test]");
	run("Train Denoiser...", "noisy=[" + here + "training/noisy.mrcs] clean=[" + here + "training/clean.mrcs] model=[" + here + "model.clearice] " + training);
	run("Denoise...", "input=[" + here + "test/noisy.mrcs] method=[" + here + "model.clearice] output=[" + here + "recovered.mrcs]");
	run("Evaluate...", "reference=[" + here + "test/clean.mrcs] image=[" + here + "test/noisy.mrcs," + here + "recovered.mrcs] output=[" + here + "scores.tsv]");
	column(here + "test/noisy.mrcs", "noisy");
	column(here + "recovered.mrcs", "recovered");
	column(here + "test/clean.mrcs", "original");
	run("Combine...", "stack1=noisy stack2=recovered");
	rename("both");
	run("Combine...", "stack1=both stack2=original");
	run("Make Montage...", "columns=1 rows=3 scale=1");
	saveAs("PNG", folder + "snr-" + snr[i] + ".png");
	close("*");
}
print("Pictures and scores are in " + folder);

// The first three images of a stack, in greys from its least to its greatest value.
function column(path, title) {
	run("MRC Stack (virtual)...", "input=[" + path + "]");
	run("Duplicate...", "title=" + title + " duplicate range=1-3");
	Stack.getStatistics(voxels, mean, least, greatest);
	setMinAndMax(least, greatest);
	run("8-bit");
}
