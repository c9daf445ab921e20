// Simulates particles of a structure, trains a denoiser on some of them and
// scores it on others. Asks for the structure and for an empty folder.
//
// Without questions: the macro's argument is "structure,folder", and may continue
// with ",pairs,options of Train Denoiser" in place of 2000 and minutes=3.

arguments = split(getArgument(), ",");
pairs = "2000";
training = "minutes=3";
if (arguments.length >= 2) {
	structure = arguments[0];
	folder = arguments[1];
	if (arguments.length > 2) pairs = arguments[2];
	if (arguments.length > 3) training = arguments[3];
} else {
	structure = File.openDialog("A structure (.pdb, .cif)");
	folder = getDirectory("An empty folder for the results");
}
if (!endsWith(folder, "/")) folder = folder + "/";

run("Map from Structure...", "structure=[" + structure + "] box=64 pixel=4 resolution=10 exclude=water output=[" + folder + "map.mrc]");
run("Simulate Particles...", "source=[" + folder + "map.mrc] count=" + pairs + " snr=0.1 seed=1 output=[" + folder + "training]");
run("Simulate Particles...", "source=[" + folder + "map.mrc] count=" + round(parseInt(pairs) / 10) + " snr=0.1 seed=2 output=[" + folder + "test]");
run("Train Denoiser...", "noisy=[" + folder + "training/noisy.mrcs] clean=[" + folder + "training/clean.mrcs] model=[" + folder + "model.clearice] " + training);
run("Denoise...", "input=[" + folder + "test/particles.star] method=[" + folder + "model.clearice] output=[" + folder + "denoised.mrcs]");
run("Evaluate...", "reference=[" + folder + "test/clean.mrcs] image=[" + folder + "test/noisy.mrcs," + folder + "denoised.mrcs] output=[" + folder + "scores.tsv]");
