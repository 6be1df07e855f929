package org.oncotwin.engine;

import java.util.HashMap;
import java.util.Map;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.CheckpointFormat;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.units.UcumUnitConverter;
import org.osgi.framework.Version;

/** The engine with growth models that a test adds and takes away. */
public final class EngineForStudies {

    private final PluginRegistry registry = new PluginRegistry();
    private final Map<PluginIdentity, Object> keys = new HashMap<>();

    /** The engine. */
    public SimulationEngine engine() {
        return new Engine(
                registry,
                new UcumUnitConverter(),
                new PluginIdentity(PluginKind.SOLVER, "engine", "1.0.0", "test", "00"));
    }

    /** What is there. */
    public PluginCatalogue catalogue() {
        return registry;
    }

    /** The format of checkpoints. */
    public CheckpointFormat format() {
        return new BinaryCheckpointFormat();
    }

    /** Adds a growth model. */
    public PluginIdentity add(String version, GrowthModel model) {
        String id = model.description().plugin().id();
        PluginIdentity identity = new PluginIdentity(
                PluginKind.GROWTH,
                id,
                version,
                "test." + id,
                version.replace(".", "").repeat(64).substring(0, 64));
        add(identity, model);
        return identity;
    }

    /** Adds a growth model again. */
    public void add(PluginIdentity identity, GrowthModel model) {
        Object key = new Object();
        keys.put(identity, key);
        registry.growthOffers()
                .add(new Offers.Offer<>(
                        key,
                        identity.id(),
                        Version.parseVersion(identity.version()),
                        identity.bundle(),
                        0,
                        () -> identity,
                        model));
    }

    /** True if a growth model is there. */
    public boolean has(PluginIdentity identity) {
        return keys.containsKey(identity);
    }

    /** Takes a growth model away. */
    public void remove(PluginIdentity identity) {
        registry.growthOffers().remove(keys.remove(identity));
    }
}
