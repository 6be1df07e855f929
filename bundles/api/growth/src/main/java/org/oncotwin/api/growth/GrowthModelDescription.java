package org.oncotwin.api.growth;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.SolverNeed;
import org.oncotwin.api.twin.Quantity;

/**
 * What a growth model says of itself.
 *
 * @param plugin what every plugin says
 * @param initialQuantities what it can be started from, any one of them
 * @param ownedQuantities the state that it keeps; values outside the range of a quantity stop a run
 * @param honouredPorts the effect ports that it honours; a course that drives another one is refused
 * @param spatial true if it needs anatomy
 * @param schemaVersion version of its state's layout, from 1
 * @param equation the model in a line or two of plain text
 * @param solverNeeds the kinds of problem that it hands to solvers; settings of other solvers are refused, because they would do nothing
 */
public record GrowthModelDescription(
        PluginDescription plugin,
        List<Quantity> initialQuantities,
        List<Quantity> ownedQuantities,
        Set<EffectPort<?>> honouredPorts,
        boolean spatial,
        int schemaVersion,
        String equation,
        Set<SolverNeed> solverNeeds) {

    /** Makes the collections immutable. */
    public GrowthModelDescription {
        initialQuantities = List.copyOf(initialQuantities);
        ownedQuantities = List.copyOf(ownedQuantities);
        honouredPorts = Set.copyOf(honouredPorts);
        solverNeeds = Set.copyOf(solverNeeds);
    }

    /** Of a model that needs no solver. */
    public GrowthModelDescription(
            PluginDescription plugin,
            List<Quantity> initialQuantities,
            List<Quantity> ownedQuantities,
            Set<EffectPort<?>> honouredPorts,
            boolean spatial,
            int schemaVersion,
            String equation) {
        this(plugin, initialQuantities, ownedQuantities, honouredPorts, spatial, schemaVersion, equation, Set.of());
    }
}
