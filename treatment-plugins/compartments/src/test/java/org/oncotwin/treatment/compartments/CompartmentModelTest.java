package org.oncotwin.treatment.compartments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Dosing;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.OdeTrajectory;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;
import org.oncotwin.sdk.conformance.ValidationRecord;
import org.oncotwin.solver.linear.MatrixExponentialSolver;
import org.oncotwin.solver.stiff.RosenbrockSolver;

class CompartmentModelTest {

    private static final ValidationRecord RECORD =
            ValidationRecord.of(CompartmentModelTest.class, "compartments, linear");
    private static final Interval WEEKS = new Interval(SimulationTime.ZERO, SimulationTime.ofDays(28));
    private static final Drug DRUG = new Drug("drug-under-test", "Drug", List.of(), new TreeMap<>(), List.of());

    private static final Map<String, Double> THREE = Map.of(
            "clearance", 44.1,
            "central_volume", 8.9,
            "intercompartmental_clearance", 6.1,
            "peripheral_volume", 7.3,
            "second_intercompartmental_clearance", 14.4,
            "second_peripheral_volume", 388.0,
            "absorption_rate", 1.3);

    private static final List<Administration> DOSES = List.of(
            new Administration(SimulationTime.ofDays(1), 1.0 / 24, 160, Route.INTRAVENOUS),
            new Administration(SimulationTime.ofDays(4.5), 0, 80, Route.ORAL),
            new Administration(SimulationTime.ofDays(8), 0, 100, Route.INTRAVENOUS),
            new Administration(SimulationTime.ofDays(15), 2, 240, Route.INTRAVENOUS));

    private static Disposition disposition(
            Map<String, Double> drug, Map<String, Double> own, List<Administration> doses) {
        CompartmentModel model = new CompartmentModel();
        return model.disposition(
                Setting.empty(),
                new Dosing(DRUG, Parameters.resolve(model.description().drugParameters(), drug), doses),
                Parameters.resolve(model.description().plugin().parameters(), own),
                TestContext.of(
                        "course",
                        DirectSolvers.of(new RosenbrockSolver(), Execution.sequential()),
                        () -> false,
                        WEEKS,
                        OptionalDouble.of(1e-11)));
    }

    private static TimeFunction plasma(Map<String, Double> drug, List<Administration> doses) {
        return disposition(drug, Map.of(), doses).concentration(Disposition.PLASMA);
    }

    /** Gut, central and two peripheral amounts, and the integral of the concentration, as a matrix. */
    private record Matrix(double[][] rates) implements LinearOdeSystem {

        static Matrix of(Map<String, Double> drug) {
            double v = drug.get("central_volume");
            double[] k = {
                drug.getOrDefault("absorption_rate", 0.0) * 24,
                drug.get("clearance") / v * 24,
                drug.getOrDefault("intercompartmental_clearance", 0.0) / v * 24,
                drug.getOrDefault("intercompartmental_clearance", 0.0)
                        / drug.getOrDefault("peripheral_volume", 1.0)
                        * 24,
                drug.getOrDefault("second_intercompartmental_clearance", 0.0) / v * 24,
                drug.getOrDefault("second_intercompartmental_clearance", 0.0)
                        / drug.getOrDefault("second_peripheral_volume", 1.0)
                        * 24
            };
            return new Matrix(new double[][] {
                {-k[0], 0, 0, 0, 0},
                {k[0], -k[1] - k[2] - k[4], k[3], k[5], 0},
                {0, k[2], -k[3], 0, 0},
                {0, k[4], 0, -k[5], 0},
                {0, 1 / v, 0, 0, 0}
            });
        }

        @Override
        public int dimension() {
            return 5;
        }

        @Override
        public int parameters() {
            return 1;
        }

        @Override
        public void matrix(double[] parameters, double[] entries) {
            for (int row = 0; row < 5; row++) {
                System.arraycopy(rates[row], 0, entries, 5 * row, 5);
            }
        }

        @Override
        public void input(double[] parameters, double[] input) {
            input[1] = parameters[0];
        }

        @Override
        public void derivatives(double day, double[] state, double[] parameters, double[] derivatives) {
            for (int row = 0; row < 5; row++) {
                derivatives[row] = row == 1 ? parameters[0] : 0;
                for (int column = 0; column < 5; column++) {
                    derivatives[row] += rates[row][column] * state[column];
                }
            }
        }
    }

    private static OdeTrajectory byMatrixExponential(Map<String, Double> drug) {
        List<OdeEvent> events = new ArrayList<>();
        for (Administration dose : DOSES) {
            if (dose.route() == Route.ORAL) {
                events.add(OdeEvent.add(dose.start(), 0, dose.amount()));
            } else if (dose.days() == 0) {
                events.add(OdeEvent.add(dose.start(), 1, dose.amount()));
            } else {
                events.add(OdeEvent.set(dose.start(), 0, dose.amount() / dose.days()));
                events.add(OdeEvent.set(SimulationTime.ofDays(dose.endDay()), 0, 0));
            }
        }
        OdeProblem problem = OdeProblem.of(
                        Matrix.of(drug), WEEKS, new double[5], new double[1], OdeTolerance.of(1e-12, 1e-14))
                .ofKind(SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS)
                .withEvents(events)
                .withTrajectory();
        return new MatrixExponentialSolver()
                .solve(problem, Execution.sequential())
                .trajectory()
                .orElseThrow();
    }

    @Test
    void agreesWithTheMatrixExponential() {
        Map<String, Double> one = Map.of("clearance", 10.0, "central_volume", 30.0, "absorption_rate", 5.8);
        Map<String, Double> two = Map.of(
                "clearance", 35.5,
                "central_volume", 23.4,
                "intercompartmental_clearance", 8.64,
                "peripheral_volume", 12.0,
                "absorption_rate", 0.4);
        // Absorption as fast as elimination: a formula with the difference of the two in its denominator would fail.
        Map<String, Double> alike = Map.of("clearance", 15.0, "central_volume", 30.0, "absorption_rate", 0.5);
        Map<String, Map<String, Double>> drugs = new TreeMap<>(Map.of(
                "one compartment", one, "two compartments", two, "three compartments", THREE, "equal rates", alike));
        drugs.forEach((name, drug) -> {
            TimeFunction ours = plasma(drug, DOSES);
            OdeTrajectory theirs = byMatrixExponential(drug);
            double[] state = new double[5];
            for (double day : new double[] {1.02, 1.05, 1.5, 3, 4.51, 4.6, 5, 8, 8.01, 9, 15.5, 17.01, 18, 22}) {
                theirs.at(day, state);
                RECORD.check(
                        name + ", concentration on day " + day,
                        "mg/L",
                        state[1] / drug.get("central_volume"),
                        ours.at(day),
                        1e-9,
                        "exponential of the matrix (solver.linear)");
                RECORD.check(
                        name + ", integral until day " + day,
                        "mg.d/L",
                        state[4],
                        ours.integral(0, day),
                        1e-9,
                        "exponential of the matrix (solver.linear)");
            }
        });
    }

    @Test
    void saturableAtTraceConcentrationsIsLinear() {
        Map<String, Double> saturable = Map.of(
                "central_volume", 12.0,
                "maximum_elimination_rate", 1000.0,
                "elimination_half_saturation", 1000.0,
                "maximum_distribution_rate", 500.0,
                "distribution_half_saturation", 1000.0,
                "distribution_return_rate", 0.1);
        // To the first order: clearance 1 L/h, exchange 0.5 L/h, and back with 0.1 /h, as from 5 L.
        Map<String, Double> linear = Map.of(
                "clearance", 1.0,
                "central_volume", 12.0,
                "intercompartmental_clearance", 0.5,
                "peripheral_volume", 5.0);
        List<Administration> trace =
                List.of(new Administration(SimulationTime.ofDays(1), 0.25, 1e-3, Route.INTRAVENOUS));
        for (double day : new double[] {1.1, 1.25, 2, 4, 6}) {
            assertThat(plasma(saturable, trace).at(day))
                    .as("day %s", day)
                    .isCloseTo(plasma(linear, trace).at(day), withPercentage(1e-4));
        }
    }

    @Test
    void saturationMakesExposureRiseMoreThanTheDose() {
        Map<String, Double> drug =
                Map.of("central_volume", 12.0, "maximum_elimination_rate", 30.0, "elimination_half_saturation", 0.4);
        double low = plasma(drug, List.of(new Administration(SimulationTime.ZERO, 0, 1, Route.INTRAVENOUS)))
                .integral(0, 28);
        double high = plasma(drug, List.of(new Administration(SimulationTime.ZERO, 0, 10, Route.INTRAVENOUS)))
                .integral(0, 28);
        assertThat(high).isGreaterThan(15 * low);
        // Integrated Michaelis-Menten equation: AUC = C0 / Vmax' (Km + C0 / 2), with C0 = dose / V and Vmax' = Vmax /
        // V.
        double c0 = 10 / 12.0;
        RECORD.check(
                "Michaelis-Menten elimination, AUC of an injection of 10 mg",
                "mg.h/L",
                c0 / (30 / 12.0) * (0.4 + c0 / 2),
                24 * high,
                1e-8,
                "closed form, Gibaldi and Perrier 1982, chapter 7");
    }

    private static Map<String, Double> with(Map<String, Double> drug, Object... more) {
        Map<String, Double> all = new TreeMap<>(drug);
        for (int i = 0; i < more.length; i += 2) {
            all.put((String) more[i], (Double) more[i + 1]);
        }
        return all;
    }

    @Test
    void clearanceThatDoesNotChangeHasTheBitsOfBefore() {
        TimeFunction before = plasma(THREE, DOSES);
        TimeFunction ours = plasma(
                with(
                        THREE,
                        "clearance_change_maximum",
                        0.0,
                        "clearance_change_half_time",
                        0.0,
                        "clearance_change_hill",
                        3.0),
                DOSES);
        for (double day = 0; day <= 28; day += 0.1) {
            assertThat(ours.at(day)).isEqualTo(before.at(day));
            assertThat(ours.integral(0, day)).isEqualTo(before.integral(0, day));
        }
    }

    /** One compartment: C(t) = D / V exp(-(1/V) integral of CL). */
    @Test
    void changingClearanceAgreesWithTheSolutionOfOneCompartment() {
        double half = 100;
        double maximum = -0.7;
        double hill = 2.5;
        TimeFunction ours = plasma(
                Map.of(
                        "central_volume", 5.0,
                        "clearance", 0.05,
                        "clearance_change_maximum", maximum,
                        "clearance_change_half_time", half,
                        "clearance_change_hill", hill),
                List.of(new Administration(SimulationTime.ofDays(2), 0, 100, Route.INTRAVENOUS)));
        double cleared = 0;
        int steps = 240_000;
        double length = 26 * 24.0 / steps;
        for (int step = 0; step < steps; step++) {
            double hour = (step + 0.5) * length;
            double power = StrictMath.pow(hour / half, hill);
            cleared += length * 0.05 * StrictMath.exp(maximum * power / (1 + power));
            if ((step + 1) % 30_000 == 0) {
                RECORD.check(
                        "one compartment, clearance that falls, " + Math.round((step + 1) * length)
                                + " h after the dose",
                        "mg/L",
                        100 / 5.0 * StrictMath.exp(-cleared / 5),
                        ours.at(2 + (step + 1) * length / 24),
                        1e-8,
                        "dose / V exp(-integral of CL / V), integral by the midpoint rule");
            }
        }
    }

    @Test
    void clearanceThatHasChangedIsConstantAgain() {
        Map<String, Double> changed = with(
                THREE,
                "clearance_change_maximum",
                -0.5,
                "clearance_change_half_time",
                1e-9,
                "clearance_change_hill",
                4.0);
        TimeFunction ours = plasma(changed, DOSES);
        TimeFunction constant = plasma(with(THREE, "clearance", 44.1 * StrictMath.exp(-0.5)), DOSES);
        for (double day : new double[] {1.02, 2, 4.6, 8, 9, 16, 20}) {
            assertThat(ours.at(day)).as("day %s", day).isCloseTo(constant.at(day), withPercentage(1e-6));
        }
    }

    @Test
    void factorsOfThePatientActAsTheySay() {
        double usual = disposition(THREE, Map.of(), DOSES)
                .concentration(Disposition.PLASMA)
                .integral(0, 28);
        assertThat(disposition(THREE, Map.of("clearance_factor", 2.0), DOSES)
                        .concentration(Disposition.PLASMA)
                        .integral(0, 28))
                .isLessThan(0.55 * usual);
        assertThat(disposition(THREE, Map.of("volume_factor", 2.0), DOSES)
                        .concentration(Disposition.PLASMA)
                        .at(8))
                .isCloseTo(
                        disposition(THREE, Map.of(), DOSES)
                                        .concentration(Disposition.PLASMA)
                                        .at(8)
                                / 2,
                        withPercentage(1));
    }

    @Test
    void manyDosesKeepTheirMass() {
        List<Administration> daily = new ArrayList<>();
        for (int day = 0; day < 27; day++) {
            daily.add(new Administration(SimulationTime.ofDays(day + 0.3), 1.0 / 96, 100, Route.INTRAVENOUS));
        }
        Disposition disposition = disposition(THREE, Map.of(), daily);
        for (double day = 0; day <= 28; day += 0.01) {
            var balance = disposition.massBalance(day);
            assertThat(Math.abs(balance.given() - balance.present() - balance.eliminated()))
                    .as("day %s", day)
                    .isLessThanOrEqualTo(1e-12 * 2700);
        }
    }

    @Test
    void whatIsMissingIsNamed() {
        assertRefused(Map.of("central_volume", 10.0), Route.INTRAVENOUS, "clearance", "maximum_elimination_rate");
        assertRefused(
                Map.of("central_volume", 10.0, "clearance", 1.0, "intercompartmental_clearance", 1.0),
                Route.INTRAVENOUS,
                "intercompartmental_clearance",
                "peripheral_volume");
        assertRefused(
                Map.of("central_volume", 10.0, "maximum_elimination_rate", 1.0),
                Route.INTRAVENOUS,
                "elimination_half_saturation");
        assertRefused(Map.of("central_volume", 10.0, "clearance", 1.0), Route.ORAL, "oral", "absorption_rate");
        assertRefused(
                Map.of("central_volume", 10.0, "clearance", 1.0, "clearance_change_maximum", -0.3),
                Route.INTRAVENOUS,
                "clearance_change_maximum",
                "clearance_change_half_time");
        assertRefused(
                Map.of("central_volume", 10.0, "clearance", 1.0, "clearance_change_half_time", 100.0),
                Route.INTRAVENOUS,
                "clearance_change_maximum",
                "clearance_change_half_time");
        assertRefused(
                Map.of(
                        "central_volume",
                        10.0,
                        "maximum_elimination_rate",
                        1.0,
                        "elimination_half_saturation",
                        1.0,
                        "clearance_change_maximum",
                        -0.3,
                        "clearance_change_half_time",
                        100.0),
                Route.INTRAVENOUS,
                "clearance_change_maximum",
                "linear clearance");
    }

    private static void assertRefused(Map<String, Double> drug, Route route, String... parts) {
        assertThatThrownBy(() -> plasma(drug, List.of(new Administration(SimulationTime.ZERO, 0, 1, route))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(parts);
    }
}
