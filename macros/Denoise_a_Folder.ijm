// Denoises every stack (.mrcs, .st) of a folder with one method, such as overnight.
// Results go beside the stacks as NAME-denoised.mrcs. Stacks whose result is there
// already are left out, so that a run that was interrupted continues where it stopped.
//
// Without questions: the macro's argument is "folder,method", where the method is a
// model file or the name of a filter, and may continue with ",options of Denoise", such
// as "stacks,lowpass,cutoff=20".

arguments = split(getArgument(), ",");
options = "";
if (arguments.length >= 2) {
	folder = arguments[0];
	method = arguments[1];
	if (arguments.length > 2) options = arguments[2];
} else {
	folder = getDirectory("The folder of stacks");
	method = File.openDialog("The model (.clearice)");
}
if (!endsWith(folder, "/")) folder = folder + "/";

names = getFileList(folder);
done = 0;
for (i = 0; i < names.length; i++) {
	if (!endsWith(names[i], ".mrcs") && !endsWith(names[i], ".st")) continue;
	if (indexOf(names[i], "-denoised.") >= 0) continue;
	target = folder + substring(names[i], 0, lastIndexOf(names[i], ".")) + "-denoised.mrcs";
	if (File.exists(target)) continue;
	run("Denoise...", "input=[" + folder + names[i] + "] method=[" + method + "] output=[" + target + "] " + options);
	done++;
}
print(done + " stacks denoised in " + folder);
