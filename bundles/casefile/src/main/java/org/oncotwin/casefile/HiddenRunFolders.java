package org.oncotwin.casefile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.oncotwin.api.plugin.InvalidInputException;
import org.osgi.service.component.annotations.Component;

/** Makes run folders in a hidden folder beside their target, so that one rename puts them in place. */
@Component
public final class HiddenRunFolders implements RunFolders {
    static final String RESULT = "result.json";
    static final String CASE = "case.json";
    private static final String FIELD = "--out";

    @Override
    public void check(Path target, boolean overwrite) {
        checked(target, overwrite);
    }

    @Override
    public RunFolder create(Path target, boolean overwrite) throws IOException {
        Path place = checked(target, overwrite);
        Path parent = place.getParent();
        Path firstMissing = firstMissing(parent);
        Path hidden = parent.resolve("." + place.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(parent);
            Files.createDirectory(hidden);
        } catch (IOException denied) {
            throw new InvalidInputException(FIELD, "the folder cannot be made beside " + Words.shown(name(place)));
        }
        return new HiddenRunFolder(place, hidden, firstMissing, overwrite);
    }

    /** The outermost folder of a path that is not there; {@code null} if all are. */
    private static Path firstMissing(Path folder) {
        Path missing = null;
        for (Path p = folder; p != null && Files.notExists(p); p = p.getParent()) {
            missing = p;
        }
        return missing;
    }

    private static Path checked(Path target, boolean overwrite) {
        Path place = target.toAbsolutePath().normalize();
        try {
            if (Files.exists(place)) {
                // Through links, so that the rename meets the folder and not the link to it.
                place = place.toRealPath();
            } else if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                throw new InvalidInputException(FIELD, "'" + name(target) + "' is a link to nothing");
            }
            if (place.getParent() == null) {
                throw new InvalidInputException(FIELD, "'" + name(target) + "' is the root of a file system");
            }
            if (Files.exists(place)) {
                checkExisting(target, place, overwrite);
            }
            checkParents(place);
        } catch (IOException unreadable) {
            throw new InvalidInputException(FIELD, "'" + name(target) + "' cannot be read");
        }
        return place;
    }

    private static void checkExisting(Path target, Path place, boolean overwrite) throws IOException {
        if (!Files.isDirectory(place)) {
            throw new InvalidInputException(FIELD, "'" + name(target) + "' is a file; a new or empty folder is needed");
        }
        if (isEmpty(place)) {
            return;
        }
        if (!overwrite) {
            throw new InvalidInputException(
                    FIELD,
                    "the folder '" + name(target)
                            + "' is not empty; name a new or empty folder, or ask with --overwrite to replace a run");
        }
        if (!Files.isRegularFile(place.resolve(RESULT)) || !Files.isRegularFile(place.resolve(CASE))) {
            throw new InvalidInputException(
                    FIELD,
                    "the folder '" + name(target) + "' is not empty and not a run (it lacks " + RESULT + " or " + CASE
                            + "); only a run is overwritten");
        }
    }

    private static void checkParents(Path place) {
        for (Path p = place.getParent(); p != null; p = p.getParent()) {
            if (Files.exists(p)) {
                if (!Files.isDirectory(p)) {
                    throw new InvalidInputException(FIELD, "'" + name(p) + "' is a file, not a folder");
                }
                if (!Files.isWritable(p)) {
                    throw new InvalidInputException(FIELD, "the folder '" + name(p) + "' cannot be written to");
                }
                return;
            }
        }
    }

    /** The last name of a path: messages do not tell where on this machine it lies. */
    private static String name(Path path) {
        Path last = path.getFileName();
        return last == null ? "/" : Words.shown(last.toString());
    }

    static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.sorted(java.util.Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }
}
