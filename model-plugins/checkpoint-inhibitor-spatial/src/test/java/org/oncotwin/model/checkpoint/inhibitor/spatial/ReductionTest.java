package org.oncotwin.model.checkpoint.inhibitor.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.model.checkpoint.inhibitor.tme.CheckpointInhibitorModel;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;
import org.oncotwin.sdk.conformance.ValidationRecord;
import org.oncotwin.solver.stiff.RosenbrockSolver;
import org.oncotwin.tumour.immune.Quantities;

/**
 * A tumour that is alike everywhere, does not diffuse and is reached everywhere has no space: it follows the model without it, which another bundle solves by its own equations in one piece. Two terms
 * of that model, killed cells and infiltrate, take space from viable cells, which this model leaves out; they are switched off here, or growth is, on which alone that acts.
 */
@Tag("SR-1607")
class ReductionTest {

    private static final ValidationRecord RECORD =
            ValidationRecord.of(ReductionTest.class, "tumour on a grid, alike everywhere");
    private static final String SOURCE =
            "the model without space, solved in one piece by the plugin checkpoint-inhibitor-tme";

    /** 60 voxels of 0.5 cm3. */
    private static final Grid GRID = new Grid(5, 4, 3, Affine.scaling(10, 10, 5));

    private static final double DENSITY = 0.2;
    private static final double TOLERANCE = 1e-6;
    private static final List<Quantity> SHARED = List.of(
            Quantities.DYING,
            Quantities.INFLAMED,
            Quantities.EFFECTORS,
            Quantities.REGULATORY,
            Quantities.PRESENTING,
            Quantities.INTERFERON,
            Quantities.PD1_OCCUPANCY);

    private static final Effects TREATED = Effects.of(EffectPort.PD1_BLOCKADE, new Decay(500, 0.03, 1))
            .and(EffectPort.CTLA4_BLOCKADE, new Decay(20, 0.05, 0))
            .and(EffectPort.PROLIFERATION_FACTOR, new Decay(-0.5, 0.1, 1))
            .and(EffectPort.KILL_RATE, KillRate.uniform(new Decay(0.2, 0.5, 0)));

    private static State wellMixed(Map<String, Double> parameters, double day, Effects effects) {
        double capacity = GRID.size() * GRID.voxelVolume();
        Map<String, Double> values = new TreeMap<>(parameters);
        values.put("carrying_capacity", capacity);
        CheckpointInhibitorModel model = new CheckpointInhibitorModel();
        GrowthProcess process = model.bind(
                Setting.empty(),
                Parameters.resolve(model.description().plugin().parameters(), values),
                TestContext.of(
                        Grown.OWNER,
                        DirectSolvers.of(new RosenbrockSolver(), Execution.sequential()),
                        Cancellation.NEVER,
                        TestContext.HORIZON,
                        OptionalDouble.of(1e-11)));
        State start = State.at(SimulationTime.ZERO)
                .with(process.initial(
                        SimulationTime.ZERO,
                        List.of(new Observation.Scalar(
                                Quantity.TUMOUR_VOLUME, SimulationTime.ZERO, DENSITY * capacity, NoiseModel.EXACT))));
        if (day == 0) {
            return start;
        }
        Interval interval = new Interval(SimulationTime.ZERO, SimulationTime.ofDays(day));
        return start.at(interval.end(), process.advance(start, interval, effects));
    }

    private static void assertReduces(String what, Map<String, Double> parameters, Effects effects) {
        Map<String, Double> values = new LinkedHashMap<>(parameters);
        values.put("diffusion", 0.0);
        Grown grown = Grown.on(GRID, values, Map.of(), OptionalDouble.of(1e-8), Execution.sequential());
        // Both start from the same cells: those where the model without space settles.
        State settled = wellMixed(parameters, 0, effects);
        double density = settled.scalar(Grown.OWNER, Quantities.VIABLE) / (GRID.size() * GRID.voxelVolume());
        SpatialState seen = SpatialState.of(grown.start(Field.constant(GRID, density)), Grown.OWNER);
        double[] cells = {
            0,
            settled.scalar(Grown.OWNER, Quantities.EFFECTORS),
            settled.scalar(Grown.OWNER, Quantities.REGULATORY),
            settled.scalar(Grown.OWNER, Quantities.PRESENTING),
            settled.scalar(Grown.OWNER, Quantities.INTERFERON),
            settled.scalar(Grown.OWNER, Quantities.DYING),
            settled.scalar(Grown.OWNER, Quantities.INFLAMED)
        };
        State state = State.at(SimulationTime.ZERO)
                .with(seen.with(seen.cellularity(), cells).components(Grown.OWNER));
        for (double day : new double[] {10, 60, 300}) {
            state = grown.advance(state, day, effects);
            State expected = wellMixed(parameters, day, effects);
            RECORD.check(
                    what + ", viable tumour on day " + (int) day,
                    "cm3",
                    expected.scalar(Grown.OWNER, Quantities.VIABLE),
                    grown.burden(state),
                    TOLERANCE,
                    SOURCE);
            for (Quantity quantity : SHARED) {
                double value = expected.scalar(Grown.OWNER, quantity);
                assertThat(state.scalar(Grown.OWNER, quantity))
                        .as("%s: %s on day %s", what, quantity.name(), day)
                        .isCloseTo(value, within(TOLERANCE * Math.abs(value)));
            }
            double[] voxels = state.field(Grown.OWNER, SpatialState.CELLULARITY).toArray();
            for (double voxel : voxels) {
                assertThat(voxel).isEqualTo(voxels[0]);
            }
        }
    }

    @Test
    void growthAndKillingAreThoseOfTheModelWithoutSpace() {
        Map<String, Double> clearedAtOnce = Map.of("dying_retained", 0.0, "inflammation", 0.0);
        assertReduces("untreated", clearedAtOnce, Effects.none());
        assertReduces("PD-1 blockade", clearedAtOnce, Grown.PD1);
        assertReduces("blockade, slower growth and killing", clearedAtOnce, TREATED);
    }

    @Test
    void killedCellsTheirAntigenAndInfiltrateAreThoseOfTheModelWithoutSpace() {
        Map<String, Double> notGrowing = Map.of("proliferation", 0.0, "effector_kill", 3e-9);
        assertReduces("not growing, untreated", notGrowing, Effects.none());
        assertReduces("not growing, blockade and killing", notGrowing, TREATED);
    }
}
