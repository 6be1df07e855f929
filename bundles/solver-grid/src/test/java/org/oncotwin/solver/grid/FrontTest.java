package org.oncotwin.solver.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.oncotwin.solver.grid.Problems.days;
import static org.oncotwin.solver.grid.Problems.problem;
import static org.oncotwin.solver.grid.Problems.solve;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;

/** Travelling waves against theory. */
@Tag("SR-311")
class FrontTest {

    private final ReactionDiffusionSolver solver = new GridSolver();

    /**
     * A front from compact data moves at 2 sqrt(D rho) - (3/2) sqrt(D/rho) / t (Bramson 1983; Ebert and van Saarloos 2000, equation 1.8). Mean speed from rho t = 35 to 40; the
     * next term of the series is below 1 % there.
     */
    @Test
    void frontHasTheSpeedOfFisherAndKolmogorovWithBramsonsCorrection() {
        double d = 0.1;
        double rho = 0.05;
        Grid grid = Problems.grid(1200, 1, 1, 0.25, 1, 1);
        byte[] line = Problems.classes(grid, (i, j, k) -> 1);
        Field start = Problems.field(grid, (i, j, k) -> i < 20 ? 1 : 0);
        Field a = solve(solver, problem(start, line, new double[] {0, d}, new double[] {0, rho}, days(0, 700), 1e-6));
        Field b = solve(solver, problem(a, line, new double[] {0, d}, new double[] {0, rho}, days(700, 800), 1e-6));
        double speed = (position(b) - position(a)) * 0.25 / 100;
        double expected = 2 * Math.sqrt(d * rho) - 1.5 * Math.sqrt(d / rho) * Math.log(800.0 / 700) / 100;
        assertThat(speed).isCloseTo(expected, within(0.01 * expected));
        // The reference made with SciPy on the same spacing, folder reaction-diffusion-front: 0.138655 mm/d.
        assertThat(speed).isLessThan(2 * Math.sqrt(d * rho) * 0.99);
    }

    /** Where u = 1/2, in voxels: ln(u / (1 - u)) is nearly straight across a front. */
    private static double position(Field u) {
        int i = 0;
        while (u.value(i + 1) > 0.5) {
            i++;
        }
        double p = Math.log(u.value(i) / (1 - u.value(i)));
        double q = Math.log(u.value(i + 1) / (1 - u.value(i + 1)));
        return i + p / (p - q);
    }

    /** Ablowitz and Zeppetella 1979: u = (1 + exp((x - 5 t / sqrt 6) / sqrt 6))^-2 solves the equation with D = rho = 1. Along every axis. */
    @Test
    void carriesTheExactWaveOfAblowitzAndZeppetella() {
        int n = 800;
        double h = 0.1;
        for (int axis = 0; axis < 3; axis++) {
            Grid grid = Problems.grid(axis == 0 ? n : 1, axis == 1 ? n : 1, axis == 2 ? n : 1, h, h, h);
            byte[] line = Problems.classes(grid, (i, j, k) -> 1);
            Field start = Problems.field(grid, (i, j, k) -> wave((i + j + k + 0.5) * h - 40, 0));
            Field u = solve(solver, problem(start, line, new double[] {0, 1}, new double[] {0, 1}, days(0, 2), 1e-7));
            // x = 5 lies between two centres; values from the closed form.
            double atFive = 0.5 * (u.value(449) + u.value(450));
            assertThat(atFive).isCloseTo(0.166004139988, within(1e-3));
            for (int p = 100; p < 700; p++) {
                assertThat(u.value(p)).isCloseTo(wave((p + 0.5) * h - 40, 2), within(1.5e-3));
            }
        }
    }

    private static double wave(double x, double t) {
        return Math.pow(1 + Math.exp((x - 5 * t / Math.sqrt(6)) / Math.sqrt(6)), -2);
    }

    /**
     * TumorGrowthToolkit's Fisher-Kolmogorov solver (NumPy, forward Euler): 96^3 voxels of 1 mm with an empty rim of 4, seed in the centre, 50 days. D = 1 mm2/d in white
     * matter, 0.1 in grey; rho = 0.1 /d.
     */
    @Test
    void agreesWithTumorGrowthToolkit() {
        Grid grid = Problems.grid(96, 96, 96, 1, 1, 1);
        byte[] white = Problems.classes(grid, (i, j, k) -> inside(i) && inside(j) && inside(k) ? 1 : 0);
        Field seed = seed(grid);
        Field u = solve(solver, problem(seed, white, new double[] {0, 1}, new double[] {0, 0.1}, days(0, 50), 1e-3), 2);
        assertThat(u.sum()).isCloseTo(13439.4266, within(0.02 * 13439.4266));
        assertThat(u.value(48, 48, 48)).isCloseTo(0.52677, within(0.02 * 0.52677));
        assertThat(u.value(64, 48, 48)).isCloseTo(0.23121, within(0.02 * 0.23121));
        assertThat(count(u, 0.1)).isCloseTo(42739, within(0.02 * 42739));
    }

    private static boolean inside(int i) {
        return i >= 4 && i < 92;
    }

    private static Field seed(Grid grid) {
        double amplitude = 250 / Math.pow(4 * Math.PI * 5, 1.5);
        return Problems.field(grid, (i, j, k) -> {
            double r2 = square(i - 48) + square(j - 48) + square(k - 48);
            double u = amplitude * Math.exp(-r2 / 20);
            return u < 0.1 ? 0 : Math.min(u, 1);
        });
    }

    private static double square(double x) {
        return x * x;
    }

    private static double count(Field u, double threshold) {
        double n = 0;
        for (int p = 0; p < u.grid().size(); p++) {
            if (u.value(p) > threshold) {
                n++;
            }
        }
        return n;
    }
}
