package io.github.clearice.fiji.menu;

import io.github.clearice.command.ClearIceCommand;
import io.github.clearice.command.Commands;
import io.github.clearice.command.SampleData;
import io.github.clearice.fiji.desktop.FijiImage;
import io.github.clearice.fiji.image.MrcImage;
import io.github.clearice.fourier.Volume;
import io.github.clearice.simulate.NoiseModel;
import io.github.clearice.simulate.Simulation;
import io.github.clearice.simulate.SimulationOptions;
import io.github.clearice.simulate.WeightedMap;
import io.github.clearice.task.TaskListener;
import io.github.clearice.task.TemporaryFolder;

import java.util.List;

import org.scijava.command.Command;
import org.scijava.menu.MenuConstants;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** Simulates a few particles of the sample map and opens them. */
@Plugin(type = Command.class, name = "sampleparticles", label = "Particles of Beta-Galactosidase",
	headless = true, menu = {
	@Menu(label = MenuConstants.FILE_LABEL, weight = MenuConstants.FILE_WEIGHT),
	@Menu(label = "Open Samples"),
	@Menu(label = "ClearIce"),
	@Menu(label = "Particles of Beta-Galactosidase", weight = 25) },
	description = "Simulates 100 particles of the sample map at SNR 0.1 and opens them, noisy and clean.",
	attrs = @Attr(name = Commands.MENU_ONLY))
public final class SampleParticlesCommand extends ClearIceCommand {

	private static final int COUNT = 100;
	private static final double SNR = 0.1;
	private static final long SEED = 1;

	private ImagePlus clean;

	@Override
	protected void execute(final TaskListener listener) {
		try (TemporaryFolder folder = new TemporaryFolder("images")) {
			final Volume map = SampleData.copyMap(folder.resolve("map.mrc"));
			Simulation.run(List.of(new WeightedMap("map.mrc", map, 1)), SimulationOptions.of(COUNT, NoiseModel.ofSnr(SNR),
				SEED), folder.resolve("sample"), listener);
			clean = MrcImage.read(folder.resolve("sample").resolve(Simulation.CLEAN));
			clean.setTitle("beta-galactosidase-clean");
			final ImagePlus noisy = MrcImage.read(folder.resolve("sample").resolve(Simulation.NOISY));
			noisy.setTitle("beta-galactosidase-noisy");
			result(new FijiImage(noisy));
		}
	}

	@Override
	protected void present() {
		caller().show(new FijiImage(clean));
	}
}
