package org.example.bertalanffy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.growth.VolumeGrowth;
import org.oncotwin.api.growth.VolumeProcess;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/** Version 1.3: what the model keeps is the volume of a tumour, and its radius as well. */
final class GrowthState {

    private static final Quantity RADIUS =
            new Quantity("bertalanffy.radius", "cm", QuantityKind.SCALAR, 0, Double.POSITIVE_INFINITY, "Radius");

    static final List<Quantity> QUANTITIES = List.of(Quantity.TUMOUR_VOLUME, RADIUS);

    private GrowthState() {}

    static GrowthProcess process(String owner, int schemaVersion, VolumeGrowth growth) {
        VolumeProcess process = new VolumeProcess(owner, schemaVersion, growth);
        return new GrowthProcess() {
            @Override
            public List<StateComponent> initial(SimulationTime time, List<Observation> observations) {
                return withRadius(process.initial(time, observations));
            }

            @Override
            public List<StateComponent> advance(State state, Interval interval, Effects effects) {
                return withRadius(process.advance(state, interval, effects));
            }

            @Override
            public List<StateComponent> respond(State state, Effects effects) {
                return withRadius(process.respond(state, effects));
            }

            @Override
            public Map<Quantity, Double> observe(State state) {
                return process.observe(state);
            }

            @Override
            public List<StateComponent> migrate(List<StateComponent> saved) {
                return withRadius(process.migrate(saved.subList(0, 1)));
            }
        };
    }

    private static List<StateComponent> withRadius(List<StateComponent> state) {
        ScalarComponent volume = (ScalarComponent) state.get(0);
        double radius = StrictMath.cbrt(3 * volume.value() / (4 * Math.PI));
        return Stream.concat(
                        state.stream(),
                        Stream.of(new ScalarComponent(RADIUS, volume.owner(), volume.schemaVersion(), radius)))
                .toList();
    }
}
