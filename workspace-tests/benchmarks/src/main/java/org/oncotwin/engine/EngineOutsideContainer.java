package org.oncotwin.engine;

import java.util.List;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.units.UcumUnitConverter;
import org.osgi.framework.Version;

/** An engine with given plugins on a plain class path, for measuring; in this package because only here can the engine be given plugins without a framework. */
public final class EngineOutsideContainer {

    private static final String VERSION = "1.0.0";

    private EngineOutsideContainer() {}

    /** An engine that offers these plugins. */
    public static SimulationEngine of(
            GrowthModel model, List<TreatmentModality> modalities, ReactionDiffusionSolver solver) {
        PluginRegistry registry = new PluginRegistry();
        add(
                registry.growthOffers(),
                PluginKind.GROWTH,
                model.description().plugin().id(),
                model);
        for (TreatmentModality modality : modalities) {
            add(
                    registry.treatmentOffers(),
                    PluginKind.TREATMENT,
                    modality.description().plugin().id(),
                    modality);
        }
        add(
                registry.reactionDiffusionSolverOffers(),
                PluginKind.SOLVER,
                solver.description().id(),
                solver);
        return new Engine(registry, new UcumUnitConverter(), identity(PluginKind.SOLVER, "engine"));
    }

    private static <T> void add(Offers<T> offers, PluginKind kind, String id, T plugin) {
        offers.add(new Offers.Offer<>(
                plugin, id, Version.parseVersion(VERSION), "benchmark", 0, () -> identity(kind, id), plugin));
    }

    private static PluginIdentity identity(PluginKind kind, String id) {
        return new PluginIdentity(kind, id, VERSION, "benchmark", "0");
    }
}
