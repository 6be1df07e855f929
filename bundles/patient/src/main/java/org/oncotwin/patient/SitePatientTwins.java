package org.oncotwin.patient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.oncotwin.api.account.Accounts;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.audit.AuditedState;
import org.oncotwin.api.change.Combination;
import org.oncotwin.api.change.Combinations;
import org.oncotwin.api.patient.PatientTwins;
import org.oncotwin.api.patient.TwinChange;
import org.oncotwin.api.patient.TwinReference;
import org.oncotwin.api.patient.TwinVersion;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.casefile.Case;
import org.oncotwin.casefile.CaseReader;
import org.oncotwin.casefile.InputFile;
import org.oncotwin.casefile.KeptCase;
import org.oncotwin.casefile.RunFolder;
import org.oncotwin.casefile.RunFolders;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Twins in the site's database, with their cases in its content store. */
@Component
public final class SitePatientTwins implements PatientTwins {

    private static final String CREATE = "twin.create";
    private static final String REVISE = "twin.revise";
    private static final String SUBJECT = "twin ";
    private static final String CASE = "case.json";
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}");

    private final Database database;
    private final ContentStore contents;
    private final AuditTrail audit;
    private final Accounts accounts;
    private final Combinations combinations;
    private final CaseReader cases;
    private final RunFolders folders;
    private final AuditedState audited;

    /** Called by Declarative Services. */
    @Activate
    public SitePatientTwins(
            @Reference Database database,
            @Reference ContentStore contents,
            @Reference AuditTrail audit,
            @Reference Accounts accounts,
            @Reference Combinations combinations,
            @Reference CaseReader cases,
            @Reference RunFolders folders) {
        this.database = database;
        this.contents = contents;
        this.audit = audit;
        this.accounts = accounts;
        this.combinations = combinations;
        this.cases = cases;
        this.folders = folders;
        this.audited = new AuditedState(database, audit, Set.of(CREATE, REVISE));
        database.migrate(TwinTables.MODULE, TwinTables.MIGRATIONS);
    }

    // ---- What there is ----

    @Override
    public List<TwinVersion> history(String id) {
        return database.transact(connection -> {
            List<TwinVersion> versions = ID.matcher(id).matches() ? trusted(connection, id) : List.of();
            if (versions.isEmpty()) {
                throw new InvalidInputException("twin", "there is no twin '" + shown(id) + "'");
            }
            return versions;
        });
    }

    /** Versions of a twin, of which none counts unless all are what the audit trail vouches for. */
    private List<TwinVersion> trusted(Connection connection, String id) throws SQLException {
        List<TwinVersion> versions = TwinTables.versions(connection, id);
        String said = audited.entry(SUBJECT + id).map(SitePatientTwins::words).orElse("nothing");
        String found = "nothing";
        if (!versions.isEmpty()) {
            TwinVersion newest = versions.get(versions.size() - 1);
            found = TwinRecord.of(versions.subList(0, versions.size() - 1), newest)
                            .words() + ", of " + newest.time();
        }
        if (!said.equals(found)) {
            throw new StoreException("twin " + shown(id)
                    + " in the database is not the one of the audit trail: that says '" + said + "', the database '"
                    + found + "'; restore the database");
        }
        return versions;
    }

    private static String words(AuditEntry entry) {
        return entry.event().after() + ", of " + entry.time();
    }

    @Override
    public TwinVersion get(String id) {
        List<TwinVersion> versions = history(id);
        return versions.get(versions.size() - 1);
    }

    @Override
    public TwinVersion get(TwinReference reference) {
        List<TwinVersion> versions = history(reference.id());
        return versions.stream()
                .filter(version -> version.reference().equals(reference))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "version",
                        reference.id() + " has no version " + reference.version() + "; it has 1 to "
                                + versions.size()));
    }

    @Override
    public TwinVersion asOf(String id, Instant time) {
        List<TwinVersion> versions = history(id);
        TwinVersion found = null;
        for (TwinVersion version : versions) {
            if (!version.time().isAfter(time)) {
                found = version;
            }
        }
        if (found == null) {
            throw new InvalidInputException(
                    "twin",
                    id + " was not there yet at " + time + "; its first version is of "
                            + versions.get(0).time());
        }
        return found;
    }

    @Override
    public List<String> all() {
        return database.transact(connection -> {
            Set<String> ids = new TreeSet<>(TwinTables.ids(connection));
            audited.subjects().forEach(subject -> ids.add(subject.substring(SUBJECT.length())));
            return List.copyOf(ids);
        });
    }

    // ---- Create, revise ----

    @Override
    public TwinVersion create(Session session, String id, Path caseFile, String reason) throws IOException {
        if (!ID.matcher(id).matches()) {
            throw new InvalidInputException(
                    "twin",
                    "'" + shown(id) + "' is not allowed as an id; allowed are 1 to 64 letters, digits, '.', '-' and"
                            + " '_', a letter or digit first, and never what tells who the patient is");
        }
        accounts.require(session, "create twin " + id, Role.SITE);
        requireReason(reason);
        requireFree(id);
        KeptCase kept = keep(read(caseFile));
        return database.transact(connection -> {
            // Somebody else may have been faster.
            requireFree(id);
            return add(connection, CREATE, session, List.of(), new TwinReference(id, 1), kept, List.of(), reason);
        });
    }

    @Override
    public TwinVersion revise(Session session, TwinReference from, Path caseFile, String reason) throws IOException {
        accounts.require(session, "revise twin " + shown(from.id()), Role.SITE);
        requireReason(reason);
        TwinVersion before = get(from);
        requireNewest(history(from.id()), from);
        KeptCase kept = keep(read(caseFile));
        List<TwinChange> changes =
                CaseDifference.between(text(before.document()), before.inputs(), text(kept.document()), kept.inputs());
        if (changes.isEmpty()) {
            throw new InvalidInputException(
                    "twin", "nothing changed: the case and its files say what " + from + " says");
        }
        return database.transact(connection -> {
            // Somebody else may have been faster.
            List<TwinVersion> versions = trusted(connection, from.id());
            requireNewest(versions, from);
            TwinReference next = new TwinReference(from.id(), from.version() + 1);
            return add(connection, REVISE, session, versions, next, kept, changes, reason);
        });
    }

    private static void requireReason(String reason) {
        if (reason == null || reason.isBlank()) {
            throw new InvalidInputException("reason", "is missing; say why, for the audit trail");
        }
    }

    private void requireFree(String id) {
        all().stream().filter(id::equalsIgnoreCase).findFirst().ifPresent(taken -> {
            throw new InvalidInputException(
                    "twin",
                    "there is a twin " + taken + " already"
                            + (taken.equals(id) ? "; revise it" : "; ids differ in more than upper and lower case"));
        });
    }

    private static void requireNewest(List<TwinVersion> versions, TwinReference from) {
        TwinVersion newest = versions.get(versions.size() - 1);
        if (!newest.reference().equals(from)) {
            throw new InvalidInputException(
                    "version",
                    from + " is not the newest: " + newest.actor() + " recorded version "
                            + newest.reference().version() + " at " + newest.time()
                            + "; look at what changed and revise that one");
        }
    }

    /** Reads a case for the plugins of all combinations, as a study sees no others. */
    private Case read(Path caseFile) {
        List<Combination> all = combinations.all();
        if (all.isEmpty()) {
            throw new InvalidInputException(
                    "combination", "the site has none yet, so that no case can be read; install one first");
        }
        Case source = cases.read(caseFile, plugin -> all.stream().anyMatch(combination -> combination.sees(plugin)));
        source.inputs().forEach(SitePatientTwins::requireBelow);
        return source;
    }

    /** Files that lie elsewhere could not be written beside the case when the twin is exported. */
    private static void requireBelow(InputFile input) {
        Path name = Path.of(input.name()).normalize();
        if (name.isAbsolute()
                || name.startsWith("..")
                || name.startsWith(CASE)
                || input.name().contains("\\")) {
            throw new InvalidInputException(
                    shown(input.name()),
                    "files of a twin lie in the folder of its case file or below, under another name than " + CASE
                            + " and without backslashes; or name it by its absolute path");
        }
    }

    private KeptCase keep(Case source) throws IOException {
        return KeptCase.keep(source, contents::put);
    }

    private String text(String sha256) throws IOException {
        try (InputStream in = contents.open(sha256)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private TwinVersion add(
            Connection connection,
            String action,
            Session session,
            List<TwinVersion> before,
            TwinReference reference,
            KeptCase kept,
            List<TwinChange> changes,
            String reason)
            throws SQLException {
        // Whoever hands in a session might have made up whose it is: what counts is what the site knows of its token.
        String actor = accounts.session(session.token()).account().name();
        String said = before.isEmpty()
                ? ""
                : TwinRecord.of(before.subList(0, before.size() - 1), before.get(before.size() - 1))
                        .words();
        TwinVersion untimed =
                new TwinVersion(reference, Instant.EPOCH, actor, reason, kept.document(), kept.inputs(), changes);
        String says = TwinRecord.of(before, untimed).words();
        // The trail is asked first: it refuses what cannot be kept, and its time is that of the version.
        AuditEntry entry = audit.append(new AuditEvent(actor, action, SUBJECT + reference.id(), said, says, reason));
        TwinVersion version =
                new TwinVersion(reference, entry.time(), actor, reason, kept.document(), kept.inputs(), changes);
        TwinTables.insert(connection, version);
        return version;
    }

    // ---- Export ----

    @Override
    public void export(TwinReference reference, Path folder) throws IOException {
        TwinVersion version = get(reference);
        if (Files.exists(folder) && !isEmptyFolder(folder)) {
            throw new InvalidInputException(
                    "folder", "'" + folder.getFileName() + "' is there and not empty; name a new or empty folder");
        }
        Map<String, String> files = new TreeMap<>(version.inputs());
        Set<String> written = new HashSet<>();
        try (RunFolder out = folders.create(folder, false)) {
            write(version.document(), out.createUnlisted(CASE));
            for (Map.Entry<String, String> file : files.entrySet()) {
                // A case may name one file in two ways.
                String place = Path.of(file.getKey()).normalize().toString();
                if (written.add(place)) {
                    write(file.getValue(), out.createUnlisted(place));
                }
            }
            out.commit();
        }
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> there = Files.newDirectoryStream(folder)) {
            return !there.iterator().hasNext();
        }
    }

    /** Contents are checked against their hashes while they are read. */
    private void write(String sha256, OutputStream target) throws IOException {
        try (target;
                InputStream in = contents.open(sha256)) {
            in.transferTo(target);
        }
    }

    /** An id as it was given, made fit for one line. */
    private static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 80 ? line : line.substring(0, 80) + "...";
    }
}
