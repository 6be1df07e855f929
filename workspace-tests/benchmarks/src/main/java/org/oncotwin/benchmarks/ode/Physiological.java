package org.oncotwin.benchmarks.ode;

import java.util.Arrays;
import org.oncotwin.api.solver.DifferentiableOdeSystem;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.SparsityPattern;

/**
 * Amounts of a substance in mg in 15 organs, arterial and venous blood; an organ holds volume x partition coefficient x concentration of the blood that leaves it (perfusion-limited). The substance is
 * eliminated in liver and kidneys in proportion to that concentration. Linear, and stiff: the lungs settle within half a second, fat within days.
 *
 * <p>Masses (taken as litres) and shares of the cardiac output of 6.5 L/min: the reference man of 73 kg, ICRP Publication 89, Ann. ICRP 32 (2002) 3-4, rounded. Lymph nodes, adrenals, bronchial
 * flow and whatever remains are the last organ. Partition coefficients from 0.1 to 50 and clearances (0.5 and 0.1 L/min) belong to no substance: a benchmark.
 */
final class Physiological implements DifferentiableOdeSystem, LinearOdeSystem {

    /** Where doses enter. */
    static final int VENOUS = 16;

    private static final int DIMENSION = 17;
    private static final int LUNGS = 0;
    private static final int KIDNEYS = 6;
    private static final int LIVER = 7;
    private static final int ARTERIAL = 15;
    private static final int[] PORTAL = {4, 9, 11, 12};
    private static final String[] NAMES = {
        "lungs",
        "fat",
        "bone",
        "brain",
        "gut",
        "heart",
        "kidneys",
        "liver",
        "muscle",
        "pancreas",
        "skin",
        "spleen",
        "stomach",
        "thyroid",
        "rest",
        "arterial blood",
        "venous blood"
    };
    private static final double[] SHARE = {
        100, 5.0, 5.0, 12.0, 14.0, 4.0, 19.0, 25.5, 17.0, 1.0, 5.0, 3.0, 1.0, 1.5, 6.0
    };
    private static final double[] VOLUME = {
        0.5, 14.5, 10.5, 1.45, 1.02, 0.33, 0.31, 1.8, 29.0, 0.14, 3.3, 0.15, 0.15, 0.02, 4.2
    };
    private static final double[] PARTITION = {
        0.1, 50.0, 5.0, 0.3, 2.0, 1.5, 3.0, 4.0, 1.0, 2.0, 3.0, 1.2, 0.8, 0.5, 1.0
    };
    private static final double OUTPUT = 9360;
    private static final double HEPATIC = 720;
    private static final double RENAL = 144;
    private static final double ARTERIAL_VOLUME = 1.4;
    private static final double VENOUS_VOLUME = 4.2;

    private final SparsityPattern sparsity;
    private final double[] entries;
    private final double[] dense;

    Physiological() {
        dense = dense();
        int[][] rows = new int[DIMENSION][];
        for (int column = 0; column < DIMENSION; column++) {
            int[] some = new int[DIMENSION];
            int count = 0;
            for (int row = 0; row < DIMENSION; row++) {
                if (dense[row * DIMENSION + column] != 0) {
                    some[count++] = row;
                }
            }
            rows[column] = Arrays.copyOf(some, count);
        }
        sparsity = SparsityPattern.ofColumns(rows);
        entries = new double[sparsity.entries()];
        for (int column = 0; column < DIMENSION; column++) {
            for (int n = sparsity.start(column); n < sparsity.start(column + 1); n++) {
                entries[n] = dense[sparsity.row(n) * DIMENSION + column];
            }
        }
    }

    private static double[] dense() {
        double[] a = new double[DIMENSION * DIMENSION];
        double hepaticArtery = OUTPUT * SHARE[LIVER] / 100;
        for (int organ : PORTAL) {
            hepaticArtery -= OUTPUT * SHARE[organ] / 100;
        }
        for (int organ = 0; organ < ARTERIAL; organ++) {
            double flow = OUTPUT * SHARE[organ] / 100;
            double leaves = flow / (VOLUME[organ] * PARTITION[organ]);
            int into = organ == LUNGS ? ARTERIAL : isPortal(organ) ? LIVER : VENOUS;
            a[organ * DIMENSION + organ] -= leaves;
            a[into * DIMENSION + organ] += leaves;
            if (organ != LUNGS) {
                a[organ * DIMENSION + ARTERIAL] += (organ == LIVER ? hepaticArtery : flow) / ARTERIAL_VOLUME;
            }
        }
        a[LIVER * DIMENSION + LIVER] -= HEPATIC / (VOLUME[LIVER] * PARTITION[LIVER]);
        a[KIDNEYS * DIMENSION + KIDNEYS] -= RENAL / (VOLUME[KIDNEYS] * PARTITION[KIDNEYS]);
        a[ARTERIAL * DIMENSION + ARTERIAL] -= OUTPUT / ARTERIAL_VOLUME;
        a[VENOUS * DIMENSION + VENOUS] -= OUTPUT / VENOUS_VOLUME;
        a[LUNGS * DIMENSION + VENOUS] += OUTPUT / VENOUS_VOLUME;
        return a;
    }

    private static boolean isPortal(int organ) {
        return Arrays.stream(PORTAL).anyMatch(portal -> portal == organ);
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public String name(int component) {
        return NAMES[component];
    }

    @Override
    public SparsityPattern sparsity() {
        return sparsity;
    }

    @Override
    public void derivatives(double day, double[] state, double[] parameters, double[] f) {
        Arrays.fill(f, 0);
        for (int column = 0; column < DIMENSION; column++) {
            double amount = state[column];
            for (int n = sparsity.start(column); n < sparsity.start(column + 1); n++) {
                f[sparsity.row(n)] += entries[n] * amount;
            }
        }
    }

    @Override
    public void jacobian(double day, double[] state, double[] parameters, double[] written) {
        System.arraycopy(entries, 0, written, 0, entries.length);
    }

    @Override
    public void alongParameters(
            double day, double[] state, double[] parameters, double[] direction, double[] derivatives) {
        Arrays.fill(derivatives, 0);
    }

    @Override
    public void matrix(double[] parameters, double[] written) {
        System.arraycopy(dense, 0, written, 0, dense.length);
    }

    @Override
    public void input(double[] parameters, double[] input) {
        Arrays.fill(input, 0);
    }
}
