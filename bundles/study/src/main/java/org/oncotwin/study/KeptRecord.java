package org.oncotwin.study;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.casefile.Result;
import org.oncotwin.casefile.ResultReader;

/**
 * What the site kept of a study that is finished. A row in the database counts only as long as it says what the audit trail said last of it, and the result that counts is the one whose
 * hash is there.
 */
final class KeptRecord {

    private static final int PAGE = 1000;

    private final StudyRow row;
    private final ContentStore contents;
    private final ResultReader results;
    private final Path copy;
    /** Value after the last entry of each action on the study. */
    private final Map<String, String> said = new HashMap<>();

    /**
     * Reads what the trail says of a study.
     *
     * @param runFolder its run folder, in which a second copy of the result lies
     */
    KeptRecord(StudyRow row, AuditTrail audit, ContentStore contents, ResultReader results, Path runFolder) {
        this.row = row;
        this.contents = contents;
        this.results = results;
        this.copy = runFolder.resolve("result.json");
        String subject = "study " + row.study().number();
        long next = 1;
        for (List<AuditEntry> page = audit.entries(next, PAGE); !page.isEmpty(); page = audit.entries(next, PAGE)) {
            for (AuditEntry entry : page) {
                if (entry.event().subject().equals(subject)) {
                    said.put(entry.event().action(), entry.event().after());
                }
            }
            next = page.get(page.size() - 1).number() + 1;
        }
    }

    /** A study that did not finish has nothing to be repeated. */
    void requireFinished() {
        if (hash().isEmpty()) {
            throw new InvalidInputException(
                    "study", row.study().number() + " did not finish, as the audit trail says; restore the database");
        }
    }

    private String hash() {
        return said.getOrDefault("study.finish", "");
    }

    /** What was altered of the result since it was kept, in words. */
    List<String> faults() throws IOException {
        List<String> faults = new ArrayList<>();
        if (!row.study().result().orElse("").equals(hash())) {
            faults.add("the result that the database names, "
                    + row.study().result().orElse("none") + ", is not the one of the audit trail, " + hash());
        }
        try {
            contents.file(hash());
        } catch (FileNotFoundException | StoreException gone) {
            faults.add("the kept result: " + gone.getMessage());
        }
        if (Files.isRegularFile(copy) && !sha256(copy).equals(hash())) {
            faults.add("result.json in the run folder was altered: its SHA-256 is " + sha256(copy)
                    + ", that of the result " + hash());
        }
        return faults;
    }

    /** The result, from wherever it is still as it was; if it is so nowhere, from the run folder. */
    Result result() throws IOException {
        Optional<Path> intact = intact();
        if (intact.isEmpty() && !Files.isRegularFile(copy)) {
            throw new InvalidInputException(
                    "study",
                    row.study().number() + " has no result any more: content " + hash()
                            + " is missing or altered; restore the folder 'contents' of the site from a backup");
        }
        return results.readFile(intact.orElse(copy));
    }

    private Optional<Path> intact() throws IOException {
        try {
            return Optional.of(contents.file(hash()));
        } catch (FileNotFoundException | StoreException gone) {
            return Optional.empty();
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
