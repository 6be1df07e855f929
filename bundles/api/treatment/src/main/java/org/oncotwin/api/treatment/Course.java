package org.oncotwin.api.treatment;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.pharmacokinetics.DrugExposure;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A planned treatment. It keeps nothing between calls: it may be thrown away and planned anew at any time. A course may own state (drug amounts) and may read the whole
 * state, but returns only its own components. A course of dose 0 has no breakpoints and no effects, so that it leaves every bit of a trajectory as it was.
 */
@ConsumerType
public interface Course {

    /** What is on its timeline, sorted by time. */
    List<TreatmentEvent> events();

    /** Numbers for the report. */
    List<CourseFact> facts();

    /** What a report plots of it, such as concentrations and the kill rate, over an interval. */
    default List<Curve> curves(Interval interval) {
        return List.of();
    }

    /** The drugs that it gives; what healthy tissue is exposed to. */
    default List<DrugExposure> exposures() {
        return List.of();
    }

    /**
     * Instants of the interval, ends included, at which something happens at once or a rate jumps; sorted, each once. Where a rate jumps inside of an interval and names it
     * ({@link org.oncotwin.api.twin.TimeFunction#jumps}), such as at doses of a drug whose amounts are known in advance, no breakpoint is needed, and a solver may step across it.
     */
    List<SimulationTime> breakpoints(Interval interval);

    /** Longest interval in days over which the growth state may change before {@link #effects} must be asked again; infinite if effects do not depend on it. */
    default double longestInterval() {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * Ports that its modality drives with other inputs, but that this course, as it was planned, never drives: none of its effects has a value there, and a growth model need not honour them. An antibody against one
     * receptor leaves those of the others idle. Unless overridden there are none, and a growth model must honour all ports of the modality.
     *
     * @return ports that the description of the modality names; the same at every call
     */
    default Set<EffectPort<?>> idlePorts() {
        return Set.of();
    }

    /** Its own state at the start of a run. */
    default List<StateComponent> initial(SimulationTime time) {
        return List.of();
    }

    /** What it does to the tumour at a breakpoint, given the state just before. */
    default Effects instantEffects(State state) {
        return Effects.none();
    }

    /** Its own state just after a breakpoint (a dose enters the blood), given the state just before. */
    default List<StateComponent> act(State state) {
        return List.of();
    }

    /** What it does to the tumour over an interval without breakpoints inside, given the state at its start. */
    default Effects effects(State state, Interval interval) {
        return Effects.none();
    }

    /** Its own state at the end of an interval without breakpoints inside, given the state at its start. */
    default List<StateComponent> advance(State state, Interval interval) {
        return List.of();
    }

    /**
     * Components that an older version of the modality saved, in today's layout.
     *
     * @throws InvalidInputException if that version cannot be read, saying why
     */
    default List<StateComponent> migrate(List<StateComponent> saved) {
        if (saved.isEmpty()) {
            return saved;
        }
        throw new InvalidInputException("", "this version of the modality reads no state of other versions");
    }
}
