package org.oncotwin.api.treatment;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.SolverNeed;
import org.oncotwin.api.twin.Quantity;

/**
 * What a treatment modality says of itself.
 *
 * @param plugin what every plugin says
 * @param inputs what a course of it takes from the case, beside {@code start_day}
 * @param ownedQuantities the state that a course keeps; often none
 * @param drivenPorts the effect ports that its courses drive; one course may leave some idle ({@link Course#idlePorts})
 * @param schemaVersion version of its state's layout, from 1
 * @param equation the effect in a line or two of plain text
 * @param solverNeeds the kinds of problem that its courses hand to solvers
 */
public record TreatmentModalityDescription(
        PluginDescription plugin,
        List<InputDescription> inputs,
        List<Quantity> ownedQuantities,
        Set<EffectPort<?>> drivenPorts,
        int schemaVersion,
        String equation,
        Set<SolverNeed> solverNeeds) {

    /** Makes the collections immutable. */
    public TreatmentModalityDescription {
        inputs = List.copyOf(inputs);
        ownedQuantities = List.copyOf(ownedQuantities);
        drivenPorts = Set.copyOf(drivenPorts);
        solverNeeds = Set.copyOf(solverNeeds);
    }

    /** Of a modality that needs no solver. */
    public TreatmentModalityDescription(
            PluginDescription plugin,
            List<InputDescription> inputs,
            List<Quantity> ownedQuantities,
            Set<EffectPort<?>> drivenPorts,
            int schemaVersion,
            String equation) {
        this(plugin, inputs, ownedQuantities, drivenPorts, schemaVersion, equation, Set.of());
    }
}
