package org.oncotwin.treatment.pbpk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.sdk.conformance.ValidationRecord;

/**
 * The lumped body of the R package httk 2.x, model pbtk (Pearce et al. 2017, J Stat Softw 79(4)): imatinib, 1 mg/kg at once into a vein of a patient of 70 kg; molar mass 493.6 g/mol, clearance 0.02846 L/h/kg, unbound
 * fraction 0.02446, blood:plasma ratio 0.64, partition to unbound plasma of gut 176.4, kidney 261.1, liver 313, lung 84.27, rest 116.6. httk rounds parameters and results to four digits, hence a tolerance of 1e-3.
 */
class HttkTest {

    private static final ValidationRecord RECORD = ValidationRecord.of(
            HttkTest.class, "lumped body of httk, imatinib 1 mg/kg into a vein where no other drug is named");
    private static final String SOURCE = "httk 2.x, solve_pbtk, run for this test";
    private static final double UNBOUND = 0.02446;
    private static final double MOLAR_MASS = 493.6;
    private static final double WEIGHT = 70;
    private static final Map<String, Double> TO_UNBOUND =
            Map.of("gut", 176.4, "kidney", 261.1, "liver", 313.0, "lung", 84.27, "rest", 116.6);
    private static final Substance IMATINIB = new Substance(UNBOUND, 0.64, 0, List.of(), List.of());

    private static BodyDisposition imatinib(List<Administration> doses) {
        Body body = Body.of(
                WEIGHT,
                Body.usualFiltration(WEIGHT),
                Set.of("lung", "gut", "liver", "kidney", "rest"),
                0,
                0,
                organ -> TO_UNBOUND.get(organ) * UNBOUND);
        Elimination out = new Elimination(0.02846 * WEIGHT * 24, body.filtration() * UNBOUND, 0, 24, 1);
        return new BodyDisposition(body, IMATINIB, out, doses, Cancellation.NEVER);
    }

    private static double micromolar(double milligramsPerLitre) {
        return milligramsPerLitre / MOLAR_MASS * 1000;
    }

    @Test
    void concentrations() {
        BodyDisposition disposition =
                imatinib(List.of(new Administration(SimulationTime.ZERO, 0, WEIGHT, Route.INTRAVENOUS)));
        double[] days = {1.0 / 24, 0.25, 0.5, 1, 2};
        double[] veins = {0.5233, 0.4613, 0.4302, 0.3740, 0.2828};
        double[] livers = {7.119, 5.348, 4.987, 4.336, 3.278};
        double[] areas = {0.0720, 0.2274, 0.4015, 0.7151, 1.225};
        for (int n = 0; n < days.length; n++) {
            double day = days[n];
            String at = " after " + day * 24 + " h";
            double plasma = disposition.concentration("plasma").at(day);
            RECORD.check(
                    "concentration in venous blood" + at, "umol/L", veins[n], micromolar(0.64 * plasma), 1e-3, SOURCE);
            RECORD.check(
                    "concentration in liver" + at,
                    "umol/L",
                    livers[n],
                    micromolar(disposition.concentration("liver").at(day)),
                    1e-3,
                    SOURCE);
            RECORD.check(
                    "area under the curve of plasma" + at,
                    "umol/L.d",
                    areas[n],
                    micromolar(disposition.concentration("plasma").integral(0, day)),
                    1e-3,
                    SOURCE);
        }
    }

    @Test
    void metabolised() {
        BodyDisposition disposition =
                imatinib(List.of(new Administration(SimulationTime.ZERO, 0, WEIGHT, Route.INTRAVENOUS)));
        double[] days = {1.0 / 24, 0.25, 0.5, 1, 2};
        double[] metabolised = {2.743, 10.05, 18.11, 32.64, 56.27};
        for (int n = 0; n < days.length; n++) {
            double liver = disposition.concentration("liver").integral(0, days[n]);
            RECORD.check(
                    "metabolised within " + days[n] * 24 + " h",
                    "umol",
                    metabolised[n],
                    micromolar(0.02846 * WEIGHT * 24 * liver / (313 * UNBOUND)),
                    1e-3,
                    SOURCE);
        }
    }

    @Test
    void steadyState() {
        BodyDisposition disposition =
                imatinib(List.of(new Administration(SimulationTime.ZERO, 365, 365 * WEIGHT, Route.ORAL)));
        RECORD.check(
                "concentration in plasma at steady state, 1 mg/kg a day by mouth",
                "umol/L",
                2.708,
                micromolar(disposition.concentration("plasma").at(364)),
                1e-3,
                SOURCE);
    }

    /**
     * A drug as httk's table chem.physical_and_invitro.data has it.
     *
     * @param clearance in vitro, uL/min per million hepatocytes
     * @param unbound in vitro, fraction in plasma
     * @param ratio of blood to plasma
     * @param logP of the neutral form, which the drug is at the pH of plasma
     */
    private record Measured(
            String name, double molarMass, double clearance, double unbound, double ratio, double logP) {

        /** Bound to hepatocytes in the assay: Kilford et al. 2008, Drug Metab Dispos 36:1194-1197, a volume of cells of 0.005. */
        double unboundInAssay() {
            return rounded(1 / (1 + 125 * 0.005 * Math.pow(10, 0.072 * logP * logP + 0.067 * logP - 1.126)));
        }

        /** Lipid of plasma, 0.0073 of its volume, binds more than in the assay: Pearce et al. 2017, J Pharmacokinet Pharmacodyn 44:549-565. */
        double unboundInPlasma() {
            return rounded(1 / (0.0073 * Math.pow(10, logP) + 1 / unbound));
        }

        /** In L/h per kg of body and total concentration in plasma: 110 million cells in a gram of liver of 1.05 g/mL, of which there are 24.48 mL/kg. */
        double metabolism() {
            return rounded(clearance / unboundInAssay() * 110 * 1.05 * 24.48 * 60e-6 * unboundInPlasma());
        }

        /** httk keeps four digits of every number. */
        private static double rounded(double value) {
            return new BigDecimal(value).round(new MathContext(4)).doubleValue();
        }
    }

    /** Steady state does not depend on where drug goes, so that partition is computed. Both drugs are absorbed completely in httk. */
    private static double steadyState(Measured drug) {
        Substance substance = new Substance(drug.unboundInPlasma(), drug.ratio(), drug.logP(), List.of(), List.of());
        Body body = Body.of(
                WEIGHT,
                Body.usualFiltration(WEIGHT),
                Set.of("lung", "gut", "liver", "kidney", "rest"),
                0,
                0,
                organ -> TissueComposition.of(organ).partition(substance, Body.plasmaProtein()));
        Elimination out =
                new Elimination(drug.metabolism() * WEIGHT * 24, body.filtration() * drug.unboundInPlasma(), 0, 24, 1);
        BodyDisposition disposition = new BodyDisposition(
                body,
                substance,
                out,
                List.of(new Administration(SimulationTime.ZERO, 365, 365 * WEIGHT, Route.ORAL)),
                Cancellation.NEVER);
        return disposition.concentration("plasma").at(364) / drug.molarMass() * 1000;
    }

    /**
     * From measured properties to the steady state. Of caffeine httk's table has had a dissociation constant of 9.7 for the conjugate acid, with which this gives 1.326; caffeine is neutral at pH 7.4, and as neutral it has the
     * steady state that httk gives.
     */
    @Test
    void steadyStateFromMeasuredProperties() {
        String quantity = "concentration in plasma at steady state, 1 mg/kg a day by mouth, ";
        String source = "httk 2.x, calc_analytic_css of model pbtk, with its table chem.physical_and_invitro.data";
        Measured diazepam = new Measured("diazepam", 284.7, 2.181, 0.013, 0.78, 2.905);
        Measured caffeine = new Measured("caffeine", 194.2, 0.2855, 1, 1.08, -0.07099);
        RECORD.check(quantity + diazepam.name(), "umol/L", 20.62, steadyState(diazepam), 1e-3, source);
        RECORD.check(quantity + caffeine.name(), "umol/L", 1.334, steadyState(caffeine), 1e-3, source);
    }

    @Test
    @Tag("SR-1604")
    void balanceOfMass() {
        BodyDisposition disposition = imatinib(IntStream.range(0, 365)
                .mapToObj(day -> new Administration(SimulationTime.ofDays(day), 0.1, 400, Route.ORAL))
                .toList());
        for (double day = 0; day < 400; day += 0.37) {
            var balance = disposition.massBalance(day);
            assertThat(balance.present() + balance.eliminated())
                    .as("day %s", day)
                    .isCloseTo(balance.given(), org.assertj.core.data.Offset.offset(1e-9 * balance.given() + 1e-12));
        }
    }
}
