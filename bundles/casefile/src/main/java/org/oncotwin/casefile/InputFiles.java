package org.oncotwin.casefile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.oncotwin.api.imaging.Image;
import org.oncotwin.api.imaging.ImageException;
import org.oncotwin.api.imaging.ImageReader;
import org.oncotwin.api.imaging.LabelImage;
import org.oncotwin.api.imaging.TensorConvention;
import org.oncotwin.api.imaging.TensorImage;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.TensorField;

/** The files that a case names: finds, hashes and reads them. */
final class InputFiles {
    /** An image that is two files. */
    private static final Pattern PAIR = Pattern.compile("(.*\\.)(hdr|img)(\\.gz)?");

    private final Path folder;
    private final Optional<Map<String, Path>> elsewhere;
    private final ImageReader reader;
    private final Problems problems;
    private final SortedMap<String, InputFile> files = new TreeMap<>();
    private final Map<Path, String> names = new TreeMap<>();
    private final Set<String> stored = new HashSet<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean renamed;

    /**
     * Files of a case.
     *
     * @param folder folder of the case file, to which names are relative
     * @param elsewhere where the files lie instead, by name
     */
    InputFiles(Path folder, Optional<Map<String, Path>> elsewhere, ImageReader reader, Problems problems) {
        this.folder = folder;
        this.elsewhere = elsewhere;
        this.reader = reader;
        this.problems = problems;
    }

    /** All files named so far, sorted by name. */
    List<InputFile> all() {
        return List.copyOf(files.values());
    }

    /** What the images warn of, by file. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** SHA-256 by name. */
    SortedMap<String, String> hashes() {
        SortedMap<String, String> hashes = new TreeMap<>();
        files.values().forEach(f -> hashes.put(f.name(), f.sha256()));
        return hashes;
    }

    /** True if a name in the case's tree was replaced because it was an absolute path. */
    boolean renamed() {
        return renamed;
    }

    /** The labels that a key names. */
    Optional<LabelField> labels(CaseObject object, String key, Map<String, Integer> labels) {
        return file(object, key).flatMap(file -> {
            try {
                FileTime before = changed(file.path());
                LabelImage read = reader.readLabels(file.path(), labels);
                read.warnings().forEach(w -> warn(file.name(), w));
                return remember(object, key, file, before) ? Optional.of(read.labels()) : Optional.empty();
            } catch (ImageException wrong) {
                object.problem(key, oneLine(wrong));
                return Optional.empty();
            }
        });
    }

    /** The image that a key names, with every value finite and within a range. */
    Optional<Field> field(CaseObject object, String key, double minimum, double maximum, String unit) {
        return file(object, key).flatMap(file -> {
            try {
                FileTime before = changed(file.path());
                Image image = reader.read(file.path());
                image.warnings().forEach(w -> warn(file.name(), w));
                return remember(object, key, file, before)
                        ? checked(object, key, image.field(), minimum, maximum, unit)
                        : Optional.empty();
            } catch (ImageException wrong) {
                object.problem(key, oneLine(wrong));
                return Optional.empty();
            }
        });
    }

    /** The tensors that a key names. */
    Optional<TensorField> tensors(CaseObject object, String key, TensorConvention convention) {
        return file(object, key).flatMap(file -> {
            try {
                FileTime before = changed(file.path());
                TensorImage read = reader.readTensors(file.path(), convention);
                read.warnings().forEach(w -> warn(file.name(), w));
                return remember(object, key, file, before) ? Optional.of(read.tensors()) : Optional.empty();
            } catch (ImageException wrong) {
                object.problem(key, oneLine(wrong));
                return Optional.empty();
            }
        });
    }

    /** The file that a key names, which is no image and is read by whoever asks. */
    Optional<Path> document(CaseObject object, String key, String wanted) {
        return object.requiredText(key, wanted)
                .flatMap(written -> locate(object, key, written))
                .flatMap(file -> document(object, key, file));
    }

    /**
     * A file that does not lie beside the case.
     *
     * @param key key that leads to it
     * @param name name under which it is an input of the case
     * @param path where it lies, unless the inputs of the case are kept elsewhere
     */
    Optional<Path> document(CaseObject object, String key, String name, Path path) {
        Path file = elsewhere.map(kept -> kept.get(name)).orElse(path);
        if (file == null || !Files.isRegularFile(file)) {
            object.problem(key, "'" + name + "' is not among the stored inputs");
            return Optional.empty();
        }
        InputFile known = files.get(name);
        if (known != null && !known.path().equals(file)) {
            object.problem(key, "'" + name + "' is also the name of another file of the case; rename that one");
            return Optional.empty();
        }
        return document(object, key, new Located(name, name, file));
    }

    /** Puts another text in place in the copy of the case. */
    void replace(CaseObject object, String key, String text) {
        object.replace(key, text);
        renamed = true;
    }

    /** True if an input of that name is kept elsewhere. */
    boolean isElsewhere(String name) {
        return elsewhere.isPresent() && elsewhere.get().containsKey(name);
    }

    private Optional<Path> document(CaseObject object, String key, Located file) {
        try {
            FileTime before = Files.getLastModifiedTime(file.path());
            return remember(object, key, file, before) ? Optional.of(file.path()) : Optional.empty();
        } catch (IOException gone) {
            object.problem(key, "'" + file.shown() + "' cannot be read");
            return Optional.empty();
        }
    }

    /** Warns of the file that a key names. */
    void warn(CaseObject object, String key, String warning) {
        object.text(key, "the path of an image").ifPresent(name -> warn(name, warning));
    }

    private static String oneLine(ImageException wrong) {
        return String.valueOf(wrong.getMessage()).replaceAll("\\s+", " ");
    }

    private static Optional<Field> checked(
            CaseObject object, String key, Field field, double minimum, double maximum, String unit) {
        Grid grid = field.grid();
        for (int index = 0; index < grid.size(); index++) {
            double value = field.value(index);
            if (!Double.isFinite(value) || value < minimum || value > maximum) {
                int i = index % grid.nx();
                int j = index / grid.nx() % grid.ny();
                int k = index / grid.nx() / grid.ny();
                String of = unit.equals("1") ? "" : " " + unit;
                String allowed = minimum == Double.NEGATIVE_INFINITY && maximum == Double.POSITIVE_INFINITY
                        ? "finite numbers"
                        : maximum == Double.POSITIVE_INFINITY
                                ? "finite numbers of at least " + minimum + of
                                : minimum + " to " + maximum + of;
                object.problem(
                        key,
                        "the value " + value + " at voxel (" + i + ", " + j + ", " + k
                                + ") is not allowed; allowed are " + allowed);
                return Optional.empty();
            }
        }
        return Optional.of(field);
    }

    /** A file that is there, not yet read. */
    private record Located(String name, String shown, Path path) {}

    private Optional<Located> file(CaseObject object, String key) {
        return object.requiredText(key, "the path of an image, relative to the case file")
                .flatMap(written -> locate(object, key, written));
    }

    private Optional<Located> locate(CaseObject object, String key, String written) {
        String shown = Words.shown(written);
        Path path;
        String name = written;
        try {
            Path given = Path.of(written);
            if (elsewhere.isPresent()) {
                path = elsewhere.get().get(written);
                if (path == null) {
                    object.problem(key, "'" + shown + "' is not among the stored inputs");
                    return Optional.empty();
                }
            } else {
                path = folder.resolve(given).normalize();
                if (given.isAbsolute()) {
                    name = nameFor(path);
                    shown = Words.shown(name);
                    object.replace(key, name);
                    renamed = true;
                }
            }
        } catch (InvalidPathException wrong) {
            object.problem(key, "'" + shown + "' is not a path");
            return Optional.empty();
        }
        InputFile known = files.get(name);
        if (known != null) {
            if (known.path().equals(path)) {
                return Optional.of(new Located(name, shown, path));
            }
            object.problem(
                    key,
                    "'" + shown
                            + "' is also the name of a file given by an absolute path; give that one relative to the case file");
            return Optional.empty();
        }
        if (!Files.isRegularFile(path)) {
            object.problem(key, "'" + shown + "' " + (Files.exists(path) ? "is not a file" : "does not exist"));
            return Optional.empty();
        }
        return Optional.of(new Located(name, shown, path));
    }

    /** Hashes a file that has been read. Not before: a reader refuses a file of absurd length at once, hashing it would take as long as it is. */
    private boolean remember(CaseObject object, String key, Located located, FileTime before) {
        if (files.containsKey(located.name())) {
            return true;
        }
        try {
            String storeFolder = storeFolder(located.path());
            add(located.name(), located.path(), storeFolder);
            Optional<String> partner = partner(located.path().getFileName().toString());
            if (partner.isPresent()) {
                Path beside = located.path().resolveSibling(partner.get());
                if (Files.isRegularFile(beside)) {
                    add(partner(located.name()).orElseThrow(), beside, storeFolder);
                }
            }
            // What was hashed must be what was read, or provenance would speak of another file.
            if (!changed(located.path()).equals(before)) {
                object.problem(key, "'" + located.shown() + "' was changed while it was read");
                return false;
            }
            return true;
        } catch (IOException unreadable) {
            object.problem(key, "'" + located.shown() + "' cannot be read");
            return false;
        }
    }

    private static FileTime changed(Path path) throws ImageException {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException gone) {
            throw new ImageException(path.getFileName() + ": cannot be read", gone);
        }
    }

    /** Warns of something by its name. */
    void warn(String name, String warning) {
        String sentence = Words.shown(name) + ": " + warning.replaceAll("\\s+", " ");
        if (!warnings.contains(sentence)) {
            warnings.add(sentence);
        }
    }

    /** A name for a file whose path is absolute: its own, made unique. */
    private String nameFor(Path path) {
        return names.computeIfAbsent(path, p -> {
            String plain = p.getFileName().toString();
            String name = plain;
            for (int n = 2; files.containsKey(name); n++) {
                name = n + "/" + plain;
            }
            return name;
        });
    }

    private InputFile add(String name, Path path, String storeFolder) throws IOException {
        String storedAs = storeFolder + path.getFileName();
        InputFile file = new InputFile(name, path, sha256(path), storedAs);
        files.put(name, file);
        stored.add(storedAs);
        return file;
    }

    /** A folder for copies in which neither the file nor its partner meets another of the same name. */
    private String storeFolder(Path path) {
        String plain = path.getFileName().toString();
        String storeFolder = "inputs/";
        for (int n = 2; isTaken(storeFolder, plain); n++) {
            storeFolder = "inputs/" + n + "/";
        }
        return storeFolder;
    }

    private boolean isTaken(String storeFolder, String plain) {
        List<String> wanted = new ArrayList<>(List.of(plain));
        partner(plain).ifPresent(wanted::add);
        return wanted.stream().anyMatch(name -> stored.contains(storeFolder + name));
    }

    private static Optional<String> partner(String name) {
        Matcher pair = PAIR.matcher(name);
        if (!pair.matches()) {
            return Optional.empty();
        }
        String compressed = pair.group(3) == null ? "" : pair.group(3);
        return Optional.of(pair.group(1) + (pair.group(2).equals("hdr") ? "img" : "hdr") + compressed);
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
