package org.oncotwin.engine;

import java.util.List;
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

/** At its start it kills a fraction of the tumour and injects an amount into a compartment of its own, which then decays and kills at a rate that depends on the tumour. */
class PulseModality implements TreatmentModality {

    static final String ID = "pulse";
    static final Quantity AMOUNT = new Quantity("pulse.amount", "mg", QuantityKind.SCALAR, 0, 1e9, "amount");

    private final Set<EffectPort<?>> ports;
    private final Set<EffectPort<?>> idle;
    private final double longestInterval;

    PulseModality() {
        this(Set.of(EffectPort.SURVIVING_FRACTION, EffectPort.KILL_RATE), Double.POSITIVE_INFINITY);
    }

    PulseModality(Set<EffectPort<?>> ports, double longestInterval) {
        this(ports, Set.of(), longestInterval);
    }

    PulseModality(Set<EffectPort<?>> ports, Set<EffectPort<?>> idle, double longestInterval) {
        this.ports = ports;
        this.idle = idle;
        this.longestInterval = longestInterval;
    }

    @Override
    public TreatmentModalityDescription description() {
        return new TreatmentModalityDescription(
                new PluginDescription(
                        ID,
                        "Pulse",
                        "Tests of the engine.",
                        List.of(),
                        List.of(ParameterDescription.optional("kill", "/d", 0, 0, 100, "kill rate per mg", "test")),
                        List.of()),
                List.of(InputDescription.number("surviving", 0, 1, "surviving fraction")),
                List.of(AMOUNT),
                ports,
                1,
                "");
    }

    @Override
    public Course plan(Setting setting, CourseRequest request, Parameters parameters, RunContext context) {
        return new PulseCourse(
                context.owner(), request.start(), request.inputs().number("surviving"), parameters.value("kill"));
    }

    private final class PulseCourse implements Course {

        private final String owner;
        private final SimulationTime time;
        private final double surviving;
        private final double kill;

        PulseCourse(String owner, SimulationTime time, double surviving, double kill) {
            this.owner = owner;
            this.time = time;
            this.surviving = surviving;
            this.kill = kill;
        }

        @Override
        public List<TreatmentEvent> events() {
            return List.of(new TreatmentEvent(time, "pulse", surviving, "1"));
        }

        @Override
        public List<CourseFact> facts() {
            return List.of(new CourseFact("surviving", "surviving fraction", surviving, "1"));
        }

        @Override
        public List<SimulationTime> breakpoints(Interval interval) {
            return interval.contains(time) ? List.of(time) : List.of();
        }

        @Override
        public Set<EffectPort<?>> idlePorts() {
            return idle;
        }

        @Override
        public double longestInterval() {
            return longestInterval;
        }

        @Override
        public List<StateComponent> initial(SimulationTime start) {
            return amount(0);
        }

        @Override
        public Effects instantEffects(State state) {
            return Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(surviving));
        }

        @Override
        public List<StateComponent> act(State state) {
            return amount(state.scalar(owner, AMOUNT) + 1);
        }

        @Override
        public Effects effects(State state, Interval interval) {
            double amount = state.scalar(owner, AMOUNT);
            return Effects.of(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(kill * amount)));
        }

        @Override
        public List<StateComponent> advance(State state, Interval interval) {
            return amount(state.scalar(owner, AMOUNT) * StrictMath.exp(-interval.days()));
        }

        private List<StateComponent> amount(double value) {
            return List.of(new ScalarComponent(AMOUNT, owner, 1, value));
        }
    }
}
