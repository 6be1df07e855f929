package org.oncotwin.solver.ode;

import java.util.Arrays;
import org.oncotwin.api.solver.DifferentiableOdeSystem;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.SparsityPattern;

/**
 * The variational equations S' = J S + df/dp dp (Hairer, Norsett, Wanner: Solving Ordinary Differential Equations I, 2nd ed., section I.14), with the derivatives of the
 * system itself where it knows them and differences elsewhere. Of one leg.
 */
final class Variations {

    private final RightHandSide rightHandSide;
    private final OdeSystem system;
    private final Situation start;
    private final ErrorScale scale;
    private final SparsityPattern pattern;
    private final double[] jacobian;
    /** Group of each column; columns of one group have no row in common, so that one difference gives them all. */
    private final int[] groups;

    private final int groupCount;

    Variations(RightHandSide rightHandSide, Situation start, ErrorScale scale) {
        this.rightHandSide = rightHandSide;
        this.system = rightHandSide.system();
        this.start = start;
        this.scale = scale;
        int n = start.dimension();
        boolean full = system instanceof LinearOdeSystem && !(system instanceof DifferentiableOdeSystem);
        this.pattern = full ? SparsityPattern.full(n) : system.sparsity();
        this.jacobian = new double[pattern.entries()];
        this.groups = new int[n];
        this.groupCount = group();
    }

    /** Curtis, Powell, Reid: On the estimation of sparse Jacobian matrices, J. Inst. Math. Appl. 13 (1974) 117-119. */
    private int group() {
        int n = start.dimension();
        int count = 0;
        int[][] taken = new int[n][];
        for (int column = 0; column < n; column++) {
            int group = 0;
            while (group < count && meets(taken[group], column)) {
                group++;
            }
            if (group == count) {
                taken[count++] = new int[n];
            }
            for (int entry = pattern.start(column); entry < pattern.start(column + 1); entry++) {
                taken[group][pattern.row(entry)] = 1;
            }
            groups[column] = group;
        }
        return count;
    }

    private boolean meets(int[] rows, int column) {
        for (int entry = pattern.start(column); entry < pattern.start(column + 1); entry++) {
            if (rows[pattern.row(entry)] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Writes S' behind the derivatives of the state. */
    void write(double day, double[] values, double[] derivatives) {
        int n = start.dimension();
        Arrays.fill(derivatives, n, derivatives.length, 0);
        jacobian(day, values);
        for (int column = 0; column < n; column++) {
            for (int entry = pattern.start(column); entry < pattern.start(column + 1); entry++) {
                for (int block = n; block < derivatives.length; block += n) {
                    // What does not change passes nothing on, even where the derivative has no value, as that of a root
                    // at 0.
                    if (values[block + column] != 0) {
                        derivatives[block + pattern.row(entry)] += jacobian[entry] * values[block + column];
                    }
                }
            }
        }
        alongParameters(day, values, derivatives);
    }

    private void jacobian(double day, double[] values) {
        int n = start.dimension();
        Arrays.fill(jacobian, Double.NaN);
        if (system instanceof DifferentiableOdeSystem differentiable) {
            differentiable.jacobian(
                    day, Arrays.copyOf(values, n), start.parameters().clone(), jacobian);
        } else if (system instanceof LinearOdeSystem linear) {
            double[] matrix = new double[n * n];
            Arrays.fill(matrix, Double.NaN);
            linear.matrix(start.parameters().clone(), matrix);
            for (int column = 0; column < n; column++) {
                for (int row = 0; row < n; row++) {
                    jacobian[column * n + row] = matrix[row * n + column];
                }
            }
        } else {
            double[] state = Arrays.copyOf(values, n);
            for (int group = 0; group < groupCount; group++) {
                if (!differences(day, state, group, true)) {
                    differences(day, state, group, false);
                }
            }
        }
    }

    /**
     * Writes the columns of a group.
     *
     * @param wide true to take steps on the scale of the tolerance for components that are smaller
     * @return false if a value is not finite, as where a step left the domain of the right-hand side
     */
    private boolean differences(double day, double[] state, int group, boolean wide) {
        double[] steps = new double[state.length];
        for (int column = 0; column < steps.length; column++) {
            if (groups[column] == group) {
                double size = Math.abs(state[column]);
                steps[column] = Differences.step(wide ? Math.max(size, scale.floor(column)) : size);
            }
        }
        double[] twoBefore = shifted(day, state, steps, -2);
        double[] before = shifted(day, state, steps, -1);
        double[] after = shifted(day, state, steps, 1);
        double[] twoAfter = shifted(day, state, steps, 2);
        boolean finite = true;
        for (int column = 0; column < steps.length; column++) {
            if (groups[column] == group) {
                for (int entry = pattern.start(column); entry < pattern.start(column + 1); entry++) {
                    int row = pattern.row(entry);
                    jacobian[entry] =
                            Differences.quotient(twoBefore[row], before[row], after[row], twoAfter[row], steps[column]);
                    finite &= Double.isFinite(jacobian[entry]);
                }
            }
        }
        return finite;
    }

    private double[] shifted(double day, double[] state, double[] steps, int times) {
        double[] shifted = state.clone();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += times * steps[i];
        }
        return rightHandSide.at(day, shifted, start.parameters());
    }

    private void alongParameters(double day, double[] values, double[] derivatives) {
        int n = start.dimension();
        double[] parameters = start.parameters().clone();
        if (system instanceof DifferentiableOdeSystem differentiable) {
            for (int d = 0; d < start.directions(); d++) {
                if (moves(d)) {
                    double[] change = new double[n];
                    Arrays.fill(change, Double.NaN);
                    differentiable.alongParameters(
                            day,
                            Arrays.copyOf(values, n),
                            parameters.clone(),
                            start.parameterChanges()[d].clone(),
                            change);
                    add(change, 1, derivatives, d);
                }
            }
            return;
        }
        for (int j = 0; j < parameters.length; j++) {
            if (!anyMoves(j)) {
                continue;
            }
            double[] column = Differences.column(
                    changed -> rightHandSide.at(day, values, changed), parameters, j, Math.abs(parameters[j]));
            for (int d = 0; d < start.directions(); d++) {
                if (start.parameterChanges()[d][j] != 0) {
                    add(column, start.parameterChanges()[d][j], derivatives, d);
                }
            }
        }
    }

    private void add(double[] column, double factor, double[] derivatives, int direction) {
        int block = start.dimension() * (1 + direction);
        for (int i = 0; i < column.length; i++) {
            derivatives[block + i] += factor * column[i];
        }
    }

    private boolean moves(int direction) {
        return Arrays.stream(start.parameterChanges()[direction]).anyMatch(change -> change != 0);
    }

    private boolean anyMoves(int parameter) {
        return Arrays.stream(start.parameterChanges()).anyMatch(changes -> changes[parameter] != 0);
    }
}
