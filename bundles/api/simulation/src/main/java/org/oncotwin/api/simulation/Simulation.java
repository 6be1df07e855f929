package org.oncotwin.api.simulation;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** A request whose plugins are leased. Closing it gives them back. */
@ProviderType
public interface Simulation extends AutoCloseable {

    /**
     * Runs from the start to the end.
     *
     * @throws SimulationException if the run cannot be carried on
     * @throws PluginWithdrawnException if a leased plugin is stopped
     * @throws java.util.concurrent.CancellationException if asked to stop
     * @throws IOException if the listener throws it
     */
    RunResult run(RunOptions options, RunListener listener) throws IOException;

    /**
     * Goes on from a checkpoint; the result has the same bits as that of a run without a break.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException if the checkpoint is of another request or of plugins whose state cannot be read
     */
    RunResult resume(Checkpoint checkpoint, RunOptions options, RunListener listener) throws IOException;

    /**
     * Differentiates an objective of the run with respect to its parameters: by the discrete adjoint where the plugins offer it, else by repeating runs; the result says which for each
     * parameter.
     *
     * @throws org.oncotwin.api.plugin.InvalidInputException if the objective is not one of this run or cannot be differentiated, or the memory allowed cannot hold a state
     * @throws SimulationException if the run cannot be carried on
     * @throws PluginWithdrawnException if a leased plugin is stopped
     * @throws java.util.concurrent.CancellationException if asked to stop
     */
    SensitivityResult sensitivity(SensitivityRequest request, RunOptions options, SensitivityListener listener);

    @Override
    void close();
}
