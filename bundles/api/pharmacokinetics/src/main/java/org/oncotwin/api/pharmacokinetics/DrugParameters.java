package org.oncotwin.api.pharmacokinetics;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.units.UnitConverter;
import org.oncotwin.api.units.UnitException;

/** Numbers of a drug for a patient. */
public final class DrugParameters {

    private DrugParameters() {}

    /**
     * The numbers of a section in the units that a model declares, with the patient's covariates taken in; defaults where the section has none.
     *
     * @param drug the drug
     * @param section name of the section
     * @param descriptions what the model takes
     * @param setting the patient
     * @param units unit conversion
     * @throws InvalidInputException naming the number that is missing, in a wrong unit, out of range or unknown, or the covariate that the case must give
     */
    public static Parameters resolve(
            Drug drug, String section, List<ParameterDescription> descriptions, Setting setting, UnitConverter units) {
        SortedMap<String, DrugParameter> given = drug.section(section).parameters();
        SortedMap<String, Double> values = new TreeMap<>();
        for (ParameterDescription description : descriptions) {
            DrugParameter parameter = given.get(description.name());
            if (parameter != null) {
                values.put(description.name(), value(drug, section, description, parameter, setting, units));
            }
        }
        for (String name : given.keySet()) {
            if (descriptions.stream()
                    .noneMatch(description -> description.name().equals(name))) {
                throw new InvalidInputException(
                        field(drug, section, name),
                        "unknown; known are "
                                + descriptions.stream()
                                        .map(ParameterDescription::name)
                                        .toList());
            }
        }
        try {
            return Parameters.resolve(descriptions, values);
        } catch (InvalidInputException e) {
            throw e.within("drugs." + drug.id() + "." + section);
        }
    }

    private static double value(
            Drug drug,
            String section,
            ParameterDescription description,
            DrugParameter parameter,
            Setting setting,
            UnitConverter units) {
        double value;
        try {
            value = units.convert(parameter.typical(), description.unit());
        } catch (UnitException e) {
            throw new InvalidInputException(field(drug, section, description.name()), e.getMessage());
        }
        for (CovariateEffect effect : parameter.effects()) {
            value *= effect.factor(setting);
        }
        return value;
    }

    private static String field(Drug drug, String section, String name) {
        return "drugs." + drug.id() + "." + section + "." + name;
    }
}
