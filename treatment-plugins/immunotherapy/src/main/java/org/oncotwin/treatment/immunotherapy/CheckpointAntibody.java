package org.oncotwin.treatment.immunotherapy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.oncotwin.api.pharmacokinetics.CovariateEffect;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugParameter;
import org.oncotwin.api.pharmacokinetics.DrugSection;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Setting;

/**
 * What a drug file says of an antibody's binding, in its section {@code immunotherapy}.
 *
 * @param dissociationConstants equilibrium dissociation constants in nmol/L of the targets that it binds; at least one
 * @param molarMass in g/mol
 * @param penetration concentration at the tumour cells over that in plasma
 */
record CheckpointAntibody(Map<Checkpoint, Double> dissociationConstants, double molarMass, double penetration) {

    static final String SECTION = "immunotherapy";
    static final String MOLAR_MASS = "molar_mass";
    static final String PENETRATION = "tumour_penetration_ratio";

    CheckpointAntibody {
        dissociationConstants = Collections.unmodifiableMap(new EnumMap<>(dissociationConstants));
    }

    /**
     * Reads and checks the numbers of a drug.
     *
     * @throws InvalidInputException naming the number that is missing, unknown, in another unit than the documented one or out of range
     */
    static CheckpointAntibody of(Drug drug, Setting setting) {
        DrugSection section = drug.section(SECTION);
        List<String> known = new ArrayList<>(List.of(MOLAR_MASS, PENETRATION));
        Map<Checkpoint, Double> constants = new EnumMap<>(Checkpoint.class);
        for (Checkpoint checkpoint : Checkpoint.values()) {
            known.add(checkpoint.dissociationConstant());
            if (section.parameters().containsKey(checkpoint.dissociationConstant())) {
                constants.put(
                        checkpoint,
                        number(drug, section, checkpoint.dissociationConstant(), "nmol/L", 1e-6, 1e6, setting));
            }
        }
        for (String name : section.parameters().keySet()) {
            if (!known.contains(name)) {
                throw new InvalidInputException(field(drug, name), "unknown; known are " + known);
            }
        }
        if (constants.isEmpty()) {
            throw new InvalidInputException(
                    "drugs." + drug.id() + "." + SECTION,
                    "names no target; needed is at least one of " + known.subList(2, known.size()));
        }
        return new CheckpointAntibody(
                constants,
                number(drug, section, MOLAR_MASS, "g/mol", 1e3, 1e6, setting),
                number(drug, section, PENETRATION, "1", 1e-6, 1, setting));
    }

    /** Concentration over dissociation constant for each mg/L of antibody at the tumour cells. */
    double blockadePerConcentration(Checkpoint checkpoint) {
        double nanomolesPerMilligram = 1e6 / molarMass;
        return nanomolesPerMilligram / dissociationConstants.get(checkpoint);
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
