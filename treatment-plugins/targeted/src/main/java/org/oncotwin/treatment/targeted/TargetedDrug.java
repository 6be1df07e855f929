package org.oncotwin.treatment.targeted;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oncotwin.api.pharmacokinetics.CovariateEffect;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugParameter;
import org.oncotwin.api.pharmacokinetics.DrugSection;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Setting;

/**
 * What a drug file says of a drug's target, in its section {@code targeted}.
 *
 * @param gene the one gene whose product it inhibits
 * @param halfInhibitions unbound concentrations in nmol/L at which half of the altered target is inhibited, at least one
 * @param resistant the same of a clone that resists
 * @param molarMass in g/mol
 * @param unboundRatio unbound concentration at the target over total concentration in plasma
 */
record TargetedDrug(
        String gene, Map<Alteration, Double> halfInhibitions, double resistant, double molarMass, double unboundRatio) {

    static final String SECTION = "targeted";
    static final String RESISTANT = "resistant_ic50";
    static final String MOLAR_MASS = "molar_mass";
    static final String UNBOUND_RATIO = "unbound_ratio";

    private static final double LARGEST_CONCENTRATION = 1e7;

    TargetedDrug {
        halfInhibitions = Collections.unmodifiableMap(new EnumMap<>(halfInhibitions));
    }

    /**
     * Reads and checks the numbers of a drug.
     *
     * @throws InvalidInputException naming the number that is missing, unknown, in another unit than the documented one or out of range
     */
    static TargetedDrug of(Drug drug, Setting setting) {
        DrugSection section = drug.section(SECTION);
        List<String> known = new ArrayList<>(List.of(RESISTANT, MOLAR_MASS, UNBOUND_RATIO));
        Map<Alteration, Double> halves = new EnumMap<>(Alteration.class);
        for (Alteration alteration : Alteration.values()) {
            known.add(alteration.halfInhibition());
            if (section.parameters().containsKey(alteration.halfInhibition())) {
                halves.put(alteration, concentration(drug, section, alteration.halfInhibition(), setting));
            }
        }
        for (String name : section.parameters().keySet()) {
            if (!known.contains(name)) {
                throw new InvalidInputException(field(drug, name), "unknown; known are " + known);
            }
        }
        List<String> genes =
                halves.keySet().stream().map(Alteration::gene).distinct().toList();
        if (genes.size() != 1) {
            throw new InvalidInputException(
                    "drugs." + drug.id() + "." + SECTION,
                    "inhibits " + genes + "; needed are numbers for the alterations of exactly one gene among "
                            + known.subList(3, known.size()));
        }
        return new TargetedDrug(
                genes.get(0),
                halves,
                concentration(drug, section, RESISTANT, setting),
                number(drug, section, MOLAR_MASS, "g/mol", 10, 1e6, setting),
                number(drug, section, UNBOUND_RATIO, "1", 1e-6, 1000, setting));
    }

    /**
     * Half-inhibitory concentration in nmol/L in the patient's tumour.
     *
     * @return empty for a tumour without the alteration, on which the drug does nothing
     * @throws InvalidInputException listing what is known, if the marker's finding is unknown or the drug has no number for it
     */
    Optional<Double> halfInhibition(Setting setting) {
        return Alteration.of(setting, gene).map(alteration -> {
            Double half = halfInhibitions.get(alteration);
            if (half == null) {
                throw new InvalidInputException(
                        "patient.markers." + gene,
                        "the drug has no number for '" + alteration.finding() + "'; it has some for "
                                + halfInhibitions.keySet().stream()
                                        .map(Alteration::finding)
                                        .toList());
            }
            return half;
        });
    }

    /** Unbound concentration at the target in nmol/L for each mg/L in plasma. */
    double unboundPerConcentration() {
        return unboundRatio * 1e6 / molarMass;
    }

    private static double concentration(Drug drug, DrugSection section, String name, Setting setting) {
        return number(drug, section, name, "nmol/L", 1e-6, LARGEST_CONCENTRATION, setting);
    }

    private static double number(
            Drug drug, DrugSection section, String name, String unit, double minimum, double maximum, Setting setting) {
        DrugParameter parameter = section.parameters().get(name);
        if (parameter == null) {
            throw new InvalidInputException(field(drug, name), "missing");
        }
        // A course has no unit converter: the unit is part of the file's format, and another one is refused rather than
        // guessed.
        if (!parameter.typical().unit().equals(unit)) {
            throw new InvalidInputException(
                    field(drug, name), "is in '" + parameter.typical().unit() + "'; allowed is " + unit);
        }
        double value = parameter.typical().value();
        for (CovariateEffect effect : parameter.effects()) {
            value *= effect.factor(setting);
        }
        if (!(value >= minimum && value <= maximum)) {
            throw new InvalidInputException(
                    field(drug, name),
                    value + " is not allowed; allowed is " + minimum + " to " + maximum + " " + unit);
        }
        return value;
    }

    private static String field(Drug drug, String name) {
        return "drugs." + drug.id() + "." + SECTION + "." + name;
    }
}
