package org.oncotwin.tests.sensitivity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.api.twin.TimeFunction;

/**
 * Daily doses that kill at a rate which decays within hours, slow proliferation while they are given, and reach a part of the tissue less. The amount is computed from the doses, or kept
 * as state of the course, which must come to the same.
 */
class TestDrug implements TreatmentModality {

    static final Quantity AMOUNT =
            new Quantity("test-drug.amount", "1", QuantityKind.SCALAR, 0, Double.POSITIVE_INFINITY, "amount");

    private final String id;
    private final boolean keepsState;
    private final Optional<Field> reach;

    TestDrug(String id, boolean keepsState, Optional<Field> reach) {
        this.id = id;
        this.keepsState = keepsState;
        this.reach = reach;
    }

    @Override
    public TreatmentModalityDescription description() {
        return new TreatmentModalityDescription(
                new PluginDescription(
                        id,
                        "Test drug",
                        "Tests.",
                        List.of(),
                        List.of(
                                ParameterDescription.required(
                                        "sensitivity", "/d", 0, 10, "kill rate of a dose", "test"),
                                ParameterDescription.optional("half_life", "h", 1.8, 0.1, 100, "half-life", "test"),
                                ParameterDescription.optional("arrest", "1", 0, 0, 1, "loss of proliferation", "test"),
                                ParameterDescription.optional("delay", "d", 0, 0, 1, "of each dose", "test")),
                        List.of()),
                List.of(InputDescription.count("doses", 0, 100, "doses")),
                keepsState ? List.of(AMOUNT) : List.of(),
                Set.of(EffectPort.KILL_RATE, EffectPort.PROLIFERATION_FACTOR),
                1,
                "");
    }

    @Override
    public Course plan(Setting setting, CourseRequest request, Parameters parameters, RunContext context) {
        List<SimulationTime> times = new ArrayList<>();
        for (int n = 0; n < request.inputs().number("doses"); n++) {
            times.add(SimulationTime.ofDays(request.start().days() + n + parameters.value("delay")));
        }
        return new Given(times, parameters, context.owner());
    }

    private record Decay(double amount, double from, double rate) implements TimeFunction {

        @Override
        public double at(double day) {
            return amount * StrictMath.exp(-rate * (day - from));
        }

        @Override
        public double integral(double a, double b) {
            return -at(a) * StrictMath.expm1(-rate * (b - a)) / rate;
        }
    }

    private final class Given implements Course {

        private final List<SimulationTime> times;
        private final Parameters parameters;
        private final double rate;
        private final String owner;

        Given(List<SimulationTime> times, Parameters parameters, String owner) {
            this.times = times;
            this.parameters = parameters;
            this.rate = StrictMath.log(2) * 24 / parameters.value("half_life");
            this.owner = owner;
        }

        @Override
        public List<TreatmentEvent> events() {
            return times.stream()
                    .map(time -> new TreatmentEvent(time, "dose", 1, "1"))
                    .toList();
        }

        @Override
        public List<CourseFact> facts() {
            return List.of();
        }

        @Override
        public List<SimulationTime> breakpoints(Interval interval) {
            return times.stream().filter(interval::contains).toList();
        }

        @Override
        public List<StateComponent> initial(SimulationTime time) {
            return keepsState ? amount(0) : List.of();
        }

        @Override
        public List<StateComponent> act(State state) {
            return keepsState ? amount(state.scalar(owner, AMOUNT) + 1) : List.of();
        }

        @Override
        public List<StateComponent> advance(State state, Interval interval) {
            return keepsState
                    ? amount(state.scalar(owner, AMOUNT) * StrictMath.exp(-rate * interval.days()))
                    : List.of();
        }

        private List<StateComponent> amount(double value) {
            return List.of(new ScalarComponent(AMOUNT, owner, 1, value));
        }

        @Override
        public Effects effects(State state, Interval interval) {
            double day = interval.start().days();
            double amount = 0;
            for (SimulationTime time : times) {
                if (!time.isAfter(interval.start())) {
                    amount += StrictMath.exp(-rate * (day - time.days()));
                }
            }
            if (keepsState) {
                amount = state.scalar(owner, AMOUNT);
            }
            if (amount == 0) {
                return Effects.none();
            }
            TimeFunction kill = new Decay(parameters.value("sensitivity") * amount, day, rate);
            SpatialValue where = reach.map(SpatialValue::varying).orElse(SpatialValue.uniform(1));
            boolean given = interval.start().isBefore(times.get(times.size() - 1));
            Effects effects = Effects.of(EffectPort.KILL_RATE, new KillRate(List.of(new KillRate.Term(kill, where))));
            return given
                    ? effects.and(
                            EffectPort.PROLIFERATION_FACTOR, TimeFunction.constant(1 - parameters.value("arrest")))
                    : effects;
        }
    }
}
