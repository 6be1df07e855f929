package org.oncotwin.casefile;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugLibrary;

/** The drugs that a case may name: those of its own files, then those of the libraries that are there. */
final class CaseDrugs {

    private final NamedFiles<Drug> drugs;

    CaseDrugs(List<DrugLibrary> libraries, InputFiles files, Measures measures, Problems problems) {
        this.drugs = new NamedFiles<>(
                new NamedFiles.Kind<>("drug", new DrugFile(measures)::read, Drug::id, Drug::synonyms),
                libraries.stream().map(DrugLibrary::files).toList(),
                files,
                problems);
    }

    /** Reads {@code drugs}, the case's own drug files. */
    void readOwn(CaseObject root) {
        drugs.readOwn(root);
    }

    /** The id of the drug that a key of a treatment names; absent, with a problem noted, if it is not known. */
    Optional<String> named(CaseObject treatment, String key) {
        return drugs.named(treatment, key).map(Drug::id);
    }

    /** The drugs that treatments name. */
    SortedMap<String, Drug> used() {
        return Collections.unmodifiableSortedMap(drugs.used());
    }
}
