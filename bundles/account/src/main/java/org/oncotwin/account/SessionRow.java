package org.oncotwin.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session as it lies in the database.
 *
 * @param token hash of its token
 * @param name whose it is
 * @param opened when it was opened
 * @param lastUsed when it was last used
 * @param signed true if a signature was made in it
 */
record SessionRow(String token, String name, Instant opened, Instant lastUsed, boolean signed) {

    static Optional<SessionRow> find(Connection connection, String token) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select * from account_session where token = ?")) {
            query.setString(1, token);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(of(row)) : Optional.empty();
            }
        }
    }

    /** All that nobody closed, those that have ended by themselves too. */
    static List<SessionRow> all(Connection connection) throws SQLException {
        List<SessionRow> all = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("select * from account_session");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                all.add(of(row));
            }
        }
        return all;
    }

    private static SessionRow of(ResultSet row) throws SQLException {
        return new SessionRow(
                row.getString("token"),
                row.getString("name"),
                Instant.ofEpochMilli(row.getLong("opened")),
                Instant.ofEpochMilli(row.getLong("last_used")),
                row.getBoolean("signed"));
    }

    void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into account_session (token, name, opened, last_used, signed) values (?, ?, ?, ?, ?)")) {
            insert.setString(1, token);
            insert.setString(2, name);
            insert.setLong(3, opened.toEpochMilli());
            insert.setLong(4, lastUsed.toEpochMilli());
            insert.setBoolean(5, signed);
            insert.executeUpdate();
        }
    }

    /** Marks it as used, and as one in which was signed if it was. */
    void use(Connection connection, Instant now, boolean hasSigned) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update account_session set last_used = ?, signed = ? where token = ?")) {
            update.setLong(1, now.toEpochMilli());
            update.setBoolean(2, hasSigned);
            update.setString(3, token);
            update.executeUpdate();
        }
    }

    void delete(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from account_session where token = ?")) {
            delete.setString(1, token);
            delete.executeUpdate();
        }
    }

    /** Ends all sessions of an account. */
    static void deleteAll(Connection connection, String name) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from account_session where name = ?")) {
            delete.setString(1, name);
            delete.executeUpdate();
        }
    }
}
