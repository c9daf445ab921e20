// Denoises particles by every method that needs no training and scores the results
// against the truth, beside two trivial rows: the mean image and the best low-pass.
//
// Without questions: the macro's argument is "noisy,clean,folder": two stacks, and a
// folder that receives methods.tsv, scores.tsv (of each image) and montage.png; it may
// continue with ",methods" joined by blanks, such as "lowpass wiener bm3d".

arguments = split(getArgument(), ",");
methods = "all";
if (arguments.length >= 3) {
	noisy = arguments[0];
	clean = arguments[1];
	folder = arguments[2];
	if (arguments.length > 3) methods = replace(arguments[3], " ", ",");
} else {
	noisy = File.openDialog("Noisy particles (.mrcs)");
	clean = File.openDialog("The same particles without noise");
	folder = getDirectory("A folder for the results");
}
if (!endsWith(folder, "/")) folder = folder + "/";

run("Evaluate...", "reference=[" + clean + "] image=[" + noisy + "] methods=" + methods + " output=[" + folder + "scores.tsv] summary=[" + folder + "methods.tsv] montage=[" + folder + "montage.png]");
for (i = 0; i < nResults; i++) print(getResultString("stack", i) + ": " + d2s(getResult("psnr", i), 2) + " dB");
open(folder + "montage.png");
