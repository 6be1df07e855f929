package org.oncotwin.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sessions in the database, each row sealed. Instants are milliseconds since 1970. */
final class SessionTable {

    private final RowSeal seal;

    SessionTable(RowSeal seal) {
        this.seal = seal;
    }

    /**
     * Finds a session.
     *
     * @param token hash of its token
     * @throws AlteredRowException if it was written past the site
     */
    Optional<SessionRow> find(Connection connection, String token) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select * from account_session where token = ?")) {
            query.setString(1, token);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                SessionRow found = of(row);
                if (!holds(row, found)) {
                    throw new AlteredRowException(
                            "account " + found.name(),
                            "a session of " + found.name()
                                    + " was made or altered in the database past the site, so it is refused;"
                                    + " log in again with: oncotwin login " + found.name());
                }
                return Optional.of(found);
            }
        }
    }

    /** All that nobody closed, those that have ended by themselves too, but none that was written past the site. */
    List<SessionRow> all(Connection connection) throws SQLException {
        List<SessionRow> all = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("select * from account_session");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                SessionRow found = of(row);
                if (holds(row, found)) {
                    all.add(found);
                }
            }
        }
        return all;
    }

    private boolean holds(ResultSet row, SessionRow found) throws SQLException {
        return seal.holds(row.getString("seal"), parts(found));
    }

    private static SessionRow of(ResultSet row) throws SQLException {
        return new SessionRow(
                row.getString("token"),
                row.getString("name"),
                Instant.ofEpochMilli(row.getLong("opened")),
                Instant.ofEpochMilli(row.getLong("last_used")),
                row.getBoolean("signed"));
    }

    private static List<String> parts(SessionRow row) {
        return List.of(
                "session",
                row.token(),
                row.name(),
                Long.toString(row.opened().toEpochMilli()),
                Long.toString(row.lastUsed().toEpochMilli()),
                Boolean.toString(row.signed()));
    }

    void insert(Connection connection, SessionRow row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into account_session (name, opened,"
                + " last_used, signed, seal, token) values (?, ?, ?, ?, ?, ?)")) {
            set(insert, row).executeUpdate();
        }
    }

    void update(Connection connection, SessionRow row) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update account_session set name = ?, opened = ?,"
                + " last_used = ?, signed = ?, seal = ? where token = ?")) {
            set(update, row).executeUpdate();
        }
    }

    private PreparedStatement set(PreparedStatement statement, SessionRow row) throws SQLException {
        statement.setString(1, row.name());
        statement.setLong(2, row.opened().toEpochMilli());
        statement.setLong(3, row.lastUsed().toEpochMilli());
        statement.setBoolean(4, row.signed());
        statement.setString(5, seal.of(parts(row)));
        statement.setString(6, row.token());
        return statement;
    }

    void delete(Connection connection, SessionRow row) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from account_session where token = ?")) {
            delete.setString(1, row.token());
            delete.executeUpdate();
        }
    }

    /** Deletes the sessions that were last used before one time or opened before another. */
    void deleteEnded(Connection connection, Instant lastUsed, Instant opened) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from account_session where last_used < ? or opened < ?")) {
            delete.setLong(1, lastUsed.toEpochMilli());
            delete.setLong(2, opened.toEpochMilli());
            delete.executeUpdate();
        }
    }

    /** Ends all sessions of an account. */
    void deleteAll(Connection connection, String name) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from account_session where name = ?")) {
            delete.setString(1, name);
            delete.executeUpdate();
        }
    }
}
