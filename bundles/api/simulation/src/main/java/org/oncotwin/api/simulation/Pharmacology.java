package org.oncotwin.api.simulation;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.pharmacokinetics.Drug;

/**
 * What a case says of drugs.
 *
 * @param drugs the drugs that its treatments name, by id
 * @param pharmacokinetics the model of where drugs go; without it the one with the highest service ranking that has numbers for all drugs
 * @param toxicities models of harm to healthy tissue
 */
public record Pharmacology(
        SortedMap<String, Drug> drugs, Optional<ModelChoice> pharmacokinetics, List<ModelChoice> toxicities) {

    /** Of a case without drugs. */
    public static final Pharmacology NONE = new Pharmacology(new TreeMap<>(), Optional.empty(), List.of());

    /** Makes the collections immutable. */
    public Pharmacology {
        drugs = Collections.unmodifiableSortedMap(new TreeMap<>(drugs));
        toxicities = List.copyOf(toxicities);
    }
}
