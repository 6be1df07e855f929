package org.oncotwin.audit;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.oncotwin.api.audit.AuditCheck;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.audit.AuditException;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.SiteFolder;
import org.oncotwin.api.store.StoreException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The audit trail in the database of the site, with its heads in {@value HeadFile#NAME}.
 *
 * <p>A crash between the commit and the writing of the head leaves entries without a head; they are checked and get one when the site is opened again. If the database lacks an entry
 * whose head was kept, or the files are not as they were left, nothing is added to the trail any more: whatever is to be audited fails until the site is restored. Reading and
 * verifying still work.
 */
@Component
public final class ChainedAuditTrail implements AuditTrail {

    /** By how much the clock may go back behind the last entry, as time servers do when they correct it; then the time of the last entry is taken. */
    static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final int PAGE = 1000;

    private final Database database;
    private final HeadFile heads;
    private final Clock clock;
    // All below belongs to whoever is in a transaction, of which there is one at a time.
    private SiteKey key;
    private HeadLine lastHead;
    private AuditEntry newest;
    private Optional<String> fault = Optional.empty();

    /** Lines of heads whose signatures the last verification in this process found to hold. */
    private volatile HeadReader.Signed signed = HeadReader.Signed.NONE;

    /**
     * Opens the audit trail of a site, or begins it.
     *
     * @throws StoreException if the database or the folder cannot be read
     */
    @Activate
    public ChainedAuditTrail(@Reference Database database, @Reference SiteFolder site) {
        this(database, site, Clock.systemUTC());
    }

    ChainedAuditTrail(Database database, SiteFolder site, Clock clock) {
        this.database = database;
        this.clock = clock;
        heads = new HeadFile(site.path());
        database.migrate(EntryTable.MODULE, EntryTable.MIGRATIONS);
        database.<Void>transact(connection -> {
            EntryTable.protect(connection);
            try {
                open(connection, site);
            } catch (IOException failure) {
                throw new StoreException(
                        "the heads of the audit trail cannot be read or kept: " + failure.getMessage(), failure);
            }
            return null;
        });
    }

    private void open(Connection connection, SiteFolder site) throws SQLException, IOException {
        Optional<AuditEntry> last = EntryTable.last(connection);
        Optional<SiteKey> known = SiteKey.read(site.path());
        boolean begun = heads.exists() && heads.length() > 0;
        if (last.isEmpty() && !begun) {
            key = known.isPresent() ? known.get() : SiteKey.make(site.path());
            lastHead = heads.begin(now(), key);
        } else if (known.isEmpty()) {
            fault = Optional.of("the public key of the audit trail is missing");
        } else {
            key = known.get();
            fault = resume(connection, last, begun);
        }
    }

    /** Continues where the last process stopped; returns what is wrong if it cannot. */
    private Optional<String> resume(Connection connection, Optional<AuditEntry> last, boolean begun)
            throws SQLException, IOException {
        if (!key.canSign()) {
            return Optional.of("the private key of the audit trail is missing");
        }
        if (!begun) {
            return Optional.of(HeadFile.NAME + " is missing or empty");
        }
        try {
            lastHead = heads.last().orElseThrow();
        } catch (IllegalArgumentException unreadable) {
            return Optional.of("the last line of " + HeadFile.NAME + " cannot be read: " + unreadable.getMessage());
        }
        if (!lastHead.signedBy(key)) {
            return Optional.of("the last line of " + HeadFile.NAME + " is not signed by this site");
        }
        Verification unanchored = Verification.after(lastHead.head());
        long next = lastHead.head().number();
        for (List<AuditEntry> page = EntryTable.from(connection, next, PAGE);
                !page.isEmpty();
                page = EntryTable.from(connection, next, PAGE)) {
            page.forEach(unanchored::entry);
            next = page.get(page.size() - 1).number() + 1;
        }
        unanchored.end();
        if (!unanchored.faults().isEmpty()) {
            return Optional.of(unanchored.faults().get(0));
        }
        if (last.isPresent() && last.get().number() > lastHead.head().number()) {
            lastHead = heads.add(lastHead, Head.of(last.get()), key);
        }
        return Optional.empty();
    }

    @Override
    public AuditEntry append(AuditEvent event) {
        // All in the transaction: whatever is refused here takes what was to be audited with it.
        return database.transact(connection -> {
            check(event);
            if (fault.isPresent()) {
                throw new AuditException("nothing can be added to the audit trail: " + fault.get());
            }
            Optional<AuditEntry> last = EntryTable.last(connection);
            requireNothingCut(last);
            AuditEntry entry = next(last, event);
            EntryTable.insert(connection, entry);
            newest = entry;
            database.afterCommit(this::keepHead);
            return entry;
        });
    }

    private void requireNothingCut(Optional<AuditEntry> last) {
        Head kept = lastHead.head();
        long number = last.map(AuditEntry::number).orElse(0L);
        if (number < kept.number()
                || number == kept.number()
                        && !last.map(AuditEntry::hash).orElse(EntryHash.NONE).equals(kept.hash())) {
            throw new AuditException("nothing can be added to the audit trail: its last entry is " + number
                    + ", but the head of entry " + kept.number() + " was kept, and they do not agree");
        }
    }

    private AuditEntry next(Optional<AuditEntry> last, AuditEvent event) {
        long number = last.map(AuditEntry::number).orElse(0L) + 1;
        Instant time = now();
        Instant before = last.map(AuditEntry::time).orElse(lastHead.head().time());
        if (time.isBefore(before)) {
            if (time.plus(TOLERANCE).isBefore(before)) {
                throw new AuditException("the clock was set back: it is " + time
                        + ", but the last entry of the audit trail is of " + before);
            }
            time = before;
        }
        String previous = last.map(AuditEntry::hash).orElse(EntryHash.NONE);
        return new AuditEntry(number, time, event, previous, EntryHash.of(number, time, event, previous));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Called once per entry after the commit; the first call keeps the head of the whole transaction. */
    private void keepHead() {
        if (lastHead.head().number() >= newest.number()) {
            return;
        }
        try {
            lastHead = heads.add(lastHead, Head.of(newest), key);
        } catch (IOException failure) {
            throw new StoreException(
                    "the head of audit entry " + newest.number() + " could not be kept in " + HeadFile.NAME + ": "
                            + failure.getMessage(),
                    failure);
        }
    }

    private static void check(AuditEvent event) {
        check("actor", event.actor(), true);
        check("action", event.action(), true);
        check("subject", event.subject(), false);
        check("before", event.before(), false);
        check("after", event.after(), false);
        check("reason", event.reason(), false);
    }

    private static void check(String field, String text, boolean needed) {
        if (text == null || needed && text.isBlank()) {
            throw new AuditException(field + " of an audit event is missing");
        }
        if (text.length() > EntryTable.LONGEST_TEXT) {
            throw new AuditException(field + " of an audit event has " + text.length() + " characters, allowed are "
                    + EntryTable.LONGEST_TEXT + ": keep the text as a content and name its hash");
        }
        if (text.indexOf('\0') >= 0) {
            throw new AuditException(
                    field + " of an audit event contains a character U+0000, which databases do not keep");
        }
        try {
            EntryHash.encoded(text);
        } catch (CharacterCodingException unpaired) {
            throw new AuditException(field + " of an audit event contains half a character (an unpaired surrogate)");
        }
    }

    @Override
    public List<AuditEntry> entries(long from, int most) {
        if (most < 0) {
            throw new IllegalArgumentException("most is " + most + ", allowed is 0 or more");
        }
        return database.transact(connection -> EntryTable.from(connection, from, most));
    }

    @Override
    public OptionalLong last() {
        return database.transact(connection -> EntryTable.last(connection)
                .map(entry -> OptionalLong.of(entry.number()))
                .orElse(OptionalLong.empty()));
    }

    @Override
    public AuditCheck verify() {
        return verify(List.of());
    }

    /** Compares with heads that were kept elsewhere too. */
    AuditCheck verify(List<Head> keptElsewhere) {
        HeadReader.Signed known = signed;
        Optional<AuditCheck> quick = known.lines() == 0 ? Optional.empty() : verify(keptElsewhere, known);
        // Whatever is wrong is to be told line by line.
        return quick.filter(AuditCheck::intact)
                .or(() -> verify(keptElsewhere, HeadReader.Signed.NONE))
                .orElseThrow();
    }

    /** Empty if the lines of heads that are known are not there as they were. */
    private Optional<AuditCheck> verify(List<Head> keptElsewhere, HeadReader.Signed known) {
        // Entries that come while this goes on are left to the next time.
        Extent extent = database.transact(this::extent);
        Verification verification = Verification.whole(keptElsewhere);
        try (HeadReader reader = new HeadReader(
                heads.path(), extent.headBytes(), Optional.ofNullable(key), known, verification::fault)) {
            verification.heads(reader);
            long next = Long.MIN_VALUE;
            boolean more = extent.rows() > 0;
            while (more) {
                long from = next;
                List<AuditEntry> page = database.transact(connection -> EntryTable.from(connection, from, PAGE));
                page.stream()
                        .takeWhile(entry -> entry.number() <= extent.last())
                        .forEach(verification::entry);
                next = page.isEmpty()
                        ? Long.MAX_VALUE
                        : page.get(page.size() - 1).number() + 1;
                more = page.size() == PAGE && next <= extent.last();
            }
            verification.end();
            if (verification.entries() != extent.rows()) {
                verification.fault("the table has " + extent.rows() + " rows, but " + verification.entries()
                        + " entries can be read in order");
            }
            if (key != null && !key.canSign()) {
                verification.fault("the private key of the audit trail is missing");
            }
            if (!reader.isAsKnown()) {
                return Optional.empty();
            }
            if (verification.faults().isEmpty()) {
                signed = reader.read();
            }
        } catch (IOException failure) {
            throw new StoreException(HeadFile.NAME + " cannot be read: " + failure.getMessage(), failure);
        }
        return Optional.of(verification.result());
    }

    private Extent extent(Connection connection) throws SQLException {
        try {
            long last = EntryTable.last(connection).map(AuditEntry::number).orElse(0L);
            return new Extent(EntryTable.count(connection), last, heads.exists() ? heads.length() : 0);
        } catch (IOException failure) {
            throw new StoreException(HeadFile.NAME + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** How far a verification goes. */
    private record Extent(long rows, long last, long headBytes) {}
}
