package org.oncotwin.casefile;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugLibrary;
import org.oncotwin.api.plugin.InvalidInputException;

/**
 * The drugs that a case may name: those of its own files, then those of the libraries that are there. A library's file becomes an input of the case as soon as a treatment names it, so that a case that
 * is kept or repeated has the numbers with which it was read.
 */
final class CaseDrugs {

    private static final int MOST_FILES = 1_000;
    private static final long LARGEST_FILE = 1L << 20;
    private static final String OF_LIBRARY = "drug-library/";

    private final InputFiles files;
    private final DrugFile reader;
    private final Problems problems;
    private final SortedMap<String, Path> library = new TreeMap<>();
    private final SortedMap<String, Drug> own = new TreeMap<>();
    private final SortedMap<String, Optional<Drug>> used = new TreeMap<>();

    CaseDrugs(List<DrugLibrary> libraries, InputFiles files, Measures measures, Problems problems) {
        this.files = files;
        this.reader = new DrugFile(measures);
        this.problems = problems;
        libraries.forEach(l -> l.files().forEach(library::putIfAbsent));
    }

    /** Reads {@code drugs}, the case's own drug files. */
    void readOwn(CaseObject root) {
        for (CaseObject entry : root.objects("drugs", MOST_FILES, "a list of objects, each with the file of a drug")) {
            files.document(entry, "file", "the path of a drug file, relative to the case file")
                    .flatMap(file -> read(file, entry.path("file")))
                    .ifPresent(drug -> {
                        if (own.putIfAbsent(drug.id(), drug) != null) {
                            entry.problem("file", "'" + drug.id() + "' stands in two files of the case");
                        }
                    });
            entry.refuseOthers();
        }
    }

    private Optional<Drug> read(Path file, String path) {
        try {
            JsonDocument document = JsonDocument.read(file, LARGEST_FILE, problems);
            return reader.read(new CaseObject(document.root(), path, problems), problems);
        } catch (InvalidInputException wrong) {
            problems.add(path, wrong.problem());
            return Optional.empty();
        }
    }

    /** The id of the drug that a key of a treatment names; absent, with a problem noted, if it is not known. The kept case has the id in place of another name, which a later library may not know. */
    Optional<String> named(CaseObject treatment, String key) {
        return treatment.requiredText(key, "the name of a drug").flatMap(word -> {
            String name = word.toLowerCase(Locale.ROOT);
            Optional<String> id = id(name);
            if (id.isEmpty()) {
                Set<String> known = new LinkedHashSet<>(own.keySet());
                known.addAll(library.keySet());
                treatment.problem(
                        key,
                        "no drug '" + Words.shown(name) + "' in the library or in the case's own drugs; "
                                + Words.known(name, known));
                return Optional.empty();
            }
            if (!id.get().equals(word)) {
                files.replace(treatment, key, id.get());
            }
            return used.computeIfAbsent(id.get(), known -> read(treatment, key, known))
                    .map(Drug::id);
        });
    }

    /** The drug that a name means: an id before other names, the case's own drugs before those of the library. */
    private Optional<String> id(String name) {
        if (own.containsKey(name) || library.containsKey(name) || files.isElsewhere(fileName(name))) {
            return Optional.of(name);
        }
        return Stream.concat(
                        own.values().stream()
                                .filter(drug -> isSynonym(drug, name))
                                .map(Drug::id),
                        library.entrySet().stream()
                                .filter(file -> isSynonym(file.getValue(), name))
                                .map(Map.Entry::getKey))
                .findFirst();
    }

    private static String fileName(String id) {
        return OF_LIBRARY + id + ".json";
    }

    private Optional<Drug> read(CaseObject treatment, String key, String id) {
        if (own.containsKey(id)) {
            return Optional.of(own.get(id));
        }
        Optional<Drug> drug =
                files.document(treatment, key, fileName(id), library.get(id)).flatMap(file -> read(file, fileName(id)));
        if (drug.isPresent() && !drug.get().id().equals(id)) {
            treatment.problem(
                    key,
                    "the file of '" + id + "' holds the drug '" + drug.get().id() + "'");
            return Optional.empty();
        }
        return drug;
    }

    private static boolean isSynonym(Drug drug, String word) {
        return drug.synonyms().stream().anyMatch(word::equalsIgnoreCase);
    }

    private boolean isSynonym(Path file, String word) {
        // What is wrong with a drug of the library that the case may not mean is said when it is named.
        Problems elsewhere = new Problems();
        CaseObject root =
                new CaseObject(JsonDocument.read(file, LARGEST_FILE, elsewhere).root(), "", elsewhere);
        return root.texts("synonyms", MOST_FILES, "text").stream().anyMatch(word::equalsIgnoreCase);
    }

    /** The drugs that treatments name. */
    SortedMap<String, Drug> used() {
        SortedMap<String, Drug> drugs = new TreeMap<>();
        for (Map.Entry<String, Optional<Drug>> entry : used.entrySet()) {
            entry.getValue().ifPresent(drug -> drugs.put(drug.id(), drug));
        }
        return Collections.unmodifiableSortedMap(drugs);
    }
}
