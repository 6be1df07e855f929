package org.oncotwin.engine;

import java.util.List;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.EffectsDerivative;
import org.oncotwin.api.simulation.SimulationException;
import org.oncotwin.api.treatment.DifferentiableCourse;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/** The derivative that a course offers itself. */
final class OwnDirection implements EffectDirection {

    private final Participants.Planned planned;
    private final int course;
    private final DifferentiableCourse differentiable;
    private final String parameter;
    private final Interval whole;

    OwnDirection(Participants participants, int course, String parameter, Interval whole) {
        this.planned = participants.courses().get(course);
        this.course = course;
        this.differentiable = (DifferentiableCourse) planned.course();
        this.parameter = parameter;
        this.whole = whole;
    }

    @Override
    public EffectsDerivative at(int instant, State before, List<Effects> effects) {
        if (!differentiable.breakpoints(whole).contains(before.time())) {
            return EffectsDerivative.none();
        }
        EffectsDerivative derivative = Dynamics.guarded(
                planned.label(), before.time(), () -> differentiable.instantEffectsDerivative(before, parameter));
        return EffectDirection.combined(effects, course, checked(before.time(), EffectPort.Timing.INSTANT, derivative));
    }

    @Override
    public EffectsDerivative over(int instant, State state, Interval interval, List<Effects> effects) {
        EffectsDerivative derivative = Dynamics.guarded(
                planned.label(), state.time(), () -> differentiable.effectsDerivative(state, interval, parameter));
        return EffectDirection.combined(
                effects, course, checked(state.time(), EffectPort.Timing.CONTINUOUS, derivative));
    }

    private EffectsDerivative checked(SimulationTime time, EffectPort.Timing timing, EffectsDerivative derivative) {
        for (EffectPort<?> port : derivative.ports()) {
            if (!planned.check().drives(port, timing)) {
                throw new SimulationException(planned.label() + " differentiated its effect at the port '" + port
                        + "' at " + time + " (" + timing + "), which its description does not say that it drives");
            }
        }
        return derivative;
    }
}
