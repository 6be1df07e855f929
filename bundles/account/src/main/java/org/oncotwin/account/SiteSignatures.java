package org.oncotwin.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.account.Credentials;
import org.oncotwin.api.account.Meaning;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.account.Signature;
import org.oncotwin.api.account.Signatures;
import org.oncotwin.api.account.SignedRecord;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.SiteFolder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Electronic signatures in the site's database, sealed with the site's key. */
@Component
public final class SiteSignatures implements Signatures {

    private final SiteAccounts accounts;
    private final Database database;
    private final AuditTrail audit;
    private final SealKey key;

    /** Called by Declarative Services. */
    @Activate
    public SiteSignatures(
            @Reference SiteAccounts accounts,
            @Reference Database database,
            @Reference AuditTrail audit,
            @Reference SiteFolder folder) {
        this.accounts = accounts;
        this.database = database;
        this.audit = audit;
        this.key = new SealKey(folder.path(), database.transact(AccountTables::hasSignatures));
    }

    @Override
    public Signature sign(Session session, Credentials credentials, SignedRecord record, Meaning meaning) {
        List<Signature> made = accounts.transact(connection -> {
            SessionRow open = accounts.valid(connection, session.token());
            AccountRow signer = accounts.tables().find(connection, open.name()).orElseThrow();
            Instant now = accounts.now();
            Identification.Result result = accounts.identification().identify(signer, credentials, !open.signed(), now);
            accounts.tables().update(connection, result.row());
            String subject = record.kind() + " " + record.id();
            if (result.refusal().isPresent()) {
                audit.append(new AuditEvent(
                        signer.name(),
                        "sign-refused",
                        subject,
                        "",
                        record.sha256(),
                        result.refusal().get()));
                return List.of();
            }
            accounts.sessions().update(connection, open.signed(now));
            Signature signature = sealed(next(connection), record, signer, now, meaning);
            insert(connection, signature);
            audit.append(
                    new AuditEvent(signer.name(), "sign", subject, "", record.sha256() + " " + meaning.words(), ""));
            return List.of(signature);
        });
        if (made.isEmpty()) {
            throw new AccessDeniedException("the record is not signed: " + Identification.REFUSAL
                    + "; the first signature of a session takes password and code, later ones at least one of them");
        }
        return made.get(0);
    }

    private Signature sealed(long number, SignedRecord record, AccountRow signer, Instant now, Meaning meaning) {
        Signature open = new Signature(number, record, signer.name(), signer.printedName(), now, meaning, "");
        return new Signature(number, record, signer.name(), signer.printedName(), now, meaning, key.seal(text(open)));
    }

    /** All that is sealed. */
    private static String text(Signature s) {
        return RowSeal.text(List.of(
                Long.toString(s.number()),
                s.record().kind(),
                s.record().id(),
                s.record().sha256(),
                s.account(),
                s.printedName(),
                s.time().toString(),
                s.meaning().name()));
    }

    private static long next(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("select coalesce(max(number), 0) + 1 from account_signature");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void insert(Connection connection, Signature s) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into account_signature (number, record_kind,"
                        + " record_id, record_sha256, name, printed_name, signed_at, meaning, seal)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, s.number());
            insert.setString(2, s.record().kind());
            insert.setString(3, s.record().id());
            insert.setString(4, s.record().sha256());
            insert.setString(5, s.account());
            insert.setString(6, s.printedName());
            insert.setLong(7, s.time().toEpochMilli());
            insert.setString(8, s.meaning().name());
            insert.setString(9, s.seal());
            insert.executeUpdate();
        }
    }

    @Override
    public List<Signature> of(SignedRecord record) {
        return read(" where record_kind = ? and record_id = ?", List.of(record.kind(), record.id()), new ArrayList<>())
                .stream()
                .filter(s -> s.record().equals(record) && key.holds(text(s), s.seal()))
                .toList();
    }

    @Override
    public List<String> verify() {
        List<String> faults = new ArrayList<>();
        long expected = 1;
        for (Signature s : read("", List.of(), faults)) {
            if (s.number() != expected) {
                faults.add("signature " + expected + " is missing");
                expected = s.number();
            }
            if (!key.holds(text(s), s.seal())) {
                faults.add("signature " + s.number() + ", of " + s.record().kind() + " "
                        + s.record().id() + " by " + s.account() + ", was changed or moved: its seal does not hold");
            }
            expected++;
        }
        return faults;
    }

    /** All of them, or those of a condition, that can be read; what cannot is a fault. */
    private List<Signature> read(String where, List<String> values, List<String> faults) {
        return database.transact(connection -> {
            List<Signature> all = new ArrayList<>();
            try (PreparedStatement query =
                    connection.prepareStatement("select * from account_signature" + where + " order by number")) {
                for (int i = 0; i < values.size(); i++) {
                    query.setString(i + 1, values.get(i));
                }
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        signature(row, faults).ifPresent(all::add);
                    }
                }
            }
            return all;
        });
    }

    private static Optional<Signature> signature(ResultSet row, List<String> faults) throws SQLException {
        long number = row.getLong("number");
        Optional<Meaning> meaning = meaning(row.getString("meaning"));
        if (meaning.isEmpty()) {
            faults.add("signature " + number + " was changed: it has no meaning that there is");
            return Optional.empty();
        }
        return Optional.of(new Signature(
                number,
                new SignedRecord(
                        row.getString("record_kind"), row.getString("record_id"), row.getString("record_sha256")),
                row.getString("name"),
                row.getString("printed_name"),
                Instant.ofEpochMilli(row.getLong("signed_at")),
                meaning.get(),
                row.getString("seal")));
    }

    private static Optional<Meaning> meaning(String name) {
        return Arrays.stream(Meaning.values())
                .filter(known -> known.name().equals(name))
                .findFirst();
    }
}
