package org.oncotwin.benchmarks.ode;

import java.util.Arrays;
import org.oncotwin.api.solver.DifferentiableOdeSystem;
import org.oncotwin.api.solver.SparsityPattern;

/** Equations without parameters, with an analytic Jacobian of which every entry is written. */
abstract class BenchmarkSystem implements DifferentiableOdeSystem {

    private final int dimension;
    private final SparsityPattern sparsity;

    BenchmarkSystem(int dimension) {
        this(dimension, SparsityPattern.full(dimension));
    }

    BenchmarkSystem(int dimension, SparsityPattern sparsity) {
        this.dimension = dimension;
        this.sparsity = sparsity;
    }

    @Override
    public final int dimension() {
        return dimension;
    }

    @Override
    public final SparsityPattern sparsity() {
        return sparsity;
    }

    @Override
    public final void alongParameters(
            double day, double[] state, double[] parameters, double[] direction, double[] derivatives) {
        Arrays.fill(derivatives, 0);
    }
}
