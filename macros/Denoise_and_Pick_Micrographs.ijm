// Denoises micrographs, finds particles on them, and cuts these out of the original
// micrographs, for RELION or for a denoiser of particles.
//
// Without questions: the macro's argument is "micrographs,method,particle,box,folder": an MRC
// file or a RELION STAR file of micrographs; a model file or the name of a filter; a map or
// structure of the particle, or its diameter in A; the edge of the boxes in pixels; and a
// folder that receives the denoised micrographs, coordinates, particles.mrcs and
// particles.star. It may continue with ",options of Pick Particles,options of Denoise". For a
// model give "expected=100" or so: what a network invents misleads the automatic threshold;
// and "ctf=false" for one that takes the CTF out.

arguments = split(getArgument(), ",");
picking = "";
denoising = "";
if (arguments.length >= 5) {
	micrographs = arguments[0];
	method = arguments[1];
	particle = arguments[2];
	box = arguments[3];
	folder = arguments[4];
	if (arguments.length > 5) picking = arguments[5];
	if (arguments.length > 6) denoising = arguments[6];
} else {
	micrographs = File.openDialog("The micrographs (.mrc, .mrcs, .star)");
	method = getString("Model file, or the name of a filter", "wiener");
	particle = getString("Map of the particle, or its diameter in A", "180");
	box = d2s(getNumber("Edge of the boxes in pixels", 64), 0);
	folder = getDirectory("A folder for the results");
}
if (!endsWith(folder, "/")) folder = folder + "/";

denoised = folder + "denoised.mrcs";
if (endsWith(micrographs, ".star")) denoised = folder + "denoised.star";
wanted = "map=[" + particle + "]";
if (!isNaN(parseFloat(particle)) && !File.exists(particle)) wanted = "diameter=" + particle;

run("Denoise...", "input=[" + micrographs + "] method=[" + method + "] content=micrographs output=[" + denoised + "] " + denoising);
run("Pick Particles...", "input=[" + denoised + "] original=[" + micrographs + "] " + wanted + " extract=" + box + " output=[" + folder + "] " + picking);
print("Coordinates and particles are in " + folder);
