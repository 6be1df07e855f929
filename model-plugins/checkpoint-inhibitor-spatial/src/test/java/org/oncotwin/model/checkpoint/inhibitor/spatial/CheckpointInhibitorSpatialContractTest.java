package org.oncotwin.model.checkpoint.inhibitor.spatial;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.Mask;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.GrowthModelContractTest;
import org.oncotwin.solver.grid.GridSolver;
import org.oncotwin.solver.stiff.RosenbrockSolver;

/** An excluded tumour in two tissues, the hardest case: killing differs from voxel to voxel. */
@Tag("SR-403")
class CheckpointInhibitorSpatialContractTest extends GrowthModelContractTest {

    private static final Grid GRID = new Grid(9, 8, 6, Affine.scaling(2, 2, 2.5));

    private static double[] values(double radius, double inside, double outside) {
        double[] values = new double[GRID.size()];
        for (int index = 0; index < values.length; index++) {
            double x = 2 * (index % 9 - 4);
            double y = 2 * (index / 9 % 8 - 3.5);
            double z = 2.5 * (index / 72 - 2.5);
            values[index] =
                    outside + (inside - outside) / (1 + StrictMath.exp(Math.sqrt(x * x + y * y + z * z) - radius));
        }
        return values;
    }

    @Override
    protected GrowthModel newModel() {
        return new CheckpointInhibitorSpatialModel();
    }

    @Override
    protected Map<String, Double> parameters() {
        return Map.of("diffusion.white", 0.03, "diffusion.grey", 0.01, "infiltration_depth", 2.0);
    }

    @Override
    protected Setting setting() {
        byte[] labels = new byte[GRID.size()];
        for (int index = 0; index < labels.length; index++) {
            int i = index % 9;
            labels[index] = (byte) (i < 1 ? 1 : i < 5 ? 2 : 3);
        }
        LabelField tissue = LabelField.owning(GRID, labels, Map.of("csf", 1, "grey", 2, "white", 3));
        return new Setting(
                Optional.of(new Anatomy(Mask.all(GRID), Optional.of(tissue))),
                new TreeMap<>(),
                new TreeMap<>(Map.of("immune-phenotype", "excluded")));
    }

    @Override
    protected List<Observation> observations() {
        Field tumour = Field.owning(GRID, values(5, 0.8, 0));
        return List.of(
                new Observation.Image(Quantity.TUMOUR_CELLULARITY, SimulationTime.ZERO, tumour, NoiseModel.EXACT));
    }

    @Override
    protected Solvers solvers(Execution execution) {
        return DirectSolvers.of(new RosenbrockSolver(), new GridSolver(), execution);
    }

    /** Over the year that the kit takes as horizon: 3e-9 over its thirty days. */
    @Override
    protected double relativeTolerance() {
        return 1e-7;
    }

    /** Both extremes of fifty parameters, each with ten operations in so long; BoundsTest has ten years. */
    @Override
    protected double longHorizon() {
        return 30;
    }

    @Override
    protected Map<EffectPort<?>, Effects> typicalEffects() {
        return Map.of(
                EffectPort.SURVIVING_FRACTION,
                Effects.of(EffectPort.SURVIVING_FRACTION, SpatialValue.uniform(0.6)),
                EffectPort.REMAINING_FRACTION,
                Effects.of(EffectPort.REMAINING_FRACTION, SpatialValue.varying(Field.owning(GRID, values(3, 0.1, 1)))),
                EffectPort.KILL_RATE,
                Effects.of(
                        EffectPort.KILL_RATE,
                        new KillRate(List.of(new KillRate.Term(
                                new Decay(0.3, 0.2, 0), SpatialValue.varying(Field.owning(GRID, values(4, 1, 0.2))))))),
                EffectPort.PROLIFERATION_FACTOR,
                Effects.of(EffectPort.PROLIFERATION_FACTOR, new Decay(-0.5, 0.1, 1)),
                EffectPort.PD1_BLOCKADE,
                Effects.of(EffectPort.PD1_BLOCKADE, new Decay(500, 0.04, 0)),
                EffectPort.PDL1_BLOCKADE,
                Effects.of(EffectPort.PDL1_BLOCKADE, new Decay(300, 0.05, 0)),
                EffectPort.CTLA4_BLOCKADE,
                Effects.of(EffectPort.CTLA4_BLOCKADE, new Decay(20, 0.05, 0)));
    }
}
