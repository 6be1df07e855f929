package org.oncotwin.treatment.chemotherapy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.sdk.conformance.ValidationRecord;

class ChemotherapyCourseTest {

    private static final ValidationRecord RECORD = ValidationRecord.of(ChemotherapyCourseTest.class, "chemotherapy");
    private static final Interval YEAR = new Interval(SimulationTime.ZERO, SimulationTime.ofDays(365));

    private static TimeFunction rate(Course course) {
        return course.effects(State.at(SimulationTime.ZERO), YEAR)
                .get(EffectPort.KILL_RATE)
                .uniformRate();
    }

    private static double killed(Course course) {
        return rate(course).integral(0, 365);
    }

    @Test
    void calvert() {
        String source = "Calvert et al 1989, J Clin Oncol 7:1748: dose = AUC (GFR + 25)";
        RECORD.check("dose for AUC 5 at a filtration rate of 90 mL/min", "mg", 575, dose(5, 90), 1e-12, source);
        RECORD.check("dose for AUC 6 at a filtration rate of 125 mL/min", "mg", 900, dose(6, 125), 1e-12, source);
    }

    private static double dose(double target, double filtration) {
        CourseRequest request = Courses.request("carboplatin", Map.of("target_auc", target), Map.of());
        Course course = Courses.plan(TestDrugs.patient(1.8, 70, filtration), request, Map.of("kill_rate", 0.1));
        assertThat(Courses.fact(course, "glomerular_filtration_rate")).isEqualTo(filtration);
        return Courses.fact(course, "dose");
    }

    @Test
    void dosesFollowTheirBasis() {
        assertThat(dose(Map.of("dose_per_area", 75.0))).isEqualTo(75 * 1.62);
        assertThat(dose(Map.of("dose_per_area", 75.0, "dose_cap_area", 1.5))).isEqualTo(75 * 1.5);
        assertThat(dose(Map.of("dose_per_area", 75.0, "dose_cap_area", 2.0))).isEqualTo(75 * 1.62);
        assertThat(dose(Map.of("dose_per_weight", 2.0))).isEqualTo(128);
        assertThat(dose(Map.of("flat_dose", 100.0))).isEqualTo(100);
    }

    private static double dose(Map<String, Double> numbers) {
        return Courses.fact(Courses.plan(Courses.request("cisplatin", numbers, Map.of())), "dose");
    }

    @Test
    void sixCyclesAreSixEvents() {
        Course course = Courses.plan(Courses.request("cisplatin", Map.of("dose_per_area", 75.0), Map.of()));
        assertThat(course.events()).hasSize(6).allSatisfy(event -> {
            assertThat(event.amount()).isCloseTo(121.5, withPercentage(1e-12));
            assertThat(event.unit()).isEqualTo("mg");
        });
        assertThat(course.events().stream().map(event -> event.time().days()))
                .containsExactly(2.375, 23.375, 44.375, 65.375, 86.375, 107.375);
        assertThat(course.events().get(5).label()).isEqualTo("cisplatin, dose 6 of 6");
        assertThat(Courses.fact(course, "cumulative_dose")).isCloseTo(6 * 121.5, withPercentage(1e-12));
        assertThat(Courses.fact(course, "last_dose_day")).isEqualTo(107.375);
    }

    @Test
    void exposureIsDoseOverClearance() {
        Course course = Courses.plan(
                Courses.request("cisplatin", Map.of("dose_per_area", 75.0, "infusion_time", 1.0), Map.of()));
        RECORD.check(
                "cisplatin 75 mg/m2 six times, AUC",
                "mg.h/L",
                6 * 121.5 / 35.5,
                Courses.fact(course, "exposure"),
                1e-9,
                "dose over the clearance of Urien and Lokiec 2004, 35.5 L/h");
        assertThat(Courses.fact(course, "log_kill"))
                .isCloseTo(0.5 * 6 * 121.5 / 35.5 / 24 / Math.log(10), withPercentage(1e-7));
    }

    @Test
    void temozolomideActsWithinHours() {
        Course course = Courses.plan(
                TestDrugs.patient(2, 80, 90),
                Courses.request(
                        "temozolomide",
                        Map.of("dose_per_area", 200.0, "cycles", 1.0),
                        Map.of("route", "oral", "schedule", "daily")),
                Map.of("kill_rate", 0.01));
        TimeFunction rate = rate(course);
        double halfLife = 2 * Math.log(2) / Math.log(rate.at(2.375 + 6.0 / 24) / rate.at(2.375 + 8.0 / 24));
        RECORD.check(
                "temozolomide, half-life of the rate of killing",
                "h",
                1.8,
                halfLife,
                0.05,
                "1.8 h, as commonly quoted from the Temodar label");
        double day = rate.integral(2.375, 3.375);
        assertThat(day)
                .as("a step of a day holds the whole dose")
                .isCloseTo(0.01 * 400 / 11.2 / 24, withPercentage(0.1));
    }

    @Test
    void theTumourHasItsOwnConcentration() {
        CourseRequest plasma = Courses.request(
                "temozolomide", Map.of("flat_dose", 300.0), Map.of("route", "oral", "acting_site", "plasma"));
        CourseRequest tumour = Courses.request(
                "temozolomide", Map.of("flat_dose", 300.0), Map.of("route", "oral", "acting_site", "tumour"));
        assertThat(killed(Courses.plan(tumour))).isCloseTo(0.2 * killed(Courses.plan(plasma)), withPercentage(1e-9));
        assertThatThrownBy(() -> Courses.plan(
                        Courses.request("cisplatin", Map.of("flat_dose", 100.0), Map.of("acting_site", "tumour"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("known is plasma");
    }

    @ParameterizedTest
    @CsvSource({"log-kill", "emax", "cell-cycle"})
    void moreDoseKillsMore(String model) {
        double last = 0;
        for (double dose : new double[] {1, 10, 75, 100, 1000, 10_000}) {
            double killed = killed(Courses.plan(
                    Courses.PATIENT,
                    Courses.request("cisplatin", Map.of("dose_per_area", dose), Map.of("kill_model", model)),
                    sensitivity(model)));
            assertThat(killed).as("%s, %s mg/m2", model, dose).isFinite().isGreaterThan(last);
            last = killed;
        }
    }

    private static Map<String, Double> sensitivity(String model) {
        return switch (model) {
            case "log-kill" -> Map.of("kill_rate", 0.5);
            case "emax" -> Map.of("maximum_kill_rate", 2.0, "half_maximum_concentration", 0.5);
            default -> Map.of("maximum_kill_rate", 2.0, "half_maximum_concentration", 0.5, "sensitive_fraction", 0.3);
        };
    }

    @Test
    void killModelsAreWhatTheySay() {
        CourseRequest linear = Courses.request("cisplatin", Map.of("flat_dose", 120.0, "infusion_time", 1.0), Map.of());
        TimeFunction concentration =
                Courses.plan(linear).exposures().get(0).disposition().concentration(Disposition.PLASMA);
        TimeFunction emax = rate(Courses.plan(
                Courses.PATIENT,
                Courses.request(
                        "cisplatin", Map.of("flat_dose", 120.0, "infusion_time", 1.0), Map.of("kill_model", "emax")),
                Map.of("maximum_kill_rate", 2.0, "half_maximum_concentration", 0.5, "hill_exponent", 2.0)));
        TimeFunction phase = rate(Courses.plan(
                Courses.PATIENT,
                Courses.request(
                        "cisplatin",
                        Map.of("flat_dose", 120.0, "infusion_time", 1.0),
                        Map.of("kill_model", "cell-cycle")),
                Map.of(
                        "maximum_kill_rate", 2.0,
                        "half_maximum_concentration", 0.5,
                        "hill_exponent", 2.0,
                        "sensitive_fraction", 0.3)));
        for (double day : new double[] {2.38, 2.4, 2.45, 2.6, 23.4, 44.5}) {
            double c = concentration.at(day);
            double expected = 2 * c * c / (0.25 + c * c);
            assertThat(rate(Courses.plan(linear)).at(day)).isCloseTo(0.5 * c, withPercentage(1e-12));
            assertThat(emax.at(day)).as("day %s", day).isCloseTo(expected, offset(1e-9));
            assertThat(phase.at(day)).isCloseTo(0.3 * expected, offset(1e-9));
        }
        assertThat(rate(Courses.plan(linear)).at(1)).isZero();
        assertThat(emax.at(1)).isZero();
    }

    @Test
    void saturatingKillOfADrugWithSaturableElimination() {
        Course course = Courses.plan(
                Courses.PATIENT,
                Courses.request(
                        "paclitaxel",
                        Map.of("dose_per_area", 80.0, "cycles", 18.0, "infusion_time", 1.0),
                        Map.of("kill_model", "emax", "schedule", "weekly")),
                Map.of("maximum_kill_rate", 2.0, "half_maximum_concentration", 0.05));
        TimeFunction concentration = course.exposures().get(0).disposition().concentration(Disposition.PLASMA);
        for (double day : new double[] {2.39, 2.5, 3, 5, 9.376, 60, 125, 140}) {
            double c = concentration.at(day);
            assertThat(rate(course).at(day)).as("day %s", day).isCloseTo(2 * c / (0.05 + c), offset(1e-7));
        }
    }

    @Test
    void weeklyDiffersFromThreeWeekly() {
        Map<String, Double> sensitivity = Map.of("maximum_kill_rate", 2.0, "half_maximum_concentration", 0.5);
        Course weekly = Courses.plan(
                Courses.PATIENT,
                Courses.request(
                        "cisplatin",
                        Map.of("dose_per_area", 25.0, "cycles", 18.0),
                        Map.of("kill_model", "emax", "schedule", "weekly")),
                sensitivity);
        Course threeWeekly = Courses.plan(
                Courses.PATIENT,
                Courses.request("cisplatin", Map.of("dose_per_area", 75.0), Map.of("kill_model", "emax")),
                sensitivity);
        assertThat(Courses.fact(weekly, "cumulative_dose"))
                .isCloseTo(Courses.fact(threeWeekly, "cumulative_dose"), withPercentage(1e-9));
        assertThat(killed(weekly))
                .as("a saturating effect profits from smaller doses")
                .isGreaterThan(1.2 * killed(threeWeekly));
        assertThat(rate(weekly).integral(9, 20)).isPositive();
        assertThat(weekly.events()).hasSize(18);
    }

    @Test
    void covariatesActInTheirDirection() {
        CourseRequest area = Courses.request("cisplatin", Map.of("dose_per_area", 75.0), Map.of());
        assertThat(killed(Courses.plan(TestDrugs.patient(2, 64, 90), area, Map.of("kill_rate", 0.5))))
                .as("a larger patient gets more")
                .isGreaterThan(killed(Courses.plan(area)));
        CourseRequest weight = Courses.request("cisplatin", Map.of("dose_per_weight", 2.0), Map.of());
        assertThat(killed(Courses.plan(TestDrugs.patient(1.62, 90, 90), weight, Map.of("kill_rate", 0.5))))
                .isGreaterThan(killed(Courses.plan(weight)));
        CourseRequest auc = Courses.request("carboplatin", Map.of("target_auc", 5.0), Map.of());
        assertThat(killed(Courses.plan(TestDrugs.patient(1.62, 64, 40), auc, Map.of("kill_rate", 0.5))))
                .isLessThan(killed(Courses.plan(auc)));
        CourseRequest slow = Courses.request("cisplatin", Map.of("dose_per_area", 75.0), Map.of(), new TestDrugs(0.5));
        assertThat(killed(Courses.plan(slow)))
                .as("half the clearance, twice the exposure")
                .isCloseTo(2 * killed(Courses.plan(area)), withPercentage(1e-6));
    }

    @Test
    void doseZeroIsNothing() {
        for (CourseRequest zero : List.of(
                Courses.request("cisplatin", Map.of("dose_per_area", 0.0), Map.of()),
                Courses.request("cisplatin", Map.of("flat_dose", 0.0), Map.of()),
                Courses.request("carboplatin", Map.of("target_auc", 0.0), Map.of()),
                Courses.request("cisplatin", Map.of("flat_dose", 100.0, "cycles", 0.0), Map.of()))) {
            Course course = Courses.plan(zero);
            assertThat(course.effects(State.at(SimulationTime.ZERO), YEAR).isEmpty())
                    .isTrue();
            assertThat(course.events()).isEmpty();
            assertThat(course.exposures()).isEmpty();
            assertThat(course.curves(YEAR)).isEmpty();
            assertThat(Courses.fact(course, "cumulative_dose")).isZero();
        }
    }

    @Test
    void absurdDosesRun() {
        Course course = Courses.plan(Courses.request("cisplatin", Map.of("dose_per_area", 10_000.0), Map.of()));
        assertThat(killed(course)).isFinite().isPositive();
        assertThat(Courses.fact(course, "dose")).isCloseTo(16_200, withPercentage(1e-12));
    }

    @Test
    void exposuresAndCurves() {
        Course course = Courses.plan(Courses.request(
                "temozolomide",
                Map.of("dose_per_area", 75.0, "cycles", 42.0),
                Map.of("route", "oral", "schedule", "daily", "phase", "concomitant", "acting_site", "tumour")));
        assertThat(course.exposures()).singleElement().satisfies(exposure -> {
            assertThat(exposure.drug().id()).isEqualTo("temozolomide");
            assertThat(exposure.phase()).isEqualTo("concomitant");
            assertThat(exposure.administrations()).hasSize(42);
        });
        assertThat(course.curves(YEAR).stream().map(Curve::name))
                .containsExactly("temozolomide.plasma", "temozolomide.tumour", "temozolomide.kill-rate");
        Course without = Courses.plan(Courses.request("cisplatin", Map.of("flat_dose", 10.0), Map.of()));
        assertThat(without.exposures().get(0).phase()).isEmpty();
    }

    @Test
    void dosesAfterTheRunDoNothing() {
        CourseRequest late = Courses.request("cisplatin", Map.of("flat_dose", 100.0), Map.of());
        CourseRequest moved =
                new CourseRequest(SimulationTime.ofDays(400), late.calendar(), late.inputs(), late.pharmacokinetics());
        Course course = Courses.plan(moved);
        assertThat(course.effects(State.at(SimulationTime.ZERO), YEAR).isEmpty())
                .isTrue();
        assertThat(course.events()).hasSize(6);
    }

    @Test
    void theWayToDoseIsOne() {
        assertRefused(Map.of(), Map.of(), "exactly one of", "dose_per_area (mg/m2)", "target_auc");
        assertRefused(Map.of("dose_per_area", 1.0, "flat_dose", 1.0), Map.of(), "flat_dose", "beside dose_per_area");
        assertRefused(Map.of("flat_dose", 1.0, "dose_cap_area", 2.0), Map.of(), "dose_cap_area", "dose_per_area alone");
        assertRefused(Map.of("flat_dose", -1.0), Map.of(), "flat_dose", "-1.0 is not allowed");
    }

    @Test
    void whatDoesNotFitIsRefusedInWords() {
        assertRefused(Map.of("flat_dose", 1.0), Map.of("schedule", "custom"), "cycle_length", "missing");
        assertRefused(
                Map.of("flat_dose", 1.0, "cycle_length", 3.0, "doses_per_cycle", 4.0),
                Map.of("schedule", "custom"),
                "doses_per_cycle",
                "do not fit");
        assertRefused(Map.of("flat_dose", 1.0, "cycle_length", 3.0), Map.of(), "cycle_length", "custom alone");
        assertRefused(
                Map.of("flat_dose", 1.0, "infusion_time", 1.0), Map.of("route", "oral"), "infusion_time", "at once");
        assertRefused(Map.of("flat_dose", 1.0), Map.of("route", "oral"), "route", "absorption");
        assertRefused(Map.of("flat_dose", 1.0), Map.of("drug", "aspirin"), "drug", "known are");
        assertRefused(
                Map.of("flat_dose", 1.0, "cycles", 2000.0),
                Map.of("schedule", "days-1-5-of-28"),
                "cycles",
                "2000 doses");
        assertThatThrownBy(() -> Courses.plan(
                        Setting.empty(),
                        Courses.request("cisplatin", Map.of("dose_per_area", 75.0), Map.of()),
                        Map.of("kill_rate", 0.5)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("body_surface_area");
    }

    private static void assertRefused(Map<String, Double> numbers, Map<String, String> words, String... parts) {
        assertThatThrownBy(() -> Courses.plan(Courses.request(words.getOrDefault("drug", "cisplatin"), numbers, words)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void sensitivityHasNoDefault() {
        CourseRequest request = Courses.request("cisplatin", Map.of("flat_dose", 1.0), Map.of());
        assertThatThrownBy(() -> Courses.plan(Courses.PATIENT, request, Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("kill_rate", "missing", "log-kill", "L/mg/d");
        CourseRequest cycle =
                Courses.request("cisplatin", Map.of("flat_dose", 1.0), Map.of("kill_model", "cell-cycle"));
        assertThatThrownBy(() -> Courses.plan(
                        Courses.PATIENT, cycle, Map.of("maximum_kill_rate", 1.0, "half_maximum_concentration", 1.0)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("sensitive_fraction", "missing");
        assertThatThrownBy(() ->
                        Courses.plan(Courses.PATIENT, request, Map.of("kill_rate", 1.0, "maximum_kill_rate", 1.0)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("maximum_kill_rate", "not used by kill_model log-kill");
    }
}
