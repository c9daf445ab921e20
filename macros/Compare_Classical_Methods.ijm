// Denoises simulated particles by every method that needs no training and scores the
// results. The low-pass is tried at cut-offs of 5, 8, 12 and 18 pixels.
//
// Without questions: the macro's argument is "noisy,clean,folder": two stacks, and a
// folder that receives a stack for each method and scores.tsv.

arguments = split(getArgument(), ",");
if (arguments.length == 3) {
	noisy = arguments[0];
	clean = arguments[1];
	folder = arguments[2];
} else {
	noisy = File.openDialog("Noisy particles (.mrcs)");
	clean = File.openDialog("The same particles without noise");
	folder = getDirectory("A folder for the results");
}
if (!endsWith(folder, "/")) folder = folder + "/";

run("MRC Stack (virtual)...", "input=[" + noisy + "]");
getPixelSize(unit, pixel, height);
close();

images = noisy;
cutoffs = newArray(5, 8, 12, 18);
for (i = 0; i < cutoffs.length; i++) {
	target = folder + "lowpass-" + cutoffs[i] + "-pixels.mrcs";
	run("Denoise...", "input=[" + noisy + "] method=lowpass cutoff=" + cutoffs[i] * pixel + " output=[" + target + "]");
	images = images + "," + target;
}
methods = newArray("wiener", "nlm");
for (i = 0; i < methods.length; i++) {
	target = folder + methods[i] + ".mrcs";
	run("Denoise...", "input=[" + noisy + "] method=" + methods[i] + " output=[" + target + "]");
	images = images + "," + target;
}
run("Evaluate...", "reference=[" + clean + "] image=[" + images + "] output=[" + folder + "scores.tsv]");
