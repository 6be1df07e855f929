package org.oncotwin.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.oncotwin.api.pharmacokinetics.CovariateEffect;
import org.oncotwin.api.pharmacokinetics.DoseAdvice;
import org.oncotwin.api.pharmacokinetics.DoseRule;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugParameter;
import org.oncotwin.api.pharmacokinetics.DrugSection;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Covariate;
import org.oncotwin.api.units.MeasuredValue;
import org.oncotwin.casefile.DrugCatalogue;
import org.oncotwin.casefile.Regimen;

/** One drug with everything that a drug can have, and one regimen. */
final class TestDrugs implements DrugCatalogue {

    private static final DrugParameter CLEARANCE = new DrugParameter(
            new MeasuredValue(35.5, "L/h"),
            List.of(
                    new CovariateEffect.Power(Covariate.BODY_SURFACE_AREA, 1.62, 0.83),
                    new CovariateEffect.Category("sex", new TreeMap<>(Map.of("female", 0.85, "male", 1.0)))),
            0.1482,
            "Doe 2024, table 4");

    private static final DrugParameter VOLUME =
            new DrugParameter(new MeasuredValue(20, "L"), List.of(), 0, "Doe 2024, table 4");

    private static final DoseRule RULE = new DoseRule(
            "halt",
            "concomitant",
            List.of(
                    new DoseRule.Condition("neutrophils", Double.NEGATIVE_INFINITY, 0.5, "10*9/L"),
                    new DoseRule.Condition("grade.vomiting", 3, Double.POSITIVE_INFINITY, "1"),
                    new DoseRule.Condition("platelets", 10, 100, "10*9/L")),
            DoseAdvice.STOP,
            "Stop.",
            "label, section 2");

    private static final Drug DRUG = new Drug(
            "cisplatin",
            "Cisplatin",
            List.of("cddp"),
            new TreeMap<>(Map.of(
                    "radiation-lq",
                    new DrugSection("in dishes", new TreeMap<>(), List.of()),
                    "compartments",
                    new DrugSection(
                            "unbound platinum, 43 adults",
                            new TreeMap<>(Map.of("clearance", CLEARANCE, "volume", VOLUME)),
                            List.of("Adults only.")))),
            List.of(RULE));

    private static final Regimen REGIMEN = new Regimen(
            "mfolfox6",
            "mFOLFOX6",
            List.of("oxmdg"),
            "Colorectal cancer.",
            "Cheeseman et al 2002",
            List.of("Folinic acid is left out."),
            "cycles of 14 days",
            14,
            OptionalInt.of(12),
            List.of(
                    new Regimen.Course(
                            "chemotherapy",
                            Optional.of("fluorouracil"),
                            0.25,
                            2,
                            OptionalInt.empty(),
                            new TreeMap<>(Map.of(
                                    "dose_per_area",
                                    new Regimen.Text("400 mg/m2"),
                                    "cycles",
                                    new Regimen.PerCycle(1)))),
                    new Regimen.Course(
                            "radiation-lq",
                            Optional.empty(),
                            0,
                            1,
                            OptionalInt.empty(),
                            new TreeMap<>(Map.of("fractions", new Regimen.Amount(30))))));

    @Override
    public List<Drug> drugs() {
        return List.of(DRUG);
    }

    @Override
    public Drug drug(String name) {
        if (!name.equalsIgnoreCase("cisplatin")) {
            throw new InvalidInputException("DRUG", "no drug '" + name + "' in the library; known are cisplatin");
        }
        return DRUG;
    }

    @Override
    public List<Regimen> regimens() {
        return List.of(REGIMEN);
    }

    @Override
    public Regimen regimen(String name) {
        return REGIMEN;
    }
}
