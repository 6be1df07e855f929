package org.oncotwin.treatment.pbpk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.MassBalance;
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
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.solver.linear.MatrixExponentialSolver;

/** Modes against the exponential of the matrix, balance of mass, and what inputs do. */
class CirculationTest {

    private static final Setting ADULT = Patients.of(Map.of("weight", 70.0));

    private static Parameters base() {
        return drug(Map.of());
    }

    private static Parameters drug(Map<String, Double> other) {
        Map<String, Double> values = new TreeMap<>(Map.of(
                "log_p", 2.5,
                "unbound_fraction", 0.1,
                "blood_plasma_ratio", 0.8,
                "base_pka_1", 8.0,
                "hepatic_intrinsic_clearance", 20.0,
                "absorption_rate", 1.2,
                "absorbed_fraction", 0.9,
                "degradation_rate", 0.01));
        values.putAll(other);
        return Parameters.resolve(new PbpkModel().description().drugParameters(), values);
    }

    /** The same equations handed to a solver. */
    private record Equations(Circulation circulation) implements LinearOdeSystem {
        @Override
        public int dimension() {
            return circulation.count();
        }

        @Override
        public int parameters() {
            return 1;
        }

        @Override
        public void derivatives(double day, double[] state, double[] parameters, double[] derivatives) {
            for (int row = 0; row < state.length; row++) {
                double sum = row == circulation.venous() ? parameters[0] : 0;
                for (int column = 0; column < state.length; column++) {
                    sum += circulation.rates()[row][column] * state[column];
                }
                derivatives[row] = sum;
            }
        }

        @Override
        public void matrix(double[] parameters, double[] entries) {
            for (int row = 0; row < dimension(); row++) {
                System.arraycopy(circulation.rates()[row], 0, entries, row * dimension(), dimension());
            }
        }

        @Override
        public void input(double[] parameters, double[] input) {
            Arrays.fill(input, 0);
            input[circulation.venous()] = parameters[0];
        }
    }

    @Test
    void modesAreTheExponentialOfTheMatrix() {
        Body body = Body.of(70, Body.usualFiltration(70), Body.all(), 0.05, 10, organ -> organ.length() * 0.7);
        Substance substance = new Substance(0.1, 0.8, 2.5, List.of(), List.of(8.0));
        Elimination out = new Elimination(300, 15, 0.3, 30, 1);
        Circulation circulation = new Circulation(body, substance, out);
        OdeTrajectory exact = new MatrixExponentialSolver()
                .solve(
                        OdeProblem.of(
                                        new Equations(circulation),
                                        Patients.YEAR,
                                        new double[circulation.count()],
                                        new double[1],
                                        OdeTolerance.of(1e-10, 1e-12))
                                .ofKind(SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS)
                                .withEvents(List.of(
                                        OdeEvent.add(SimulationTime.ofDays(1), circulation.lumen(), 100),
                                        OdeEvent.set(SimulationTime.ofDays(2), 0, 400),
                                        OdeEvent.set(SimulationTime.ofDays(2.25), 0, 0)))
                                .withTrajectory(),
                        Execution.sequential())
                .trajectory()
                .orElseThrow();
        BodyDisposition ours = new BodyDisposition(
                body,
                substance,
                out,
                List.of(Patients.dose(1, 0, 100, Route.ORAL), Patients.dose(2, 6, 100, Route.INTRAVENOUS)),
                () -> false);
        double[] state = new double[circulation.count()];
        for (double day : new double[] {1, 1.0001, 1.01, 1.3, 2, 2.0001, 2.1, 2.25, 2.26, 3, 5, 10, 30}) {
            exact.at(day, state);
            assertThat(ours.concentration("plasma").at(day))
                    .as("plasma on day %s", day)
                    .isCloseTo(state[circulation.venous()] / body.venousVolume() / 0.8, within(1e-10));
            for (int place = 0; place < body.organs().size(); place++) {
                Body.Organ organ = body.organs().get(place);
                assertThat(ours.concentration(organ.name()).at(day))
                        .as("%s on day %s", organ.name(), day)
                        .isCloseTo(state[place] / organ.volume(), within(1e-9));
            }
        }
    }

    @Test
    @Tag("SR-1604")
    void whatIsGivenIsPresentOrEliminated() {
        for (Map<String, Double> other : List.<Map<String, Double>>of(
                Map.of(),
                Map.of("hepatic_intrinsic_clearance", 0.0, "degradation_rate", 0.0, "renal_filtration_factor", 0.0),
                Map.of("hepatic_intrinsic_clearance", 1e-6, "degradation_rate", 0.0, "renal_filtration_factor", 0.0),
                Map.of("hepatic_intrinsic_clearance", 1e6),
                Map.of("log_p", 6.0),
                Map.of("degradation_rate", 100.0))) {
            Disposition disposition = Patients.disposition(
                    ADULT,
                    drug(other),
                    Map.of(),
                    IntStream.range(0, 100)
                            .mapToObj(n ->
                                    Patients.dose(n * 3.3, n % 3, 50 + n, n % 2 == 0 ? Route.ORAL : Route.INTRAVENOUS))
                            .toList());
            for (double day = 0; day <= 365; day += 0.271) {
                MassBalance balance = disposition.massBalance(day);
                assertThat(balance.present() + balance.eliminated())
                        .as("%s, day %s", other, day)
                        .isCloseTo(balance.given(), within(1e-9 * balance.given() + 1e-12));
                assertThat(balance.present()).isGreaterThanOrEqualTo(-1e-9 * balance.given());
            }
        }
    }

    /** Drugs drawn over the whole range of properties: each has modes, and mass is kept. */
    @Test
    @Tag("SR-1604")
    void anyDrugHasModes() {
        SplittableRandom random = new SplittableRandom(7);
        for (int draw = 0; draw < 1000; draw++) {
            Map<String, Double> properties = new TreeMap<>();
            properties.put("log_p", random.nextDouble(-3, 7));
            properties.put("unbound_fraction", Math.pow(10, random.nextDouble(-3, 0)));
            properties.put("blood_plasma_ratio", random.nextDouble(0.55, 3));
            properties.put("base_pka_1", random.nextDouble(2, 11));
            properties.put("acid_pka_1", random.nextDouble(2, 14));
            properties.put("hepatic_intrinsic_clearance", Math.pow(10, random.nextDouble(-4, 4)));
            properties.put("absorption_rate", Math.pow(10, random.nextDouble(-1.5, 1)));
            properties.put("degradation_rate", random.nextBoolean() ? 0 : random.nextDouble(0, 2));
            Disposition disposition = Patients.disposition(
                    Patients.of(Map.of("weight", random.nextDouble(40, 140))),
                    drug(properties),
                    Map.of("tumour_volume", random.nextDouble(0, 300)),
                    List.of(Patients.dose(0, 0, 100, Route.ORAL), Patients.dose(1, 2, 50, Route.INTRAVENOUS)));
            for (double day : new double[] {0.001, 0.5, 1.05, 3, 100, 365}) {
                MassBalance balance = disposition.massBalance(day);
                assertThat(balance.present() + balance.eliminated())
                        .as("draw %s, %s, day %s", draw, properties, day)
                        .isCloseTo(balance.given(), within(1e-9 * balance.given()));
            }
        }
    }

    @Test
    void integralIsThatOfTheConcentration() {
        Disposition disposition = Patients.disposition(
                ADULT,
                base(),
                Map.of(),
                List.of(Patients.dose(0, 0, 100, Route.ORAL), Patients.dose(1, 3, 80, Route.INTRAVENOUS)));
        for (String site : disposition.sites()) {
            var concentration = disposition.concentration(site);
            double sum = 0;
            int steps = 200_000;
            for (int n = 0; n < steps; n++) {
                sum += concentration.at(0.3 + 1.7 * (n + 0.5) / steps) * 1.7 / steps;
            }
            assertThat(concentration.integral(0.3, 2)).as(site).isCloseTo(sum, within(1e-5 * sum));
            assertThat(concentration.integral(0.3, 0.8)
                            + concentration.integral(0.8, 1.05)
                            + concentration.integral(1.05, 2))
                    .isCloseTo(concentration.integral(0.3, 2), within(1e-12 * sum));
        }
    }

    /** Of a drug that the liver alone clears, the oral area under the curve is the absorbed dose over the intrinsic clearance, whatever flows and partition are. */
    @Test
    void oralAreaIsDoseOverIntrinsicClearance() {
        Parameters drug = drug(Map.of("degradation_rate", 0.0, "renal_filtration_factor", 0.0));
        for (double weight : new double[] {50, 70, 120}) {
            Disposition disposition = Patients.disposition(
                    Patients.of(Map.of("weight", weight)),
                    drug,
                    Map.of(),
                    List.of(Patients.dose(0, 0, 100, Route.ORAL)));
            assertThat(disposition.concentration("plasma").integral(0, 365) * 24)
                    .isCloseTo(0.9 * 100 / 20, within(1e-9));
        }
    }

    @Test
    void concentrationsAreLinearInDose() {
        Disposition one =
                Patients.disposition(ADULT, base(), Map.of(), List.of(Patients.dose(0, 1, 100, Route.INTRAVENOUS)));
        Disposition three =
                Patients.disposition(ADULT, base(), Map.of(), List.of(Patients.dose(0, 1, 300, Route.INTRAVENOUS)));
        assertThat(three.concentration("liver").at(0.4))
                .isCloseTo(3 * one.concentration("liver").at(0.4), within(1e-12));
    }

    @Test
    void covariatesActAsTheyShould() {
        List<Administration> dose = List.of(Patients.dose(0, 1, 100, Route.INTRAVENOUS));
        Parameters filtered =
                drug(Map.of("hepatic_intrinsic_clearance", 0.0, "degradation_rate", 0.0, "unbound_fraction", 1.0));
        double healthy = Patients.disposition(
                        Patients.of(Map.of("weight", 70.0, "glomerular_filtration_rate", 120.0)),
                        filtered,
                        Map.of(),
                        dose)
                .concentration("plasma")
                .integral(0, 365);
        double ill = Patients.disposition(
                        Patients.of(Map.of("weight", 70.0, "glomerular_filtration_rate", 40.0)),
                        filtered,
                        Map.of(),
                        dose)
                .concentration("plasma")
                .integral(0, 365);
        // Not three times to the last digit: on its way into the vein a dose is measured once before it circulates.
        assertThat(ill).isCloseTo(3 * healthy, within(0.03 * ill));
        assertThat(Patients.disposition(Patients.of(Map.of("weight", 50.0)), base(), Map.of(), dose)
                        .concentration("plasma")
                        .at(0.05))
                .isGreaterThan(Patients.disposition(Patients.of(Map.of("weight", 100.0)), base(), Map.of(), dose)
                        .concentration("plasma")
                        .at(0.05));
        assertThat(Patients.disposition(ADULT, base(), Map.of("clearance_factor", 2.0), dose)
                        .concentration("plasma")
                        .integral(0, 365))
                .isLessThan(Patients.disposition(ADULT, base(), Map.of(), dose)
                        .concentration("plasma")
                        .integral(0, 365));
    }

    @Test
    void tumour() {
        List<Administration> dose = List.of(Patients.dose(0, 0, 100, Route.INTRAVENOUS));
        Parameters drug = drug(Map.of("partition_tumour", 2.0));
        Disposition slow = Patients.disposition(ADULT, drug, Map.of("tumour_blood_flow", 0.01), dose);
        Disposition fast = Patients.disposition(ADULT, drug, Map.of("tumour_blood_flow", 1.0), dose);
        assertThat(slow.concentration("tumour").at(0.01))
                .isLessThan(fast.concentration("tumour").at(0.01));
        assertThat(Patients.disposition(ADULT, drug, Map.of("tumour_volume", 0.0), dose)
                        .sites())
                .doesNotContain("tumour")
                .contains("plasma", "liver", "brain", "lung", "rest");
        assertThatThrownBy(() -> Patients.disposition(
                        ADULT, drug, Map.of("tumour_volume", 2000.0, "tumour_blood_flow", 2.0), dose))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("tumour_blood_flow");
    }

    @Test
    void refusals() {
        List<Administration> swallowed = List.of(Patients.dose(0, 0, 100, Route.ORAL));
        assertThatThrownBy(() -> Patients.disposition(ADULT, drug(Map.of("absorption_rate", 0.0)), Map.of(), swallowed))
                .hasMessageContaining("drugs.example.pbpk.absorption_rate");
        assertThatThrownBy(() -> Patients.disposition(Patients.of(Map.of()), base(), Map.of(), swallowed))
                .hasMessageContaining("patient.weight");
        assertThatThrownBy(() -> Patients.disposition(ADULT, drug(Map.of("log_p", -10.0)), Map.of(), swallowed))
                .hasMessageContaining("pbpk.log_p");
        assertThatThrownBy(() -> Patients.disposition(
                        ADULT,
                        drug(Map.of("renal_filtration_factor", 1000.0, "unbound_fraction", 1.0)),
                        Map.of(),
                        swallowed))
                .hasMessageContaining("renal_filtration_factor");
        assertThatThrownBy(() ->
                        Patients.disposition(ADULT, base(), Map.of(), swallowed).concentration("toe"))
                .hasMessageContaining("adipose");
    }

    @Test
    void nothingGivenIsNothing() {
        Disposition nothing =
                Patients.disposition(ADULT, base(), Map.of(), List.of(Patients.dose(3, 1, 0, Route.INTRAVENOUS)));
        assertThat(nothing.concentration("plasma").isConstant(0)).isTrue();
        assertThat(nothing.massBalance(10)).isEqualTo(new MassBalance(0, 0, 0));
    }
}
