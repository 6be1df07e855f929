package org.oncotwin.engine;

import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.units.UcumUnitConverter;
import org.osgi.framework.Version;

/** The engine without a framework, with the plugins that a test gives it. */
public final class InstalledPlugins {

    private final PluginRegistry registry = new PluginRegistry();

    /** Installs a growth model. */
    public InstalledPlugins with(GrowthModel model) {
        String id = model.description().plugin().id();
        registry.growthOffers().add(offer(PluginKind.GROWTH, id, model));
        return this;
    }

    /** Installs a treatment modality. */
    public InstalledPlugins with(TreatmentModality modality) {
        String id = modality.description().plugin().id();
        registry.treatmentOffers().add(offer(PluginKind.TREATMENT, id, modality));
        return this;
    }

    /** Installs a solver. */
    public InstalledPlugins with(OdeSolver solver) {
        String id = solver.description().id();
        registry.odeSolverOffers().add(offer(PluginKind.SOLVER, id, solver));
        return this;
    }

    /** Installs a solver. */
    public InstalledPlugins with(ReactionDiffusionSolver solver) {
        String id = solver.description().id();
        registry.reactionDiffusionSolverOffers().add(offer(PluginKind.SOLVER, id, solver));
        return this;
    }

    /** The engine. */
    public SimulationEngine engine() {
        return new Engine(
                registry,
                new UcumUnitConverter(),
                new PluginIdentity(PluginKind.SOLVER, "engine", "1.0.0", "test", "00"));
    }

    private static <T> Offers.Offer<T> offer(PluginKind kind, String id, T plugin) {
        return new Offers.Offer<>(
                new Object(),
                id,
                Version.parseVersion("1.0.0"),
                "test." + id,
                0,
                () -> new PluginIdentity(kind, id, "1.0.0", "test." + id, "00"),
                plugin);
    }
}
