// Finds the poses of particles, noisy or denoised, against a map; reconstructs a map from
// them, and measures how far its half-sets agree. Where the input is a STAR file that lists
// the true poses, as that of a simulation, it may be given as truth= too.
//
// Without questions: the macro's argument is "particles,map,folder": a STAR file or stack,
// an MRC volume of their box and pixel size, and a folder that receives poses.star, map.mrc
// with both halves, fsc.tsv and fsc.png. It may continue with ",options of Match Poses,options
// of Reconstruct", such as ",order=4 shift=8,symmetry=D2".

arguments = split(getArgument(), ",");
matching = "";
reconstruction = "";
if (arguments.length >= 3) {
	particles = arguments[0];
	map = arguments[1];
	folder = arguments[2];
	if (arguments.length > 3) matching = arguments[3];
	if (arguments.length > 4) reconstruction = arguments[4];
} else {
	particles = File.openDialog("The particles (.star, .mrcs)");
	map = File.openDialog("The map to compare them with (.mrc)");
	folder = getDirectory("A folder for the results");
}
if (!endsWith(folder, "/")) folder = folder + "/";

run("Match Poses...", "input=[" + particles + "] map=[" + map + "] output=[" + folder + "poses.star] " + matching);
mismatches = 0;
for (i = 0; i < nResults; i++) mismatches += getResult("mismatch", i);
print(nResults + " particles, " + mismatches + " of them marked as mismatches");
run("Reconstruct...", "star=[" + folder + "poses.star] output=[" + folder + "map.mrc] " + reconstruction);
run("Compare Volumes (FSC)...", "first=[" + folder + "map_half1.mrc] second=[" + folder + "map_half2.mrc] output=[" + folder + "fsc.tsv]");
print("Poses, maps and their FSC are in " + folder);
