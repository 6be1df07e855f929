package org.oncotwin.model.checkpoint.inhibitor.tme;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;
import org.oncotwin.solver.stiff.RosenbrockSolver;
import org.oncotwin.tumour.immune.TmeParameter;

/** A lesion to try the model on. */
final class Lesion {

    static final String OWNER = "lesion";
    static final Solvers SOLVERS = DirectSolvers.of(new RosenbrockSolver(), Execution.sequential());

    /** Antibodies at some 200 times their dissociation constants, as nivolumab at trough (2.6 nmol/L, 77 mg/L). */
    static final Effects PD1 = Effects.of(EffectPort.PD1_BLOCKADE, TimeFunction.constant(200));

    static final Effects PDL1 = Effects.of(EffectPort.PDL1_BLOCKADE, TimeFunction.constant(200));
    static final Effects CTLA4 = Effects.of(EffectPort.CTLA4_BLOCKADE, TimeFunction.constant(20));

    private final GrowthProcess process;

    private Lesion(GrowthProcess process) {
        this.process = process;
    }

    static Lesion of(Map<String, Double> parameters, Map<String, String> markers, double relativeTolerance) {
        return bound(parameters, markers, OptionalDouble.of(relativeTolerance));
    }

    static Lesion of(Map<String, Double> parameters, Map<String, String> markers) {
        return bound(parameters, markers, OptionalDouble.empty());
    }

    private static Lesion bound(
            Map<String, Double> parameters, Map<String, String> markers, OptionalDouble relativeTolerance) {
        RunContext context = TestContext.of(OWNER, SOLVERS, Cancellation.NEVER, TestContext.HORIZON, relativeTolerance);
        return new Lesion(new CheckpointInhibitorModel()
                .bind(
                        new Setting(Optional.empty(), new TreeMap<>(), new TreeMap<>(markers)),
                        Parameters.resolve(TmeParameter.descriptions(), parameters),
                        context));
    }

    GrowthProcess process() {
        return process;
    }

    State start(double volume) {
        return State.at(SimulationTime.ZERO)
                .with(process.initial(
                        SimulationTime.ZERO,
                        List.of(new Observation.Scalar(
                                Quantity.TUMOUR_VOLUME, SimulationTime.ZERO, volume, NoiseModel.EXACT))));
    }

    State advance(State state, double day, Effects effects) {
        Interval interval = new Interval(state.time(), SimulationTime.ofDays(day));
        return state.at(interval.end(), process.advance(state, interval, effects));
    }

    /** States every some days, the start included. */
    List<State> course(double volume, int every, int days, Effects effects) {
        List<State> states = new ArrayList<>();
        State state = start(volume);
        states.add(state);
        for (int day = every; day <= days; day += every) {
            state = advance(state, day, effects);
            states.add(state);
        }
        return states;
    }

    State after(double volume, double days, Effects effects) {
        return advance(start(volume), days, effects);
    }

    double burden(State state) {
        return process.observe(state).get(Quantity.TUMOUR_BURDEN);
    }

    double volume(State state) {
        return process.observe(state).get(Quantity.TUMOUR_VOLUME);
    }
}
