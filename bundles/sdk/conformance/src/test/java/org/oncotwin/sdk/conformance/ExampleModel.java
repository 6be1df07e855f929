package org.oncotwin.sdk.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/**
 * A model that obeys every law: du/dt = (r f(t) - k(t)) u (1 - u) in each voxel by itself, which is linear in ln(u / (1 - u)) and so has an exact solution. Rogues override one method
 * of it or of its process.
 */
class ExampleModel implements GrowthModel {

    static final ParameterDescription RATE = ParameterDescription.required(
            "proliferation", "/d", 0, 10, "Growth rate at low density", "Chosen for tests; no data behind it");

    @Override
    public GrowthModelDescription description() {
        return new GrowthModelDescription(
                new PluginDescription(
                        "example",
                        "Logistic growth without diffusion",
                        "Tests of the conformance kit.",
                        List.of("Nothing moves."),
                        List.of(RATE),
                        List.of("Verhulst 1838, Corr Math Phys 10:113-121")),
                List.of(Quantity.TUMOUR_CELLULARITY),
                List.of(Quantity.TUMOUR_CELLULARITY),
                Set.of(EffectPort.SURVIVING_FRACTION, EffectPort.KILL_RATE, EffectPort.PROLIFERATION_FACTOR),
                true,
                1,
                "du/dt = (r f(t) - k(t)) u (1 - u)");
    }

    @Override
    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
        Parameters checked = Parameters.resolve(List.of(RATE), parameters.values());
        return new Process(anatomy(setting), checked.value("proliferation"), context);
    }

    static Anatomy anatomy(Setting setting) {
        return setting.anatomy().orElseThrow(() -> new InvalidInputException("anatomy", "missing; it is needed"));
    }

    static class Process implements GrowthProcess {

        private final Anatomy anatomy;
        private final double rate;
        final RunContext context;

        Process(Anatomy anatomy, double rate, RunContext context) {
            this.anatomy = anatomy;
            this.rate = rate;
            this.context = context;
        }

        @Override
        public List<StateComponent> initial(SimulationTime time, List<Observation> observations) {
            for (Observation seen : observations) {
                if (seen instanceof Observation.Image i && i.quantity().equals(Quantity.TUMOUR_CELLULARITY)) {
                    if (!i.value().grid().equals(anatomy.grid())) {
                        throw new InvalidInputException(
                                i.quantity().name(), "on " + i.value().grid().describe());
                    }
                    for (double u : i.value().toArray()) {
                        if (!(u >= 0 && u <= 1)) {
                            throw new InvalidInputException(i.quantity().name(), u + "; allowed is 0 to 1");
                        }
                    }
                    return own(i.value().toArray());
                }
            }
            throw new InvalidInputException(Quantity.TUMOUR_CELLULARITY.name(), "missing");
        }

        @Override
        public List<StateComponent> advance(State state, Interval interval, Effects effects) {
            double from = interval.start().days();
            double to = interval.end().days();
            double growth = rate * effects.get(EffectPort.PROLIFERATION_FACTOR).integral(from, to);
            double[] u = values(state);
            for (int index = 0; index < u.length; index++) {
                double kill = 0;
                for (KillRate.Term term : effects.get(EffectPort.KILL_RATE).terms()) {
                    kill += term.rate().integral(from, to) * term.weight().at(index);
                }
                u[index] = step(u[index], growth - kill);
            }
            return own(u);
        }

        /** u after ln(u / (1 - u)) has risen by this. */
        double step(double u, double rise) {
            return u == 0 ? 0 : u / (u + (1 - u) * StrictMath.exp(-rise));
        }

        @Override
        public List<StateComponent> respond(State state, Effects effects) {
            SpatialValue surviving = effects.get(EffectPort.SURVIVING_FRACTION);
            double[] u = values(state);
            for (int index = 0; index < u.length; index++) {
                u[index] = survive(u[index], surviving.at(index));
            }
            return own(u);
        }

        double survive(double u, double fraction) {
            return u * fraction;
        }

        @Override
        public Map<Quantity, Double> observe(State state) {
            double burden =
                    state.field(context.owner(), Quantity.TUMOUR_CELLULARITY).sum()
                            * anatomy.grid().voxelVolume();
            Map<Quantity, Double> observed = new LinkedHashMap<>();
            observed.put(Quantity.TUMOUR_VOLUME, burden);
            observed.put(Quantity.TUMOUR_BURDEN, burden);
            return observed;
        }

        double[] values(State state) {
            return state.field(context.owner(), Quantity.TUMOUR_CELLULARITY).toArray();
        }

        List<StateComponent> own(double[] u) {
            return List.of(new FieldComponent(
                    Quantity.TUMOUR_CELLULARITY, context.owner(), 1, Field.owning(anatomy.grid(), u)));
        }
    }
}
