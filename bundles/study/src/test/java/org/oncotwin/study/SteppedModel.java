package org.oncotwin.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.ParameterDescription;
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

/** V' = r V: a model that tells a test of every step before it takes it. */
final class SteppedModel implements GrowthModel {

    static final String ID = "stepped";

    /** Days at which steps began, in the order in which they were taken. */
    final List<Double> steps = Collections.synchronizedList(new ArrayList<>());

    volatile Consumer<Double> beforeStep = day -> {};
    /** Whether a step takes as long as nobody cancels it. */
    volatile boolean untilCancelled;

    volatile UnaryOperator<List<StateComponent>> migration = UnaryOperator.identity();

    @Override
    public GrowthModelDescription description() {
        return new GrowthModelDescription(
                new PluginDescription(
                        ID,
                        "Stepped",
                        "Tests of studies.",
                        List.of(),
                        List.of(ParameterDescription.required("proliferation", "/d", -10, 10, "growth rate", "test")),
                        List.of()),
                List.of(Quantity.TUMOUR_VOLUME),
                List.of(Quantity.TUMOUR_VOLUME),
                Set.of(),
                false,
                1,
                "dV/dt = r V");
    }

    @Override
    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
        double rate = parameters.value("proliferation");
        String owner = context.owner();
        return new GrowthProcess() {
            @Override
            public List<StateComponent> initial(SimulationTime time, List<Observation> observations) {
                return volume(((Observation.Scalar) observations.get(0)).value());
            }

            @Override
            public List<StateComponent> advance(State state, Interval interval, Effects effects) {
                double day = interval.start().days();
                beforeStep.accept(day);
                while (untilCancelled) {
                    context.cancellation().check();
                    Thread.onSpinWait();
                }
                steps.add(day);
                return volume(current(state) * StrictMath.exp(rate * interval.days()));
            }

            @Override
            public List<StateComponent> respond(State state, Effects effects) {
                return volume(current(state));
            }

            @Override
            public Map<Quantity, Double> observe(State state) {
                return Map.of(Quantity.TUMOUR_VOLUME, current(state));
            }

            @Override
            public List<StateComponent> migrate(List<StateComponent> saved) {
                return migration.apply(saved.stream()
                        .map(component -> component.ownedBy(owner))
                        .toList());
            }

            private double current(State state) {
                return state.scalar(owner, Quantity.TUMOUR_VOLUME);
            }

            private List<StateComponent> volume(double value) {
                return List.of(new ScalarComponent(Quantity.TUMOUR_VOLUME, owner, 1, value));
            }
        };
    }
}
