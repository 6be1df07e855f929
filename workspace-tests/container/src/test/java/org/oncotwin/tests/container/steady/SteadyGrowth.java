package org.oncotwin.tests.container.steady;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.growth.GrowthModelPlugin;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.osgi.service.component.annotations.Component;

/** Growth by a constant rate that stands in a file of its bundle, so that two bundles made from this one source behave as two versions of a model. */
@Component
@GrowthModelPlugin("steady")
public final class SteadyGrowth implements GrowthModel {

    /** Name of the file with the rate. */
    public static final String FILE = "steady.properties";

    private static final double RATE = rate();

    private static double rate() {
        try (InputStream in = SteadyGrowth.class.getResourceAsStream("/" + FILE)) {
            Properties properties = new Properties();
            properties.load(in);
            return Double.parseDouble(properties.getProperty("rate"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public GrowthModelDescription description() {
        return new GrowthModelDescription(
                new PluginDescription("steady", "Steady growth", "Container tests", List.of(), List.of(), List.of()),
                List.of(Quantity.TUMOUR_VOLUME),
                List.of(Quantity.TUMOUR_VOLUME),
                Set.of(),
                false,
                1,
                "dV/dt = c");
    }

    @Override
    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
        return new Process(context.owner());
    }

    private record Process(String owner) implements GrowthProcess {

        @Override
        public List<StateComponent> initial(SimulationTime time, List<Observation> observations) {
            return List.of(new ScalarComponent(Quantity.TUMOUR_VOLUME, owner, 1, 1));
        }

        @Override
        public List<StateComponent> advance(State state, Interval interval, Effects effects) {
            double volume = state.scalar(owner, Quantity.TUMOUR_VOLUME) + RATE * interval.days();
            return List.of(new ScalarComponent(Quantity.TUMOUR_VOLUME, owner, 1, volume));
        }

        @Override
        public List<StateComponent> respond(State state, Effects effects) {
            return state.ownedBy(owner);
        }

        @Override
        public Map<Quantity, Double> observe(State state) {
            return Map.of(Quantity.TUMOUR_VOLUME, state.scalar(owner, Quantity.TUMOUR_VOLUME));
        }

        @Override
        public List<StateComponent> migrate(List<StateComponent> saved) {
            return saved;
        }
    }
}
