package org.oncotwin.model.qsp.immuno.oncology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.SparsityPattern;
import org.oncotwin.api.twin.SimulationTime;

/** The pattern of the Jacobian that the solver is told. */
class SparsityTest {

    /** A solver that is told too little would take a wrong Jacobian: whatever a component moves is in its column. */
    @Test
    void whatAComponentMovesIsInThePattern() {
        TumourSystem system = new TumourSystem(
                new QspEquations(Parameters.resolve(QspParameter.descriptions(), Map.of())),
                TumourEffects.of(Tumour.PD1),
                SimulationTime.ZERO,
                0,
                1,
                1e9);
        SparsityPattern pattern = system.sparsity();
        boolean[][] told = new boolean[Species.COUNT][Species.COUNT];
        for (int column = 0; column < Species.COUNT; column++) {
            for (int entry = pattern.start(column); entry < pattern.start(column + 1); entry++) {
                told[pattern.row(entry)][column] = true;
            }
        }
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(7L);
        int moved = 0;
        for (int turn = 0; turn < 20; turn++) {
            double[] state = new double[Species.COUNT];
            for (int n = 0; n < state.length; n++) {
                state[n] = StrictMath.exp(6 * random.nextDouble());
            }
            double[] before = new double[Species.COUNT];
            system.derivatives(0.5, state, new double[0], before);
            for (int column = 0; column < Species.COUNT; column++) {
                double[] other = state.clone();
                other[column] *= 1.5;
                double[] after = new double[Species.COUNT];
                system.derivatives(0.5, other, new double[0], after);
                for (int row = 0; row < Species.COUNT; row++) {
                    if (after[row] != before[row]) {
                        moved++;
                        assertThat(told[row][column])
                                .as("%s by %s", system.name(row), system.name(column))
                                .isTrue();
                    }
                }
            }
        }
        assertThat(moved).isGreaterThan(2000);
        assertThat(pattern.entries()).isLessThan(Species.COUNT * Species.COUNT / 4);
    }
}
