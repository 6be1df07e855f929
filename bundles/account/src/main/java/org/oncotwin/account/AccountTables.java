package org.oncotwin.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.store.Migration;

/** Accounts in the database, each row sealed, and the tables of sessions and signatures. Instants are milliseconds since 1970. */
final class AccountTables {

    static final String MODULE = "account";

    static final List<Migration> MIGRATIONS = List.of(
            new Migration(1, "accounts, old passwords, sessions and signatures", """
            create table account_person (
                name varchar(64) primary key,
                printed_name varchar(200) not null,
                roles varchar(200) not null,
                closed boolean not null,
                password varchar(200) not null,
                password_set bigint not null,
                secret varchar(200) not null,
                last_step bigint not null,
                failures integer not null,
                locked_until bigint not null
            );
            create table account_old_password (
                name varchar(64) not null references account_person (name),
                password varchar(200) not null,
                set_at bigint not null
            );
            create table account_session (
                token varchar(64) primary key,
                name varchar(64) not null references account_person (name),
                opened bigint not null,
                last_used bigint not null,
                signed boolean not null
            );
            create table account_signature (
                number bigint primary key,
                record_kind varchar(64) not null,
                record_id varchar(200) not null,
                record_sha256 char(64) not null,
                name varchar(64) not null references account_person (name),
                printed_name varchar(200) not null,
                signed_at bigint not null,
                meaning varchar(32) not null,
                seal varchar(200) not null
            );
            """),
            new Migration(2, "seals of accounts and sessions", """
            alter table account_person add column seal varchar(64) default '' not null;
            alter table account_session add column seal varchar(64) default '' not null;
            """),
            new Migration(3, "indexes of what is looked for", """
            create index account_old_password_of on account_old_password (name);
            create index account_session_of on account_session (name);
            create index account_signature_of on account_signature (record_kind, record_id);
            """));

    /** Passwords before the present one that may not be used again. */
    private static final int OLD_PASSWORDS = 5;

    private final RowSeal seal;

    AccountTables(RowSeal seal) {
        this.seal = seal;
    }

    /** Whether there is any account, also one that was written past the site. */
    static boolean hasAccounts(Connection connection) throws SQLException {
        return hasRows(connection, "select 1 from account_person");
    }

    /** Whether there is any signature. */
    static boolean hasSignatures(Connection connection) throws SQLException {
        return hasRows(connection, "select 1 from account_signature");
    }

    private static boolean hasRows(Connection connection, String select) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(select)) {
            query.setMaxRows(1);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * Finds an account.
     *
     * @throws AlteredRowException if it was written past the site
     */
    Optional<AccountRow> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select * from account_person where name = ?")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Optional<AccountRow> whole = whole(row);
                if (whole.isEmpty()) {
                    throw new AlteredRowException(
                            "account " + name,
                            "account " + name + " was made or altered in the database past the site, so it is refused;"
                                    + " restore the database of the site from a backup");
                }
                return whole;
            }
        }
    }

    /** All accounts; those that were written past the site as ones that can do nothing. */
    List<AccountRow> all(Connection connection) throws SQLException {
        List<AccountRow> all = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("select * from account_person order by name");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Optional<AccountRow> whole = whole(row);
                all.add(
                        whole.isPresent()
                                ? whole.get()
                                : AccountRow.altered(row.getString("name"), row.getString("printed_name")));
            }
        }
        return all;
    }

    /** The row if its seal holds. */
    private Optional<AccountRow> whole(ResultSet row) throws SQLException {
        Optional<Set<Role>> roles = roles(row.getString("roles"));
        if (roles.isEmpty()) {
            return Optional.empty();
        }
        AccountRow read = new AccountRow(
                row.getString("name"),
                row.getString("printed_name"),
                roles.get(),
                row.getBoolean("closed"),
                row.getString("password"),
                instant(row, "password_set"),
                row.getString("secret"),
                row.getLong("last_step"),
                row.getInt("failures"),
                instant(row, "locked_until"));
        return seal.holds(row.getString("seal"), parts(read)) ? Optional.of(read) : Optional.empty();
    }

    private static List<String> parts(AccountRow row) {
        return List.of(
                "account",
                row.name(),
                row.printedName(),
                words(row.roles()),
                Boolean.toString(row.closed()),
                row.password(),
                Long.toString(row.passwordSet().toEpochMilli()),
                row.secret(),
                Long.toString(row.lastStep()),
                Integer.toString(row.failures()),
                Long.toString(row.lockedUntil().toEpochMilli()));
    }

    private static String words(Set<Role> roles) {
        return roles.stream().sorted().map(Role::name).collect(Collectors.joining(" "));
    }

    /** Nothing if there is a word that is no role. */
    private static Optional<Set<Role>> roles(String words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (List.of(words.split(" ")).contains(role.name())) {
                roles.add(role);
            }
        }
        return words(roles).equals(words) ? Optional.of(roles) : Optional.empty();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    void insert(Connection connection, AccountRow row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into account_person (printed_name, roles,"
                + " closed, password, password_set, secret, last_step, failures, locked_until, seal, name)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            set(insert, row).executeUpdate();
        }
    }

    void update(Connection connection, AccountRow row) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update account_person set printed_name = ?,"
                + " roles = ?, closed = ?, password = ?, password_set = ?, secret = ?, last_step = ?, failures = ?,"
                + " locked_until = ?, seal = ? where name = ?")) {
            set(update, row).executeUpdate();
        }
    }

    private PreparedStatement set(PreparedStatement statement, AccountRow row) throws SQLException {
        statement.setString(1, row.printedName());
        statement.setString(2, words(row.roles()));
        statement.setBoolean(3, row.closed());
        statement.setString(4, row.password());
        statement.setLong(5, row.passwordSet().toEpochMilli());
        statement.setString(6, row.secret());
        statement.setLong(7, row.lastStep());
        statement.setInt(8, row.failures());
        statement.setLong(9, row.lockedUntil().toEpochMilli());
        statement.setString(10, seal.of(parts(row)));
        statement.setString(11, row.name());
        return statement;
    }

    /** Hashes of the passwords that may not be used again, the present one among them. */
    static List<String> usedPasswords(Connection connection, AccountRow row) throws SQLException {
        List<String> used = new ArrayList<>(List.of(row.password()));
        try (PreparedStatement query = connection.prepareStatement(
                "select password from account_old_password where name = ? order by set_at desc")) {
            query.setString(1, row.name());
            try (ResultSet old = query.executeQuery()) {
                while (old.next() && used.size() <= OLD_PASSWORDS) {
                    used.add(old.getString(1));
                }
            }
        }
        return used;
    }

    static void keepOldPassword(Connection connection, AccountRow row, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into account_old_password (name, password, set_at) values (?, ?, ?)")) {
            insert.setString(1, row.name());
            insert.setString(2, row.password());
            insert.setLong(3, now.toEpochMilli());
            insert.executeUpdate();
        }
    }
}
