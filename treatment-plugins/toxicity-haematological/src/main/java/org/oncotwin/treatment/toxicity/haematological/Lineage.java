package org.oncotwin.treatment.toxicity.haematological;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.twin.Covariate;

/** A kind of blood cell: how it is called and which numbers of drugs and patients concern it. */
enum Lineage {
    /** Neutrophils. */
    NEUTROPHILS("", "neutrophils", "Neutrophils in blood", "Neutrophil count decreased", Covariate.NEUTROPHILS, 2),
    /** Platelets. */
    PLATELETS("platelet_", "platelets", "Platelets in blood", "Platelet count decreased", Covariate.PLATELETS, 150);

    static final String SLOPE = "slope";
    static final String TRANSIT = "mean_transit_time";
    static final String FEEDBACK = "feedback_exponent";
    static final String BASELINE = "circulating_baseline";

    private final String prefix;
    private final String curve;
    private final String title;
    private final String term;
    private final Covariate covariate;
    private final double usualLowerLimit;

    Lineage(String prefix, String curve, String title, String term, Covariate covariate, double usualLowerLimit) {
        this.prefix = prefix;
        this.curve = curve;
        this.title = title;
        this.term = term;
        this.covariate = covariate;
        this.usualLowerLimit = usualLowerLimit;
    }

    /** Name of the number of a drug. */
    String number(String name) {
        return prefix + name;
    }

    String curve() {
        return curve;
    }

    String title() {
        return title;
    }

    String term() {
        return term;
    }

    Covariate covariate() {
        return covariate;
    }

    /** Lower limit of normal. */
    ParameterDescription lowerLimit() {
        return ParameterDescription.optional(
                curve + "_lower_limit",
                "10*9/L",
                usualLowerLimit,
                0.1,
                1000,
                "Lower limit of normal of " + curve + ", below which grade 1 starts",
                "Assumption: a customary limit for adults; the laboratory's own belongs here");
    }

    /** Numbers of a drug; platelets are left out by a slope of 0. */
    List<ParameterDescription> numbers() {
        boolean required = this == NEUTROPHILS;
        String source = required ? "The drug file" : "0 is a drug of which no numbers for platelets are known";
        return List.of(
                number(
                        SLOPE,
                        "L/mg",
                        1e6,
                        "Share by which 1 mg/L in plasma slows the division of precursors",
                        source,
                        required),
                number(TRANSIT, "h", 2000, "Mean time from precursor to blood", source, required),
                number(
                        FEEDBACK,
                        "1",
                        2,
                        "Exponent with which lack of cells in blood speeds up division",
                        source,
                        required),
                number(
                        BASELINE,
                        "10*9/L",
                        3000,
                        "Cells in blood before treatment, if the patient's count is not known",
                        source,
                        required));
    }

    private ParameterDescription number(
            String name, String unit, double most, String description, String source, boolean required) {
        double least = name.equals(SLOPE) || !required ? 0 : 1e-3;
        return required
                ? ParameterDescription.required(number(name), unit, least, most, description, source)
                : ParameterDescription.optional(number(name), unit, 0, least, most, description, source);
    }

    /** What a drug lacks if it has a slope for platelets. */
    Optional<String> missing(ToDoubleFunction<String> numbers) {
        if (!(numbers.applyAsDouble(number(SLOPE)) > 0)) {
            return Optional.empty();
        }
        for (String name : List.of(TRANSIT, FEEDBACK, BASELINE)) {
            if (!(numbers.applyAsDouble(number(name)) > 0)) {
                return Optional.of(number(name));
            }
        }
        return Optional.empty();
    }
}
