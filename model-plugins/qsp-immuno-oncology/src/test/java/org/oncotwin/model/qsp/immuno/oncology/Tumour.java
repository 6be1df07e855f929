package org.oncotwin.model.qsp.immuno.oncology;

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

/** A tumour to try the model on. */
final class Tumour {

    static final String OWNER = "tumour";
    static final Solvers SOLVERS = DirectSolvers.of(new RosenbrockSolver(), Execution.sequential());

    /** A sphere of 3 cm. */
    static final double THREE_CENTIMETRES = Math.PI / 6 * 27;

    static final Effects PD1 = Effects.of(EffectPort.PD1_BLOCKADE, TimeFunction.constant(100));
    static final Effects PDL1 = Effects.of(EffectPort.PDL1_BLOCKADE, TimeFunction.constant(100));

    private final GrowthProcess process;

    private Tumour(GrowthProcess process) {
        this.process = process;
    }

    static Tumour of(Map<String, Double> parameters) {
        return bound(parameters, OptionalDouble.empty());
    }

    static Tumour of(Map<String, Double> parameters, double relativeTolerance) {
        return bound(parameters, OptionalDouble.of(relativeTolerance));
    }

    private static Tumour bound(Map<String, Double> parameters, OptionalDouble relativeTolerance) {
        RunContext context = TestContext.of(OWNER, SOLVERS, Cancellation.NEVER, TestContext.HORIZON, relativeTolerance);
        return new Tumour(new QspImmunoOncologyModel()
                .bind(
                        new Setting(Optional.empty(), new TreeMap<>(), new TreeMap<>()),
                        Parameters.resolve(QspParameter.descriptions(), parameters),
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

    State after(double volume, double days, Effects effects) {
        return advance(start(volume), days, effects);
    }

    static double amount(State state, Species species) {
        return state.scalar(OWNER, species.quantity());
    }

    double volume(State state) {
        return process.observe(state).get(Quantity.TUMOUR_VOLUME);
    }

    double burden(State state) {
        return process.observe(state).get(Quantity.TUMOUR_BURDEN);
    }

    double diameter(State state) {
        return process.observe(state).get(Quantities.DIAMETER);
    }
}
