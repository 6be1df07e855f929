package org.oncotwin.solver.ode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DormandPrince853SolverTest extends OdeSolverTest {

    DormandPrince853SolverTest() {
        super(new DormandPrince853Solver());
    }

    @Test
    void describesItself() {
        assertThat(new DormandPrince853Solver().description().id()).isEqualTo("dormand-prince-853");
        assertThat(new DormandPrince853Solver().description().order()).isEqualTo(8);
        assertThat(new DormandPrince853Solver().description().stable()).isFalse();
    }
}
