package org.oncotwin.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.plugin.ParameterDescription;

/** Reads {@code parameters} of a growth model or a treatment into the units that the plugin declares. */
final class ParameterSection {
    private final List<ParameterDescription> descriptions;
    private final AnatomySection anatomy;
    private final Measures measures;

    ParameterSection(List<ParameterDescription> descriptions, AnatomySection anatomy, Measures measures) {
        this.descriptions = descriptions;
        this.anatomy = anatomy;
        this.measures = measures;
    }

    /** The values given, by name or {@code name.tissue}. */
    SortedMap<String, Double> read(CaseObject owner) {
        SortedMap<String, Double> values = new TreeMap<>();
        Optional<CaseObject> section = owner.object("parameters", "an object with a value per parameter");
        boolean unusable = section.isEmpty() && owner.has("parameters");
        for (ParameterDescription d : descriptions) {
            Optional<JsonNode> given = section.flatMap(s -> s.value(d.name()));
            if (given.isPresent()) {
                read(section.get(), d, given.get(), values);
            } else if (d.defaultValue().isEmpty() && !unusable) {
                owner.problem("parameters." + d.name(), "missing; needed is " + example(d));
            }
        }
        section.ifPresent(s -> s.refuseOthers("unknown parameter"));
        return values;
    }

    private static String example(ParameterDescription d) {
        return (d.unit().equals("1")
                        ? "a number, "
                        : "text with a number and a unit that converts to " + d.unit() + ", ")
                + d.allowed();
    }

    private void read(CaseObject section, ParameterDescription d, JsonNode given, Map<String, Double> values) {
        if (!given.isObject()) {
            value(section, d, d.name(), given).ifPresent(v -> values.put(d.name(), v));
            return;
        }
        if (!d.perTissue()) {
            section.problem(d.name(), "an object is not allowed here; it is one value, not one per tissue class");
            return;
        }
        CaseObject byTissue = section.object(d.name(), "an object with a value per tissue class")
                .orElseThrow();
        if (byTissue.entries().isEmpty()) {
            section.problem(d.name(), "empty; needed is one value, or one per tissue class");
        }
        for (Map.Entry<String, JsonNode> entry : byTissue.entries().entrySet()) {
            String tissue = entry.getKey();
            if (!anatomy.labels().containsKey(tissue) && !anatomy.hasUnusableLabels()) {
                byTissue.problem(
                        tissue,
                        anatomy.labels().isEmpty()
                                ? "a value per tissue class needs anatomy.tissue with labels"
                                : "no such tissue class in anatomy.labels; "
                                        + Words.known(tissue, anatomy.labels().keySet()));
            } else {
                value(byTissue, d, tissue, entry.getValue()).ifPresent(v -> values.put(d.name() + "." + tissue, v));
            }
        }
    }

    private Optional<Double> value(CaseObject object, ParameterDescription d, String key, JsonNode given) {
        OptionalDouble value = measures.read(object, key, given, d.unit());
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.getAsDouble() < d.minimum() || value.getAsDouble() > d.maximum()) {
            object.problem(
                    key,
                    value.getAsDouble() + (d.unit().equals("1") ? "" : " " + d.unit()) + " is not allowed; allowed is "
                            + d.allowed());
            return Optional.empty();
        }
        return Optional.of(value.getAsDouble());
    }
}
