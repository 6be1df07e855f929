package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

class TestDoublesTest {

    @Test
    void randomNumbersDependOnTheirAddressAlone() {
        SplittableRandomStreams streams = new SplittableRandomStreams(7);
        long first = streams.stream("division", 1, 2).nextLong();
        streams.stream("death", 1, 2).nextLong();
        assertThat(streams.stream("division", 1, 2).nextLong()).isEqualTo(first);
        assertThat(new SplittableRandomStreams(7).stream("division", 1, 2).nextLong())
                .isEqualTo(first);
    }

    @Test
    void randomNumbersDifferBySeedPurposeAndKeys() {
        SplittableRandomStreams streams = new SplittableRandomStreams(7);
        assertThat(new long[] {
                    streams.stream("division", 1, 2).nextLong(),
                    streams.stream("division", 2, 1).nextLong(),
                    streams.stream("division", 1).nextLong(),
                    streams.stream("death", 1, 2).nextLong(),
                    new SplittableRandomStreams(8).stream("division", 1, 2).nextLong()
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void missingSolverIsSaid() {
        OdeSystem nothing = new OdeSystem() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public void derivatives(double day, double[] y, double[] derivatives) {
                derivatives[0] = 0;
            }
        };
        Interval day = new Interval(SimulationTime.ZERO, SimulationTime.ofDays(1));
        OdeProblem problem = new OdeProblem(nothing, day, new double[] {1}, 1e-6, 0);
        assertThatThrownBy(() -> DirectSolvers.none().solve(problem))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no solver of ordinary differential equations");
        assertThat(DirectSolvers.of(new ReferenceOdeSolver(), Execution.sequential())
                        .solve(problem)
                        .state())
                .containsExactly(1);
    }
}
