package org.oncotwin.cli.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.oncotwin.api.plugin.InvalidInputException;

/** Tokens of sessions between commands: one file for each site in the user's own folder, which nobody else can read. */
final class SessionFiles {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final long LONGEST = 1024;

    private final Path folder;

    SessionFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * In the user's folder for such things (XDG Base Directory Specification 0.8).
     *
     * @param environment XDG_STATE_HOME counts if it is an absolute path, as the specification has it
     * @param home home folder of the user
     */
    static SessionFiles of(Map<String, String> environment, Path home) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = !state.isEmpty() && Path.of(state).isAbsolute()
                ? Path.of(state)
                : home.resolve(".local").resolve("state");
        return new SessionFiles(base.resolve("oncotwin"));
    }

    /** The file of a site; sites of the same name in different folders have different ones. */
    private Path file(Path site) throws IOException {
        Path real =
                Files.exists(site) ? site.toRealPath() : site.toAbsolutePath().normalize();
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(real.toString().getBytes(StandardCharsets.UTF_8));
            return folder.resolve("session-" + HexFormat.of().formatHex(hash, 0, 16));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The token, if there is one.
     *
     * @throws InvalidInputException if others may read the file, which it was not made with
     */
    Optional<String> read(Path site) throws IOException {
        Path file = file(site);
        try {
            if (isPosix(file) && !OWNER.containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))) {
                throw new InvalidInputException(
                        "session", "others may read the file of the session; end it with: oncotwin logout");
            }
            if (Files.size(file) > LONGEST) {
                return Optional.empty();
            }
            return Optional.of(Files.readString(file).strip()).filter(token -> !token.isEmpty());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    void write(Path site, String token) throws IOException {
        if (isPosix(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
        } else {
            Files.createDirectories(folder);
        }
        // Java makes temporary files for their owner alone.
        Path part = Files.createTempFile(folder, "session", ".part");
        try {
            Files.writeString(part, token + "\n");
            Files.move(part, file(site), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    void delete(Path site) throws IOException {
        Files.deleteIfExists(file(site));
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
