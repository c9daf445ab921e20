// The contamination test of Gu et al. 2021 (figure 3 e to g): five losses trained on pairs
// of which a share has its reference (A), its noisy image (B) or both (C) replaced by
// noise, and tested on clean pairs. The paper's structure is RNA polymerase II, PDB 1WCM,
// in boxes of 128 pixels of 1.6 A at SNR 0.1. The same choices again continue where an
// earlier run ended.
//
// As it stands this is dozens of trainings and takes many hours; ClearIce tells how many
// before the first. A GPU and preset=paper repeat the networks of the paper.
//
// Without questions: the macro's argument is "structure,folder", and may continue with
// ",pairs,box,pixel size,options of Contamination Test" in place of 2000, 64, 3.2 and
// none. Commas within those options are written as semicolons.

arguments = split(getArgument(), ",");
pairs = "2000";
box = "64";
pixel = "3.2";
options = "";
if (arguments.length >= 2) {
	structure = arguments[0];
	folder = arguments[1];
	if (arguments.length > 2) pairs = arguments[2];
	if (arguments.length > 3) box = arguments[3];
	if (arguments.length > 4) pixel = arguments[4];
	if (arguments.length > 5) options = replace(arguments[5], ";", ",");
} else {
	structure = File.openDialog("A structure (.pdb, .cif)");
	folder = getDirectory("A folder for the results");
}
if (!endsWith(folder, "/")) folder = folder + "/";

if (!File.exists(folder + "pairs")) run("Simulate Particles...", "source=[" + structure + "] exclude=water count=" + pairs + " box=" + box + " pixel=" + pixel + " snr=0.1 seed=1 output=[" + folder + "pairs]");
run("Contamination Test...", "noisy=[" + folder + "pairs/noisy.mrcs] clean=[" + folder + "pairs/clean.mrcs] output=[" + folder + "study] " + options);
print("Tables and plots are in " + folder + "study");
