package org.oncotwin.tumour.immune;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;

/**
 * What the findings of the patient say about the lesion. A marker that is missing changes nothing: all are 1.
 *
 * @param antigenicity factor on recruitment of effectors and on antigen, from tumour mutational burden and microsatellite instability
 * @param ligands factor on PD-L1, from the tumour proportion score
 * @param infiltration factor on the arrival of effectors, from the immune phenotype
 */
public record Markers(double antigenicity, double ligands, double infiltration) {

    /** Where effector T cells are (Chen and Mellman 2017). */
    public enum Phenotype {
        /** Throughout the tumour. */
        INFLAMED,
        /** At its rim. */
        EXCLUDED,
        /** Hardly any. */
        DESERT;

        /** From the finding; inflamed without one. */
        public static Phenotype of(Map<String, String> markers) {
            String finding = markers.getOrDefault(PHENOTYPE, "inflamed");
            return switch (finding) {
                case "inflamed" -> INFLAMED;
                case "excluded" -> EXCLUDED;
                case "desert" -> DESERT;
                default -> throw unknown(PHENOTYPE, finding, "inflamed, excluded or desert");
            };
        }
    }

    private static final String TMB = "TMB";
    private static final String MSI = "MSI";
    private static final String PDL1 = "PD-L1";
    private static final String PHENOTYPE = "immune-phenotype";

    /** Mutations per megabase at which every tumour is beyond doubt misread. */
    private static final double LARGEST_TMB = 1000;

    /** Least burden that is told apart from none (per megabase): assays cover about one megabase. */
    private static final double LEAST_TMB = 0.1;

    /**
     * From findings.
     *
     * @param arrival factor on the arrival of effectors by phenotype
     */
    public static Markers of(
            SortedMap<String, String> markers, Parameters parameters, ToDoubleFunction<Phenotype> arrival) {
        return new Markers(
                mutationalBurden(markers, parameters) * instability(markers, parameters),
                ligands(markers, parameters),
                arrival.applyAsDouble(Phenotype.of(markers)));
    }

    private static double mutationalBurden(Map<String, String> markers, Parameters parameters) {
        return Optional.ofNullable(markers.get(TMB))
                .map(text -> number(TMB, text, "", LARGEST_TMB, "a number of mutations per megabase from 0 to 1000"))
                .map(burden -> StrictMath.pow(
                        Math.max(burden, LEAST_TMB) / TmeParameter.TMB_REFERENCE.of(parameters),
                        TmeParameter.TMB_EXPONENT.of(parameters)))
                .orElse(1.0);
    }

    private static double instability(Map<String, String> markers, Parameters parameters) {
        String finding = markers.getOrDefault(MSI, "MSS");
        return switch (finding) {
            case "MSI-H" -> TmeParameter.MSI_ANTIGENICITY.of(parameters);
            case "MSS" -> 1;
            default -> throw unknown(MSI, finding, "MSI-H or MSS");
        };
    }

    /** Positive cells have the density of a positive cell and the others a fraction of it; 1 at the reference score. */
    private static double ligands(Map<String, String> markers, Parameters parameters) {
        double negative = TmeParameter.PDL1_NEGATIVE_DENSITY.of(parameters);
        double reference = mean(TmeParameter.PDL1_REFERENCE_SCORE.of(parameters), negative);
        return Optional.ofNullable(markers.get(PDL1))
                .map(text -> number(
                        PDL1, text, " ?%?", 100, "a tumour proportion score from 0 % to 100 %, such as 50 % or 50"))
                .map(score -> mean(score, negative) / reference)
                .orElse(1.0);
    }

    private static double mean(double percent, double negative) {
        return negative + (1 - negative) * percent / 100;
    }

    /** A plain number, which a unit may follow. */
    private static double number(String marker, String text, String unit, double maximum, String allowed) {
        Matcher matcher = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)" + unit).matcher(text.trim());
        if (!matcher.matches() || Double.parseDouble(matcher.group(1)) > maximum) {
            throw unknown(marker, text, allowed);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static InvalidInputException unknown(String marker, String finding, String allowed) {
        return new InvalidInputException(
                "patient.markers." + marker, "'" + finding + "' is not allowed; allowed is " + allowed);
    }
}
