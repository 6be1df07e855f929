package org.oncotwin.model.checkpoint.inhibitor.spatial;

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
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Mask;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;
import org.oncotwin.solver.grid.GridSolver;
import org.oncotwin.solver.stiff.RosenbrockSolver;

/** A tumour on a grid to try the model on. */
final class Grown {

    static final String OWNER = "tumour";

    /** 9.5 cm3 of tissue, voxels of 2 x 2 x 2.5 mm. */
    static final Grid GRID = new Grid(11, 11, 8, Affine.scaling(2, 2, 2.5));

    /** Antibody at some 200 times its dissociation constant. */
    static final Effects PD1 = Effects.of(EffectPort.PD1_BLOCKADE, TimeFunction.constant(200));

    private final GrowthProcess process;

    private Grown(GrowthProcess process) {
        this.process = process;
    }

    static Grown of(Map<String, Double> parameters, Map<String, String> markers) {
        return of(parameters, markers, OptionalDouble.empty(), Execution.sequential());
    }

    static Grown of(
            Map<String, Double> parameters,
            Map<String, String> markers,
            OptionalDouble relativeTolerance,
            Execution execution) {
        return on(GRID, parameters, markers, relativeTolerance, execution);
    }

    static Grown on(
            Grid grid,
            Map<String, Double> parameters,
            Map<String, String> markers,
            OptionalDouble relativeTolerance,
            Execution execution) {
        return over(TestContext.HORIZON, grid, parameters, markers, relativeTolerance, execution);
    }

    static Grown over(
            Interval horizon,
            Grid grid,
            Map<String, Double> parameters,
            Map<String, String> markers,
            OptionalDouble relativeTolerance,
            Execution execution) {
        Map<String, Double> values = new TreeMap<>(Map.of("diffusion", 0.01));
        values.putAll(parameters);
        return new Grown(new CheckpointInhibitorSpatialModel()
                .bind(
                        new Setting(
                                Optional.of(new Anatomy(Mask.all(grid), Optional.empty())),
                                new TreeMap<>(),
                                new TreeMap<>(markers)),
                        Parameters.resolve(SpatialParameters.DESCRIPTIONS, values),
                        TestContext.of(
                                OWNER,
                                DirectSolvers.of(new RosenbrockSolver(), new GridSolver(), execution),
                                Cancellation.NEVER,
                                horizon,
                                relativeTolerance)));
    }

    /** Dense to 0.9 in the middle and a rim of some mm. */
    static Field ball(double radius) {
        double[] values = new double[GRID.size()];
        for (int index = 0; index < values.length; index++) {
            double x = 2 * (index % 11 - 5);
            double y = 2 * (index / 11 % 11 - 5);
            double z = 2.5 * (index / 121 - 3.5);
            double distance = Math.sqrt(x * x + y * y + z * z);
            values[index] = 0.9 / (1 + StrictMath.exp((distance - radius) / 0.7));
        }
        return Field.owning(GRID, values);
    }

    GrowthProcess process() {
        return process;
    }

    State start(Field cellularity) {
        return State.at(SimulationTime.ZERO)
                .with(process.initial(
                        SimulationTime.ZERO,
                        List.of(new Observation.Image(
                                Quantity.TUMOUR_CELLULARITY, SimulationTime.ZERO, cellularity, NoiseModel.EXACT))));
    }

    State advance(State state, double day, Effects effects) {
        Interval interval = new Interval(state.time(), SimulationTime.ofDays(day));
        return state.at(interval.end(), process.advance(state, interval, effects));
    }

    /** States every some days, the start included. */
    List<State> course(Field cellularity, int every, int days, Effects effects) {
        List<State> states = new ArrayList<>();
        State state = start(cellularity);
        states.add(state);
        for (int day = every; day <= days; day += every) {
            state = advance(state, day, effects);
            states.add(state);
        }
        return states;
    }

    double burden(State state) {
        return process.observe(state).get(Quantity.TUMOUR_BURDEN);
    }

    double volume(State state) {
        return process.observe(state).get(Quantity.TUMOUR_VOLUME);
    }
}
