package org.oncotwin.model.checkpoint.inhibitor.tme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.sdk.conformance.ValidationRecord;
import org.oncotwin.tumour.immune.Markers;
import org.oncotwin.tumour.immune.Quantities;
import org.oncotwin.tumour.immune.TmeEquations;

/**
 * With every mechanism of its own switched off the model is that of Kuznetsov et al 1994 (Bull Math Biol 56:295-321; BIOMD0000000762), with the parameters of the paper. The reference values were
 * computed from the published equations and parameters by an independent program (Radau, relative tolerance 1e-12) and are given to as many digits as they were printed with.
 *
 * <pre>
 * quantity                      | reference                  | tolerance
 * equilibrium without tumour    | E 315533.98                | 1e-8
 * dormant equilibrium, spiral   | E 1.60811e6, T 8.18638e6   | 1e-5
 *   its eigenvalues             | -0.0055156 +- 0.0634199 i  | 1e-5
 * saddle                        | E 758509, T 2.68023e8      | 1e-5
 *   its eigenvalues             | 0.0356864, -0.149313       | 1e-5
 * equilibrium of the large one  | E 173213, T 4.47026e8      | 1e-5
 * T from (3.2e5, 5e5), day 10   | 2.10395e6                  | 5e-6
 *   day 20                      | 8.43244e6                  | 5e-6
 *   day 50                      | 8.61808e7                  | 5e-6
 *   day 100                     | 1.08872e6                  | 5e-6
 * </pre>
 */
class KuznetsovTest {

    private static final ValidationRecord RECORD =
            ValidationRecord.of(KuznetsovTest.class, "tumour and effector cells");
    private static final String SOLVED = "Kuznetsov et al 1994, its equations solved by an independent program";

    private static final double START_EFFECTORS = 3.2e5;
    private static final double START_TUMOUR = 5e5;

    private final TmeEquations equations = new TmeEquations(Kuznetsov.parameters(), new Markers(1, 1, 1));
    private final LesionSpace space = LesionSpace.of(Kuznetsov.parameters());

    @ParameterizedTest
    @CsvSource({"10, 2.10395e6", "20, 8.43244e6", "50, 8.61808e7", "100, 1.08872e6"})
    void trajectoryIsThatOfThePublishedModel(double day, double tumour) {
        double cells = burdenCells(start().after(START_TUMOUR * Kuznetsov.CELL_VOLUME, day, Effects.none()));
        RECORD.check("tumour cells on day " + Math.round(day), "1", tumour, cells, 5e-6, SOLVED);
    }

    @Test
    void trajectoryIsThatOfThePublishedEquationsInAllDigits() {
        double[] published = {START_EFFECTORS, START_TUMOUR};
        State state = start().start(START_TUMOUR * Kuznetsov.CELL_VOLUME);
        for (int day = 1; day <= 100; day++) {
            published = rungeKuttaDay(published);
            state = start().advance(state, day, Effects.none());
            assertThat(burdenCells(state)).isCloseTo(published[1], within(2e-7 * published[1]));
            assertThat(state.scalar(Lesion.OWNER, Quantities.EFFECTORS))
                    .isCloseTo(published[0], within(2e-7 * published[0]));
        }
    }

    /** Blockade of checkpoints that there are not, in a lesion that shows nothing but tumour, changes nothing that the published model has. */
    @Test
    void blockadeOfNoCheckpointsChangesNothing() {
        double volume = START_TUMOUR * Kuznetsov.CELL_VOLUME;
        State without = start().after(volume, 100, Effects.none());
        for (Effects effects : List.of(Lesion.PD1, Lesion.PDL1, Lesion.CTLA4)) {
            State with = start().after(volume, 100, effects);
            assertThat(burdenCells(with)).isCloseTo(burdenCells(without), within(1e-6 * burdenCells(without)));
        }
        assertThat(start().volume(without)).isEqualTo(start().burden(without));
    }

    @Test
    void withoutTumourEffectorsAreInfluxOverDeath() {
        State settled = start().after(0, 3000, Effects.none());
        RECORD.check(
                "effector cells without a tumour",
                "1",
                315533.98,
                settled.scalar(Lesion.OWNER, Quantities.EFFECTORS),
                1e-8,
                SOLVED);
        assertThat(start().burden(settled)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1.60811e6, 8.18638e6", "758509, 2.68023e8", "173213, 4.47026e8"})
    void equilibriaAreThoseOfThePublishedModel(double effectors, double tumour) {
        double[] found = equilibrium(effectors, tumour);
        RECORD.check("equilibrium, effector cells", "1", effectors, found[0], 1e-5, SOLVED);
        RECORD.check("equilibrium, tumour cells", "1", tumour, found[1], 1e-5, SOLVED);
    }

    @Test
    void eigenvaluesAreThoseOfThePublishedModel() {
        double[][] spiral = jacobian(equilibrium(1.60811e6, 8.18638e6));
        RECORD.check("spiral, real part", "/d", -0.0055156, trace(spiral) / 2, 1e-5, SOLVED);
        RECORD.check("spiral, imaginary part", "/d", 0.0634199, Math.sqrt(-discriminant(spiral)), 1e-5, SOLVED);
        double[][] saddle = jacobian(equilibrium(758509, 2.68023e8));
        double root = Math.sqrt(discriminant(saddle));
        RECORD.check("saddle, unstable eigenvalue", "/d", 0.0356864, trace(saddle) / 2 + root, 1e-5, SOLVED);
        RECORD.check("saddle, stable eigenvalue", "/d", -0.149313, trace(saddle) / 2 - root, 1e-5, SOLVED);
    }

    private static Lesion start() {
        Map<String, Double> values = new TreeMap<>(Kuznetsov.values());
        values.put("initial_effector_density", START_EFFECTORS / (START_TUMOUR * Kuznetsov.CELL_VOLUME));
        return Lesion.of(values, Map.of(), 1e-10);
    }

    private static double burdenCells(State state) {
        return start().burden(state) / Kuznetsov.CELL_VOLUME;
    }

    /** Change of effectors and tumour cells per day, by this model. */
    private double[] rates(double effectors, double tumour) {
        double viable = tumour * Kuznetsov.CELL_VOLUME;
        double perCell = space.proliferation() * space.free(viable, 1)
                - equations.killRate(viable, effectors, equations.inhibition(1, 0, 0), equations.suppression(1e6));
        return new double[] {
            equations.effectorRate(
                    viable, effectors, 1e6, equations.inhibition(1, 0, 0), equations.suppression(1e6), 0),
            perCell * tumour
        };
    }

    /** By the method of Newton from nearby. */
    private double[] equilibrium(double effectors, double tumour) {
        double[] at = {effectors, tumour};
        for (int n = 0; n < 20; n++) {
            double[] rate = rates(at[0], at[1]);
            double[][] j = jacobian(at);
            double determinant = j[0][0] * j[1][1] - j[0][1] * j[1][0];
            at = new double[] {
                at[0] - (j[1][1] * rate[0] - j[0][1] * rate[1]) / determinant,
                at[1] - (j[0][0] * rate[1] - j[1][0] * rate[0]) / determinant
            };
        }
        return at;
    }

    private double[][] jacobian(double[] at) {
        List<double[]> columns = new ArrayList<>();
        for (int n = 0; n < 2; n++) {
            double step = 1e-6 * at[n];
            double[] up = rates(at[0] + (n == 0 ? step : 0), at[1] + (n == 1 ? step : 0));
            double[] down = rates(at[0] - (n == 0 ? step : 0), at[1] - (n == 1 ? step : 0));
            columns.add(new double[] {(up[0] - down[0]) / (2 * step), (up[1] - down[1]) / (2 * step)});
        }
        return new double[][] {
            {columns.get(0)[0], columns.get(1)[0]},
            {columns.get(0)[1], columns.get(1)[1]}
        };
    }

    private static double trace(double[][] j) {
        return j[0][0] + j[1][1];
    }

    private static double discriminant(double[][] j) {
        double half = trace(j) / 2;
        return half * half - (j[0][0] * j[1][1] - j[0][1] * j[1][0]);
    }

    /** The published equations as they stand in the paper, with a step of a thousandth of a day. */
    private static double[] rungeKuttaDay(double[] from) {
        double h = 1e-3;
        double[] y = from;
        for (int n = 0; n < 1000; n++) {
            double[] k1 = published(y, new double[2], 0);
            double[] k2 = published(y, k1, h / 2);
            double[] k3 = published(y, k2, h / 2);
            double[] k4 = published(y, k3, h);
            y = new double[] {
                y[0] + h / 6 * (k1[0] + 2 * k2[0] + 2 * k3[0] + k4[0]),
                y[1] + h / 6 * (k1[1] + 2 * k2[1] + 2 * k3[1] + k4[1])
            };
        }
        return y;
    }

    private static double[] published(double[] y, double[] slope, double step) {
        double e = y[0] + step * slope[0];
        double t = y[1] + step * slope[1];
        return new double[] {
            Kuznetsov.S + Kuznetsov.P * e * t / (Kuznetsov.G + t) - Kuznetsov.M * e * t - Kuznetsov.D * e,
            Kuznetsov.A * t * (1 - Kuznetsov.B * t) - Kuznetsov.N * e * t
        };
    }

    @Test
    void stateOfTheStartIsThatOfThePublishedModel() {
        State state = start().start(START_TUMOUR * Kuznetsov.CELL_VOLUME);
        assertThat(state.time()).isEqualTo(SimulationTime.ZERO);
        assertThat(burdenCells(state)).isCloseTo(START_TUMOUR, within(1e-9));
        assertThat(state.scalar(Lesion.OWNER, Quantities.EFFECTORS)).isCloseTo(START_EFFECTORS, within(1e-6));
        assertThat(start().process().observe(state)).containsKey(Quantity.TUMOUR_VOLUME);
    }
}
