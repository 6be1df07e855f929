package org.oncotwin.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.twin.Covariate;

/**
 * Reads {@code patient}. Messages say which key is wrong but not what stands there.
 *
 * @param id id, if given
 * @param covariates age, weight and so on, where given, see {@link Covariate}
 * @param markers sex and molecular markers, where given
 */
record PatientSection(Optional<String> id, SortedMap<String, Double> covariates, SortedMap<String, String> markers) {
    private static final int LONGEST_MARKER = 200;

    private static final List<String> SEXES = List.of("female", "male", "other");

    static PatientSection read(CaseObject root, Measures measures) {
        SortedMap<String, Double> covariates = new TreeMap<>();
        SortedMap<String, String> markers = new TreeMap<>();
        Optional<CaseObject> section = root.object("patient", "an object with an id, an age and so on");
        if (section.isEmpty()) {
            return new PatientSection(Optional.empty(), covariates, markers);
        }
        CaseObject object = section.get();
        Optional<String> id = object.text("id", "text");
        age(object).ifPresent(age -> covariates.put("age", age));
        object.text("sex", "one of " + String.join(", ", SEXES)).ifPresent(sex -> {
            if (SEXES.contains(sex)) {
                markers.put("sex", sex);
            } else {
                object.problem("sex", "not allowed; allowed are " + String.join(", ", SEXES));
            }
        });
        for (Covariate covariate : Covariate.values()) {
            if (covariate != Covariate.AGE) {
                measured(object, covariate, measures).ifPresent(v -> covariates.put(covariate.key(), v));
            }
        }
        object.object("markers", "an object with a finding per marker").ifPresent(m -> markers(m, markers));
        object.refuseOthers();
        return new PatientSection(id, covariates, markers);
    }

    private static OptionalDouble age(CaseObject object) {
        Optional<JsonNode> value = object.value("age");
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        double age = value.get().isNumber() ? value.get().doubleValue() : Double.NaN;
        if (!(age >= 0 && age <= 130)) {
            object.problem("age", "not allowed; needed is a number of years, 0 to 130");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(age);
    }

    private static OptionalDouble measured(CaseObject object, Covariate covariate, Measures measures) {
        Optional<JsonNode> value = object.value(covariate.key());
        OptionalDouble number = value.map(v -> measures.read(object, covariate.key(), v, covariate.unit()))
                .orElse(OptionalDouble.empty());
        if (number.isPresent()
                && !(number.getAsDouble() >= covariate.minimum() && number.getAsDouble() <= covariate.maximum())) {
            object.problem(
                    covariate.key(),
                    "not allowed; allowed is " + CaseTimes.plain(covariate.minimum()) + " to "
                            + CaseTimes.plain(covariate.maximum()) + " " + covariate.unit());
            return OptionalDouble.empty();
        }
        return number;
    }

    private static void markers(CaseObject object, SortedMap<String, String> markers) {
        for (Map.Entry<String, JsonNode> marker : object.entries().entrySet()) {
            if (marker.getKey().equals("sex")) {
                object.problem("sex", "not a marker; it stands as patient.sex");
            } else {
                object.text(marker.getKey(), "text").ifPresent(finding -> {
                    if (marker.getKey().length() > LONGEST_MARKER || finding.length() > LONGEST_MARKER) {
                        object.problem(
                                "", "a marker and its finding have at most " + LONGEST_MARKER + " characters each");
                    } else {
                        markers.put(marker.getKey(), finding);
                    }
                });
            }
        }
    }
}
