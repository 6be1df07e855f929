package org.oncotwin.change.combination;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.account.Account;
import org.oncotwin.api.account.Accounts;
import org.oncotwin.api.account.Credentials;
import org.oncotwin.api.account.Enrolment;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.audit.AuditCheck;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.Migration;
import org.oncotwin.api.store.StoreException;

/** A site in memory, its contents in a folder, with an audit trail that is a list. */
final class SiteForTests implements Database, AuditTrail, ContentStore, Accounts, AutoCloseable {

    private final Connection connection;
    private final Path contents;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<AuditEvent> events = new ArrayList<>();
    private final List<String> modules = new ArrayList<>();
    private Optional<String> failing = Optional.empty();
    private int depth;

    SiteForTests(Path contents, Connection database) throws SQLException, IOException {
        this.contents = Files.createDirectories(contents);
        connection = database;
        connection.setAutoCommit(false);
    }

    static Session session(Role... roles) {
        Account account = new Account("ada", "Ada", Set.of(roles), false, Instant.EPOCH, Instant.MAX);
        return new Session("token", account, Instant.EPOCH, Instant.EPOCH);
    }

    List<AuditEvent> events() {
        return events;
    }

    /** Entries of this action fail from now on. */
    void fail(String action) {
        failing = Optional.of(action);
    }

    void works() {
        failing = Optional.empty();
    }

    @Override
    public void migrate(String module, List<Migration> migrations) {
        if (modules.contains(module)) {
            return;
        }
        modules.add(module);
        migrations.forEach(migration -> transact(c -> {
            try (Statement s = c.createStatement()) {
                return s.executeUpdate(migration.sql());
            }
        }));
    }

    @Override
    public synchronized <T> T transact(Work<T> work) {
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
                afterCommit.clear();
            } else if (depth == 0) {
                connection.commit();
                List<Runnable> actions = List.copyOf(afterCommit);
                afterCommit.clear();
                actions.forEach(Runnable::run);
            }
        } catch (SQLException e) {
            throw new StoreException("the database failed", e);
        }
    }

    @Override
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    @Override
    public AuditEntry append(AuditEvent event) {
        if (failing.filter(event.action()::equals).isPresent()) {
            throw new StoreException("the disk is full");
        }
        events.add(event);
        return new AuditEntry(events.size(), Instant.EPOCH, event, "", "");
    }

    @Override
    public String put(InputStream content) throws IOException {
        byte[] bytes = content.readAllBytes();
        String sha256 = Sha256.of(new ByteArrayInputStream(bytes));
        Files.write(contents.resolve(sha256), bytes);
        return sha256;
    }

    @Override
    public boolean contains(String sha256) {
        return Files.exists(contents.resolve(sha256));
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        return Files.newInputStream(file(sha256));
    }

    @Override
    public Path file(String sha256) throws IOException {
        if (!contains(sha256)) {
            throw new FileNotFoundException("content " + sha256 + " is not there");
        }
        return contents.resolve(sha256);
    }

    @Override
    public void require(Session session, String what, Role... roles) {
        if (Set.of(roles).stream().noneMatch(session.account().roles()::contains)) {
            append(new AuditEvent(session.account().name(), "account.refused", what, "", "", ""));
            throw new AccessDeniedException(session.account().name() + " may not " + what);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    // ---- Not used here ----

    @Override
    public List<AuditEntry> entries(long from, int most) {
        return IntStream.range((int) from - 1, (int) Math.min(events.size(), from - 1 + most))
                .mapToObj(n -> new AuditEntry(n + 1, Instant.EPOCH, events.get(n), "", ""))
                .toList();
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
    public Enrolment createFirst(String name, String printedName) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Enrolment create(Session administrator, String name, String printedName, Set<Role> roles) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setRoles(Session administrator, String name, Set<Role> roles, String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close(Session administrator, String name, String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Enrolment renew(Session administrator, String name, String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void changePassword(String name, Credentials credentials, char[] password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Session open(String name, Credentials credentials) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Session session(String token) {
        return session(Role.values());
    }

    @Override
    public void close(Session session) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int openSessions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Account> all() {
        throw new UnsupportedOperationException();
    }
}
