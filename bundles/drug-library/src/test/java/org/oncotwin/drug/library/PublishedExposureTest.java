package org.oncotwin.drug.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Dosing;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugParameters;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;
import org.oncotwin.sdk.conformance.ValidationRecord;
import org.oncotwin.solver.stiff.RosenbrockSolver;
import org.oncotwin.treatment.compartments.CompartmentModel;

/** The numbers of the drug files, through the model that they were published for, against exposures that others computed or measured. */
class PublishedExposureTest {

    private static final ValidationRecord RECORD =
            ValidationRecord.of(PublishedExposureTest.class, "drug library, compartments");
    private static final CompartmentModel MODEL = new CompartmentModel();
    private static final double HOUR = 1.0 / 24;

    private static Setting patient(Map<String, Double> covariates, String sex) {
        return new Setting(Optional.empty(), new TreeMap<>(covariates), new TreeMap<>(Map.of("sex", sex)));
    }

    private static Parameters numbers(String drug, Setting patient) {
        Drug read = DrugFile.of(drug).drug();
        return DrugParameters.resolve(
                read, "compartments", MODEL.description().drugParameters(), patient, DrugFile.UNITS);
    }

    private static TimeFunction plasma(
            String drug, Setting patient, double milligrams, double hours, Route route, double days) {
        Parameters own = Parameters.resolve(MODEL.description().plugin().parameters(), Map.of());
        Administration dose = new Administration(SimulationTime.ZERO, hours * HOUR, milligrams, route);
        return MODEL.disposition(
                        patient,
                        new Dosing(DrugFile.of(drug).drug(), numbers(drug, patient), List.of(dose)),
                        own,
                        TestContext.of(
                                "course",
                                DirectSolvers.of(new RosenbrockSolver(), Execution.sequential()),
                                () -> false,
                                new Interval(SimulationTime.ZERO, SimulationTime.ofDays(days)),
                                OptionalDouble.of(1e-10)))
                .concentration(Disposition.PLASMA);
    }

    private static final Setting REFERENCE =
            patient(Map.of("body_surface_area", 1.62, "creatinine_clearance", 81.0), "male");

    @Test
    void cisplatin() {
        String source = "equations and parameters of Urien and Lokiec 2004, solved by an independent program";
        TimeFunction ours = plasma("cisplatin", REFERENCE, 75 * 1.62, 1, Route.INTRAVENOUS, 10);
        double[] hours = {0.5, 1, 2, 4, 8};
        double[] reference = {1.69748, 2.41614, 0.537978, 0.108671, 0.0128673};
        for (int i = 0; i < hours.length; i++) {
            RECORD.check(
                    "cisplatin 75 mg/m2 over 1 h, unbound in plasma " + hours[i] + " h after its start",
                    "mg/L",
                    reference[i],
                    ours.at(hours[i] * HOUR),
                    1e-5,
                    source);
        }
    }

    @Test
    void carboplatin() {
        String source = "equations and parameters of Ekhart et al 2009, solved by an independent program";
        TimeFunction ours = plasma("carboplatin", REFERENCE, 698.33, 0.5, Route.INTRAVENOUS, 20);
        double[] hours = {0.5, 1, 2, 4, 8, 24};
        double[] reference = {38.4945, 27.6325, 14.7071, 5.03713, 1.41893, 0.100304};
        for (int i = 0; i < hours.length; i++) {
            RECORD.check(
                    "carboplatin 698.33 mg over 0.5 h, free in plasma " + hours[i] + " h after its start",
                    "mg/L",
                    reference[i],
                    ours.at(hours[i] * HOUR),
                    1e-5,
                    source);
        }
        RECORD.check(
                "carboplatin 698.33 mg, AUC",
                "mg.min/mL",
                5,
                ours.integral(0, 20) * 24 * 60 / 1000,
                1e-5,
                "dose over the clearance of Ekhart et al 2009, 8.38 L/h");
    }

    @Test
    void temozolomide() {
        Setting man = patient(Map.of("body_surface_area", 2.0), "male");
        Setting woman = patient(Map.of("body_surface_area", 1.7), "female");
        RECORD.check(
                "temozolomide, clearance of a woman of 1.7 m2",
                "L/h",
                8.8,
                numbers("temozolomide", woman).value("clearance"),
                1e-6,
                "Jen et al 2000, Pharm Res 17:1284, abstract");
        TimeFunction ours = plasma("temozolomide", man, 400, 0, Route.ORAL, 5);
        RECORD.check(
                "temozolomide 200 mg/m2 by mouth, AUC",
                "ug.h/mL",
                35,
                ours.integral(0, 5) * 24,
                0.03,
                "Temodal label (Switzerland), pharmacokinetics");
        double peak = 0;
        for (double hour = 0; hour < 6; hour += 0.01) {
            peak = Math.max(peak, ours.at(hour * HOUR));
        }
        RECORD.check(
                "temozolomide 200 mg/m2 by mouth, largest concentration (volume and absorption are of another paper)",
                "ug/mL",
                13,
                peak,
                0.2,
                "Temodal label (Switzerland), pharmacokinetics");
        double halfLife = 2 * StrictMath.log(2) / StrictMath.log(ours.at(6 * HOUR) / ours.at(8 * HOUR));
        RECORD.check(
                "temozolomide, half-life in plasma",
                "h",
                1.8,
                halfLife,
                0.05,
                "1.8 h, as commonly quoted from the Temodar label");
        assertThat(ours.integral(0, 5)).isCloseTo(400 / 11.2 / 24, withPercentage(1e-8));
    }

    /** The reference patient of both sources: a woman of 80 kg. */
    private static final Setting ANTIBODY_REFERENCE = patient(Map.of("weight", 80.0), "female");

    private static TimeFunction nivolumab(Parameters numbers) {
        List<Administration> doses = IntStream.range(0, 14)
                .mapToObj(dose -> new Administration(SimulationTime.ofDays(14L * dose), HOUR, 240, Route.INTRAVENOUS))
                .toList();
        return MODEL.disposition(
                        ANTIBODY_REFERENCE,
                        new Dosing(DrugFile.of("nivolumab").drug(), numbers, doses),
                        Parameters.resolve(MODEL.description().plugin().parameters(), Map.of()),
                        TestContext.of(
                                "course",
                                DirectSolvers.of(new RosenbrockSolver(), Execution.sequential()),
                                () -> false,
                                new Interval(SimulationTime.ZERO, SimulationTime.ofDays(196)),
                                OptionalDouble.empty()))
                .concentration(Disposition.PLASMA);
    }

    /** At the instant of a dose its infusion begins, so that the concentration there is the trough before it. The reference has six digits. */
    @Test
    void nivolumabWithClearanceThatFalls() {
        String source =
                "parameters of Bajaj et al 2017, CPT Pharmacometrics Syst Pharmacol 6:58, table 1, solved by an independent program";
        TimeFunction ours = nivolumab(numbers("nivolumab", ANTIBODY_REFERENCE));
        double[] hours = {1, 336, 4032, 4368};
        double[] reference = {65.7403, 20.9251, 77.4873, 78.4248};
        for (int i = 0; i < hours.length; i++) {
            RECORD.check(
                    "nivolumab 240 mg every 2 weeks, clearance falling over time, " + Math.round(hours[i])
                            + " h after the first dose began",
                    "mg/L",
                    reference[i],
                    ours.at(hours[i] * HOUR),
                    2.5e-6,
                    source);
        }
    }

    /** The reference values are those of falling clearance: with clearance as at the start, late troughs are 28 % lower. */
    @Test
    void nivolumabWithConstantClearanceIsTooLow() {
        TreeMap<String, Double> constant =
                new TreeMap<>(numbers("nivolumab", ANTIBODY_REFERENCE).values());
        constant.put("clearance_change_maximum", 0.0);
        constant.put("clearance_change_half_time", 0.0);
        TimeFunction ours = nivolumab(new Parameters(constant));
        assertThat(ours.at(14)).isCloseTo(20.9151, withPercentage(1e-3));
        assertThat(ours.at(168)).isCloseTo(0.7223 * 77.4873, withPercentage(0.02));
        assertThat(ours.at(182)).isCloseTo(0.7147 * 78.4248, withPercentage(0.02));
    }

    @Test
    void exposureIsDoseOverClearance() {
        for (String drug :
                List.of("cisplatin", "carboplatin", "docetaxel", "doxorubicin", "fluorouracil", "oxaliplatin")) {
            double clearance = numbers(drug, REFERENCE).value("clearance");
            TimeFunction ours = plasma(drug, REFERENCE, 100, 2, Route.INTRAVENOUS, 3650);
            RECORD.check(
                    drug + " 100 mg over 2 h, AUC",
                    "mg.h/L",
                    100 / clearance,
                    24 * ours.integral(0, 3650),
                    1e-9,
                    "dose over clearance");
        }
    }

    @Test
    void moreThanProportionalExposureToPaclitaxel() {
        double low = plasma("paclitaxel", REFERENCE, 135 * 1.8, 3, Route.INTRAVENOUS, 30)
                .integral(0, 30);
        double high = plasma("paclitaxel", REFERENCE, 175 * 1.8, 3, Route.INTRAVENOUS, 30)
                .integral(0, 30);
        assertThat(high / low).isGreaterThan(175.0 / 135 * 1.05);
        double slow = plasma("paclitaxel", REFERENCE, 175 * 1.8, 24, Route.INTRAVENOUS, 30)
                .integral(0, 30);
        assertThat(slow).as("a longer infusion saturates less").isLessThan(high);
    }

    /** Means of 5 and 7 patients, of whose size nothing is said; 1.8 m2 is assumed. */
    @Test
    void paclitaxelAsInItsLabel() {
        String taxol = "Taxol (paclitaxel) label, table of pharmacokinetic parameters, means of 5 to 7 patients";
        double[] doses = {135, 175};
        double[] exposures = {7952, 15007};
        double[] peaks = {2170, 3650};
        for (int i = 0; i < doses.length; i++) {
            TimeFunction ours = plasma("paclitaxel", REFERENCE, doses[i] * 1.8, 3, Route.INTRAVENOUS, 30);
            String what = "paclitaxel " + doses[i] + " mg/m2 over 3 h in a patient of 1.8 m2, ";
            RECORD.check(what + "AUC", "ng.h/mL", exposures[i], 24_000 * ours.integral(0, 30), 0.35, taxol);
            RECORD.check(what + "end of infusion", "ng/mL", peaks[i], 1000 * ours.at(3 * HOUR), 0.35, taxol);
        }
    }

    @Test
    void covariatesActInThePublishedDirection() {
        assertThat(numbers("cisplatin", patient(Map.of("body_surface_area", 2.0, "creatinine_clearance", 81.0), "male"))
                        .value("clearance"))
                .isGreaterThan(35.5);
        assertThat(numbers(
                                "cisplatin",
                                patient(Map.of("body_surface_area", 1.62, "creatinine_clearance", 40.0), "male"))
                        .value("clearance"))
                .isLessThan(35.5);
        assertThat(numbers("cisplatin", patient(Map.of("body_surface_area", 2.0, "creatinine_clearance", 81.0), "male"))
                        .value("central_volume"))
                .isGreaterThan(23.4);
        assertThat(numbers("temozolomide", patient(Map.of("body_surface_area", 2.0), "female"))
                        .value("clearance"))
                .isLessThan(11.2);
        assertThat(numbers("fluorouracil", patient(Map.of("body_surface_area", 1.6), "female"))
                        .value("clearance"))
                .isCloseTo(249 * (1 - 0.77 * 0.35), withPercentage(2));
    }

    @Test
    void missingCovariateIsNamed() {
        assertThatThrownBy(() -> numbers("cisplatin", Setting.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("body_surface_area");
        assertThatThrownBy(() -> numbers(
                        "temozolomide",
                        new Setting(
                                Optional.empty(), new TreeMap<>(Map.of("body_surface_area", 1.7)), new TreeMap<>())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("patient.sex");
    }
}
