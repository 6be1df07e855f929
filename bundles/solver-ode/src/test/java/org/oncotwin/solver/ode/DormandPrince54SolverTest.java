package org.oncotwin.solver.ode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DormandPrince54SolverTest extends OdeSolverTest {

    DormandPrince54SolverTest() {
        super(new DormandPrince54Solver());
    }

    @Test
    void describesItself() {
        assertThat(new DormandPrince54Solver().description().id()).isEqualTo("dormand-prince-54");
        assertThat(new DormandPrince54Solver().description().order()).isEqualTo(5);
        assertThat(new DormandPrince54Solver().description().stable()).isFalse();
    }
}
