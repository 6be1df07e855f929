package org.oncotwin.treatment.pbpk;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.sdk.conformance.ValidationRecord;

/**
 * Predictions from physiology against what was measured in patients. References: temozolomide 150 mg/m2 over 90 minutes, geometric mean area under the curve 24.6 ug h/mL and peak 7.3 ug/mL (Temodar label, section 12.3, 19
 * patients); half-life 1.9 h, oral clearance 104 mL/min/m2 (Baker et al. 1999, Clin Cancer Res 5:309-317). Imatinib 400 mg daily, peak 2.6 +- 0.8 and trough 1.2 +- 0.8 ug/mL at steady state, half-life 18 h (Peng et al. 2005, Clin
 * Pharmacokinet 44:879-894). Nothing is fitted to these numbers but where the drug file says so; tolerances are the spread between patients, about a third; temozolomide is held to 15 %.
 */
class PublishedDrugsTest {

    private static final ValidationRecord RECORD =
            ValidationRecord.of(PublishedDrugsTest.class, "whole-body predictions of drugs in patients");
    private static final Setting ADULT = Patients.of(Map.of("weight", 70.0));
    private static final double SURFACE = 1.8;

    @Test
    void temozolomide() throws IOException {
        Parameters numbers = DrugFile.library("temozolomide");
        String label = "Temodar label, section 12.3";
        Disposition infused = Patients.disposition(
                ADULT, numbers, Map.of(), List.of(Patients.dose(0, 1.5, 150 * SURFACE, Route.INTRAVENOUS)));
        RECORD.check(
                "temozolomide 150 mg/m2 over 90 min, area under the curve in plasma",
                "mg/L.h",
                24.6,
                infused.concentration("plasma").integral(0, 30) * 24,
                0.15,
                label);
        RECORD.check(
                "temozolomide 150 mg/m2 over 90 min, peak in plasma",
                "mg/L",
                7.3,
                infused.concentration("plasma").at(Math.nextDown(1.5 / 24)),
                0.15,
                label);
        RECORD.check(
                "temozolomide, half-life",
                "h",
                1.9,
                halfLife(infused, 0.5, 0.6),
                0.05,
                "Baker et al. 1999, Clin Cancer Res 5:309-317");
        Disposition swallowed =
                Patients.disposition(ADULT, numbers, Map.of(), List.of(Patients.dose(0, 0, 150 * SURFACE, Route.ORAL)));
        RECORD.check(
                "temozolomide 150 mg/m2 by mouth, area under the curve in plasma",
                "mg/L.h",
                23.4,
                swallowed.concentration("plasma").integral(0, 30) * 24,
                0.15,
                label);
    }

    @Test
    void imatinib() throws IOException {
        String source = "Peng, Lloyd and Schran 2005, Clin Pharmacokinet 44:879-894";
        Disposition daily = Patients.disposition(
                ADULT,
                DrugFile.library("imatinib"),
                Map.of(),
                IntStream.range(0, 30)
                        .mapToObj(day -> Patients.dose(day, 0, 400, Route.ORAL))
                        .toList());
        double peak = IntStream.range(0, 240)
                .mapToDouble(step -> daily.concentration("plasma").at(28 + step / 240.0))
                .max()
                .orElseThrow();
        RECORD.check("imatinib 400 mg daily, peak at steady state", "mg/L", 2.6, peak, 0.35, source);
        RECORD.check(
                "imatinib 400 mg daily, trough at steady state",
                "mg/L",
                1.2,
                daily.concentration("plasma").at(Math.nextDown(29.0)),
                0.35,
                source);
        RECORD.check("imatinib, half-life", "h", 18, halfLife(daily, 32, 34), 0.35, source);
    }

    private static double halfLife(Disposition disposition, double from, double to) {
        double first = disposition.concentration("plasma").at(from);
        double last = disposition.concentration("plasma").at(to);
        return Math.log(2) * (to - from) * 24 / Math.log(first / last);
    }
}
