package org.oncotwin.account;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.oncotwin.api.audit.AuditCheck;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.Migration;
import org.oncotwin.api.store.StoreException;

/** A site in memory, with a clock that is set by hand and an audit trail that is a list. */
final class SiteForTests extends Clock implements Database, AuditTrail, AutoCloseable {

    private final Connection connection;
    private final List<AuditEvent> events = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");
    private int depth;
    private int migrated;

    SiteForTests() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        connection.setAutoCommit(false);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    List<AuditEvent> events() {
        return events;
    }

    void sql(String statement) {
        transact(c -> {
            try (Statement s = c.createStatement()) {
                return s.executeUpdate(statement);
            }
        });
    }

    /** The number that a query yields. */
    long number(String query) {
        return transact(c -> {
            try (Statement s = c.createStatement();
                    ResultSet row = s.executeQuery(query)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    SiteAccounts accounts(Path folder) {
        return new SiteAccounts(this, this, () -> folder, new Rules(), this);
    }

    @Override
    public void migrate(String module, List<Migration> migrations) {
        migrations.stream().skip(migrated).forEach(migration -> sql(migration.sql()));
        migrated = migrations.size();
    }

    @Override
    public <T> T transact(Work<T> work) {
        int entries = events.size();
        depth++;
        boolean done = false;
        try {
            T result = work.on(connection);
            done = true;
            return result;
        } catch (SQLException e) {
            throw new StoreException("the database failed", e);
        } finally {
            depth--;
            end(done, entries);
        }
    }

    private void end(boolean done, int entries) {
        try {
            if (!done) {
                connection.rollback();
                events.subList(entries, events.size()).clear();
            } else if (depth == 0) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new StoreException("the database failed", e);
        }
    }

    @Override
    public void afterCommit(Runnable action) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AuditEntry append(AuditEvent event) {
        events.add(event);
        return new AuditEntry(events.size(), now, event, "", "");
    }

    @Override
    public List<AuditEntry> entries(long from, int most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong last() {
        throw new UnsupportedOperationException();
    }

    @Override
    public AuditCheck verify() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** The rules as they are by default, with a hash that is quick. */
    private static final class Rules implements AccessRules {
        @Override
        public int most_failures() {
            return 5;
        }

        @Override
        public int lock_minutes() {
            return 15;
        }

        @Override
        public int idle_minutes() {
            return 15;
        }

        @Override
        public int session_hours() {
            return 12;
        }

        @Override
        public int password_days() {
            return 180;
        }

        @Override
        public int password_length() {
            return 15;
        }

        @Override
        public int hash_memory() {
            return 1;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return AccessRules.class;
        }
    }
}
