package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.InvalidInputException;
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
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/** V' = (r - k(t)) V, solved exactly: a model whose every value is known. Counts its steps by hand so that tests can interrupt it. */
class ExponentialModel implements GrowthModel {

    static final String ID = "exponential";

    /** Called at every step with the interval; tests put their mischief here. */
    Step beforeStep = interval -> {};

    /** Called with the number of components at every migration. */
    java.util.function.IntConsumer beforeMigration = count -> {};

    interface Step {
        void at(Interval interval);
    }

    @Override
    public GrowthModelDescription description() {
        return new GrowthModelDescription(
                new PluginDescription(
                        ID,
                        "Exponential growth",
                        "Tests of the engine.",
                        List.of("grows without bound"),
                        List.of(ParameterDescription.required("proliferation", "/d", -10, 10, "growth rate", "test")),
                        List.of()),
                List.of(Quantity.TUMOUR_VOLUME),
                List.of(Quantity.TUMOUR_VOLUME),
                Set.of(EffectPort.SURVIVING_FRACTION, EffectPort.KILL_RATE),
                false,
                1,
                "dV/dt = (r - k) V");
    }

    @Override
    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
        return new Process(parameters.value("proliferation"), context.owner());
    }

    class Process implements GrowthProcess {

        private final double rate;
        private final String owner;

        Process(double rate, String owner) {
            this.rate = rate;
            this.owner = owner;
        }

        @Override
        public List<StateComponent> initial(SimulationTime time, List<Observation> observations) {
            for (Observation observation : observations) {
                if (observation instanceof Observation.Scalar scalar
                        && scalar.quantity().equals(Quantity.TUMOUR_VOLUME)) {
                    return volume(scalar.value());
                }
            }
            throw new InvalidInputException("volume", "missing");
        }

        @Override
        public List<StateComponent> advance(State state, Interval interval, Effects effects) {
            beforeStep.at(interval);
            double kill = effects.get(EffectPort.KILL_RATE)
                    .uniformRate()
                    .integral(interval.start().days(), interval.end().days());
            return volume(current(state) * StrictMath.exp(rate * interval.days() - kill));
        }

        @Override
        public List<StateComponent> respond(State state, Effects effects) {
            SpatialValue surviving = effects.get(EffectPort.SURVIVING_FRACTION);
            return volume(current(state) * surviving.at(0));
        }

        @Override
        public Map<Quantity, Double> observe(State state) {
            return Map.of(Quantity.TUMOUR_VOLUME, current(state), Quantity.TUMOUR_BURDEN, current(state));
        }

        @Override
        public List<StateComponent> migrate(List<StateComponent> saved) {
            beforeMigration.accept(saved.size());
            List<StateComponent> migrated = new ArrayList<>();
            for (StateComponent component : saved) {
                migrated.add(component.ownedBy(owner));
            }
            return migrated;
        }

        private double current(State state) {
            return state.scalar(owner, Quantity.TUMOUR_VOLUME);
        }

        private List<StateComponent> volume(double value) {
            return List.of(new ScalarComponent(Quantity.TUMOUR_VOLUME, owner, 1, value));
        }
    }
}
