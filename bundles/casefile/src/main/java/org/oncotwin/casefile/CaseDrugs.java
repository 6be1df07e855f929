package org.oncotwin.casefile;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /** The id of the drug that a key of a treatment names; absent, with a problem noted, if it is not known. */
    Optional<String> named(CaseObject treatment, String key) {
        return treatment.requiredText(key, "the name of a drug").flatMap(word -> {
            String id = word.toLowerCase(java.util.Locale.ROOT);
            Optional<Drug> drug = used.computeIfAbsent(id, name -> find(treatment, key, name));
            return drug.map(Drug::id);
        });
    }

    private Optional<Drug> find(CaseObject treatment, String key, String id) {
        Drug mine = own.get(id);
        if (mine != null) {
            return Optional.of(mine);
        }
        Optional<Drug> alias =
                own.values().stream().filter(drug -> isSynonym(drug, id)).findFirst();
        if (alias.isPresent()) {
            return alias;
        }
        String name = OF_LIBRARY + id + ".json";
        if (!DrugFile.ID.matcher(id).matches() || !library.containsKey(id) && !files.isElsewhere(name)) {
            for (Map.Entry<String, Path> file : library.entrySet()) {
                if (isSynonym(file.getValue(), id)) {
                    String of = OF_LIBRARY + file.getKey() + ".json";
                    return files.document(treatment, key, of, file.getValue()).flatMap(path -> read(path, of));
                }
            }
            Set<String> known = new LinkedHashSet<>(own.keySet());
            known.addAll(library.keySet());
            treatment.problem(
                    key,
                    "no drug '" + Words.shown(id) + "' in the library or in the case's own drugs; "
                            + Words.known(id, known));
            return Optional.empty();
        }
        return files.document(treatment, key, name, library.get(id)).flatMap(file -> read(file, name));
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
