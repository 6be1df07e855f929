package org.oncotwin.treatment.immunotherapy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.MassBalance;
import org.oncotwin.api.pharmacokinetics.Pharmacokinetics;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;
import org.oncotwin.sdk.conformance.ValidationRecord;

/**
 * Concentrations that a course reports, against those computed independently from the parameters of the published population models.
 *
 * <pre>
 * pembrolizumab 200 mg every 3 weeks, 30 min, typical patient of Ahamadi et al 2017: first peak 57.297 mg/L; troughs on day 21 12.736, day 42 19.978, day 105 27.771, day 126 28.529
 * nivolumab 240 mg every 2 weeks, 1 h, reference patient of Bajaj et al 2017 with clearance that falls over time: 65.7403 mg/L at 1 h; troughs 20.9251 at 336 h, 77.4873 at 4032 h, 78.4248 at 4368 h
 * pembrolizumab and PD-1: koff / kon = 0.144 / 2.880 nmol/L = 0.05 nmol/L (Lindauer et al 2017, table 1)
 * </pre>
 */
class PublishedConcentrationsTest {

    private static final ValidationRecord RECORD =
            ValidationRecord.of(PublishedConcentrationsTest.class, "checkpoint antibodies, two compartments");
    private static final String AHAMADI =
            "computed with the parameters of Ahamadi et al 2017, CPT Pharmacometrics Syst Pharmacol 6:49, table 3";
    private static final String BAJAJ =
            "computed with the parameters of Bajaj et al 2017, CPT Pharmacometrics Syst Pharmacol 6:58, table 1";

    @Test
    void pembrolizumab() {
        BiFunction<Drug, List<Administration>, Disposition> typical =
                (drug, doses) -> TwoCompartments.of(drug, 1, doses);
        Map<String, Double> one = facts(typical, "pembrolizumab", 200, 21, 1, 0.5);
        check("first peak of 200 mg", 57.297, one.get("peak_concentration"), AHAMADI);
        check("trough on day 21", 12.736, one.get("trough_concentration"), AHAMADI);
        check("trough on day 42", 19.978, trough(typical, 2), AHAMADI);
        check("trough on day 105", 27.771, trough(typical, 5), AHAMADI);
        check("trough on day 126", 28.529, trough(typical, 6), AHAMADI);
    }

    private static double trough(BiFunction<Drug, List<Administration>, Disposition> model, int doses) {
        return facts(model, "pembrolizumab", 200, 21, doses, 0.5).get("trough_concentration");
    }

    @Test
    void nivolumab() {
        BiFunction<Drug, List<Administration>, Disposition> falling = (drug, doses) -> new FallingClearance(doses);
        Map<String, Double> one = facts(falling, "nivolumab", 240, 14, 1, 1);
        check("nivolumab 240 mg at 1 h", 65.7403, one.get("peak_concentration"), BAJAJ);
        check("nivolumab trough at 336 h", 20.9251, one.get("trough_concentration"), BAJAJ);
        check(
                "nivolumab trough at 4032 h",
                77.4873,
                facts(falling, "nivolumab", 240, 14, 12, 1).get("trough_concentration"),
                BAJAJ);
        check(
                "nivolumab trough at 4368 h",
                78.4248,
                facts(falling, "nivolumab", 240, 14, 13, 1).get("trough_concentration"),
                BAJAJ);
    }

    @Test
    void pembrolizumabBinding() {
        RECORD.check(
                "pembrolizumab, dissociation constant of PD-1",
                "nmol/L",
                0.144 / 2.880,
                CheckpointAntibody.of(DrugFiles.read("pembrolizumab"), Setting.empty())
                        .dissociationConstants()
                        .get(Checkpoint.PD1),
                1e-12,
                "koff / kon of Lindauer et al 2017, CPT Pharmacometrics Syst Pharmacol 6:11, table 1");
    }

    private static void check(String quantity, double reference, double ours, String source) {
        RECORD.check(quantity, "mg/L", reference, ours, 5e-5, source);
    }

    private static Map<String, Double> facts(
            BiFunction<Drug, List<Administration>, Disposition> model,
            String id,
            double dose,
            double interval,
            double doses,
            double hours) {
        Pharmacokinetics drugs = new Pharmacokinetics() {
            @Override
            public Drug drug(String name) {
                return DrugFiles.read(name);
            }

            @Override
            public Disposition disposition(String name, List<Administration> administrations) {
                return model.apply(DrugFiles.read(name), administrations);
            }
        };
        Inputs inputs = Inputs.of(
                new HashMap<>(Map.of("flat_dose", dose, "interval", interval, "doses", doses, "infusion_time", hours)),
                Map.of("drug", id));
        ImmunotherapyModality modality = new ImmunotherapyModality();
        Course course = modality.plan(
                Setting.empty(),
                new CourseRequest(SimulationTime.ZERO, StudyCalendar.MONDAY, inputs, drugs),
                Parameters.resolve(modality.description().plugin().parameters(), Map.of()),
                TestContext.of("immunotherapy", DirectSolvers.none()));
        return course.facts().stream().collect(Collectors.toMap(CourseFact::name, CourseFact::value));
    }

    /** Nivolumab as published: clearance CL exp(Emax t^h / (T50^h + t^h)); fourth-order Runge-Kutta with steps of 0.1 h. */
    private static final class FallingClearance implements Disposition {
        private static final double STEP_HOURS = 0.1;
        private static final int STEPS = 365 * 240;
        private final double[] concentrations = new double[STEPS + 1];
        private final List<Administration> doses;

        FallingClearance(List<Administration> doses) {
            this.doses = doses;
            double[] amounts = new double[2];
            for (int step = 0; step < STEPS; step++) {
                double hour = step * STEP_HOURS;
                double inflow = inflow(hour + STEP_HOURS / 2);
                double[] k1 = rates(hour, amounts[0], amounts[1], inflow);
                double h = STEP_HOURS / 2;
                double[] k2 = rates(hour + h, amounts[0] + h * k1[0], amounts[1] + h * k1[1], inflow);
                double[] k3 = rates(hour + h, amounts[0] + h * k2[0], amounts[1] + h * k2[1], inflow);
                double[] k4 = rates(hour + STEP_HOURS, amounts[0] + 2 * h * k3[0], amounts[1] + 2 * h * k3[1], inflow);
                for (int i = 0; i < 2; i++) {
                    amounts[i] += STEP_HOURS / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
                }
                concentrations[step + 1] = amounts[0] / 3.63;
            }
        }

        private static double[] rates(double hour, double central, double peripheral, double inflow) {
            double power = Math.pow(hour, 3.15);
            double clearance = 0.0094 * Math.exp(-0.295 * power / (Math.pow(1410, 3.15) + power));
            double exchange = 0.0321 * (central / 3.63 - peripheral / 2.78);
            return new double[] {inflow - clearance * central / 3.63 - exchange, exchange};
        }

        private double inflow(double hour) {
            double sum = 0;
            for (Administration dose : doses) {
                if (hour > dose.start().days() * 24 && hour < dose.endDay() * 24) {
                    sum += dose.amount() / (dose.days() * 24);
                }
            }
            return sum;
        }

        @Override
        public SortedSet<String> sites() {
            return new TreeSet<>(List.of(PLASMA));
        }

        @Override
        public TimeFunction concentration(String site) {
            return new TimeFunction() {
                @Override
                public double at(double day) {
                    double place = day * 24 / STEP_HOURS;
                    int step = Math.min((int) place, STEPS - 1);
                    double part = place - step;
                    return (1 - part) * concentrations[step] + part * concentrations[step + 1];
                }

                @Override
                public double integral(double from, double to) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public double[] jumps(double from, double to) {
                    // Linear between its points: only the course's average occupancy looks closer, which is not
                    // compared here.
                    return doses.stream()
                            .flatMap(dose ->
                                    java.util.stream.Stream.of(dose.start().days(), dose.endDay()))
                            .filter(day -> day > from && day < to)
                            .mapToDouble(Double::doubleValue)
                            .toArray();
                }
            };
        }

        @Override
        public MassBalance massBalance(double day) {
            throw new UnsupportedOperationException();
        }
    }
}
