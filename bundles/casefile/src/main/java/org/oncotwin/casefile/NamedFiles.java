package org.oncotwin.casefile;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.oncotwin.api.plugin.InvalidInputException;

/**
 * Things that a case names and that stand in files, one in each: those of the case's own files, then those of the libraries that are there. A library's file becomes an input of the case as soon as it is
 * named, so that a case that is kept or repeated has the content with which it was read.
 *
 * @param <T> what such a file holds
 */
final class NamedFiles<T> {

    private static final int MOST_FILES = 1_000;
    private static final long LARGEST_FILE = 1L << 20;

    private final Kind<T> kind;
    private final InputFiles files;
    private final Problems problems;
    private final SortedMap<String, Path> library = new TreeMap<>();
    private final SortedMap<String, T> own = new TreeMap<>();
    private final SortedMap<String, Optional<T>> used = new TreeMap<>();
    private final SortedMap<String, String> places = new TreeMap<>();

    /**
     * What the things are.
     *
     * @param word one of them, for messages; the key of a case under which its own files stand is its plural
     * @param reader reads a file; absent if there is a problem with it
     * @param id the name of a thing
     * @param synonyms its other names
     * @param <T> what a file holds
     */
    record Kind<T>(String word, Reader<T> reader, Name<T> id, Synonyms<T> synonyms) {}

    /** Reads a file. */
    @FunctionalInterface
    interface Reader<T> {
        Optional<T> read(CaseObject file, Problems problems);
    }

    /** The name of a thing. */
    @FunctionalInterface
    interface Name<T> {
        String of(T thing);
    }

    /** Other names of a thing. */
    @FunctionalInterface
    interface Synonyms<T> {
        List<String> of(T thing);
    }

    NamedFiles(Kind<T> kind, List<SortedMap<String, Path>> libraries, InputFiles files, Problems problems) {
        this.kind = kind;
        this.files = files;
        this.problems = problems;
        libraries.forEach(l -> l.forEach(library::putIfAbsent));
    }

    /** Reads the case's own files. */
    void readOwn(CaseObject root) {
        String wanted = "a list of objects, each with the file of a " + kind.word();
        for (CaseObject entry : root.objects(kind.word() + "s", MOST_FILES, wanted)) {
            files.document(entry, "file", "the path of a " + kind.word() + " file, relative to the case file")
                    .flatMap(file -> read(file, entry.path("file")))
                    .ifPresent(thing -> {
                        String id = kind.id().of(thing);
                        if (own.putIfAbsent(id, thing) != null) {
                            entry.problem("file", "'" + id + "' stands in two files of the case");
                        } else {
                            places.put(id, entry.path("file"));
                        }
                    });
            entry.refuseOthers();
        }
    }

    private Optional<T> read(Path file, String path) {
        return read(kind.reader(), file, path, problems);
    }

    /** Reads a file, whose problems are noted under a path. */
    static <T> Optional<T> read(Reader<T> reader, Path file, String path, Problems problems) {
        try {
            JsonDocument document = JsonDocument.read(file, LARGEST_FILE, problems);
            return reader.read(new CaseObject(document.root(), path, problems), problems);
        } catch (InvalidInputException wrong) {
            problems.add(path, wrong.problem());
            return Optional.empty();
        }
    }

    /** What a key of an object names; absent, with a problem noted, if it is not known. The kept case has the id in place of another name, which a later library may not know. */
    Optional<T> named(CaseObject object, String key) {
        return object.requiredText(key, "the name of a " + kind.word()).flatMap(word -> {
            String name = word.toLowerCase(Locale.ROOT);
            Optional<String> id = id(name);
            if (id.isEmpty()) {
                Set<String> known = new LinkedHashSet<>(own.keySet());
                known.addAll(library.keySet());
                object.problem(
                        key,
                        "no " + kind.word() + " '" + Words.shown(name) + "' in the library or in the case's own "
                                + kind.word() + "s; " + Words.known(name, known));
                return Optional.empty();
            }
            if (!id.get().equals(word)) {
                files.replace(object, key, id.get());
            }
            return used.computeIfAbsent(id.get(), known -> read(object, key, known));
        });
    }

    /** Where what is wrong with the content of a file is said to be. */
    String place(T thing) {
        String id = kind.id().of(thing);
        return places.getOrDefault(id, fileName(id));
    }

    /** The thing that a name means: an id before other names, the case's own before those of the library. */
    private Optional<String> id(String name) {
        if (own.containsKey(name) || library.containsKey(name) || files.isElsewhere(fileName(name))) {
            return Optional.of(name);
        }
        return Stream.concat(
                        own.values().stream()
                                .filter(thing -> isSynonym(thing, name))
                                .map(kind.id()::of),
                        library.entrySet().stream()
                                .filter(file -> isSynonym(file.getValue(), name))
                                .map(Map.Entry::getKey))
                .findFirst();
    }

    private String fileName(String id) {
        return fileName(kind.word(), id);
    }

    /** The name under which a file of a library is an input of a case. */
    static String fileName(String word, String id) {
        return word + "-library/" + id + ".json";
    }

    private Optional<T> read(CaseObject object, String key, String id) {
        if (own.containsKey(id)) {
            return Optional.of(own.get(id));
        }
        Optional<T> thing =
                files.document(object, key, fileName(id), library.get(id)).flatMap(file -> read(file, fileName(id)));
        if (thing.isPresent() && !kind.id().of(thing.get()).equals(id)) {
            object.problem(
                    key,
                    "the file of '" + id + "' holds the " + kind.word() + " '"
                            + kind.id().of(thing.get()) + "'");
            return Optional.empty();
        }
        return thing;
    }

    private boolean isSynonym(T thing, String word) {
        return kind.synonyms().of(thing).stream().anyMatch(word::equalsIgnoreCase);
    }

    private static boolean isSynonym(Path file, String word) {
        // What is wrong with a file of the library that the case may not mean is said when it is named.
        Problems elsewhere = new Problems();
        CaseObject root =
                new CaseObject(JsonDocument.read(file, LARGEST_FILE, elsewhere).root(), "", elsewhere);
        return root.texts("synonyms", MOST_FILES, "text").stream().anyMatch(word::equalsIgnoreCase);
    }

    /** What the case names, by id. */
    SortedMap<String, T> used() {
        SortedMap<String, T> things = new TreeMap<>();
        used.forEach((id, thing) -> thing.ifPresent(t -> things.put(id, t)));
        return things;
    }
}
