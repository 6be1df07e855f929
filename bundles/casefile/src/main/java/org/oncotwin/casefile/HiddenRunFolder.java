package org.oncotwin.casefile;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.simulation.RunResult;

/** A run folder in a hidden folder beside its target. */
final class HiddenRunFolder implements RunFolder {
    private final Path target;
    private final Path hidden;
    private final Path firstMissing;
    private final boolean overwrite;
    private final SortedMap<String, String> hashes = new TreeMap<>();
    private boolean committed;

    /**
     * A run folder that has been checked.
     *
     * @param target where it goes
     * @param hidden where it is made
     * @param firstMissing the outermost folder that was made for it, {@code null} if none was
     * @param overwrite true if a run that lies at the target may be replaced
     */
    HiddenRunFolder(Path target, Path hidden, Path firstMissing, boolean overwrite) {
        this.overwrite = overwrite;
        this.target = target;
        this.hidden = hidden;
        this.firstMissing = firstMissing;
    }

    @Override
    public OutputStream create(String path) throws IOException {
        return new Listed(open(path), InputFiles.digest(), path);
    }

    @Override
    public OutputStream createUnlisted(String path) throws IOException {
        return open(path);
    }

    private OutputStream open(String path) throws IOException {
        Path file = hidden.resolve(path).normalize();
        if (path.isEmpty()
                || path.contains("\\")
                || Path.of(path).isAbsolute()
                || !file.startsWith(hidden)
                || file.equals(hidden)
                || !Path.of(path).normalize().toString().equals(path)) {
            throw new IllegalArgumentException("'" + path + "' is not a relative path within the run folder");
        }
        Files.createDirectories(file.getParent());
        return new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), 1 << 16);
    }

    @Override
    public void writeCase(Case source) throws IOException {
        try (OutputStream out = open(HiddenRunFolders.CASE)) {
            out.write(source.document().getBytes(StandardCharsets.UTF_8));
        }
        for (InputFile input : source.inputs()) {
            MessageDigest digest = InputFiles.digest();
            try (OutputStream out = new DigestOutputStream(open(input.storedAs()), digest)) {
                Files.copy(input.path(), out);
            }
            if (!HexFormat.of().formatHex(digest.digest()).equals(input.sha256())) {
                throw new IOException("input '" + input.name() + "' was changed while the run used it");
            }
        }
    }

    @Override
    public void writeResult(Case source, RunResult result) throws IOException {
        try (OutputStream out = open(HiddenRunFolders.RESULT)) {
            ResultJson.write(Result.of(source, result, hashes), out);
        }
    }

    @Override
    public void commit() throws IOException {
        if (Files.exists(target) && !HiddenRunFolders.isEmpty(target)) {
            replace();
        } else {
            move(hidden, target);
        }
        committed = true;
    }

    /** Puts the new run in the place of an old one. If that fails, the old one is back where it was. */
    private void replace() throws IOException {
        if (!overwrite || !Files.isRegularFile(target.resolve(HiddenRunFolders.RESULT))) {
            throw new IOException("the folder was filled with something else while the run went on");
        }
        Path old = hidden.resolveSibling(hidden.getFileName() + ".old");
        move(target, old);
        try {
            move(hidden, target);
        } catch (IOException failed) {
            move(old, target);
            throw failed;
        }
        HiddenRunFolders.delete(old);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException otherDisk) {
            throw new IOException(
                    "the folder cannot be put in place because it lies on a disk of its own; name a new folder in it",
                    otherDisk);
        }
    }

    @Override
    public void close() throws IOException {
        if (committed) {
            return;
        }
        HiddenRunFolders.delete(hidden);
        // Folders made on the way to the target go too, if nobody has used them in the meantime.
        if (firstMissing != null) {
            for (Path p = target.getParent(); p != null && p.startsWith(firstMissing); p = p.getParent()) {
                if (!Files.isDirectory(p) || !HiddenRunFolders.isEmpty(p)) {
                    return;
                }
                Files.delete(p);
            }
        }
    }

    /** Notes the hash of a file when it is closed. */
    private final class Listed extends FilterOutputStream {
        private final MessageDigest digest;
        private final String path;
        private boolean closed;

        Listed(OutputStream out, MessageDigest digest, String path) {
            super(new DigestOutputStream(out, digest));
            this.digest = digest;
            this.path = path;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                super.close();
                hashes.put(path, HexFormat.of().formatHex(digest.digest()));
            }
        }
    }
}
