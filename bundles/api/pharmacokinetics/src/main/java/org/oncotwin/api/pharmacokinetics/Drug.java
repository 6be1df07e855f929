package org.oncotwin.api.pharmacokinetics;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.plugin.InvalidInputException;

/**
 * A drug as data: what papers and labels say of it, each number with its source. A site adds drugs in files, without code.
 *
 * @param id name in case files: lower-case words joined by hyphens
 * @param title name for people
 * @param synonyms other names under which cases may give it
 * @param sections what each model needs to know, by the name that the model states, such as {@code compartments} or {@code pbpk}
 * @param doseRules rules of its label for holding, reducing and stopping, in the order in which they stand
 */
public record Drug(
        String id,
        String title,
        List<String> synonyms,
        SortedMap<String, DrugSection> sections,
        List<DoseRule> doseRules) {

    /** Checks the id and makes the collections immutable. */
    public Drug {
        if (!id.matches("[a-z0-9]++(?:-[a-z0-9]++)*+")) {
            throw new IllegalArgumentException("a drug id is lower-case words joined by hyphens, not '" + id + "'");
        }
        synonyms = List.copyOf(synonyms);
        sections = Collections.unmodifiableSortedMap(new TreeMap<>(sections));
        doseRules = List.copyOf(doseRules);
    }

    /**
     * What is known for a model.
     *
     * @throws InvalidInputException saying for which models the drug has numbers
     */
    public DrugSection section(String name) {
        DrugSection section = sections.get(name);
        if (section == null) {
            throw new InvalidInputException(
                    "drug",
                    id + " has no numbers for '" + name + "'; it has some for " + String.join(", ", sections.keySet()));
        }
        return section;
    }
}
