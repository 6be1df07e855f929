package org.oncotwin.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.store.Migration;

/** The table of entries. Nothing here changes or removes a row. */
final class EntryTable {

    /** Module that owns the table. */
    static final String MODULE = "audit";

    /** Most characters (UTF-16) of a text of an entry: what H2 keeps in a VARCHAR at most is 1,048,576. */
    static final int LONGEST_TEXT = 1_000_000;

    static final List<Migration> MIGRATIONS = List.of(new Migration(1, "audit entries", """
            create table audit_entry (
                entry_number bigint not null primary key,
                entry_time bigint not null,
                actor varchar not null,
                action varchar not null,
                subject varchar not null,
                value_before varchar not null,
                value_after varchar not null,
                reason varchar not null,
                previous_hash varchar(64) not null,
                entry_hash varchar(64) not null
            );
            """));

    private static final String COLUMNS =
            "entry_number, entry_time, actor, action, subject, value_before, value_after, reason, previous_hash, entry_hash";

    private EntryTable() {}

    /**
     * PostgreSQL refuses to change, remove or empty the table, whoever asks, until somebody who owns it takes the triggers away. H2 calls triggers in Java only, from its own class
     * path, so there the verification alone finds it out.
     */
    static void protect(Connection connection) throws SQLException {
        if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("create or replace function audit_entry_refuse() returns trigger language plpgsql as"
                    + " $$ begin raise exception 'audit_entry is only added to'; end $$");
            statement.execute("drop trigger if exists audit_entry_only_added_to on audit_entry");
            statement.execute(
                    "create trigger audit_entry_only_added_to before update or delete or truncate on audit_entry"
                            + " for each statement execute function audit_entry_refuse()");
        }
    }

    static void insert(Connection connection, AuditEntry entry) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into audit_entry (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            AuditEvent event = entry.event();
            statement.setLong(1, entry.number());
            statement.setLong(2, entry.time().toEpochMilli());
            statement.setString(3, event.actor());
            statement.setString(4, event.action());
            statement.setString(5, event.subject());
            statement.setString(6, event.before());
            statement.setString(7, event.after());
            statement.setString(8, event.reason());
            statement.setString(9, entry.previous());
            statement.setString(10, entry.hash());
            statement.executeUpdate();
        }
    }

    static Optional<AuditEntry> last(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select " + COLUMNS + " from audit_entry order by entry_number desc limit 1")) {
            return read(statement).stream().findFirst();
        }
    }

    /** Entries from a number on, in order. */
    static List<AuditEntry> from(Connection connection, long number, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select " + COLUMNS + " from audit_entry where entry_number >= ? order by entry_number limit ?")) {
            statement.setLong(1, number);
            statement.setInt(2, most);
            return read(statement);
        }
    }

    static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from audit_entry")) {
            count.next();
            return count.getLong(1);
        }
    }

    private static List<AuditEntry> read(PreparedStatement statement) throws SQLException {
        List<AuditEntry> entries = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                AuditEvent event = new AuditEvent(
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getString(6),
                        rows.getString(7),
                        rows.getString(8));
                entries.add(new AuditEntry(
                        rows.getLong(1),
                        Instant.ofEpochMilli(rows.getLong(2)),
                        event,
                        rows.getString(9),
                        rows.getString(10)));
            }
        }
        return entries;
    }
}
