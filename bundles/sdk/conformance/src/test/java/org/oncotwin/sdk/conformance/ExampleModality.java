package org.oncotwin.sdk.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.InvalidInputException;
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
 * A modality that obeys every law: three weekly injections of a drug that kills some cells at once and others at a rate proportional to its amount, which falls exponentially. Rogues
 * override one method of it or of its course.
 */
class ExampleModality implements TreatmentModality {

    static final Quantity AMOUNT = new Quantity(
            "example.amount", "mg", QuantityKind.SCALAR, 0, Double.POSITIVE_INFINITY, "Amount of drug in the body");

    static final ParameterDescription ELIMINATION = ParameterDescription.required(
            "elimination", "/d", 0.01, 10, "Elimination rate", "Chosen for tests; no data behind it");

    static final InputDescription DOSE = InputDescription.quantity("dose", "mg", 0, 1000, "Dose of an injection");

    private static final double KILL_PER_AMOUNT = 1e-3;

    @Override
    public TreatmentModalityDescription description() {
        return new TreatmentModalityDescription(
                new PluginDescription(
                        "example",
                        "Injections",
                        "Tests of the conformance kit.",
                        List.of("There is no such drug."),
                        List.of(ELIMINATION),
                        List.of("Example without a paper")),
                List.of(DOSE),
                List.of(AMOUNT),
                Set.of(EffectPort.SURVIVING_FRACTION, EffectPort.KILL_RATE),
                1,
                "dA/dt = -lambda A, k = 0.001 A");
    }

    @Override
    public Course plan(Setting setting, CourseRequest request, Parameters parameters, RunContext context) {
        Parameters checked = Parameters.resolve(List.of(ELIMINATION), parameters.values());
        return course(request, dose(request.inputs()), checked.value("elimination"), context);
    }

    double dose(Inputs inputs) {
        double dose = inputs.number("dose");
        if (!(dose >= 0 && dose <= 1000)) {
            throw new InvalidInputException("dose", dose + " mg; allowed is 0 to 1000 mg");
        }
        return dose;
    }

    Injections course(CourseRequest request, double dose, double elimination, RunContext context) {
        return new Injections(request.start(), dose, elimination, context);
    }

    static class Injections implements Course {

        final double dose;
        private final SimulationTime start;
        private final double elimination;
        private final RunContext context;

        Injections(SimulationTime start, double dose, double elimination, RunContext context) {
            this.start = start;
            this.dose = dose;
            this.elimination = elimination;
            this.context = context;
        }

        List<SimulationTime> times() {
            List<SimulationTime> times = new ArrayList<>();
            for (int week = 0; week < 3; week++) {
                times.add(start.plusMilliseconds(week * 7 * SimulationTime.MILLISECONDS_PER_DAY));
            }
            return dose == 0 ? List.of() : times;
        }

        @Override
        public List<TreatmentEvent> events() {
            return times().stream()
                    .map(t -> new TreatmentEvent(t, "injection", dose, "mg"))
                    .toList();
        }

        @Override
        public List<CourseFact> facts() {
            return List.of(new CourseFact("total_dose", "Total dose", 3 * dose, "mg"));
        }

        @Override
        public List<SimulationTime> breakpoints(Interval interval) {
            return times().stream().filter(interval::contains).toList();
        }

        @Override
        public List<StateComponent> initial(SimulationTime time) {
            return own(0);
        }

        @Override
        public Effects instantEffects(State state) {
            return times().contains(state.time())
                    ? Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(surviving()))
                    : Effects.none();
        }

        double surviving() {
            return StrictMath.exp(-1e-3 * dose);
        }

        @Override
        public List<StateComponent> act(State state) {
            return times().contains(state.time()) ? own(amount(state) + dose) : List.of();
        }

        @Override
        public Effects effects(State state, Interval interval) {
            double amount = amount(state);
            return amount == 0
                    ? Effects.none()
                    : Effects.of(
                            EffectPort.KILL_RATE,
                            KillRate.uniform(rate(amount, interval.start().days())));
        }

        TimeFunction rate(double amount, double from) {
            return new Elimination(KILL_PER_AMOUNT * amount, elimination, from);
        }

        @Override
        public List<StateComponent> advance(State state, Interval interval) {
            return own(amount(state) * StrictMath.exp(-elimination * interval.days()));
        }

        double amount(State state) {
            return state.scalar(context.owner(), AMOUNT);
        }

        List<StateComponent> own(double amount) {
            return List.of(new ScalarComponent(AMOUNT, context.owner(), 1, amount));
        }
    }

    /** start exp(-rate (t - from)). */
    record Elimination(double start, double rate, double from) implements TimeFunction {

        @Override
        public double at(double day) {
            return start * StrictMath.exp(-rate * (day - from));
        }

        @Override
        public double integral(double a, double b) {
            return -at(a) / rate * StrictMath.expm1(-rate * (b - a));
        }
    }
}
